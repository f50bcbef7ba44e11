"""Refusals: codes, texts and statuses changed, tables and wire profiles mixed up, causes answered as success."""

from collections.abc import Iterator
from typing import Any

from emulator.errors import Cause
from emulator.server.envelope import Envelope
from emulator.spec.models import Service
from tests.mutants.documents import changed_errors, changed_operation, changed_section
from tests.mutants.mutant import Mutant, Patch, touched

RULES = ("cause", "code", "refus", "listed", "text", "status")


def swapped_codes(service: Service) -> list[Mutant]:
    """Each cause with the code before and the one after it, in each wire profile."""
    found = []
    for wire in service.errors.wire:
        for cause, code in caused(service):
            own = service.errors.codes[code].causes[cause].live if wire == "live" else None
            for other in _beside(service, own or code):
                patch = Patch(Envelope, "__init__", _answering(Cause(cause), wire, other))
                name, codes = f"{wire}:{cause}={other}", _true_codes(service, wire, own or code)
                found.append(
                    Mutant("code swapped", name, rules=(*RULES, cause), codes=codes, wires=(wire,), patches=(patch,))
                )
    return found


def _true_codes(service: Service, wire: str, code: int) -> frozenset[int]:
    """What stands for a code on any page."""
    nearest = service.errors.wire[wire].nearest
    return frozenset({table.nearest.get(code, code) if nearest else code for table in service.errors.tables.values()})


def swapped_texts(service: Service) -> list[Mutant]:
    """Each text that anybody can be told, a little longer."""
    found = []
    for code, entry in service.errors.codes.items():
        for generation, wires in sorted(_told(service, code).items()):
            texts = {**entry.texts, generation: entry.texts[generation] + " (sic)"}
            change, codes = changed_errors("codes", code, texts=texts), frozenset({code})
            name, rules = f"{code}:{generation}", (*RULES, str(code))
            found.append(Mutant("text changed", name, rules=rules, codes=codes, wires=wires, service=change))
    return found


def swapped_statuses(service: Service) -> list[Mutant]:
    """Each code with other HTTP statuses that pages list."""
    return [
        Mutant(
            "HTTP status changed",
            f"{code}:{status}",
            rules=(*RULES, str(code)),
            codes=frozenset({code}),
            service=changed_errors("codes", code, http=status),
        )
        for code, entry in service.errors.codes.items()
        for status in (200, 401, 403, 404)
        if status != entry.http
    ]


def page_statuses(service: Service) -> list[Mutant]:
    """Each page without one of its statuses, and each with one that it does not list."""
    statuses_caused = {service.errors.codes[code].http for _, code in caused(service)}
    found = []
    for operation in service.operations.values():
        for status in (401, 403, 404):
            if status not in statuses_caused:
                continue
            others = {each: text for each, text in operation.statuses.items() if each != status}
            statuses = others if status in operation.statuses else {**operation.statuses, status: "made up"}
            found.append(
                Mutant(
                    "page's statuses changed",
                    f"{operation.id}:{status}",
                    touched(operation),
                    RULES,
                    service=changed_operation(operation.id, statuses=statuses),
                )
            )
    return found


def tables(service: Service) -> list[Mutant]:
    """Each page with another page's table of codes and texts, and each table without one of its stand-ins."""
    errors = service.errors
    found = []
    for operation in service.operations.values():
        for name, table in errors.tables.items():
            true = errors.tables[operation.error_table]
            if (table.texts, table.nearest) != (true.texts, true.nearest):
                change = changed_operation(operation.id, error_table=name)
                found.append(
                    Mutant("table of another page", f"{operation.id}:{name}", touched(operation), RULES, service=change)
                )
    for name, table in errors.tables.items():
        own = touched(*(one for one in service.operations.values() if one.error_table == name))
        for code in table.nearest:
            others = {each: near for each, near in table.nearest.items() if each != code}
            found.append(
                Mutant(
                    "stand-in gone",
                    f"{name}:{code}",
                    own,
                    RULES,
                    service=changed_errors("tables", name, nearest=others),
                )
            )
    return found


def profiles(service: Service) -> list[Mutant]:
    """Each wire profile with one of its words as the other profile has it; envelopes without one of their keys."""
    found = []
    for name, wire in service.errors.wire.items():
        other = next(profile for each, profile in service.errors.wire.items() if each != name)
        for word in ("http", "amount_header", "texts", "nearest", "token"):
            if getattr(wire, word) == getattr(other, word):
                continue
            update = {word: getattr(other, word)}
            found.append(
                Mutant(
                    "profile mixed up",
                    f"{name}:{word}",
                    rules=(*RULES, "header", "envelope", "token"),
                    service=changed_errors("wire", name, **update),
                )
            )
        for key in wire.failure_keys:
            keys = tuple(each for each in wire.failure_keys if each != key)
            found.append(
                Mutant(
                    "envelope key gone",
                    f"{name}:failure:{key}",
                    rules=RULES,
                    service=changed_errors("wire", name, failure_keys=keys),
                )
            )
    for said in service.envelope.success_keys:
        others = tuple(each for each in service.envelope.success_keys if each != said)
        found.append(
            Mutant(
                "envelope key gone",
                f"success:{said}",
                rules=("example", "envelope"),
                service=changed_section("envelope", success_keys=others),
            )
        )
    return found


def caused(service: Service) -> Iterator[tuple[str, int]]:
    for code, entry in service.errors.codes.items():
        yield from ((cause, code) for cause in entry.causes if cause != Cause.EMULATOR_FAULT)


def _beside(service: Service, code: int) -> list[int]:
    """Two other codes that a cause could be taken for: those beside it in the list."""
    codes = list(service.errors.codes)
    place = codes.index(code)
    return [codes[place - 1], codes[(place + 1) % len(codes)]]


def _told(service: Service, code: int) -> dict[str, tuple[str, ...]]:
    """The generations of texts that answers with this code can have, and in which wire profiles."""
    errors, told = service.errors, dict[str, tuple[str, ...]]()
    by_table = [table.texts for table in errors.tables.values() if code in table.lists]
    for name, wire in errors.wire.items():
        for order in by_table if wire.texts == "by_table" else [wire.texts]:
            for generations in order.values():
                first = next((each for each in generations if errors.codes[code].texts.get(each)), None)
                if first is not None:
                    told[first] = tuple(dict.fromkeys((*told.get(first, ()), name)))
    return told


def _answering(cause: Cause, profile: str, other: int) -> Any:
    """The envelope's own table alone is wrong, not the one that answers are judged by."""

    def make(begin: Any) -> Any:
        def act(self: Envelope, service: Service) -> None:
            begin(self, service)
            true = self.code_of
            self.code_of = lambda asked, operation, wire: (  # type: ignore[assignment]
                other if asked is cause and wire == profile else true(asked, operation, wire)
            )

        return act

    return make

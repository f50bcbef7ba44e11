"""Refusals: codes, texts and statuses changed, tables and wire profiles mixed up, causes answered as success."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from emulator.errors import Cause
from emulator.server.envelope import Envelope
from emulator.server.pipeline import Pipeline, Verdict
from emulator.spec.models import Operation, Service
from tests.mutants.documents import changed_errors, changed_operation, changed_section
from tests.mutants.mutant import Mutant, Patch, touched

RULES = ("cause", "code", "refus", "listed", "text", "status")
FOR_ALL = (Cause.PLATFORM_LIMIT_REACHED, Cause.BUSY)  # no operation has a part in these
ON_NO_PAGE = (Cause.PATH_UNKNOWN, Cause.METHOD_WRONG)
OF_CALLS = (Cause.KEY_MISSING, Cause.KEY_REJECTED, Cause.TOKEN_REJECTED, Cause.PERMISSION_MISSING)
FOR_TOKENS = (Cause.SECRET_WRONG, Cause.GRANT_TYPE_WRONG)


def swapped_codes(service: Service) -> list[Mutant]:
    """Each cause with the code before and the one after it, in each wire profile."""
    found = []
    for wire in service.errors.wire:
        for cause, code in _caused(service):
            own = service.errors.codes[code].causes[cause].live if wire == "live" else None
            for other in _beside(service, own or code):
                patch = Patch(Envelope, "__init__", _answering(Cause(cause), wire, other))
                name, codes = f"{wire}:{cause}={other}", _true_codes(service, wire, own or code)
                found.append(Mutant("code swapped", name, rules=(*RULES, cause), codes=codes, patches=(patch,)))
    return found


def _true_codes(service: Service, wire: str, code: int) -> frozenset[int]:
    """What stands for a code on any page."""
    nearest = service.errors.wire[wire].nearest
    return frozenset({table.nearest.get(code, code) if nearest else code for table in service.errors.tables.values()})


def swapped_texts(service: Service) -> list[Mutant]:
    """Each text that anybody can be told, with the text of the next code."""
    found = []
    for code, entry in service.errors.codes.items():
        for generation in sorted(_told(service, code)):
            texts = {**entry.texts, generation: entry.texts[generation] + " (sic)"}
            change = changed_errors("codes", code, texts=texts)
            found.append(
                Mutant(
                    "text changed",
                    f"{code}:{generation}",
                    rules=(*RULES, str(code)),
                    codes=frozenset({code}),
                    service=change,
                )
            )
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
    caused = {service.errors.codes[code].http for _, code in _caused(service)}
    found = []
    for operation in service.operations.values():
        for status in (401, 403, 404):
            if status not in caused:
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
    for key in service.envelope.success_keys:
        keys = tuple(each for each in service.envelope.success_keys if each != key)
        found.append(
            Mutant(
                "envelope key gone",
                f"success:{key}",
                rules=("example", "envelope"),
                service=changed_section("envelope", success_keys=keys),
            )
        )
    return found


def answered(service: Service) -> list[Mutant]:
    """Each cause, at each operation that can have it, told as a success that looks well."""
    return [
        Mutant(
            "cause answered as success",
            f"{operation.id if operation else 'everywhere'}:{cause}",
            touched(operation) if operation else frozenset(),
            (*RULES, cause, "credential", "quota"),
            patches=(Patch(Pipeline, "_refused", _succeeding(cause, operation)),),
        )
        for operation, cause in _refusals(service)
    ]


def _refusals(service: Service) -> Iterator[tuple[Operation | None, Cause]]:
    yield from ((None, cause) for cause in (*ON_NO_PAGE, *FOR_ALL))
    for operation in service.operations.values():
        for cause, code in _caused(service):
            known = Cause(cause)
            listed = operation.error_table not in service.errors.codes[code].causes[cause].not_on
            if listed and known not in (*ON_NO_PAGE, *FOR_ALL) and _can_happen(operation, known):
                yield operation, known


def _can_happen(operation: Operation, cause: Cause) -> bool:
    """Whether a call of an operation can be refused for a cause: what is free is never too dear."""
    if operation.security == "clientSecret" and cause in OF_CALLS:
        return False
    if operation.security != "clientSecret" and cause in FOR_TOKENS:
        return False
    if operation.price.per == "nothing" and cause in _PAID:
        return False
    if cause is Cause.FILE_REFUSED:
        return _takes_files(operation)
    return cause is not Cause.BODY_UNREADABLE or operation.body is not None


_PAID = (Cause.BALANCE_INSUFFICIENT, Cause.DAILY_LIMIT_REACHED, Cause.TOTAL_LIMIT_REACHED)


def _takes_files(operation: Operation) -> bool:
    return operation.body is not None and operation.body.media_type == "multipart/form-data"


def _caused(service: Service) -> Iterator[tuple[str, int]]:
    for code, entry in service.errors.codes.items():
        yield from ((cause, code) for cause in entry.causes if cause != Cause.EMULATOR_FAULT)


def _beside(service: Service, code: int) -> list[int]:
    """Two other codes that a cause could be taken for: those beside it in the list."""
    codes = list(service.errors.codes)
    place = codes.index(code)
    return [codes[place - 1], codes[(place + 1) % len(codes)]]


def _told(service: Service, code: int) -> set[str]:
    """The generations of texts that answers with this code can have."""
    errors, told = service.errors, set[str]()
    orders = [table.texts for table in errors.tables.values() if code in table.lists]
    orders += [wire.texts for wire in errors.wire.values() if isinstance(wire.texts, dict)]
    for order in orders:
        for generations in order.values():
            told |= {next(each for each in generations if errors.codes[code].texts.get(each))}
    return told


def _answering(cause: Cause, profile: str, other: int) -> Any:
    """The envelope's own table alone is wrong, not the one that answers are judged by."""

    def make(begin: Any) -> Any:
        def act(self: Envelope, service: Service) -> None:
            begin(self, service)
            true = self.code_of
            self.code_of = lambda asked, operation, wire: (  # type: ignore[method-assign]
                other if asked is cause and wire == profile else true(asked, operation, wire)
            )

        return act

    return make


def _succeeding(cause: Cause, wanted: Operation | None) -> Any:
    def make(refused: Any) -> Any:
        def answer(self: Pipeline, visit: Any, asked: Cause, reason: str) -> Verdict:
            verdict: Verdict = refused(self, visit, asked, reason)
            hit = asked is cause and (wanted is None or (visit.operation and visit.operation.id == wanted.id))
            if not hit:
                return verdict
            data = sample(visit.operation.answer["properties"]["data"]) if visit.operation else {}
            body = orjson.dumps({"data": data, "status": True, "error_code": 0})
            return replace(verdict, status=200, body=body, code=0)

        return answer

    return make


def sample(schema: Any) -> Any:
    """A value put together from the examples of the documents."""
    if "properties" in schema:
        return {name: sample(part) for name, part in schema["properties"].items()}
    if "items" in schema:
        return [sample(schema["items"])]
    if "example" in schema:
        return schema["example"]
    return {"string": "text", "integer": 1, "number": 0.5, "boolean": True}.get(schema.get("type"), "text")

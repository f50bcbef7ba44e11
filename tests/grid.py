"""The grid: every operation, every code that its page lists, in both wire profiles and both languages.

A cell is reached by a cause where one leads to it, else by a reserved word where the operation has a parameter that
is looked at; every cell is reached by a header and by a planned fault besides. `python -m tests.grid` prints it for a
person: C by cause, R by reserved word, H by header and planned fault alone.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import httpx2

from contract_tests.documents import OPERATIONS, SERVICE
from emulator.errors import Cause
from emulator.spec.models import Operation
from tests.grid_expected import CODES, TABLES, Reached, code_of
from tests.grid_guests import LANGUAGES, PROFILES, WIRES, Guest, Request, Stages
from tests.grid_trouble import ASKED, by_header, by_planned_fault, by_word
from tests.grid_ways import WAYS

CAUSE = "by_cause"
LETTERS = {"C": CAUSE, "R": by_word.__name__, "H": by_header.__name__}  # the best that was found
Cells = dict[tuple[str, int], str]


def listed(operation: Operation) -> tuple[int, ...]:
    """The codes of the operation's page."""
    return TABLES[operation.error_table].lists


def applies(cause: Cause, operation: Operation) -> bool:
    """Whether a cause can refuse a call of an operation, by the documents alone."""
    entry = next(code.causes[cause] for code in CODES.values() if cause in code.causes)
    if operation.error_table in entry.not_on:
        return False
    match cause:
        case Cause.SECRET_WRONG | Cause.GRANT_TYPE_WRONG:
            return operation.security == "clientSecret"
        case Cause.KEY_MISSING | Cause.KEY_REJECTED | Cause.TOKEN_REJECTED | Cause.PERMISSION_MISSING:
            return operation.security == "shared"
        case Cause.BODY_UNREADABLE:
            return operation.body is not None
        case Cause.FILE_REFUSED:
            return any(operation.parameter(name) for name in ("image", "url", "urls"))
        case _:
            return True


class Step(NamedTuple):
    """Requests that are to be refused for one cause, or with one code."""

    by: str
    way: str
    wanted: Cause | int
    requests: Iterator[Request]


class Grid:
    """Walks the ways of an operation in all profiles, once."""

    def __init__(self) -> None:
        self._stages = Stages()
        self._found: dict[str, tuple[Reached, ...]] = {}

    def of(self, operation: Operation) -> tuple[Reached, ...]:
        if operation.id not in self._found:
            self._found[operation.id] = tuple(self._walked(operation))
        return self._found[operation.id]

    def whole(self) -> tuple[Reached, ...]:
        return tuple(reached for operation in OPERATIONS for reached in self.of(operation))

    def _walked(self, operation: Operation) -> Iterator[Reached]:
        """A guest for each way, and one for all codes that are asked for: those leave nothing behind."""
        for profile in PROFILES:
            for way in WAYS:
                if applies(way.cause, operation):
                    guest = self._stages.guest(operation, profile, way.stage)
                    yield from self._met(guest, [Step(CAUSE, way.name, way.cause, way.walk(guest))])
            guest = self._stages.guest(operation, profile)
            asked = product(listed(operation), ASKED)
            yield from self._met(guest, [Step(by.__name__, by.__name__, code, by(guest, code)) for code, by in asked])

    def _met(self, guest: Guest, steps: Iterable[Step]) -> Iterator[Reached]:
        """What the requests of the steps led to; the journal is read once they are all answered."""
        answers = [(step, *self._answered(guest, request)) for step in steps for request in step.requests]
        entries: Mapping[str, Mapping[str, Any]] = {}
        for step, answer, waited in answers:
            account = None if step.wanted is Cause.KEY_MISSING else guest.client_id
            entries = entries or guest.entries(account)
            yield Reached(
                operation=guest.operation,
                profile=guest.profile,
                by=step.by,
                way=step.way,
                wanted=step.wanted,
                account=account,
                status=answer.status_code,
                headers=tuple(answer.headers.multi_items()),
                body=answer.content,
                entry=entries[answer.headers["x-correlation-id"]],
                waited=waited,
            )

    def _answered(self, guest: Guest, request: Request) -> tuple[httpx2.Response, tuple[float, ...]]:
        self._stages.waits.clear()
        return guest.deliver(request), tuple(self._stages.waits)


def gaps(grid: Iterable[Reached]) -> list[str]:
    """Every cell that was not reached in a way in which it has to be, and every cause that led nowhere."""
    walked = tuple(grid)
    return [gap for look in (_causes_missed, _cells_missed, _causes_of_no_cell) for gap in look(walked)]


def _causes_missed(grid: tuple[Reached, ...]) -> Iterator[str]:
    """By what the journal says, not by what a way means to do."""
    met = {(one.operation.id, one.profile, one.entry["cause"], one.code) for one in grid if one.by == CAUSE}
    for operation in OPERATIONS:
        for profile in PROFILES:
            for cause in causes():
                code = code_of(cause, None if cause is Cause.PATH_UNKNOWN else operation, profile.wire)
                if applies(cause, operation) and (operation.id, profile, cause.value, code) not in met:
                    yield f"{operation.id} {profile}: {cause} does not lead to {code}"


def _cells_missed(grid: tuple[Reached, ...]) -> Iterator[str]:
    met = {(one.operation.id, one.profile, one.by, one.code) for one in grid}
    for operation in OPERATIONS:
        words = (by_word,) if any(operation.parameter(name) for name in SERVICE.reserved.parameters) else ()
        for profile in PROFILES:
            for code in listed(operation):
                for way in (by_header, by_planned_fault, *words):
                    if (operation.id, profile, way.__name__, code) not in met:
                        yield f"{operation.id} {profile}: {code} is not reached {way.__name__}"


def _causes_of_no_cell(grid: tuple[Reached, ...]) -> Iterator[str]:
    met = {one.entry["cause"] for one in grid if one.by == CAUSE and one.code in listed(one.operation)}
    yield from (f"{cause} leads to no cell" for cause in causes() if cause.value not in met)


def causes() -> tuple[Cause, ...]:
    """Those of `errors.yaml`."""
    return tuple(Cause(name) for code in CODES.values() for name in code.causes)


# --- For a person to read ---------------------------------------------------------------------------------


def cells(grid: Iterable[Reached], wire: str) -> Cells:
    """The letter of each cell in a wire profile: the best way that led there in both languages."""
    met = {(one.operation.id, one.code, one.by, one.profile.language) for one in grid if one.profile.wire == wire}
    return {
        (operation.id, code): next(
            (
                letter
                for letter, by in LETTERS.items()
                if all((operation.id, code, by, language) in met for language in LANGUAGES)
            ),
            "-",
        )
        for operation in OPERATIONS
        for code in listed(operation)
    }


def counted(grid: Iterable[Reached], wire: str) -> str:
    """The numbers of a wire profile in one line."""
    letters = Counter(cells(walked := tuple(grid), wire).values())
    own = [one for one in walked if one.profile.wire == wire]
    beside = {(one.operation.id, one.code) for one in own if one.code not in listed(one.operation)}
    told = ", ".join(f"{letters[letter]} {by.replace('_', ' ')}" for letter, by in LETTERS.items())
    return f"{wire}: {letters.total()} cells ({told} alone), {len(beside)} codes beside the pages, {len(own)} answers"


def drawn(grid: Iterable[Reached], wire: str) -> str:
    """Operations down, codes across."""
    found = cells(grid, wire)
    codes = sorted({code for _, code in found})
    heads = ["".join(f"{str(code)[start : start + 4]:>5}" for code in codes) for start in (0, 4)]
    rows = [f"{one.id:16}" + "".join(f"{found.get((one.id, code), ''):>5}" for code in codes) for one in OPERATIONS]
    return "\n".join([f"{wire:16}{heads[0]}", f"{'':16}{heads[1]}", *rows])


def main() -> None:
    logging.disable(logging.CRITICAL)  # the faults of the emulator are made for the grid
    whole = Grid().whole()
    for wire in WIRES:
        print(drawn(whole, wire), counted(whole, wire), sep="\n", end="\n\n")
    print("C by cause, R by reserved word, H by header and planned fault alone, - not reached")


if __name__ == "__main__":
    main()

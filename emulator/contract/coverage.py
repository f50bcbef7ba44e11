"""What a client could have met and what it did meet: each operation by code, by state of its task, by kind of page.

The grid follows from the documents alone. Whether a client did well is for its rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from emulator.contract.client_rules.ids import refused_as_unknown
from emulator.contract.exchange import Exchange
from emulator.spec.models import FILE, Operation, Service

STATES = ("running", "success", "failed", "gone")
PAGES = ("first", "further", "last", "empty")
FILE_STATUSES = (200, 403, 404)
Axis = Literal["code", "state", "page"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid that a client could meet, and how often it did.

    Values of `code` are codes, for files HTTP statuses; `gone` is the state of a task that is not known any more.
    """

    operation: str
    axis: Axis
    value: str
    met: int
    meaning: str = ""  # of a code, for people


def coverage(service: Service, exchanges: Iterable[Exchange]) -> tuple[Cell, ...]:
    """The whole grid in the order of the documents. A code that no page lists appears where it was met."""
    met = Counter(place for exchange in exchanges if not exchange.fault for place in _places(service, exchange))
    grid = dict.fromkeys(_grid(service))
    places = {**grid, **dict.fromkeys(sorted(met))}
    return tuple(Cell(*place, met[place], _meaning(service, *place)) for place in places)


def _meaning(service: Service, operation: str, axis: Axis, value: str) -> str:
    told = service.errors.codes.get(int(value)) if axis == "code" and operation != FILE else None
    return told.meaning if told else ""


def _grid(service: Service) -> Iterator[tuple[str, Axis, str]]:
    for operation in service.operations.values():
        for code in (0, *service.errors.tables[operation.error_table].lists):
            yield operation.id, "code", str(code)
        if _reads_tasks(service, operation):
            yield from ((operation.id, "state", state) for state in STATES)
        if _pages(service, operation):
            yield from ((operation.id, "page", page) for page in PAGES)
    yield from ((FILE, "code", str(status)) for status in FILE_STATUSES)


def _places(service: Service, exchange: Exchange) -> Iterator[tuple[str, Axis, str]]:
    if exchange.operation == FILE:
        if exchange.status:
            yield FILE, "code", str(exchange.status)
        return
    operation = service.operations.get(exchange.operation or "")
    if operation is None or exchange.code is None:
        return
    yield operation.id, "code", str(exchange.code)
    if _reads_tasks(service, operation):
        state = exchange.facts.get("state")
        if state is not None:
            yield operation.id, "state", state
        elif exchange.facts.get("asked") and refused_as_unknown(exchange):
            yield operation.id, "state", "gone"
    if _pages(service, operation):
        yield from ((operation.id, "page", page) for page in _kinds_of_page(exchange))


def _reads_tasks(service: Service, operation: Operation) -> bool:
    return operation.reads is not None and service.operations[operation.reads].makes_tasks


def _pages(service: Service, operation: Operation) -> bool:
    fields = service.client_rules.fields
    asks = operation.parameter(fields.offset) is not None and operation.parameter(fields.limit) is not None
    return asks and not operation.makes_tasks  # what makes a task answers its id; its pages come with the result


def _kinds_of_page(exchange: Exchange) -> Iterator[str]:
    page = exchange.facts.get("page")
    if page is None or not exchange.succeeded:
        return
    offset, items, total = page["offset"], page["items"], page.get("total") or 0
    if not items:
        yield "empty"
        return
    yield "further" if offset else "first"
    if offset + items >= total:
        yield "last"

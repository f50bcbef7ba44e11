"""The ways to trouble that is not the caller's fault: a slow or faulty service, and codes that are asked for.

Codes are asked for by a header, by a reserved word in a parameter that is looked at, or by a planned fault; they are
answered as they are, whatever the page lists.
"""

from collections.abc import Iterator

from contract_tests.documents import SERVICE
from emulator.behaviours.tasks import TASKS
from emulator.errors import Cause
from emulator.spec.models import Operation
from tests.grid_guests import Guest, Request, sound, sound_values
from tests.grid_ways import leads_to

# --- Trouble of the service -------------------------------------------------------------------------------


@leads_to(Cause.BUSY)
def slow_by_header(guest: Guest) -> Iterator[Request]:
    yield guest.sound.and_headers({"X-Emulator-Delay": "11s"})


@leads_to(Cause.BUSY)
def slow_by_plan(guest: Guest) -> Iterator[Request]:
    guest.steer("POST", "/faults", {"operation": guest.operation.id, "delay": "11s"})
    yield guest.sound


@leads_to(Cause.BUSY)
def stuck_by_word(guest: Guest) -> Iterator[Request]:
    if not _makes_a_task(guest.operation):
        yield from worded(guest, "emulator:stuck")


@leads_to(Cause.BUSY, stage="slow")
def slow_server(guest: Guest) -> Iterator[Request]:
    yield guest.sound


@leads_to(Cause.EMULATOR_FAULT, stage="broken")
def raising_operation(guest: Guest) -> Iterator[Request]:
    yield guest.sound


# --- Codes that are asked for -----------------------------------------------------------------------------


def by_header(guest: Guest, code: int) -> Iterator[Request]:
    yield guest.sound.and_headers({"X-Emulator-Error": str(code)})


def by_word(guest: Guest, code: int) -> Iterator[Request]:
    yield from worded(guest, f"emulator:error={code}")
    if code == SERVICE.reserved.failure and not _makes_a_task(guest.operation):
        yield from worded(guest, "emulator:fail")


def by_planned_fault(guest: Guest, code: int) -> Iterator[Request]:
    guest.steer("POST", "/faults", {"operation": guest.operation.id, "error": code, "times": 1})
    yield guest.sound


ASKED = (by_header, by_word, by_planned_fault)


def worded(guest: Guest, word: str) -> Iterator[Request]:
    """Sound requests with a reserved word in a parameter that is looked at, each of them once."""
    values = sound_values(guest.operation)
    for name in SERVICE.reserved.parameters:
        if name in values:
            given = values[name]
            changed = [f"{given[0]}/{word}", *given[1:]] if isinstance(given, list) else f"{given}/{word}"
            yield guest.signed(sound(guest.operation, **{name: changed}))


def _makes_a_task(operation: Operation) -> bool:
    return operation.creates is not None and operation.creates.table == TASKS

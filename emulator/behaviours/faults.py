"""Trouble planned for later calls: which calls it meets, how often, and what it does to them.

A fault belongs to one account or to all, and counts the calls it has seen and those it has met. The first fault in
order of creation that fires has the call; what becomes of the call then is the server's business.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from emulator import entropy
from emulator.behaviours.world import SHARED, Account, World, count
from emulator.spec.models import FILE
from emulator.store.base import Record

TABLE, NUMBERS = "faults", "fault_numbers"
_CHANCES = 2**32


class Form(StrEnum):
    """What becomes of a success that comes otherwise than usual: see `answer_forms`."""

    EXTRA = "extra"
    SPARSE = "sparse"
    EMPTY = "empty"
    CHINESE = "chinese"


class Manner(StrEnum):
    """How an answer is carried over the wire, where not whole and at once."""

    RESET = "reset"
    TRUNCATE = "truncate"
    HANG = "hang"
    DRIP = "drip"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a fault does: an error by its literal code, an HTTP status, a wait, a broken way over the wire, a success
    of another form, a jump of the account's clock behind the answer.

    `delay` and `drip` are milliseconds of real time, `advance` of the account's.
    """

    error: int | None = None
    status: int | None = None
    delay: int = 0
    manner: Manner | None = None
    drip: int = 0
    form: Form | None = None
    advance: int = 0


@dataclass(frozen=True, slots=True)
class Met:
    """A fault that has a call."""

    id: str
    effect: Effect


class _DroppedError(Exception):
    """The fault was taken back a moment ago."""


class Faults:
    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._store = world.store
        self._seed = seed

    def plan(self, subject: str, given: Mapping[str, Any]) -> Record:
        """Plan a fault for an account, or with SHARED for all; its record.

        Its place in the order tells how many for all there were before, and nothing of other accounts.
        """
        number = count(self._store, subject, NUMBERS, "made")
        shared = self._store.get(SHARED, NUMBERS, "made")
        record = {
            "id": f"{'all-' if subject == SHARED else ''}fault-{number}",
            "order": [shared["made"] if shared else 0, 0 if subject == SHARED else number],
            **given,
            "seen": 0,
            "met": 0,
        }
        self._store.put(subject, TABLE, str(record["id"]), record)
        return record

    def planned(self, subject: str) -> list[Record]:
        return [record for _, record in self._store.scan(subject, TABLE)]

    def find(self, subject: str, fault_id: str) -> Record | None:
        return self._store.get(subject, TABLE, fault_id)

    def drop(self, subject: str, fault_id: str) -> bool:
        return self._store.drop(subject, TABLE, fault_id)

    def drop_all(self, subject: str) -> None:
        self._store.clear(subject, frozenset({TABLE}))

    def met(self, account: Account, operation: str) -> Met | None:
        """The fault that a call of an operation meets, if any; all that wait for such calls have seen it."""
        found: Met | None = None
        for space, fault_id in self._waiting(account, operation):
            fires = self._saw(space, fault_id, account, taken=found is not None)
            if fires is not None:
                found = Met(fault_id, effect_of(fires))
        return found

    def _waiting(self, account: Account, operation: str) -> Iterator[tuple[str, str]]:
        """Space and id of the faults for an operation, in order of creation."""
        found = [
            (record["order"], space, fault_id)
            for space in (account.id, SHARED)
            for fault_id, record in self._store.scan(space, TABLE)
            if record["operation"] == operation or (record["operation"] is None and operation != FILE)
        ]
        return ((space, fault_id) for _, space, fault_id in sorted(found))

    def _saw(self, space: str, fault_id: str, account: Account, *, taken: bool) -> Record | None:
        """Count a call, in one step; the record if the fault fires."""
        fired: list[bool] = []

        def step(record: Record | None) -> Record:
            if record is None:
                raise _DroppedError
            seen = record["seen"] + 1
            fired.append(not taken and self._fires({**record, "seen": seen}, space, account))
            return {**record, "seen": seen, "met": record["met"] + fired[-1]}

        try:
            record = self._store.change(space, TABLE, fault_id, step)
        except _DroppedError:
            return None
        return record if fired[-1] else None

    def _fires(self, record: Record, space: str, account: Account) -> bool:
        """Whether a fault fires for the call it has just seen; its chance is a stream of its own."""
        late = record["seen"] - 1 - record["after"]
        if late < 0 or late % record["every"] or (record["times"] is not None and record["met"] >= record["times"]):
            return False
        if record["probability"] >= 1:
            return True
        seed = account.seed if space == account.id else self._seed
        raw = entropy.draw(seed, space, record["id"], record["seen"], 4)
        return bool(int.from_bytes(raw) < record["probability"] * _CHANCES)


def effect_of(record: Record) -> Effect:
    manner, form = record["manner"], record.get("answer")
    return Effect(
        error=record["error"],
        status=record["status"],
        delay=record["delay"],
        manner=Manner(manner) if manner else None,
        drip=record["drip"],
        form=Form(form) if form else None,
        advance=record.get("advance", 0),
    )

"""The clock of all and the clocks of accounts, kept in the store and moved on request.

Time goes forward only; rewinding is for resets, and standing as once before for restores. Instants and durations are
milliseconds. How simulated time follows real time is in `emulator.clock`; who may move a clock is not known here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from emulator import clock
from emulator.behaviours.world import SHARED
from emulator.clock import Offset, Reading
from emulator.store.base import Record, Store

TABLE = "clock"
_KEY = "reading"


class BackwardsError(ValueError):
    """A clock was asked to go back."""


@dataclass(frozen=True)
class Face:
    """How a clock stands. `rate` is None for an account's clock: time passes for everybody at one rate."""

    now: int
    frozen: bool
    rate: float | None


class Moment:
    """One real instant on every clock. Called with an account, it tells what the account's clock shows."""

    def __init__(self, real: int, shared: int, frozen: bool, offset_of: Callable[[str], Offset]) -> None:
        self._real = real
        self._shared = shared
        self._frozen = frozen
        self._offset_of = cache(offset_of)

    def __call__(self, account: str) -> int:
        return self._shared if account == SHARED else self._offset_of(account).at(self._shared)

    def real(self, account: str) -> int | None:
        """The machine's time in milliseconds; None where the account's clock stands still, which tells nothing."""
        pinned = account != SHARED and self._offset_of(account).pinned is not None
        return None if self._frozen or pinned else self._real


class Clocks:
    def __init__(self, store: Store, start: int | None, frozen: bool, real: Callable[[], int] = clock.real_now) -> None:
        self._store = store
        self._real = real
        self._start = (start, frozen)
        if store.get(SHARED, TABLE, _KEY) is None:
            self.rewind()

    def rewind(self) -> None:
        """The clock of all as it was at the start: at the instant asked for, else at the machine's time."""
        start, frozen = self._start
        real = self._real()
        first = Reading(anchor_real=real, anchor=real if start is None else start, frozen=frozen)
        self._store.put(SHARED, TABLE, _KEY, first.to_record())

    def now(self, account: str = SHARED) -> int:
        """The instant an account lives in; without an account, that of all."""
        return self.moment()(account)

    def moment(self) -> "Moment":
        """One instant for all that happens at once: a function from account to what its clock shows then."""
        real, reading = self._real(), self._reading()
        return Moment(real, reading.at(real), reading.frozen, self._offset)

    def advance(self, account: str, by: int) -> None:
        if by < 0:
            raise BackwardsError("time goes forward only")
        if account == SHARED:
            self._change_shared(lambda reading: replace(reading, anchor=_within(reading.anchor + by)))
        else:
            self._change_account(account, lambda offset, shared: _moved(offset, by))

    def set(self, account: str, instant: int) -> None:
        def step(offset: Offset, shared: int) -> Offset:
            return _moved(offset, _forward(offset.at(shared), instant))

        if account == SHARED:
            self._change_shared(
                lambda reading: replace(reading, anchor=reading.anchor + _forward(reading.anchor, instant))
            )
        else:
            self._change_account(account, step)

    def freeze(self, account: str, frozen: bool) -> None:
        """Pin or release a clock; a released account goes on from the instant at which it stood."""

        def step(offset: Offset, shared: int) -> Offset:
            return Offset(pinned=offset.at(shared)) if frozen else Offset(offset=offset.at(shared) - shared)

        if account == SHARED:
            self._change_shared(lambda reading: replace(reading, frozen=frozen))
        else:
            self._change_account(account, step)

    def run_at(self, rate: float) -> None:
        """Let everybody's time pass `rate` times as fast as real time."""
        self._change_shared(lambda reading: replace(reading, rate=rate))

    def describe(self, account: str) -> dict[str, Any]:
        """`{now, mode, offset_s, rate}`; the offset is that to the machine's time for all, to all for an account."""
        real = self._real()
        reading = self._reading()
        shared = reading.at(real)
        own = self._offset(account) if account != SHARED else Offset()
        now = own.at(shared)
        return {
            "now": clock.iso(now),
            "mode": "frozen" if self.stands_still(account) else "running",
            "offset_s": (now - (real if account == SHARED else shared)) / 1000,
            "rate": reading.rate,
        }

    def stands_still(self, account: str) -> bool:
        """Whether a clock does not move by itself."""
        return self._reading().frozen or (account != SHARED and self._offset(account).pinned is not None)

    def face(self, account: str) -> Face:
        """How the clock of an account, or of all, stands."""
        reading = self._reading()
        shared = reading.at(self._real())
        if account == SHARED:
            return Face(shared, reading.frozen, reading.rate)
        offset = self._offset(account)
        return Face(offset.at(shared), offset.pinned is not None, None)

    def table(self, account: str, face: Face) -> dict[str, Record]:
        """The table `TABLE` of a clock that stands like this now, be it earlier; for whoever restores a space whole."""
        real = self._real()
        if account == SHARED:
            return {_KEY: Reading(real, face.now, face.rate or 1.0, face.frozen).to_record()}
        own = Offset(pinned=face.now) if face.frozen else Offset(offset=face.now - self._reading().at(real))
        return {_KEY: own.to_record()}

    def _reading(self) -> Reading:
        record = self._store.get(SHARED, TABLE, _KEY)
        assert record is not None, "the clock of all is laid down at the start"
        return clock.reading_of(record)

    def _offset(self, account: str) -> Offset:
        return clock.offset_of(self._store.get(account, TABLE, _KEY))

    def _change_shared(self, step: Callable[[Reading], Reading]) -> None:
        real = self._real()

        def change(record: Record | None) -> Record:
            assert record is not None
            return step(clock.reading_of(record).rebased(real)).to_record()

        self._store.change(SHARED, TABLE, _KEY, change)

    def _change_account(self, account: str, step: Callable[[Offset, int], Offset]) -> None:
        shared = self._reading().at(self._real())
        self._store.change(account, TABLE, _KEY, lambda record: step(clock.offset_of(record), shared).to_record())


def _moved(offset: Offset, by: int) -> Offset:
    if offset.pinned is not None:
        return replace(offset, pinned=_within(offset.pinned + by))
    return replace(offset, offset=_within(offset.offset + by))


def _forward(now: int, then: int) -> int:
    if then < now:
        raise BackwardsError(f"time goes forward only: it is {clock.iso(now)} already")
    return then - now


def _within(instant: int) -> int:
    return min(instant, clock.LATEST)

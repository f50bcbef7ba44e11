"""A till for tests: the quota of an emulator that nobody has used, one account, and an instant that tests move."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from emulator import clock
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.quota import Quota
from emulator.behaviours.world import Account, World
from emulator.errors import ApiError, Cause

NOON = clock.instant("2026-01-01T04:00:00Z")
FREE, BATCH, SEARCH, TASK = "AI39-2-query", "P043", "P060", "R003-create"


class Till:
    def __init__(self, world: World, *, frozen: bool = True) -> None:
        self.world, self.now = world, NOON
        self.clocks = Clocks(world.store, NOON, frozen, lambda: 0)
        self.quota = Quota(world, self.clocks, 1000)
        self.account = Account("a")

    def set(self, **settings: Any) -> None:
        self.account = replace(self.account, **settings)
        if "balance" in settings:
            self.quota.grant(self.account.id, self.now)

    def admit(self, operation: str = FREE, account: Account | None = None, *, counts: bool = True) -> None:
        whom = account or self.account
        self.quota.admit(whom, self.world.service.operations[operation], lambda _: self.now, counts=counts)

    def charge(self, operation: str = BATCH, found: int = 1, account: Account | None = None) -> int:
        whom = account or self.account
        return self.quota.charge(whom, self.world.service.operations[operation], found, self.now, lambda: "call")

    def counters(self) -> tuple[object, ...]:
        charges = list(self.world.store.read_log("charges"))
        return self.quota.used("a", self.now), self.quota.platform_units, charges

    def refused(self, what: Callable[..., object], *arguments: Any, **more: Any) -> tuple[Cause, str]:
        """Cause and reason of a refusal, which took nothing."""
        before = self.counters()
        with pytest.raises(ApiError) as caught:
            what(*arguments, **more)
        assert self.counters() == before
        return caught.value.cause, caught.value.reason

"""The bill of an account: sums, and each charge with the call it was for.

Computed from what was charged and from now: a charge for a task that has failed is given back. Only the last charges
are listed one by one; the sums are of all.
"""

from collections.abc import Iterator
from typing import Any

from emulator import clock
from emulator.behaviours import meter
from emulator.behaviours.meter import CHARGES
from emulator.behaviours.quota import Quota
from emulator.behaviours.world import Account, World


class Bill:
    def __init__(self, world: World, quota: Quota) -> None:
        self._world = world
        self._store = world.store
        self._quota = quota

    def told(self, account: Account, now: int) -> dict[str, Any]:
        """`credits` and `units` are net of what was given back; `balance` is what remains."""
        used = self._quota.used(account.id, now)
        return {
            "account": account.id,
            "now": clock.iso(now),
            "credits": used.credits,
            "units": used.units,
            "balance": self._quota.remaining(account, now),
            "today": {"day": clock.day(now, self._world.service.values.day_zone), "units": used.on_day},
            "limits": {"qps": account.qps, "daily_limit": account.daily_limit, "total_limit": account.total_limit},
            "operations": meter.by_operation(self._store, account.id, now),
            "charges": list(self._charges(account, now)),
            "dropped": self._store.dropped(CHARGES, account.id),
        }

    def _charges(self, account: Account, now: int) -> Iterator[dict[str, Any]]:
        outcomes = meter.outcomes(self._store, account.id, now)
        no_task = {"task": None, "given_back": False}
        for _, charge in self._store.read_log(CHARGES, account.id):
            yield {**charge, "at": clock.iso(charge["at"]), **outcomes.get(charge["call"], no_task)}

"""Whether one more call fits: requests a second, units a day and altogether, those of the whole platform, and money.

A call is looked at twice: before its body is read, for one unit, because nobody knows yet what it will find, and
before its result leaves, for what it does cost. Refusals use up nothing but a place in their second. The order of the
refusals is that of the path.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from emulator import clock
from emulator.behaviours import meter, prices
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.meter import CHARGES, Used
from emulator.behaviours.prices import Tariff
from emulator.behaviours.world import SHARED, Account, World
from emulator.errors import ApiError, Cause
from emulator.spec.models import Operation
from emulator.store.base import Record

WINDOW, PLATFORM = "window", "platform"
_KEY = "now"
_LIMITS, _TAKEN = "limits", "taken"


@dataclass(frozen=True, slots=True)
class Limits:
    """What all accounts together may do: requests in a second, and units altogether since the limit was set."""

    qps: int | None = None
    total_limit: int | None = None


class Quota:
    """`keep` is how many charges of an account are listed one by one."""

    def __init__(self, world: World, clocks: Clocks, keep: int) -> None:
        self._world = world
        self._store = world.store
        self._clocks = clocks
        self._keep = keep
        self._zone = world.service.values.day_zone
        self._one_at_a_time = Lock()

    def admit(
        self, account: Account, operation: Operation, now_of: Callable[[str], int], *, counts: bool = True
    ) -> None:
        """67200002, 67200007, 67200000, 67200001, 67200005 for a call that cannot be paid, in this order.

        One that does not `count` costs nothing, but is a request all the same.
        """
        now = now_of(account.id)
        if account.qps is not None:
            self._count(account.id, account.qps, now, Cause.RATE_EXCEEDED, "the account")
        tariff = prices.tariff_of(account, operation)
        used = None if tariff.is_free or not counts else self.used(account.id, now)
        if used is not None:
            self._refuse_quota(account, used, 1, now)
        platform = self.platform
        if platform.qps is not None:
            self._count(SHARED, platform.qps, now_of(SHARED), Cause.PLATFORM_LIMIT_REACHED, "all accounts together")
        if used is not None:
            self._refuse_platform(platform, 1)
            _refuse_balance(account, used, tariff, 1)

    def charge(self, account: Account, operation: Operation, found: int, now: int, call_id: Callable[[], str]) -> int:
        """Take what a success costs; the credits. Raises as `admit` does, and then nothing was taken."""
        tariff = prices.tariff_of(account, operation)
        units = tariff.units(found)
        if units == 0:
            return 0
        with self._one_at_a_time:
            used, platform = self.used(account.id, now), self.platform
            self._refuse_quota(account, used, units, now)
            self._refuse_platform(platform, units)
            _refuse_balance(account, used, tariff, units)
            self._take(platform, units)
            credits = units * tariff.credits
            meter.charge(self._store, account.id, operation.id, units, credits, now, self._zone)
            self._list(account, operation, units, credits, now, call_id())
        return credits

    def used(self, account_id: str, now: int) -> Used:
        return meter.used(self._store, account_id, now, self._zone)

    def remaining(self, account: Account, now: int) -> int | None:
        """The credits that are left; None for an account without a balance. Less than 0 when a failure was undone."""
        return None if account.balance is None else account.balance - self.used(account.id, now).since_grant

    def grant(self, account_id: str, now: int) -> None:
        """The account's balance has been set: it counts from now."""
        meter.grant(self._store, account_id, now)

    @property
    def platform(self) -> Limits:
        """The limits of all accounts together."""
        record = self._store.get(SHARED, PLATFORM, _LIMITS)
        return Limits(**record) if record else Limits()

    def limit_platform(self, limits: Limits) -> None:
        """Set the limits of all; what they count begins again."""
        with self._one_at_a_time:
            self._store.put(SHARED, PLATFORM, _LIMITS, {"qps": limits.qps, "total_limit": limits.total_limit})
            self._store.drop(SHARED, WINDOW, _TAKEN)
            self._store.drop(SHARED, WINDOW, _KEY)

    @property
    def platform_units(self) -> int:
        """The units used by all since their limit was set."""
        record = self._store.get(SHARED, WINDOW, _TAKEN)
        return int(record["units"]) if record else 0

    def _list(self, account: Account, operation: Operation, units: int, credits: int, now: int, call_id: str) -> None:
        """One line of the bill, under the name that the call has in the journal."""
        charge = {"call": call_id, "at": now, "operation": operation.id, "units": units, "credits": credits}
        self._store.append(account.id, CHARGES, charge, self._keep)

    def _count(self, space: str, qps: int, now: int, cause: Cause, who: str) -> None:
        """One more request in this second, or a refusal."""
        second = now // 1000
        refusal = ApiError(cause, _rate_told(qps, now, who, frozen=self._clocks.stands_still(space)))

        def step(record: Record | None) -> Record:
            requests = record["requests"] if record and record["second"] == second else 0
            if requests >= qps:
                raise refusal
            return {"second": second, "requests": requests + 1}

        self._store.change(space, WINDOW, _KEY, step)

    def _refuse_quota(self, account: Account, used: Used, units: int, now: int) -> None:
        if account.daily_limit is not None and used.on_day + units > account.daily_limit:
            day = f"{clock.day(now, self._zone)} ({clock.zone_told(self._zone)})"
            told = _left_told(account.daily_limit, used.on_day, units, f"on {day}")
            raise ApiError(Cause.DAILY_LIMIT_REACHED, f"the account's daily limit {told}")
        if account.total_limit is not None and used.units + units > account.total_limit:
            told = _left_told(account.total_limit, used.units, units, "altogether")
            raise ApiError(Cause.TOTAL_LIMIT_REACHED, f"the account's total limit {told}")

    def _refuse_platform(self, limits: Limits, units: int) -> None:
        taken, most = self.platform_units, limits.total_limit
        if most is not None and taken + units > most:
            told = _left_told(most, taken, units, "by all accounts together")
            raise ApiError(Cause.PLATFORM_LIMIT_REACHED, f"the platform's total limit {told}")

    def _take(self, limits: Limits, units: int) -> None:
        """Count units of the platform, where anybody limits them."""
        if limits.total_limit is not None:
            self._store.change(
                SHARED, WINDOW, _TAKEN, lambda found: {"units": (found["units"] if found else 0) + units}
            )


def _refuse_balance(account: Account, used: Used, tariff: Tariff, units: int) -> None:
    if account.balance is None:
        return
    remaining = account.balance - used.since_grant
    if units * tariff.credits > remaining:
        costs = f"this result costs {units * tariff.credits}" if units > 1 else f"this call costs {tariff.credits}"
        raise ApiError(Cause.BALANCE_INSUFFICIENT, f"{remaining} credits remain and {costs} ({tariff.source})")


def _left_told(most: int, taken: int, units: int, where: str) -> str:
    return f"is {most}, {taken} are used {where}, and this call takes {units} more"


def _rate_told(qps: int, now: int, who: str, *, frozen: bool) -> str:
    told = f"{who} may make {qps} requests in a second, and has made them in the one from {clock.iso(now)[11:19]}"
    return told + "; the clock is frozen, so this second does not end until it is moved" if frozen else told

"""Whether one more call fits: every rule and every boundary, on a clock that stands where it is put."""

from dataclasses import replace
from typing import Any

import pytest

from emulator import clock
from emulator.behaviours.quota import Limits
from emulator.behaviours.world import SHARED, World
from emulator.errors import ApiError, Cause
from tests.till import BATCH, FREE, NOON, SEARCH, TASK, Till


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


# --- Requests a second ------------------------------------------------------------------------------------


def test_a_window_is_a_whole_second_of_the_clock(till: Till) -> None:
    till.set(qps=2)
    for at in (0, 999):
        till.now = NOON + at
        till.admit()
    assert till.refused(till.admit)[0] is Cause.RATE_EXCEEDED
    till.now = NOON + 1000
    till.admit()
    till.now = NOON + 1999
    till.admit()
    assert till.refused(till.admit)[0] is Cause.RATE_EXCEEDED


def test_the_window_counts_every_kind_of_call(till: Till) -> None:
    till.set(qps=4, prices={BATCH: 0})
    for operation in (FREE, BATCH, TASK):
        till.admit(operation)
    till.admit(BATCH, counts=False)
    assert till.refused(till.admit, "token")[0] is Cause.RATE_EXCEEDED


def test_accounts_do_not_share_a_window(till: Till) -> None:
    till.set(qps=1)
    till.admit()
    till.admit(account=replace(till.account, id="b"))
    assert till.refused(till.admit)[0] is Cause.RATE_EXCEEDED


def test_while_the_clock_stands_still_so_does_the_window_and_the_reason_says_so(till: Till) -> None:
    till.set(qps=1)
    till.admit()
    for _ in range(3):
        _, reason = till.refused(till.admit)
        assert reason.startswith(
            "the account may make 1 requests in a second, and has made them in the one from 04:00:00"
        )
        assert "the clock is frozen" in reason
    till.now += 1000
    till.admit()


@pytest.mark.parametrize("whose", ["a", SHARED])
def test_a_running_clock_is_not_called_frozen(world: World, whose: str) -> None:
    till = Till(world, frozen=False)
    till.set(qps=1)
    till.admit()
    assert "frozen" not in till.refused(till.admit)[1]
    till.clocks.freeze(whose, True)
    assert "frozen" in till.refused(till.admit)[1]


def test_no_limits_hold_at_first(till: Till) -> None:
    assert (till.account.qps, till.account.daily_limit, till.account.total_limit) == (None, None, None)
    assert till.quota.platform == Limits(None, None)
    for _ in range(500):
        till.admit(BATCH)
        till.charge(BATCH, 100)
    assert till.quota.used("a", till.now).units == 50_000


def test_a_rate_of_nothing_refuses_all(till: Till) -> None:
    till.set(qps=0)
    assert till.refused(till.admit)[0] is Cause.RATE_EXCEEDED


# --- Units of a day, and altogether -----------------------------------------------------------------------


def test_the_day_ends_at_midnight_in_beijing(till: Till) -> None:
    till.set(daily_limit=1)
    till.now = clock.instant("2026-01-01T15:59:59.999Z")
    till.charge()
    for what in (till.admit, till.charge):
        cause, reason = till.refused(what, BATCH)
        assert cause is Cause.DAILY_LIMIT_REACHED
        assert "is 1, 1 are used on 2026-01-01 (UTC+08:00)" in reason
    till.now += 1
    till.admit(BATCH)
    till.charge()
    assert "on 2026-01-02" in till.refused(till.admit, BATCH)[1]


def test_the_total_knows_no_days(till: Till) -> None:
    till.set(total_limit=2)
    for _ in range(2):
        till.admit(BATCH)
        till.charge()
        till.now += 400 * 86_400_000
    assert till.refused(till.admit, BATCH)[0] is Cause.TOTAL_LIMIT_REACHED
    till.set(total_limit=3)
    till.admit(BATCH)


@pytest.mark.parametrize("setting", ["daily_limit", "total_limit", "balance"])
def test_what_costs_nothing_is_not_refused_when_all_is_used_up(till: Till, setting: str) -> None:
    till.set(**{setting: 0})
    for operation in (FREE, "token", "P010", "AI39-2-report", "R003-export"):
        till.admit(operation)
        assert till.charge(operation) == 0
    assert till.charge(BATCH, 0) == till.charge(SEARCH, 0) == 0
    till.admit(BATCH, counts=False)
    till.refused(till.admit, BATCH)


# --- A result that is larger than what is left -----------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "platform", "cause"),
    [
        ({"daily_limit": 4}, None, Cause.DAILY_LIMIT_REACHED),
        ({"total_limit": 4}, None, Cause.TOTAL_LIMIT_REACHED),
        ({}, 4, Cause.PLATFORM_LIMIT_REACHED),
        ({"balance": 4}, None, Cause.BALANCE_INSUFFICIENT),
        ({"balance": 14, "prices": {BATCH: 3}}, None, Cause.BALANCE_INSUFFICIENT),
    ],
)
def test_a_result_that_does_not_fit_is_refused_whole(
    till: Till, settings: dict[str, Any], platform: int | None, cause: Cause
) -> None:
    till.set(**settings)
    till.quota.limit_platform(Limits(total_limit=platform))
    till.admit(BATCH)
    assert till.refused(till.charge, BATCH, 5)[0] is cause
    till.charge(BATCH, 4)


# --- The whole platform -----------------------------------------------------------------------------------


def test_all_accounts_share_the_platform_s_requests(till: Till) -> None:
    till.quota.limit_platform(Limits(qps=2))
    till.admit(FREE)
    till.admit(FREE, replace(till.account, id="b"))
    cause, reason = till.refused(till.admit, FREE, replace(till.account, id="c"))
    assert cause is Cause.PLATFORM_LIMIT_REACHED
    assert reason.startswith("all accounts together may make 2 requests in a second")
    till.now += 1000
    till.admit(FREE)


def test_the_platform_s_second_is_one_of_the_clock_of_all(till: Till) -> None:
    till.quota.limit_platform(Limits(qps=1))
    operation = till.world.service.operations[FREE]
    shared = {SHARED: NOON}
    till.quota.admit(till.account, operation, lambda space: shared.get(space, NOON + 5000))
    with pytest.raises(ApiError):
        till.quota.admit(till.account, operation, lambda space: shared.get(space, NOON + 9000))
    till.quota.admit(till.account, operation, lambda space: NOON + 1000)


def test_all_accounts_share_the_platform_s_units(till: Till) -> None:
    till.quota.limit_platform(Limits(total_limit=5))
    till.charge(BATCH, 3)
    till.charge(BATCH, 1, replace(till.account, id="b"))
    assert "is 5, 4 are used by all accounts together" in till.refused(till.charge, BATCH, 2)[1]
    till.charge(BATCH, 1)
    assert till.refused(till.admit, BATCH)[0] is Cause.PLATFORM_LIMIT_REACHED
    till.admit(FREE)


def test_a_new_limit_of_the_platform_counts_from_nothing(till: Till) -> None:
    till.charge(BATCH, 50)
    for _ in range(2):
        till.quota.limit_platform(Limits(qps=2, total_limit=2))
        assert till.quota.platform_units == 0
        till.admit(BATCH)
        till.admit(BATCH)
        till.charge(BATCH, 2)
        assert till.refused(till.admit, FREE)[0] is Cause.PLATFORM_LIMIT_REACHED
    till.quota.limit_platform(Limits())
    till.admit(BATCH)


# --- Which refusal comes first ----------------------------------------------------------------------------

_ORDER: list[tuple[dict[str, Any], Cause]] = [
    ({"qps": 0}, Cause.RATE_EXCEEDED),
    ({"daily_limit": 0}, Cause.DAILY_LIMIT_REACHED),
    ({"total_limit": 0}, Cause.TOTAL_LIMIT_REACHED),
    ({"platform": 0}, Cause.PLATFORM_LIMIT_REACHED),
    ({"balance": 0}, Cause.BALANCE_INSUFFICIENT),
]


@pytest.mark.parametrize("first", range(len(_ORDER)))
def test_the_first_limit_that_is_used_up_wins(till: Till, first: int) -> None:
    broken = {name: value for settings, _ in _ORDER[first:] for name, value in settings.items()}
    till.quota.limit_platform(Limits(total_limit=broken.pop("platform", None)))
    till.set(**broken)
    assert till.refused(till.admit, BATCH)[0] is _ORDER[first][1]
    if first > 0:
        assert till.refused(till.charge, BATCH, 1)[0] is _ORDER[first][1]

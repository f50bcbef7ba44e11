"""Prices of accounts, what a success costs by them, and the balance that it is paid from."""

import pytest

from emulator.behaviours.world import World
from emulator.errors import Cause
from tests.till import BATCH, FREE, SEARCH, TASK, Till


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


@pytest.mark.parametrize(
    ("operation", "found", "prices", "units", "credits"),
    [
        (BATCH, 7, {}, 7, 7),
        (BATCH, 7, {BATCH: 3}, 7, 21),
        (BATCH, 7, {BATCH: 0}, 0, 0),
        (BATCH, 0, {BATCH: 3}, 0, 0),
        (SEARCH, 80, {SEARCH: 5}, 1, 5),
        (SEARCH, 0, {SEARCH: 5}, 0, 0),
        (TASK, 1, {}, 1, 1),
        (TASK, 1, {TASK: 9}, 1, 9),
        (FREE, 1, {}, 0, 0),
        (FREE, 1, {FREE: 4}, 1, 4),
        (FREE, 0, {FREE: 4}, 1, 4),
    ],
)
def test_a_success_costs_units_times_the_account_s_price(
    till: Till, operation: str, found: int, prices: dict[str, int], units: int, credits: int
) -> None:
    till.set(prices=prices)
    assert till.charge(operation, found) == credits
    used = till.quota.used("a", till.now)
    assert (used.units, used.on_day, used.credits) == (units, units, credits)


def test_what_a_price_of_nothing_makes_free_is_never_refused(till: Till) -> None:
    till.set(prices={BATCH: 0}, daily_limit=0, total_limit=0, balance=0)
    till.admit(BATCH)
    assert till.charge(BATCH, 100) == 0


def test_a_price_makes_a_free_operation_one_that_is_refused(till: Till) -> None:
    till.set(prices={FREE: 2}, balance=3)
    till.admit(FREE)
    till.charge(FREE)
    assert till.refused(till.admit, FREE)[0] is Cause.BALANCE_INSUFFICIENT


# --- The balance ------------------------------------------------------------------------------------------


def test_a_balance_is_what_is_left_now(till: Till) -> None:
    till.charge(BATCH, 30)
    till.set(balance=5)
    assert till.quota.remaining(till.account, till.now) == 5
    till.charge(BATCH, 3)
    assert till.quota.remaining(till.account, till.now) == 2
    assert "2 credits remain and this result costs 3" in till.refused(till.charge, BATCH, 3)[1]
    till.charge(BATCH, 2)
    assert "0 credits remain and this call costs 1" in till.refused(till.admit, BATCH)[1]
    till.set(balance=1)
    till.admit(BATCH)


def test_without_a_balance_none_is_kept(till: Till) -> None:
    till.set(balance=None, prices={BATCH: 10**6})
    assert till.charge(BATCH, 100) == 10**8
    assert till.quota.remaining(till.account, till.now) is None


def test_debts_refuse_what_costs(till: Till) -> None:
    till.set(balance=-3)
    assert "-3 credits remain" in till.refused(till.admit, BATCH)[1]
    till.admit(FREE)

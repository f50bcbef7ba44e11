"""What was used and what is given back: sums over records and now, also after tasks or the bill have been forgotten."""

from typing import Any

import pytest

from emulator import clock
from emulator.behaviours import meter, tasks
from emulator.behaviours.tasks import State
from emulator.store.base import Record
from emulator.store.memory import MemoryStore

BEIJING = clock.zone("+08:00")
NOON = clock.instant("2026-01-01T12:00:00+08:00")
S, H = 1000, 3_600_000
MAKER = "R003-create"


class Books:
    """The store of one account, and what it is charged at an instant."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def charge(self, units: int = 1, credits: int = 1, now: int = NOON, operation: str = "P043") -> None:
        meter.charge(self.store, "a", operation, units, credits, now, BEIJING)

    def task(self, name: str, *, at: int = NOON, credits: int = 5, outcome: State = State.FAILED, **more: Any) -> None:
        """A task of six seconds that was charged when it was accepted."""
        self.charge(1, credits, at, MAKER)
        plan = {"duration": 6 * S, "polls": None, "outcome": outcome}
        facts = {"id": name, "operation": MAKER, "created": at, "life": 8 * H, "life_from": "creation", "plan": plan}
        charged = {"units": 1, "credits": credits, "call": f"call of {name}"}
        self.store.put("a", tasks.TASKS, name, {**facts, "polls": 0, "ended": None, "order": None, **charged, **more})
        self.store.put("a", tasks.FAILING, name, {})

    def order(self, name: str, state: State, now: int) -> Record:
        return tasks.keep_order(self.store, "a", name, state, now)

    def used(self, now: int = NOON) -> tuple[int, int, int, int]:
        """Credits, units, units of the day, credits since the balance was set."""
        used = meter.used(self.store, "a", now, BEIJING)
        return used.credits, used.units, used.on_day, used.since_grant

    def told(self, now: int) -> object:
        return self.used(now), meter.by_operation(self.store, "a", now), meter.outcomes(self.store, "a", now)

    def forget_tasks(self) -> None:
        self.store.clear("a", frozenset({tasks.TASKS, tasks.FAILING}))


@pytest.fixture
def books() -> Books:
    return Books()


def test_nothing_was_used_at_first(books: Books) -> None:
    assert books.used() == (0, 0, 0, 0)
    assert meter.by_operation(books.store, "a", NOON) == {}


def test_charges_add_up_by_operation_and_stay_with_their_account(books: Books) -> None:
    books.charge(3, 6)
    books.charge(1, 2)
    books.charge(1, 7, operation="P060")
    assert books.used() == (15, 5, 5, 15)
    assert meter.by_operation(books.store, "a", NOON) == {
        "P043": {"calls": 2, "units": 4, "credits": 8},
        "P060": {"calls": 1, "units": 1, "credits": 7},
    }
    assert meter.used(books.store, "b", NOON, BEIJING).credits == 0


def test_the_day_begins_at_midnight_in_beijing(books: Books) -> None:
    last = clock.instant("2026-01-01T15:59:59.999Z")
    books.charge(2, 2, last)
    assert books.used(last) == (2, 2, 2, 2)
    assert books.used(last + 1) == (2, 2, 0, 2)
    books.charge(1, 1, last + 1)
    assert books.used(last + 1) == (3, 3, 1, 3)


# --- What is given back -----------------------------------------------------------------------------------


def test_a_failed_task_gives_back_fee_total_and_the_quota_of_its_day(books: Books) -> None:
    books.charge()
    books.task("t")
    assert books.used(NOON + 6 * S - 1) == (6, 2, 2, 6)
    assert books.used(NOON + 6 * S) == (1, 1, 1, 1)
    assert meter.by_operation(books.store, "a", NOON + 6 * S)[MAKER] == {"calls": 0, "units": 0, "credits": 0}


def test_what_is_given_back_a_day_later_is_not_the_new_day_s(books: Books) -> None:
    late = clock.instant("2026-01-01T15:59:57Z")
    books.task("t", at=late)
    books.charge(2, 2, late + 4 * S)
    assert books.used(late + 4 * S) == (7, 3, 2, 7)
    assert books.used(late + 6 * S) == (2, 2, 2, 2)


def test_what_was_given_back_outlives_the_task(books: Books) -> None:
    books.task("t")
    assert books.used(NOON + 30 * 24 * H) == (0, 0, 0, 0)


@pytest.mark.parametrize("duration", [8 * H, 9 * H, None])
def test_a_task_that_only_expired_stays_charged(books: Books, duration: int | None) -> None:
    books.task("t", plan={"duration": duration, "polls": None, "outcome": State.FAILED})
    for later in (8 * H - 1, 8 * H, 9 * H, 100 * H):
        assert books.used(NOON + later)[:2] == (5, 1)


def test_a_task_that_failed_a_millisecond_before_its_end_is_given_back(books: Books) -> None:
    books.task("t", plan={"duration": 8 * H - 1, "polls": None, "outcome": State.FAILED})
    assert books.used(NOON + 8 * H)[:2] == (0, 0)


@pytest.mark.parametrize(
    ("orders", "credits"),
    [
        ([State.FAILED], 0),
        ([State.FAILED, State.RUNNING], 5),
        ([State.FAILED, State.SUCCESS], 5),
        ([State.FAILED, State.SUCCESS, State.FAILED], 0),
        ([State.FAILED, State.EXPIRED], 0),
        ([State.FAILED, State.RUNNING, State.EXPIRED], 5),
        ([State.EXPIRED], 5),
        ([State.SUCCESS, State.FAILED], 0),
        ([State.RUNNING], 5),
    ],
)
def test_the_last_order_decides_for_good(books: Books, orders: list[State], credits: int) -> None:
    books.task("t", outcome=State.SUCCESS)
    for second, state in enumerate(orders, 1):
        books.order("t", state, NOON + second * S)
    for later in (10 * S, 8 * H, 100 * H):
        assert books.used(NOON + later)[0] == credits


def test_an_order_undoes_a_failure_that_was_planned(books: Books) -> None:
    books.task("t")
    books.order("t", State.RUNNING, NOON + 7 * S)
    assert books.used(NOON + 7 * S)[0] == 5
    books.order("t", State.EXPIRED, NOON + 8 * S)
    assert books.used(NOON + 9 * S)[0] == 5


def test_one_that_was_ordered_to_expire_before_it_would_have_failed_stays_charged(books: Books) -> None:
    books.task("t")
    books.order("t", State.EXPIRED, NOON + 5 * S)
    assert books.used(NOON + 10 * S)[0] == 5


# --- The balance ------------------------------------------------------------------------------------------


def test_a_balance_counts_from_when_it_was_set(books: Books) -> None:
    books.charge(1, 40)
    meter.grant(books.store, "a", NOON)
    books.charge(1, 2)
    assert books.used() == (42, 2, 2, 2)


def test_a_task_from_before_gives_back_into_a_balance_that_was_set_since(books: Books) -> None:
    books.task("t")
    meter.grant(books.store, "a", NOON + S)
    assert books.used(NOON + S)[3] == 0
    assert books.used(NOON + 6 * S)[3] == -5


def test_undoing_a_failure_is_charged_to_a_balance_that_was_set_since(books: Books) -> None:
    books.task("t")
    meter.grant(books.store, "a", NOON + 6 * S)
    assert books.used(NOON + 6 * S)[3] == 0
    books.order("t", State.SUCCESS, NOON + 7 * S)
    assert books.used(NOON + 7 * S)[3] == 5


def test_a_balance_may_be_set_before_anything_was_used(books: Books) -> None:
    meter.grant(books.store, "a", NOON)
    books.charge(1, 3)
    assert books.used() == (3, 1, 1, 3)


# --- Forgetting tasks, and beginning a new bill -----------------------------------------------------------


@pytest.mark.parametrize("now", [NOON, NOON + 5 * S, NOON + 6 * S, NOON + 9 * H, NOON + 30 * H])
def test_a_settled_bill_does_not_change_when_tasks_are_forgotten(books: Books, now: int) -> None:
    books.charge(2, 4)
    books.task("fails")
    books.task("succeeds", outcome=State.SUCCESS)
    books.task("fails too", at=NOON - 20 * H)
    books.charge(1, 1, NOON)
    before = books.told(now)
    meter.settle(books.store, "a", now)
    assert books.told(now) == before
    books.forget_tasks()
    assert books.told(now) == before


def test_a_task_that_was_forgotten_while_it_ran_stays_charged(books: Books) -> None:
    books.task("t")
    meter.settle(books.store, "a", NOON + S)
    books.forget_tasks()
    assert books.used(NOON + 10 * S)[:3] == (5, 1, 1)
    assert meter.outcomes(books.store, "a", NOON + 10 * S) == {"call of t": {"task": "t", "given_back": False}}


def test_settling_twice_gives_back_once(books: Books) -> None:
    books.charge(1, 2)
    books.task("t")
    for _ in range(3):
        meter.settle(books.store, "a", NOON + 6 * S)
        assert books.used(NOON + 6 * S) == (2, 1, 1, 2)
    books.forget_tasks()
    meter.settle(books.store, "a", NOON + 6 * S)
    assert books.used(NOON + 6 * S) == (2, 1, 1, 2)


def test_settling_leaves_the_balance_and_the_days_before_alone(books: Books) -> None:
    books.task("yesterday", at=NOON - 24 * H)
    meter.grant(books.store, "a", NOON)
    books.charge(1, 3)
    before = books.used()
    meter.settle(books.store, "a", NOON)
    books.forget_tasks()
    assert books.used() == before == (3, 1, 1, 3)


def test_settling_an_account_that_used_nothing_is_nothing(books: Books) -> None:
    meter.settle(books.store, "a", NOON)
    assert books.store.spaces() == []


def test_tasks_of_an_old_bill_give_nothing_back_into_a_new_one(books: Books) -> None:
    books.task("failed")
    books.task("will fail", at=NOON + 5 * S)
    books.task("ordered", outcome=State.SUCCESS)
    meter.begin(books.store, "a")
    assert books.used(NOON + 7 * S) == (0, 0, 0, 0)
    books.charge(2, 2, NOON + 7 * S)
    books.order("ordered", State.FAILED, NOON + 8 * S)
    books.order("failed", State.RUNNING, NOON + 8 * S)
    assert books.used(NOON + 20 * S) == (2, 2, 2, 2)
    assert meter.by_operation(books.store, "a", NOON + 20 * S) == {"P043": {"calls": 1, "units": 2, "credits": 2}}


def test_a_new_bill_lists_no_charge_and_knows_no_task(books: Books) -> None:
    books.task("t")
    books.store.append("a", meter.CHARGES, {"call": "call of t"}, 10)
    meter.settle(books.store, "a", NOON)
    books.forget_tasks()
    meter.begin(books.store, "a")
    assert list(books.store.read_log(meter.CHARGES, "a")) == []
    assert meter.outcomes(books.store, "a", NOON) == {}


def test_a_balance_is_whole_again_on_a_new_bill(books: Books) -> None:
    books.charge(1, 9)
    meter.grant(books.store, "a", NOON)
    books.charge(1, 2)
    meter.begin(books.store, "a")
    assert books.used() == (0, 0, 0, 0)

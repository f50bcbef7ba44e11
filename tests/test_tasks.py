"""The state of a task as a table: facts recorded, an instant asked for, one right answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.behaviours import tasks
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Account, Call, World
from emulator.errors import ApiError

BORN, S, H = 1_767_225_600_000, 1000, 3_600_000
RUNNING, SUCCESS, FAILED, EXPIRED = State


def task(**changes: Any) -> dict[str, Any]:
    """Six seconds of work, eight hours of life."""
    polls = changes.pop("needs", None)
    how = {"duration": None if polls is not None else changes.pop("duration", 6 * S), "polls": polls}
    plan = {**how, "outcome": changes.pop("outcome", SUCCESS)}
    usual = {"id": "t", "operation": "o", "created": BORN, "life": 8 * H, "life_from": "creation", "order": None}
    return {**usual, "plan": plan, "polls": 0, "ended": None, "call": "c", **changes}


def ordered(state: State, at: int, was: State = RUNNING) -> dict[str, Any]:
    return {"state": state, "at": BORN + at, "was": was}


WEEK = 7 * 24 * H
TABLE = [
    # what was recorded, milliseconds since creation, state
    (task(), 0, RUNNING),
    (task(), 6 * S - 1, RUNNING),
    (task(), 6 * S, SUCCESS),
    (task(), 8 * H - 1, SUCCESS),
    (task(), 8 * H, EXPIRED),
    (task(), 8 * H + 1, EXPIRED),
    (task(outcome=FAILED), 6 * S - 1, RUNNING),
    (task(outcome=FAILED), 6 * S, FAILED),
    (task(outcome=FAILED), 8 * H, EXPIRED),
    (task(duration=0), 0, SUCCESS),
    # a plan longer than the life: never seen finished
    (task(duration=9 * H), 8 * H - 1, RUNNING),
    (task(duration=9 * H), 8 * H, EXPIRED),
    (task(duration=9 * H), 9 * H, EXPIRED),
    # held
    (task(duration=None), 8 * H - 1, RUNNING),
    (task(duration=None), 8 * H, EXPIRED),
    (task(duration=None, life_from="success"), 100 * WEEK, RUNNING),
    # a life that starts with success
    (task(life_from="success", life=WEEK), 6 * S, SUCCESS),
    (task(life_from="success", life=WEEK), WEEK + 6 * S - 1, SUCCESS),
    (task(life_from="success", life=WEEK), WEEK + 6 * S, EXPIRED),
    # counted from the whole second of success, as its link is
    (task(duration=6500, life_from="success", life=WEEK), WEEK + 6 * S - 1, SUCCESS),
    (task(duration=6500, life_from="success", life=WEEK), WEEK + 6 * S, EXPIRED),
    # ended by polls
    (task(needs=3), 0, RUNNING),
    (task(needs=3, polls=3), 8 * H - 1, RUNNING),
    (task(needs=3, polls=3), 8 * H, EXPIRED),
    (task(needs=3, polls=3, ended=BORN + 9 * S), 9 * S - 1, RUNNING),
    (task(needs=3, polls=3, ended=BORN + 9 * S), 9 * S, SUCCESS),
    (task(needs=3, polls=3, ended=BORN + 9 * S, outcome=FAILED), 9 * S, FAILED),
    (task(needs=3, life_from="success", life=WEEK), 100 * WEEK, RUNNING),
    (task(needs=3, ended=BORN + 9 * S, life_from="success", life=WEEK), WEEK + 9 * S - 1, SUCCESS),
    (task(needs=3, ended=BORN + 9 * S, life_from="success", life=WEEK), WEEK + 9 * S, EXPIRED),
    # orders from outside
    (task(order=ordered(SUCCESS, 2 * S)), 2 * S - 1, RUNNING),
    (task(order=ordered(SUCCESS, 2 * S)), 2 * S, SUCCESS),
    (task(order=ordered(FAILED, 2 * S)), 2 * S, FAILED),
    (task(order=ordered(FAILED, 2 * S)), 6 * S, FAILED),
    (task(order=ordered(RUNNING, 2 * S)), 6 * S, RUNNING),
    (task(order=ordered(RUNNING, 2 * S)), 8 * H - 1, RUNNING),
    (task(order=ordered(RUNNING, 2 * S)), 8 * H, EXPIRED),
    (task(order=ordered(SUCCESS, 2 * S)), 8 * H, EXPIRED),
    (task(order=ordered(EXPIRED, 2 * S)), 2 * S, EXPIRED),
    (task(order=ordered(EXPIRED, 2 * S)), 100 * WEEK, EXPIRED),
    (task(order=ordered(SUCCESS, 3 * H), life_from="success", life=WEEK), 3 * H + WEEK - 1, SUCCESS),
    (task(order=ordered(SUCCESS, 3 * H), life_from="success", life=WEEK), 3 * H + WEEK, EXPIRED),
    (task(order=ordered(RUNNING, 3 * H), life_from="success", life=WEEK), 100 * WEEK, RUNNING),
]


@pytest.mark.parametrize(("record", "since", "state"), TABLE)
def test_the_state_follows_from_the_record_and_the_instant(record: dict[str, Any], since: int, state: State) -> None:
    assert tasks.state_at(record, BORN + since) is state


@given(
    st.integers(0, 10 * H) | st.none(),
    st.sampled_from(["creation", "success"]),
    st.integers(1, 10 * H),
    st.none() | st.tuples(st.sampled_from(list(State)), st.integers(0, 10 * H)),
    st.lists(st.integers(0, 30 * H), min_size=2).map(sorted),
)
def test_a_state_that_is_final_stays(
    duration: int | None, life_from: str, life: int, order: tuple[State, int] | None, instants: list[int]
) -> None:
    record = task(duration=duration, life_from=life_from, life=life, order=ordered(*order) if order else None)
    states = [tasks.state_at(record, BORN + since) for since in instants]
    rank = {RUNNING: 0, SUCCESS: 1, FAILED: 1, EXPIRED: 2}
    assert [rank[state] for state in states] == sorted(rank[state] for state in states)


@given(st.integers(0, 20 * H), st.integers(0, 20 * H))
def test_polls_change_nothing_so_a_late_first_poll_sees_the_truth(first: int, second: int) -> None:
    record = task()
    alone = tasks.state_at(record, BORN + second)
    tasks.state_at(record, BORN + first)
    assert tasks.state_at(record, BORN + second) is alone


FAILURES = [
    # what was recorded, milliseconds since creation, whether it has failed by then
    (task(outcome=FAILED), 6 * S - 1, False),
    (task(outcome=FAILED), 6 * S, True),
    (task(outcome=FAILED), 100 * WEEK, True),
    (task(), 6 * S, False),
    (task(outcome=FAILED, duration=9 * H), 100 * WEEK, False),
    (task(outcome=FAILED, duration=None), 100 * WEEK, False),
    (task(outcome=FAILED, needs=1, polls=1), 100 * WEEK, False),
    (task(outcome=FAILED, needs=1, polls=1, ended=BORN + S), S, True),
    (task(outcome=FAILED, needs=1, polls=1, ended=BORN + S), 100 * WEEK, True),
    (task(outcome=FAILED, life_from="success", life=WEEK), 100 * WEEK, True),
    (task(order=ordered(FAILED, S)), S, True),
    (task(order=ordered(FAILED, S)), 100 * WEEK, True),
    (task(order=ordered(EXPIRED, 9 * S, FAILED)), 9 * S, True),
    (task(order=ordered(EXPIRED, 9 * S, SUCCESS), outcome=FAILED), 9 * S, False),
    (task(order=ordered(SUCCESS, 9 * S, FAILED)), 9 * S, False),
    (task(order=ordered(RUNNING, 9 * S, FAILED), outcome=FAILED), 100 * WEEK, False),
]


@pytest.mark.parametrize(("record", "since", "failed"), FAILURES)
def test_whether_it_failed_outlives_it(record: dict[str, Any], since: int, failed: bool) -> None:
    assert tasks.has_failed(record, BORN + since) is failed


def test_an_order_is_kept_with_its_instant() -> None:
    assert tasks.order(task(), SUCCESS, BORN + S)["order"] == {**{"state": "success", "at": BORN + S, "was": "running"}}
    assert tasks.finished_at(tasks.order(task(), SUCCESS, BORN + S)) == BORN + S


def test_the_last_order_counts() -> None:
    held = tasks.order(task(), RUNNING, BORN + S)
    done = tasks.order(held, FAILED, BORN + 10 * S)
    assert tasks.state_at(held, BORN + 9 * S) is RUNNING
    assert tasks.state_at(done, BORN + 10 * S) is FAILED


@pytest.mark.parametrize("state", list(State))
def test_nothing_can_be_ordered_of_a_task_that_has_expired(state: State) -> None:
    with pytest.raises(ValueError, match="final"):
        tasks.order(task(), state, BORN + 8 * H)
    with pytest.raises(ValueError, match="final"):
        tasks.order(tasks.order(task(), EXPIRED, BORN), state, BORN + 1)


def test_a_task_is_described_with_what_will_be() -> None:
    shown = tasks.described(task(), BORN)
    assert (shown["state"], shown["finishes"], shown["expires"], shown["ordered"]) == (
        "running",
        "2026-01-01T00:00:06.000Z",
        "2026-01-01T08:00:00.000Z",
        None,
    )
    held = tasks.described(task(order=ordered(RUNNING, 0), life_from="success"), BORN)
    assert (held["finishes"], held["expires"], held["ordered"]) == (None, None, "running")


# --- In an account ----------------------------------------------------------------------------------------


def call(world: World, operation: str, now: int = BORN, *, by: str = "a", **values: Any) -> Call:
    return Call(world, world.service.operations[operation], Account(by), now, values, "http://test")


@pytest.mark.parametrize(
    ("maker", "form"),
    [
        ("AI39-1-creation", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        ("R003-create", r"[0-9a-f]{32}"),
        ("P009-search-id", r"[0-9A-F]{32}-1-D"),
    ],
)
def test_an_id_is_written_as_its_page_shows(world: World, maker: str, form: str) -> None:
    import re

    first, second = (tasks.create(call(world, maker), {}) for _ in range(2))
    assert re.fullmatch(form, first)
    assert first != second


def test_a_task_runs_as_long_as_decided_and_a_search_is_done_at_once(world: World) -> None:
    task_id = tasks.create(call(world, "AI39-1-creation"), {})
    search_id = tasks.create(call(world, "P009-search-id"), {})
    assert tasks.find(call(world, "AI39-2-query", BORN + 6 * S - 1, task_id=task_id), "task_id")[1] is RUNNING
    assert tasks.find(call(world, "AI39-2-query", BORN + 6 * S, task_id=task_id), "task_id")[1] is SUCCESS
    assert tasks.find(call(world, "P009-results", BORN, search_id=search_id), "search_id")[1] is SUCCESS


def test_foreign_and_unknown_ids_and_those_of_another_operation_are_refused_alike(world: World) -> None:
    task_id = tasks.create(call(world, "AI39-1-creation"), {})
    reasons = set()
    for wrong in (
        call(world, "AI39-2-query", task_id=task_id, by="b"),
        call(world, "AI39-2-query", task_id="nothing"),
        call(world, "AI39-2-report", task_id=task_id),
    ):
        with pytest.raises(ApiError) as caught:
            tasks.find(wrong, "task_id")
        reasons.add((caught.value.cause, caught.value.reason.replace("AI39-1-submit", "AI39-1-creation")))
    assert len(reasons) == 1


def test_an_expired_id_is_refused_with_its_life(world: World) -> None:
    task_id = tasks.create(call(world, "AI39-1-creation"), {})
    with pytest.raises(ApiError, match="it lives 28800 s from creation"):
        tasks.find(call(world, "AI39-2-query", BORN + 8 * H, task_id=task_id), "task_id")

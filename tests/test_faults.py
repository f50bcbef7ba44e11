"""Planned faults: which calls they meet, how often and in which order, and whose chance they take."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.behaviours.faults import Effect, Faults, Manner
from emulator.behaviours.world import SHARED, Account, World
from emulator.spec.models import FILE
from emulator.store.memory import MemoryStore

BLANK: dict[str, Any] = {
    **{"operation": None, "error": None, "status": 503, "delay": 0, "manner": None, "drip": 0},
    **{"after": 0, "times": None, "every": 1, "probability": 1.0},
}
A, B = Account("a"), Account("b", seed=7)


@pytest.fixture
def faults(world: World) -> Faults:
    return Faults(world, seed=1)


def plan(faults: Faults, subject: str = "a", **given: Any) -> str:
    return str(faults.plan(subject, {**BLANK, **given})["id"])


def met(faults: Faults, account: Account = A, operation: str = "P043") -> str | None:
    found = faults.met(account, operation)
    return found.id if found else None


def pattern(faults: Faults, calls: int, account: Account = A, operation: str = "P043") -> str:
    """One sign for each call: x where a fault has it."""
    return "".join("x" if met(faults, account, operation) else "." for _ in range(calls))


# --- Which calls --------------------------------------------------------------------------------------------

COUNTED = [
    ({}, "xxxxxxxxxx"),
    ({"after": 3}, "...xxxxxxx"),
    ({"times": 2}, "xx........"),
    ({"after": 3, "times": 2}, "...xx....."),
    ({"every": 3}, "x..x..x..x"),
    ({"after": 2, "every": 3}, "..x..x..x."),
    ({"after": 2, "every": 3, "times": 2}, "..x..x...."),
    ({"after": 10}, ".........."),
    ({"every": 2**53}, "x........."),
]


@pytest.mark.parametrize(("given", "expected"), COUNTED, ids=str)
@pytest.mark.parametrize("subject", ["a", SHARED])
def test_a_fault_fires_for_the_calls_it_was_planned_for(
    faults: Faults, given: dict[str, Any], expected: str, subject: str
) -> None:
    fault = plan(faults, subject, **given)
    assert pattern(faults, 10) == expected
    record = faults.find(subject, fault)
    assert record is not None
    assert (record["seen"], record["met"]) == (10, expected.count("x"))


@given(st.integers(0, 5), st.none() | st.integers(1, 5), st.integers(1, 4), st.integers(0, 30))
def test_a_plain_count_says_the_same(shipped: World, after: int, times: int | None, every: int, calls: int) -> None:
    faults = Faults(replace(shipped, store=MemoryStore()), 1)
    plan(faults, after=after, times=times, every=every)
    due = [number for number in range(calls) if number >= after and (number - after) % every == 0][:times]
    assert [number for number, sign in enumerate(pattern(faults, calls)) if sign == "x"] == due


def test_a_fault_meets_its_operation_all_or_downloads(faults: Faults) -> None:
    ids = {wanted: plan(faults, operation=wanted) for wanted in ("P043", None, FILE)}
    for operation, fires in (("P043", ids["P043"]), ("token", ids[None]), (FILE, ids[FILE])):
        assert met(faults, operation=operation) == fires
    seen = {wanted: faults.find("a", fault)["seen"] for wanted, fault in ids.items()}  # type: ignore[index]
    assert seen == {"P043": 1, None: 2, FILE: 1}


def test_a_fault_of_one_account_is_no_other_s(faults: Faults) -> None:
    plan(faults, "a")
    assert (met(faults, B), met(faults, A)) == (None, "fault-1")


# --- Which of several ---------------------------------------------------------------------------------------


def test_the_first_that_fires_has_the_call_and_the_others_count_it(faults: Faults) -> None:
    made = [plan(faults, who, times=1) for who in ("a", SHARED, "a", SHARED, SHARED, "a")]
    assert made == ["fault-1", "all-fault-1", "fault-2", "all-fault-2", "all-fault-3", "fault-3"]
    assert [met(faults) for _ in range(7)] == [*made, None]
    for who in ("a", SHARED):
        assert [(record["seen"], record["met"]) for record in faults.planned(who)] == [(7, 1)] * 3


def test_order_is_that_of_creation_whatever_other_accounts_plan(faults: Faults) -> None:
    for _ in range(3):
        plan(faults, "b")
    plan(faults, SHARED, after=1)
    plan(faults, "a")
    assert [met(faults) for _ in range(2)] == ["fault-1", "all-fault-1"]


def test_one_that_waits_leaves_the_call_to_the_next(faults: Faults) -> None:
    plan(faults, after=1, times=1)
    plan(faults, SHARED)
    assert [met(faults) for _ in range(3)] == ["all-fault-1", "fault-1", "all-fault-1"]


def test_what_is_taken_back_fires_no_more_and_leaves_its_name_to_nobody(faults: Faults) -> None:
    first, second = plan(faults), plan(faults)
    assert faults.drop("a", first)
    assert not faults.drop("a", first)
    assert met(faults) == second
    faults.drop_all("a")
    assert (met(faults), plan(faults)) == (None, "fault-3")


def test_the_times_of_a_fault_for_all_are_shared_and_counted_in_one_step(faults: Faults) -> None:
    plan(faults, SHARED, times=50)
    callers = [Account(f"caller-{number}") for number in range(8)]

    def call(number: int) -> bool:
        return met(faults, callers[number % 8]) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(call, range(400))) == 50
    (record,) = faults.planned(SHARED)
    assert (record["seen"], record["met"]) == (400, 50)


def test_a_fault_that_goes_while_calls_are_under_way_disturbs_none(faults: Faults) -> None:
    """Threads look for faults while others plan them and take them back."""
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(met, faults) for _ in range(300)]
        for _ in range(100):
            faults.drop("a", plan(faults))
        assert all(str(call.result()).startswith(("None", "fault-")) for call in calls)


# --- Chance -------------------------------------------------------------------------------------------------


def chances(world: World, seed: int, account: Account, subject: str, disturb: Callable[[Faults], object]) -> str:
    faults = Faults(replace(world, store=MemoryStore()), seed)
    plan(faults, subject, operation="P043", probability=0.5)
    signs = ""
    for _ in range(64):
        disturb(faults)
        signs += pattern(faults, 1, account)
    return signs


def nothing(faults: Faults) -> None:
    """Nobody else does anything."""


def test_the_same_seed_gives_the_same_firings(world: World) -> None:
    for subject in ("a", SHARED):
        assert chances(world, 1, A, subject, nothing) == chances(world, 1, A, subject, nothing)
    assert chances(world, 1, A, "a", nothing) == chances(world, 2, A, "a", nothing)  # an account's own has its seed
    assert chances(world, 1, A, SHARED, nothing) == chances(world, 1, B, SHARED, nothing)
    others = [chances(world, 1, Account("a", seed=2), "a", nothing), chances(world, 2, A, SHARED, nothing)]
    assert not {chances(world, 1, A, "a", nothing), chances(world, 1, A, SHARED, nothing)} & {*others}


def test_other_calls_and_other_faults_do_not_disturb_it(world: World) -> None:
    alone = chances(world, 1, A, "a", nothing)

    def other_calls(faults: Faults) -> None:
        met(faults, A, "P060")
        met(faults, B)
        faults.plan("b", {**BLANK, "probability": 0.5})
        world.draw(A, "task")

    assert chances(world, 1, A, "a", other_calls) == alone


@pytest.mark.parametrize("probability", [0.01, 0.25, 0.5, 0.9])
def test_it_fires_about_as_often_as_it_should(faults: Faults, probability: float) -> None:
    plan(faults, probability=probability)
    share = pattern(faults, 2000).count("x") / 2000
    assert abs(share - probability) < 0.04


def test_chance_decides_among_the_calls_that_are_due(faults: Faults) -> None:
    plan(faults, probability=0.5, after=4, every=3, times=5)
    signs = pattern(faults, 200)
    assert signs.count("x") == 5
    assert all((number - 4) % 3 == 0 for number, sign in enumerate(signs) if sign == "x")


# --- What it does -------------------------------------------------------------------------------------------


def test_what_a_fault_does_is_told_whole(faults: Faults) -> None:
    plan(faults, error=67200002, status=429, delay=250, manner="drip", drip=1000)
    found = faults.met(A, "P043")
    assert found is not None
    assert found.effect == Effect(error=67200002, status=429, delay=250, manner=Manner.DRIP, drip=1000)

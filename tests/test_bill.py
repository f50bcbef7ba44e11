"""The bill, through the whole application: what is charged, what is given back, and which call each charge names."""

from typing import Any

import pytest

from emulator.app import create_app
from emulator.settings import Settings
from tests.conftest import NOW, Caller
from tests.paid_calls import (
    KNOWN,
    NOTHING,
    REPORT,
    SEARCH,
    SINGLE,
    batch,
    code,
    order,
    submit,
    usage,
    used,
)

# --- What is charged --------------------------------------------------------------------------------------


def test_a_new_account_has_ten_thousand_credits_and_has_used_none(caller: Caller) -> None:
    caller.token()
    told = usage(caller)
    assert used(caller) == NOTHING
    assert told["limits"] == {"qps": None, "daily_limit": None, "total_limit": None}
    assert (told["operations"], told["charges"], told["dropped"]) == ({}, [], 0)
    assert (told["account"], told["now"]) == (caller.client_id, "2026-01-01T00:00:00.000Z")
    assert told["today"] == {"day": "2026-01-01", "units": 0}


def test_the_amount_of_an_answer_is_the_charge_of_its_call(caller: Caller) -> None:
    answers = [batch(caller, *KNOWN, "XX1"), caller.call("POST", SINGLE, json=SEARCH), submit(caller)]
    amounts = [int(answer.headers["x-openapi-amount"]) for answer in answers]
    charges = usage(caller)["charges"]
    assert amounts == [charge["credits"] for charge in charges] == [2, 1, 1]
    assert [charge["call"] for charge in charges] == [answer.headers["x-correlation-id"] for answer in answers]
    assert [charge["operation"] for charge in charges] == ["P043", "P060", "AI39-1-submit"]
    assert [charge["task"] for charge in charges] == [None, None, answers[2].json()["data"]["task_id"]]
    assert [charge["units"] for charge in charges] == [2, 1, 1]
    assert {charge["at"] for charge in charges} == {"2026-01-01T00:00:00.000Z"}


def test_under_the_live_wire_no_amount_is_told_and_all_the_same_is_charged(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"wire": "live"})
    assert "x-openapi-amount" not in batch(caller, *KNOWN).headers
    assert used(caller) == (2, 2, 2, 9_998)


def test_a_price_of_the_account_s_own_is_what_is_charged(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"prices": {"P043": 7, "AI39-2-report": 2, "AI39-1-submit": 0}})
    assert batch(caller, *KNOWN).headers["x-openapi-amount"] == "14"
    task = submit(caller)
    assert task.headers["x-openapi-amount"] == "0"
    for _ in range(2):
        asked = caller.call("POST", REPORT, json=task.json()["data"])
        assert asked.headers["x-openapi-amount"] == "2"
    assert used(caller) == (18, 4, 4, 9_982)
    order(caller, task.json()["data"]["task_id"], "failed")
    assert used(caller) == (18, 4, 4, 9_982)


def test_the_journal_tells_the_same_sums_as_the_bill(caller: Caller) -> None:
    batch(caller, *KNOWN)
    batch(caller, "XX1")
    tasks = [submit(caller).json()["data"]["task_id"] for _ in range(2)]
    submit(caller, headers={"X-Emulator-Error": "67200100"})
    order(caller, tasks[0], "failed")
    told = usage(caller)
    given_back = sum(charge["credits"] for charge in told["charges"] if charge["given_back"])
    charged = {charge["call"]: charge["credits"] for charge in told["charges"]}
    journal = {entry["id"]: entry["cost"] for entry in caller.journal() if entry["cost"]}
    assert journal == charged
    assert told["credits"] == sum(charged.values()) - given_back == 3
    assert told["credits"] == sum(one["credits"] for one in told["operations"].values())
    assert told["operations"]["AI39-1-submit"] == {"calls": 1, "units": 1, "credits": 1}


def test_sums_outlive_the_charges_that_are_listed() -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True, journal=3)), "a-client")
    for _ in range(5):
        batch(caller, *KNOWN)
    told = usage(caller)
    assert (told["credits"], len(told["charges"]), told["dropped"]) == (10, 3, 2)


def test_the_bill_of_all_is_that_of_each() -> None:
    app = create_app(Settings(now=NOW, freeze=True))
    for number, caller in enumerate([Caller(app, "a"), Caller(app, "b")], 1):
        for _ in range(number):
            batch(caller, *KNOWN)
    told = caller.send("GET", "/_emulator/usage").json()
    assert (told["credits"], told["units"]) == (6, 6)
    assert {one["account"]: one["credits"] for one in told["accounts"]} == {"demo-client": 0, "a": 2, "b": 4}


# --- What is given back -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "polls"),
    [({"outcome": "fail"}, 0), ({"immediate": True, "outcome": "fail"}, 0), ({"polls": 2, "outcome": "fail"}, 3)],
)
def test_a_task_that_fails_gives_back_what_it_cost_for_good(caller: Caller, plan: dict[str, Any], polls: int) -> None:
    caller.token()
    caller.steer("PUT", "", {"plan": plan, "prices": {"AI39-1-submit": 4}, "total_limit": 1, "daily_limit": 1})
    task = submit(caller)
    assert task.headers["x-openapi-amount"] == "4"
    for _ in range(polls):
        assert used(caller) == (4, 1, 1, 9_996)
        caller.call("POST", REPORT, json=task.json()["data"])
    caller.advance("6s")
    assert used(caller) == NOTHING
    (charge,) = usage(caller)["charges"]
    assert (charge["credits"], charge["task"], charge["given_back"]) == (4, task.json()["data"]["task_id"], True)
    caller.advance("30d")
    assert used(caller) == NOTHING
    assert code(submit(caller)) == 0


def test_an_order_gives_back_and_charges_again(caller: Caller) -> None:
    task = submit(caller).json()["data"]["task_id"]
    for state, credits in (("failed", 0), ("running", 1), ("failed", 0), ("success", 1), ("failed", 0), ("expired", 0)):
        order(caller, task, state)
        assert used(caller) == (credits, credits, credits, 10_000 - credits), state
        assert usage(caller)["charges"][0]["given_back"] is (credits == 0)


def test_a_failure_that_is_undone_may_leave_less_than_nothing(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"balance": 1})
    task = submit(caller).json()["data"]["task_id"]
    order(caller, task, "failed")
    assert code(batch(caller, KNOWN[0])) == 0
    order(caller, task, "success")
    assert usage(caller)["balance"] == -1
    assert code(batch(caller, KNOWN[0])) == 67200005


# --- Refused whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [({"balance": 1}, 67200005), ({"daily_limit": 1}, 67200007), ({"total_limit": 1}, 67200000)],
)
def test_a_batch_of_which_only_a_part_would_fit_is_refused_whole(
    caller: Caller, settings: dict[str, int], refusal: int
) -> None:
    caller.token()
    caller.steer("PUT", "", {**settings, "wire": "live"})
    assert code(batch(caller, *KNOWN)) == refusal
    assert usage(caller)["credits"] == 0
    assert caller.journal()[-1]["cost"] == 0
    assert code(batch(caller, KNOWN[0], "XX1", "XX2")) == 0


def test_a_refused_task_was_never_made(caller: Caller) -> None:
    caller.token()
    before = caller.steer("GET", "/tasks")
    caller.steer("PUT", "", {"balance": 0})
    assert code(submit(caller)) == 67200005
    assert caller.steer("GET", "/tasks") == before


# --- Beginning again in part ------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["", "/accounts/{}"])
@pytest.mark.parametrize("only", [["state"], ["state", "clock"]])
def test_a_bill_outlives_its_tasks(whose: str, only: list[str]) -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True)), "a-client")
    tasks = [submit(caller).json()["data"]["task_id"] for _ in range(3)]
    batch(caller, *KNOWN)
    caller.steer("PUT", "", {"balance": 5})
    order(caller, tasks[1], "failed")
    before = usage(caller)
    assert (before["credits"], before["balance"]) == (4, 6)
    for _ in range(2):
        caller.send("POST", f"/_emulator{whose}/reset".format(caller.client_id), json={"only": only})
        assert usage(caller) == before


def test_what_had_failed_by_its_clock_stays_given_back_when_the_clock_begins_again() -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True)), "a-client")
    caller.token()
    caller.steer("PUT", "/plan", {"outcome": "fail"})
    submit(caller)
    caller.send("POST", "/_emulator/clock", json={"advance": "6s"})
    assert used(caller) == NOTHING
    caller.send("POST", "/_emulator/reset", json={"only": ["state", "clock"]})
    assert used(caller) == NOTHING


def test_tasks_of_an_old_bill_give_nothing_back_into_a_new_one(caller: Caller) -> None:
    task = submit(caller).json()["data"]["task_id"]
    caller.steer("POST", "/reset", {"only": ["usage"]})
    assert used(caller) == NOTHING
    assert usage(caller)["charges"] == []
    batch(caller, KNOWN[0])
    for state in ("failed", "running", "failed"):
        order(caller, task, state)
        assert used(caller) == (1, 1, 1, 9_999)


def test_a_balance_is_whole_again_on_a_new_bill(caller: Caller) -> None:
    batch(caller, *KNOWN)
    caller.steer("PUT", "", {"balance": 5})
    batch(caller, *KNOWN)
    assert usage(caller)["balance"] == 3
    caller.steer("POST", "/reset", {"only": ["usage"]})
    assert usage(caller)["balance"] == 5

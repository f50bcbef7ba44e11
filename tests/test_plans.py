"""Plans for tasks: how they are written and told, which of several counts, and what is refused."""

import json
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.flows import KINDS
from emulator.app import create_app
from emulator.behaviours import plans
from emulator.behaviours.world import SHARED, Asked, Call, World
from emulator.behaviours.world import Account as Caller
from emulator.settings import Settings
from tests.conftest import NOW
from tests.inside import Inside

SUBMIT, REPORT = "AI39-1-submit", "R003-create"
USUAL = {"duration": "6s", "outcome": "success"}
BATCH = "P062-create"
VALUATION, LONGER = "R002-create", {"duration": "60s", "outcome": "success"}
OTHERWISE = {BATCH: {"overnight": True, "outcome": "success"}, VALUATION: LONGER}


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


# --- Which of several counts --------------------------------------------------------------------------------

HOLD, POLLS, AT_ONCE, SIX_SECONDS = plans.lasting(None), plans.polled(3), plans.lasting(0), plans.lasting(6000)
FAIL, SUCCEED = {"outcome": "failed"}, {"outcome": "success"}
LEVELS: list[tuple[dict[str, Any], str, Any]] = [
    # what is planned on each level, the operation, and what of it counts
    ({}, SUBMIT, {**SIX_SECONDS, **SUCCEED}),
    ({"all": {"all": HOLD}}, SUBMIT, {**HOLD, **SUCCEED}),
    ({"all": {"all": HOLD}, "configured": {"all": POLLS}}, SUBMIT, {**POLLS, **SUCCEED}),
    ({"configured": {"all": HOLD}, "own": {"all": POLLS}}, SUBMIT, {**POLLS, **SUCCEED}),
    ({"own": {"all": HOLD}, "asked": POLLS}, SUBMIT, {**POLLS, **SUCCEED}),
    # on one level: the operation's part before that for all
    ({"own": {"all": HOLD, SUBMIT: POLLS}}, SUBMIT, {**POLLS, **SUCCEED}),
    ({"own": {"all": HOLD, SUBMIT: POLLS}}, REPORT, {**HOLD, **SUCCEED}),
    # a whole level before the next one, also where the next one names the operation
    ({"own": {"all": HOLD}, "configured": {SUBMIT: POLLS}}, SUBMIT, {**HOLD, **SUCCEED}),
    ({"configured": {"all": HOLD}, "all": {SUBMIT: POLLS}}, SUBMIT, {**HOLD, **SUCCEED}),
    # how it runs and how it ends are looked for apart
    ({"own": {"all": FAIL}}, SUBMIT, {**SIX_SECONDS, **FAIL}),
    ({"own": {"all": FAIL}, "all": {"all": HOLD}}, SUBMIT, {**HOLD, **FAIL}),
    ({"own": {"all": FAIL, SUBMIT: POLLS}}, SUBMIT, {**POLLS, **FAIL}),
    ({"own": {"all": FAIL, SUBMIT: {**POLLS, **SUCCEED}}}, SUBMIT, {**POLLS, **SUCCEED}),
    ({"asked": FAIL, "configured": {"all": {**AT_ONCE, **SUCCEED}}}, SUBMIT, {**AT_ONCE, **FAIL}),
    ({"asked": HOLD, "own": {SUBMIT: FAIL}}, SUBMIT, {**HOLD, **FAIL}),
]


@pytest.mark.parametrize(("levels", "operation", "counts"), LEVELS)
def test_the_first_word_on_each_question_counts(
    world: World, levels: dict[str, Any], operation: str, counts: dict[str, Any]
) -> None:
    plans.set_for(world.store, "a", levels.get("own"))
    plans.set_for(world.store, SHARED, levels.get("all"))
    caller = Caller("a", plan=levels.get("configured"))
    asked = Asked(plan=levels.get("asked", {}))
    made = Call(world, world.service.operations[operation], caller, NOW, {}, "http://test", asked=asked)
    assert plans.plan_of(made) == {**counts["how"], "outcome": counts["outcome"]}


def test_plans_of_one_account_are_no_other_s(app: Any) -> None:
    first, second = Inside(app).open(), Inside(app).open()
    first.steer("PUT", "plan", "hold")
    assert second.steer("GET", "plan").json() == {"all": USUAL, **OTHERWISE}


# --- Written and told ---------------------------------------------------------------------------------------

SHOWN: list[tuple[Any, Any]] = [
    ("immediate", {"all": {"immediate": True, "outcome": "success"}}),
    ("hold", {"all": {"hold": True, "outcome": "success"}}),
    ({"duration": "6s"}, {"all": USUAL}),
    ({"duration": "0s"}, {"all": {"immediate": True, "outcome": "success"}}),
    ({"duration": "250ms", "outcome": "fail"}, {"all": {"duration": "0.25s", "outcome": "fail"}}),
    ({"duration": "12345678ms"}, {"all": {"duration": "12345.678s", "outcome": "success"}}),
    ({"duration": "36000d"}, {"all": {"duration": "3110400000s", "outcome": "success"}}),
    ({"polls": 3}, {"all": {"polls": 3, "outcome": "success"}}),
    (
        {"outcome": "fail"},
        {
            "all": {**USUAL, "outcome": "fail"},
            BATCH: {"overnight": True, "outcome": "fail"},
            VALUATION: {**LONGER, "outcome": "fail"},
        },
    ),
    ("overnight", {"all": {"overnight": True, "outcome": "success"}}),
    ({BATCH: "immediate"}, {"all": USUAL, **OTHERWISE, BATCH: {"immediate": True, "outcome": "success"}}),
    ({SUBMIT: "hold"}, {"all": USUAL, SUBMIT: {"hold": True, "outcome": "success"}, **OTHERWISE}),
    (
        {"all": {"outcome": "fail"}, REPORT: {"polls": 0}},
        {
            "all": {**USUAL, "outcome": "fail"},
            REPORT: {"polls": 0, "outcome": "fail"},
            BATCH: {"overnight": True, "outcome": "fail"},
            VALUATION: {**LONGER, "outcome": "fail"},
        },
    ),
    ({"all": "hold", SUBMIT: "hold"}, {"all": {"hold": True, "outcome": "success"}}),
]


@pytest.mark.parametrize(("planned", "told"), SHOWN, ids=lambda value: json.dumps(value)[:60])
def test_what_holds_is_told_and_can_be_planned_again(account: Account, planned: Any, told: Any) -> None:
    assert account.steer("PUT", "plan", planned).json() == told
    assert account.steer("GET", "plan").json() == told
    assert account.steer("PUT", "plan", told).json() == told
    assert account.steer("DELETE", "plan").json() == {"all": USUAL, **OTHERWISE}


@pytest.mark.parametrize(("planned", "told"), SHOWN, ids=lambda value: json.dumps(value)[:60])
def test_an_account_can_be_configured_with_a_plan(account: Account, planned: Any, told: Any) -> None:
    account.configure(plan=planned)
    assert account.steer("GET", "plan").json() == told
    account.configure(plan=account.steer("GET").json()["plan"], strict=True)
    assert account.steer("GET", "plan").json() == told


def test_the_last_word_on_an_account_s_plan_counts(account: Account) -> None:
    account.steer("PUT", "plan", "hold")
    account.configure(strict=True)
    assert "hold" in account.steer("GET", "plan").json()["all"]
    account.configure(plan="immediate")
    assert "immediate" in account.steer("GET", "plan").json()["all"]
    account.steer("PUT", "plan", {"polls": 1})
    assert "immediate" in account.steer("DELETE", "plan").json()["all"]
    account.configure(plan=None)
    assert account.steer("GET", "plan").json() == {"all": USUAL, **OTHERWISE}


def test_a_plan_for_all_is_told_to_all_who_say_nothing_else() -> None:
    target = Inside(create_app(Settings(now=NOW, freeze=True)))
    account = target.open()
    assert target.steer("PUT", "plan", {SUBMIT: {"polls": 2}}).json() == account.steer("GET", "plan").json()
    assert account.steer("GET", "plan").json()[SUBMIT] == {"polls": 2, "outcome": "success"}
    assert account.steer("PUT", "plan", {"all": "hold"}).json() == {"all": {"hold": True, "outcome": "success"}}
    target.steer("POST", "reset")
    assert target.steer("GET", "plan").json() == {"all": USUAL, **OTHERWISE}


# --- What is refused ----------------------------------------------------------------------------------------

WRONG: list[tuple[Any, tuple[str, ...]]] = [
    ({}, ("plan: ", "immediate, hold, overnight, duration, polls")),
    ([], ("plan: a word",)),
    (5, ("plan: a word",)),
    (True, ("plan: a word",)),
    ("", ("plan: ", "immediate, hold")),
    ("immediatly", ("plan: 'immediatly'", "did you mean immediate?")),
    ("success", ("plan: 'success'", "immediate, hold")),
    ({"pols": 3}, ("'pols'", "did you mean polls?")),
    ({"outcome": "fail", "duraton": "6s"}, ("duraton", "did you mean duration?")),
    ({"R003-creat": "hold"}, ("'R003-creat'", "did you mean R003-create?")),
    ({"R003-export": "hold"}, ("'R003-export' is no operation that makes tasks",)),
    ({"P009-search-id": "hold"}, ("'P009-search-id' is no operation that makes tasks",)),
    ({REPORT: {"pols": 3}}, ("plan.R003-create: pols", "did you mean polls?")),
    ({REPORT: "holdd"}, ("plan.R003-create: 'holdd'", "did you mean hold?")),
    ({REPORT: {}}, ("plan.R003-create: one of",)),
    ({REPORT: None}, ("plan.R003-create: a word or an object",)),
    ({"polls": 3, REPORT: "hold"}, ("plan: R003-create",)),
    ({"polls": 3, "hold": True}, ("hold and polls do not go together",)),
    ({"immediate": False}, ("immediate: true is expected",)),
    ({"immediate": 1}, ("immediate: true is expected",)),
    ({"hold": 1.0}, ("hold: true is expected",)),
    ({"hold": None}, ("hold is null",)),
    ({"polls": True}, ("polls: ",)),
    ({"polls": -1}, ("polls: ",)),
    ({"polls": 3.0}, ("polls: ",)),
    ({"polls": "3"}, ("polls: ",)),
    ({"polls": 10**7}, ("polls: ",)),
    ({"duration": 6}, ("duration: ", "such as 6s")),
    ({"duration": "soon"}, ("duration: 'soon'",)),
    ({"duration": "36001d"}, ("duration: 36000d is the longest",)),
    ({"duration": "99999999d"}, ("duration: ",)),
    ({"outcome": "failed"}, ("outcome: ", "'success' or 'fail'")),
    ({"outcome": None}, ("outcome is null",)),
]


@pytest.mark.parametrize(("planned", "told"), WRONG, ids=lambda value: json.dumps(value)[:40])
def test_a_wrong_plan_is_refused_by_name_and_changes_nothing(
    account: Account, planned: Any, told: tuple[str, ...]
) -> None:
    account.configure(plan={"polls": 7})
    account.steer("PUT", "plan", {"polls": 8})
    for method, part, body in (("PUT", "plan", planned), ("PUT", "", {"plan": planned, "strict": True})):
        answer = account.steer(method, part, body)
        assert answer.status == 400
        for words in told:
            assert words in answer.json()["error"]
    assert account.steer("GET", "plan").json()["all"]["polls"] == 8
    assert account.steer("GET").json()["strict"] is False
    assert account.target.steer("PUT", "plan", planned).status == 400


def test_a_plan_that_begins_as_late_as_clocks_go_can_still_be_told() -> None:
    target = Inside(create_app(Settings(now=NOW, freeze=True)))
    account = target.open(plan={"duration": "36000d"})
    account.set_clock("9900-01-01T00:00:00Z")
    task_id = KINDS[2].create(account)
    assert account.steer("GET", f"tasks/{task_id}").json()["finishes"].startswith("9998-")

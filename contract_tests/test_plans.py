"""Tasks run as planned: for a time, for so many polls, for ever, to a good end or a bad one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import SERVICE, least
from contract_tests.flows import KINDS, RUNS_S, Kind, seconds

pytestmark = pytest.mark.needs_clock
EVALUATION = KINDS[2]
WORDS_IN = {"AI39-1-creation": "urls", "AI39-1-submit": "url", "AI67-1": "url", "R003-create": "report_name"}


def plan(account: Account, body: object) -> None:
    answer = account.steer("PUT", "plan", body)
    assert answer.status == 200, answer.body


def states(account: Account, kind: Kind, task_id: str, times: int) -> list[str]:
    return [kind.state(account, task_id) for _ in range(times)]


def with_word(kind: Kind, word: str) -> dict[str, object]:
    """What makes a task of a kind, with a word in a value."""
    name = WORDS_IN[kind.maker]
    text = f"https://pictures.example/{word}.png" if name.startswith("url") else f"A report, {word}"
    return {**least(SERVICE.operations[kind.maker]), name: [text] if name == "urls" else text}


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_work_can_be_done_at_once(account: Account, kind: Kind) -> None:
    plan(account, "immediate")
    assert kind.state(account, kind.create(account)) == "success"
    plan(account, {"immediate": True, "outcome": "fail"})
    assert kind.state(account, kind.create(account)) == "failed"


@pytest.mark.parametrize("outcome", ["success", "fail"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_work_lasts_as_long_as_planned(account: Account, kind: Kind, outcome: str) -> None:
    plan(account, {"duration": "1h", "outcome": outcome})
    task_id = kind.create(account)
    account.advance(seconds(3600 - 0.001))
    assert kind.state(account, task_id) == "running"
    account.advance("1ms")
    assert kind.state(account, task_id) == {"success": "success", "fail": "failed"}[outcome]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_three_polls_say_running_and_the_fourth_is_the_end(account: Account, kind: Kind) -> None:
    plan(account, {"polls": 3})
    task_id, untouched = kind.create(account), kind.create(account)
    assert states(account, kind, task_id, 5) == ["running"] * 3 + ["success"] * 2
    account.advance("1h")
    assert states(account, kind, untouched, 4) == ["running"] * 3 + ["success"]
    plan(account, {"polls": 0, "outcome": "fail"})
    assert kind.state(account, kind.create(account)) == "failed"


@pytest.mark.parametrize("clients", [2, 8])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_polls_are_counted_over_all_clients(account: Account, kind: Kind, clients: int) -> None:
    plan(account, {"polls": 3})
    task_id = kind.create(account)
    with ThreadPoolExecutor(clients) as pool:
        each = list(pool.map(lambda _: states(account, kind, task_id, 4), range(clients)))
    assert sum(seen.count("running") for seen in each) == 3
    for seen in each:
        assert seen == ["running"] * seen.count("running") + ["success"] * seen.count("success")


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_held_work_never_ends_but_expires(account: Account, kind: Kind) -> None:
    plan(account, "hold")
    task_id = kind.create(account)
    account.advance(seconds(kind.life_s - 1))
    assert kind.state(account, task_id) == "running"
    account.advance("1s")
    assert kind.state(account, task_id) == ("running" if kind.lives_from_success else "unknown")


@pytest.mark.parametrize("plan_", [{"hold": True}, {"polls": 2}, {"duration": "9h"}, {"immediate": True}], ids=str)
@pytest.mark.parametrize("kind", KINDS[:2], ids=str)
def test_expiry_beats_every_plan_and_is_final(account: Account, kind: Kind, plan_: dict[str, object]) -> None:
    plan(account, plan_)
    task_id = kind.create(account)
    account.advance("8h")
    assert kind.state(account, task_id) == "unknown"
    assert account.order(task_id, "success").status == 409
    account.advance("2h")
    assert states(account, kind, task_id, 3) == ["unknown"] * 3


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_task_keeps_the_plan_it_was_made_with(account: Account, kind: Kind) -> None:
    plan(account, {"duration": "1m", "outcome": "fail"})
    task_id = kind.create(account)
    plan(account, "immediate")
    account.configure(plan="hold")
    account.steer("DELETE", "plan")
    assert kind.state(account, task_id) == "running"
    account.advance("1m")
    assert kind.state(account, task_id) == "failed"
    assert account.steer("GET", f"tasks/{task_id}").json()["plan"] == {"duration": "60s", "outcome": "fail"}


def test_each_operation_may_have_a_plan_of_its_own(account: Account) -> None:
    plan(account, {"all": {"outcome": "fail"}, "AI39-1-submit": "hold", "R003-create": {"polls": 1}})
    infringement, clearance, evaluation = (kind.create(account) for kind in KINDS[:3])
    account.advance(seconds(RUNS_S))
    assert KINDS[0].state(account, infringement) == "failed"
    assert KINDS[1].state(account, clearance) == "running"
    assert states(account, KINDS[2], evaluation, 2) == ["running", "failed"]


def test_a_plan_for_all_counts_where_an_account_says_nothing(own_emulator: Target) -> None:
    own_emulator.steer("PUT", "plan", {"hold": True, "outcome": "fail"})
    told = [Account(own_emulator, name, "a secret") for name in ("first", "second")]
    for account in told:
        assert account.token
    plan(told[1], "immediate")
    first, second = (EVALUATION.create(account) for account in told)
    assert EVALUATION.state(told[0], first) == "running"
    assert EVALUATION.state(told[1], second) == "failed"
    own_emulator.steer("DELETE", "plan")
    assert EVALUATION.state(told[1], EVALUATION.create(told[1])) == "success"
    assert EVALUATION.state(told[0], first) == "running"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.maker in WORDS_IN], ids=str)
def test_words_in_the_request_come_before_every_plan(account: Account, kind: Kind) -> None:
    plan(account, "immediate")
    failing = kind.create(account, **with_word(kind, "emulator:fail"))
    slow = kind.create(account, **with_word(kind, "emulator:slow"))
    stuck = kind.create(account, **with_word(kind, "emulator:stuck"))
    assert kind.state(account, failing) == "failed"
    account.advance(seconds(10 * RUNS_S - 0.001))
    assert (kind.state(account, slow), kind.state(account, stuck)) == ("running", "running")
    account.advance("1ms")
    assert (kind.state(account, slow), kind.state(account, stuck)) == ("success", "running")
    account.advance("7h")
    assert kind.state(account, stuck) == "running"


def test_a_report_lives_from_the_poll_that_says_success(account: Account) -> None:
    plan(account, {"polls": 1})
    job = EVALUATION.create(account)
    account.advance("3d")
    assert EVALUATION.state(account, job) == "running"
    account.advance("1d")
    _lives_a_week(account, job)


def test_a_report_lives_from_the_order_to_succeed(account: Account) -> None:
    plan(account, "hold")
    job = EVALUATION.create(account)
    account.advance("30d")
    assert account.order(job, "success").status == 200
    _lives_a_week(account, job)


def test_a_report_lives_from_the_end_of_its_duration(account: Account) -> None:
    plan(account, {"duration": "2d"})
    job = EVALUATION.create(account)
    account.advance("2d")
    _lives_a_week(account, job)


def _lives_a_week(account: Account, job: str) -> None:
    """The report that has succeeded this very instant, and its link."""
    link = EVALUATION.ask(account, job).data["report_url"]
    account.advance(seconds(EVALUATION.life_s - 1))
    assert EVALUATION.ask(account, job).data["report_url"] == link
    assert account.target.fetch(link).body.startswith(b"%PDF")
    account.advance("1s")
    assert EVALUATION.state(account, job) == "unknown"
    assert account.target.fetch(link).status == 403


STATES = ("running", "success", "failed", "expired")


@pytest.mark.parametrize("then", STATES)
@pytest.mark.parametrize("first", [None, *STATES])
@pytest.mark.parametrize("plan_", ["hold", "immediate", {"polls": 2}, {"duration": "1m"}], ids=str)
def test_a_task_goes_from_any_state_to_any_but_from_expired(
    account: Account, plan_: object, first: str | None, then: str
) -> None:
    plan(account, plan_)
    kind = KINDS[0]
    task_id = kind.create(account)
    if first is not None:
        assert account.order(task_id, first).json()["state"] == first
    account.advance("1s")
    answer = account.order(task_id, then)
    if first == "expired":
        assert (answer.status, answer.json()) == (409, {"error": "the task has expired, which is final"})
    else:
        assert (answer.status, answer.json()["state"]) == (200, then)
    account.advance("1h")
    expected = "expired" if first == "expired" else then
    assert states(account, kind, task_id, 4) == [expected.replace("expired", "unknown")] * 4


def test_a_poll_that_was_lost_on_purpose_is_none(account: Account) -> None:
    """Refused by a planned fault or a header, broken off, or cut: none of them counts."""
    kind = KINDS[0]
    plan(account, {"polls": 1})
    task_id = kind.create(account)
    for fault in ({"error": 67200002}, {"status": 503}):
        account.steer("POST", "faults", {"operation": kind.reader, "times": 1, **fault})
        assert account.send(kind.reader, {"task_id": task_id}).body
    refused = account.send(kind.reader, {"task_id": task_id}, headers={"X-Emulator-Error": "67200002"})
    assert refused.code == 67200002
    assert account.steer("GET", f"tasks/{task_id}").json()["polls"] == 0
    assert states(account, kind, task_id, 2) == ["running", "success"]

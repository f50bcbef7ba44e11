"""What a planned fault does to a call in this process, and what it leaves alone: records, money, ids, the journal."""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import OPERATIONS, SERVICE, least
from contract_tests.flows import KINDS
from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec.models import Operation
from tests.conftest import NOW
from tests.inside import Inside, journal

SEARCH = least(SERVICE.operations["P060"])
CREATION = KINDS[0]


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


def plan(account: Account, **fault: Any) -> str:
    answer = account.steer("POST", "faults", fault)
    assert answer.status == 201, answer.body
    return str(answer.json()["id"])


def used(account: Account) -> Any:
    return account.steer("GET", "usage").json()


def tasks(account: Account) -> int:
    return len(account.steer("GET", "tasks").json()["tasks"])


def call(account: Account, operation: Operation) -> Any:
    if operation.id == "token":
        return account.target.token_call(account.client_id, "a secret")
    return account.send(operation.id, least(operation))


# --- Answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", [pytest.param(one, id=one.id) for one in OPERATIONS])
@pytest.mark.parametrize("where", ["operation", "all"])
def test_an_error_comes_by_its_literal_code_on_every_operation(
    account: Account, operation: Operation, where: str
) -> None:
    account.configure(secret="a secret")
    plan(account, error=67200203, **({"operation": operation.id} if where == "operation" else {}))
    answer = call(account, operation)
    assert (answer.code, answer.cost, answer.reason) == (67200203, 0, "planned by fault-1")
    told = journal(account)[-1]
    assert (told["error_code"], told["cause"], told["cost"]) == (67200203, None, 0)
    assert (told["trouble"], told["fault"], told["operation"]) == (["fault-1"], False, operation.id)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 499, 500, 502, 503, 504, 599])
def test_a_status_alone_is_a_page_of_something_in_between(account: Account, status: int) -> None:
    plan(account, status=status)
    answer = account.send("P060", SEARCH)
    assert (answer.status, answer.header("content-type")) == (status, "text/html")
    assert f"<h1>{status} ".encode() in answer.body
    told = journal(account)[-1]
    assert (told["status"], told["error_code"], told["cost"], told["trouble"]) == (status, None, 0, ["fault-1"])


@pytest.mark.parametrize("wire", ["documented", "live"])
@pytest.mark.parametrize("status", [200, 203, 429, 503])
def test_an_error_may_come_with_any_status(account: Account, wire: str, status: int) -> None:
    account.configure(wire=wire)
    plan(account, error=67200002, status=status)
    answer = account.send("P060", SEARCH)
    assert (answer.status, answer.code) == (status, 67200002)
    assert answer.header("content-type") == "application/json; charset=utf-8"


def test_a_delay_is_a_wait_and_nothing_else(account: Account, waits: list[float]) -> None:
    plain = account.send("P060", SEARCH)
    plan(account, delay="1500ms", times=1)
    plan(account, delay="2s", error=67200002)
    late, refused = account.send("P060", SEARCH), account.send("P060", SEARCH)
    assert (late.body, late.cost, refused.code) == (plain.body, plain.cost, 67200002)
    assert waits == [1.5, 2.0]


def test_an_answer_drips_in_even_pieces(account: Account, waits: list[float]) -> None:
    plain = account.send("P060", SEARCH)
    plan(account, drip="2s", delay="1s")
    assert account.send("P060", SEARCH).body == plain.body
    assert (waits[0], len(waits), round(sum(waits[1:]), 6)) == (1.0, 41, 2.0)


@pytest.mark.parametrize(("manner", "raised"), [("reset", ConnectionResetError), ("hang", TimeoutError)])
def test_what_never_answers_was_not_done(account: Account, manner: str, raised: type[Exception]) -> None:
    before = (used(account), tasks(account))
    plan(account, **{manner: True})
    with pytest.raises(raised):
        account.send(CREATION.maker, least(SERVICE.operations[CREATION.maker]))
    assert (used(account), tasks(account)) == before
    told = journal(account)[-1]
    assert (told["status"], told["cost"], told["trouble"], told["answer"]) == (None, 0, ["fault-1"], None)
    assert told["reason"] == "planned by fault-1"


def test_what_is_cut_was_done_and_costs_nothing(account: Account) -> None:
    before, made = used(account), tasks(account)
    plan(account, truncate=True)
    with pytest.raises(ConnectionResetError):
        account.send(CREATION.maker, least(SERVICE.operations[CREATION.maker]))
    assert (used(account), tasks(account)) == (before, made + 1)
    told = journal(account)[-1]
    assert (told["status"], told["error_code"], told["cost"], told["trouble"]) == (200, 0, 0, ["fault-1"])


def test_a_task_whose_answer_was_cut_gives_nothing_back_when_it_fails(account: Account) -> None:
    plan(account, truncate=True)
    with pytest.raises(ConnectionResetError):
        account.send(CREATION.maker, least(SERVICE.operations[CREATION.maker]))
    account.order(journal_task(account), "failed")
    assert (used(account)["credits"], used(account)["units"], used(account)["charges"]) == (0, 0, [])


def journal_task(account: Account) -> str:
    """The id of the task that was made last."""
    return str(account.steer("GET", "tasks").json()["tasks"][-1]["id"])


# --- When it is looked at -----------------------------------------------------------------------------------


def test_it_is_looked_at_once_the_account_is_known_and_before_permission(account: Account) -> None:
    plan(account, error=67200203)
    refused = account.target.call("P060", SEARCH, apikey=account.client_id, bearer="nonsense")
    assert (refused.code, seen(account)) == (67200009, 0)
    assert account.send("P060", SEARCH, headers={"X-Emulator-Error": "67200002"}).code == 67200002
    assert seen(account) == 0
    account.configure(enabled=False)
    assert (account.send("P060", SEARCH).code, seen(account)) == (67200003, 0)
    account.configure(enabled=True, permissions=[], qps=0, balance=0)
    assert (account.send("P060", {}).code, seen(account)) == (67200203, 1)


def seen(account: Account) -> int:
    return int(account.steer("GET", "faults/fault-1").json()["seen"])


def test_what_a_fault_refuses_uses_no_limit_up(account: Account) -> None:
    account.configure(qps=1, daily_limit=1)
    plan(account, error=67200203, times=3)
    assert [account.send("P060", SEARCH).code for _ in range(5)] == [67200203] * 3 + [0, 67200002]


def test_an_unopened_account_meets_what_is_planned_for_all() -> None:
    target = Inside(create_app(Settings(now=NOW, freeze=True)))
    target.steer("POST", "faults", {"operation": "token", "error": 67200002, "times": 1})
    assert target.token_call("new", "first").code == 67200002
    assert target.steer("GET", "accounts/new").status == 404
    assert target.token_call("new", "second").code == 0


def test_ids_are_the_same_with_and_without_a_fault_that_never_fires() -> None:
    def lived(*planned: dict[str, Any]) -> list[bytes]:
        target = Inside(create_app(Settings(now=NOW, freeze=True)))
        account = target.open()
        account.client_id, account._key = "same", target.steer("PUT", "accounts/same", {}).json()["api_key"]
        for fault in planned:
            plan(account, **fault)
        answers = [kind.ask(account, kind.create(account)).body for kind in KINDS]
        answers += [account.target.token_call("same", "a secret").body, account.send("P060", SEARCH).body]
        return [*answers, *(one["id"].encode() for one in journal(account))]

    never = {"error": 67200002, "after": 10**9, "probability": 0.5}
    assert lived() == lived(never, {**never, "operation": "P060"}) == lived({"status": 503, "probability": 1e-9})


# --- Downloads ----------------------------------------------------------------------------------------------


def picture(account: Account) -> str:
    return str(account.send("P060", SEARCH).data["patent_messages"][0]["url"])


def test_downloads_have_faults_of_their_own(account: Account, waits: list[float]) -> None:
    link = picture(account)
    plan(account, error=67200002)
    whole = account.target.fetch(link)
    assert whole.status == 200
    for fault in (
        {"status": 503},
        {"delay": "2s"},
        {"drip": "1s"},
        {"truncate": True},
        {"reset": True},
        {"hang": True},
    ):
        plan(account, operation="file", times=1, **fault)
    assert account.target.fetch(link).status == 503
    assert [account.target.fetch(link).body for _ in range(2)] == [whole.body] * 2
    assert (waits[0], round(sum(waits[1:]), 6)) == (2.0, 1.0)
    for raised in (ConnectionResetError, ConnectionResetError, TimeoutError):
        with pytest.raises(raised):
            account.target.fetch(link)
    told = journal(account, operation="file")
    assert [one["status"] for one in told] == [200, 503, 200, 200, 200, None, None]
    assert [one["trouble"] for one in told] == [[], *([f"fault-{number}"] for number in range(2, 8))]
    assert {one["cost"] for one in told} == {0}


def test_the_head_of_a_file_breaks_too(account: Account) -> None:
    link = picture(account)
    plan(account, operation="file", status=503, times=1)
    refused, whole = account.target.fetch(link, "HEAD"), account.target.fetch(link, "HEAD")
    assert (refused.status, refused.body, whole.status, whole.body) == (503, b"", 200, b"")


def test_a_link_to_nobody_s_file_meets_no_fault() -> None:
    target = Inside(create_app(Settings(now=NOW, freeze=True)))
    target.steer("POST", "faults", {"operation": "file", "status": 503})
    assert target.send("GET", "/files/nobody/images/a.png").status == 403
    assert target.steer("GET", "faults/all-fault-1").json()["seen"] == 0

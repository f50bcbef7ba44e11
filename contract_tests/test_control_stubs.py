"""Pinned answers: they stand in for what an operation would answer, after all checks, for their account alone."""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import CALLS, least
from emulator.spec.models import Operation

pytestmark = pytest.mark.emulator_only

PINNED = [{"pn": "CN1", "title": "pinned", "patent_id": "x"}]
STUB = {"operation": "P043", "match": {"patent_number": "CN1"}, "data": PINNED}


def _pin(account: Account, *stubs: dict[str, Any]) -> list[dict[str, Any]]:
    answer = account.steer("PUT", "stubs", {"stubs": list(stubs)})
    assert answer.status == 200, answer.body
    return list(answer.json()["stubs"])


@pytest.mark.parametrize("operation", CALLS, ids=lambda operation: operation.id)
def test_every_operation_can_be_pinned_to_anything(account: Account, operation: Operation) -> None:
    _pin(account, {"operation": operation.id, "data": {"odd": True}, "as_is": True, "found": 0})
    assert account.send(operation.id, least(operation)).data == {"odd": True}
    assert account.steer("DELETE", "stubs").json() == {"forgotten": 1}
    answer = account.send(operation.id, least(operation))
    assert b'"odd"' not in answer.body


def test_what_was_pinned_is_told_and_can_be_pinned_again(account: Account) -> None:
    told = _pin(account, STUB, {"operation": "P010", "data": {"url": "u", "expire": 1}})
    assert told[0] == {**STUB, "found": 1, "as_is": False}
    assert account.steer("GET", "stubs").json() == {"stubs": told}
    assert _pin(account, *told) == told


def test_a_stub_is_billed_and_told_like_an_answer(account: Account) -> None:
    _pin(account, {**STUB, "found": 3})
    answer = account.call("P043", patent_number="CN1")
    assert (answer.data, answer.cost) == (PINNED, 3)
    call = account.steer("GET", "requests", query=[("operation", "P043")]).json()["requests"][-1]
    assert (call["cost"], call["error_code"], call["remarks"]) == (3, 0, ["stub 0 of the account answered"])


def test_only_calls_that_match_are_pinned(account: Account) -> None:
    _pin(account, {**STUB, "match": {"patent_number": "CN1,CN2", "lang": "cn"}})
    assert account.call("P043", patent_number="CN1,CN2", lang="cn").data == PINNED
    assert account.call("P043", patent_number="CN1,CN2", lang="jp").data == []
    assert account.call("P043", patent_number="CN1", lang="cn").data == []


def test_a_wrong_request_is_refused_all_the_same(account: Account) -> None:
    _pin(account, {**STUB, "match": {}})
    assert account.call("P043").code == 68300004
    assert account.target.call("P043", {"patent_number": "CN1"}, apikey=account.client_id, bearer="x").code == 67200003


def test_no_other_account_meets_a_stub(account: Account, other: Account) -> None:
    _pin(account, {**STUB, "match": {}})
    assert other.steer("GET", "stubs").json() == {"stubs": []}
    assert other.call("P043", patent_number="CN1").data == []


def test_a_reset_account_has_no_stubs(account: Account) -> None:
    _pin(account, STUB)
    assert account.steer("POST", "reset").status == 200
    again = Account(account.target, account.client_id, account.secret)
    assert again.call("P043", patent_number="CN1").data == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"operation": "P034"}, "did you mean"),
        ({"operation": "token"}, "stubs.1.operation"),
        ({"match": {"langs": "en"}}, "did you mean lang"),
        ({"data": [{"pn": 1}]}, "data[0].pn"),
        ({"asis": True}, "did you mean as_is"),
    ],
)
def test_a_wrong_stub_is_refused_by_name_and_changes_nothing(
    account: Account, wrong: dict[str, Any], named: str
) -> None:
    before = _pin(account, STUB)
    answer = account.steer("PUT", "stubs", {"stubs": [STUB, {**STUB, **wrong}]})
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert "stubs.1." in answer.json()["error"]
    assert account.steer("GET", "stubs").json() == {"stubs": before}


def test_stubs_of_an_account_that_nobody_knows(account: Account) -> None:
    for method, body in (("GET", None), ("PUT", {"stubs": []}), ("DELETE", None)):
        assert account.target.steer(method, f"accounts/{account.client_id}-not/stubs", body).status == 404


def test_a_checkpoint_brings_stubs_back_and_a_reset_of_stubs_alone_forgets_them(account: Account) -> None:
    told = _pin(account, STUB)
    assert account.steer("POST", "checkpoints/pinned").status in (200, 201)
    assert account.steer("POST", "reset", {"only": ["stubs"]}).status == 200
    assert account.call("P043", patent_number="CN1").data == []
    assert account.steer("POST", "checkpoints/pinned/restore").status == 200
    assert account.steer("GET", "stubs").json() == {"stubs": told}
    assert account.call("P043", patent_number="CN1").data == PINNED

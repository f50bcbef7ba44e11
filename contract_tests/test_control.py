"""The control API tells what there is, takes sound orders, and refuses others: 400, the field and the likely word."""

from typing import Any

import pytest
from openapi_spec_validator import validate

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import OPERATIONS, SERVICE
from contract_tests.flows import KINDS

pytestmark = pytest.mark.emulator_only


def test_health(target: Target) -> None:
    health = target.steer("GET", "health").json()
    assert (health["status"], health["operations"]) == ("ok", len(OPERATIONS))
    assert health["patents"] >= 300
    assert health["version"]


def test_the_openapi_document_is_one(target: Target) -> None:
    document = target.steer("GET", "openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert {(path, method.upper()) for path, item in document["paths"].items() for method in item} == {
        (operation.path, operation.method) for operation in OPERATIONS
    }
    assert document["servers"] == [{"url": target.base_url}]


def test_operations_are_told_with_price_and_evidence(target: Target) -> None:
    told = {one["id"]: one for one in target.steer("GET", "operations").json()["operations"]}
    for operation in OPERATIONS:
        one = told[operation.id]
        assert (one["method"], one["path"], one["title"]) == (operation.method, operation.path, operation.title)
        assert one["price"] == {"credits": operation.price.credits, "per": operation.price.per}
        assert one["evidence"]["source"] in SERVICE.sources


@pytest.mark.parametrize("content", [b"{", b"[]", b"7", b"\xff", b'"x"', b"null"])
@pytest.mark.parametrize("path", ["", "/clock", "/reset"])
def test_a_body_that_is_no_object_is_refused(account: Account, content: bytes, path: str) -> None:
    method = "POST" if path else "PUT"
    answer = account.target.send(method, f"/_emulator/accounts/{account.client_id}{path}", content=content)
    assert answer.status == 400
    assert "body" in answer.json()["error"]


@pytest.mark.parametrize("part", ["", "clock", "tasks", "tokens", "requests", "tasks/x"])
def test_an_unknown_account_is_not_found(target: Target, part: str) -> None:
    answer = target.steer("GET", f"accounts/nobody-at-all/{part}")
    assert answer.status == 404
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("method", "part", "status"),
    [("GET", "nothing", 404), ("DELETE", "health", 405), ("PUT", "clock", 405), ("GET", "reset", 405)],
)
def test_an_unknown_page_or_method_is_told_in_json(target: Target, method: str, part: str, status: int) -> None:
    answer = target.steer(method, part)
    assert answer.status == status
    assert list(answer.json()) == ["error"]


def test_tasks_are_told_with_their_times(account: Account) -> None:
    task_id = KINDS[0].create(account)
    (task,) = [one for one in account.steer("GET", "tasks").json()["tasks"] if one["id"] == task_id]
    assert (task["operation"], task["state"], task["ordered"]) == ("AI39-1-creation", "running", None)
    assert task["created"] < task["finishes"] < task["expires"]
    assert account.steer("GET", f"tasks/{task_id}").json() == task


def test_a_task_id_that_two_operations_share_has_to_be_told_apart(account: Account) -> None:
    shared = "80d440b7-80a5-4233-a75f-ab72b0885c88"
    assert account.order(shared, "failed").status == 409
    query = [("operation", "AI39-1-submit")]
    assert account.steer("PATCH", f"tasks/{shared}", {"state": "failed"}, query).status == 200
    assert [KINDS[index].state(account, shared) for index in (0, 1)] == ["success", "failed"]


@pytest.mark.parametrize(
    ("body", "named"), [({"state": "done"}, "state"), ({}, "state"), ({"stat": "failed"}, "did you mean state")]
)
def test_a_task_takes_only_states(account: Account, body: dict[str, Any], named: str) -> None:
    task_id = KINDS[0].create(account)
    answer = account.steer("PATCH", f"tasks/{task_id}", body)
    assert answer.status == 400
    assert named in answer.json()["error"]
    assert account.steer("PATCH", "tasks/none", {"state": "failed"}).status == 404


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_other_sites_cannot_steer(account: Account, headers: dict[str, str]) -> None:
    path = f"/_emulator/accounts/{account.client_id}"
    assert account.target.send("DELETE", path, headers=headers).status == 403
    assert account.steer("GET").status == 200

"""What costs nothing: what finds nothing, fails, only asks, or was asked to fail. None of it is refused for money."""

from typing import Any

import pytest

from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec.models import Service
from tests.conftest import NOW, Caller
from tests.paid_calls import (
    CREATE,
    EVALUATION,
    EXPORT,
    KNOWN,
    NOTHING,
    REPORT,
    SEARCH,
    SINGLE,
    SUBMIT,
    batch,
    code,
    submit,
    usage,
    used,
)


def test_what_finds_nothing_fails_or_only_asks_is_free(caller: Caller, service: Service) -> None:
    creates = service.operations["R003-create"].creates
    assert creates is not None
    batch(caller, "XX1", "XX2")
    caller.call("POST", SINGLE, json={**SEARCH, "apply_start_time": "20991231"})
    caller.call("POST", SUBMIT, json={})
    assert code(caller.call("GET", EXPORT, {"job_id": creates.documented[0]})) == 0
    assert used(caller) == NOTHING
    assert usage(caller)["charges"] == []


def test_a_task_that_was_paid_for_is_polled_to_its_end_with_nothing_left(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"balance": 1, "daily_limit": 1, "total_limit": 1})
    task = submit(caller).json()["data"]
    assert code(submit(caller)) == 67200007
    caller.advance("6s")
    assert caller.call("POST", REPORT, json=task).json()["data"]["task_status"] == 2
    assert used(caller) == (1, 1, 1, 0)


@pytest.mark.parametrize("effect", [{"error": 67200100}, {"status": 502}, {"reset": True}, {"truncate": True}])
def test_planned_trouble_costs_nothing_and_uses_no_quota(caller: Caller, effect: dict[str, Any]) -> None:
    batch(caller, "XX1")
    caller.steer("PUT", "", {"balance": 1, "daily_limit": 1, "plan": {"outcome": "fail"}})
    caller.steer("POST", "/faults", {**effect, "times": 2})
    for makes_a_task in (True, False):
        try:
            submit(caller) if makes_a_task else batch(caller, KNOWN[0])
        except ConnectionResetError:
            assert set(effect) & {"reset", "truncate"}
    caller.advance("1h")
    assert used(caller) == (0, 0, 0, 1)
    assert [entry["cost"] for entry in caller.journal()[1:]] == [0] * len(caller.journal()[1:])
    assert code(batch(caller, KNOWN[0])) == 0


def test_a_reserved_error_costs_nothing_and_other_reserved_words_what_a_task_costs(caller: Caller) -> None:
    def evaluate(word: str) -> None:
        caller.call("POST", CREATE, json={**EVALUATION, "text": word})

    evaluate("emulator:error=68300006")
    caller.call("POST", SINGLE, json={**SEARCH, "url": "http://a.example/emulator:fail.png"})
    assert used(caller) == NOTHING
    for word in ("emulator:fail", "emulator:slow", "emulator:stuck"):
        evaluate(word)
    assert used(caller) == (3, 3, 3, 9_997)
    caller.advance("1h")
    assert used(caller) == (2, 2, 2, 9_998)


def test_a_late_or_dripping_answer_is_charged_like_any_other(caller: Caller) -> None:
    caller.token()
    for effect in ({"delay": "1ms"}, {"drip": "1ms"}):
        caller.steer("POST", "/faults", {**effect, "times": 1})
        assert batch(caller, KNOWN[0]).headers["x-openapi-amount"] == "1"
    assert used(caller) == (2, 2, 2, 9_998)


def test_the_examples_of_the_pages_were_never_charged(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"prices": {"R003-create": 5}})
    for task in caller.steer("GET", "/tasks")["tasks"]:
        for state in ("failed", "running", "failed"):
            caller.steer("PATCH", f"/tasks/{task['id']}?operation={task['operation']}", {"state": state})
        assert used(caller) == NOTHING


def test_a_fault_of_ours_costs_nothing(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    batch(caller, "XX1")
    monkeypatch.setattr("emulator.server.envelope.Envelope.success", fail)
    assert code(batch(caller, *KNOWN)) == 68300008
    assert used(caller) == NOTHING


def test_a_first_token_call_is_one_of_the_requests_of_all() -> None:
    app = create_app(Settings(now=NOW, freeze=True))
    first = Caller(app, "a")
    first.send("PUT", "/_emulator/limits", json={"qps": 2})
    form = {"grant_type": "client_credentials"}
    codes = [
        first.send("POST", "/oauth/token", auth=(name, "secret"), data=form).json().get("error_code", 0)
        for name in ("b", "c", "d")
    ]
    assert codes == [0, 0, 67200001]
    assert first.send("GET", "/_emulator/accounts/d").status_code == 404


def test_the_token_call_that_opens_an_account_is_one_of_its_requests() -> None:
    caller = Caller(create_app(Settings(now=NOW, freeze=True, qps=2)), "a")
    assert code(batch(caller, KNOWN[0])) == 0
    assert code(batch(caller, KNOWN[0])) == 67200002
    caller.advance("1s")
    assert code(batch(caller, KNOWN[0])) == 0

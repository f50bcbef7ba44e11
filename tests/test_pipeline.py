"""The path of one request: which refusal comes first, what a fault of ours looks like, what strictness and 201 do."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from emulator.app import create_app
from emulator.behaviours import table
from emulator.behaviours.prices import tariff_of
from emulator.behaviours.world import Account, Outcome
from emulator.settings import Settings
from emulator.spec.evidence import Evidence
from emulator.spec.models import Price, Service
from tests.conftest import NOW, Caller

P043, RESULTS, SUBMIT = (
    "/basic-patent-data/abstract-data-translated",
    "/image-search/results",
    "/ai/image-search/submit",
)
KNOWN = {"patent_number": "CN101595528B"}
CLEARANCE = {"country": ["US"], "lang": "en", "main_field": "phone"}


def code(answer: Any) -> int:
    return int(answer.json()["error_code"])


# --- A fault of ours --------------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Caller:
    """A caller of an emulator whose translations raise."""

    def fail(call: Any) -> Outcome:
        raise ZeroDivisionError("a bug")

    behaviour = replace(table.BEHAVIOURS["translated_abstracts"], do=fail)
    monkeypatch.setattr("emulator.app.BEHAVIOURS", {**table.BEHAVIOURS, "translated_abstracts": behaviour})
    return Caller(create_app(Settings(now=NOW, freeze=True)), "a-client")


def test_a_fault_of_ours_is_answered_as_one_and_logged(broken: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "emulator"):
        answer = broken.call("GET", P043, KNOWN)
    assert (answer.status_code, code(answer)) == (200, 68300008)
    assert answer.headers["X-Emulator-Fault"] == "true"
    assert answer.headers["X-Emulator-Reason"].startswith(
        "a fault of the emulator, not of the service: ZeroDivisionError"
    )
    assert answer.headers["x-openapi-amount"] == "0"
    assert "a bug" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "Traceback" in caplog.text


def test_the_body_of_a_fault_tells_nothing_of_ours(broken: Caller) -> None:
    assert broken.call("GET", P043, KNOWN).json() == {
        "status": False,
        "error_code": 68300008,
        "error_msg": "Service error, please try again later!",
    }


def test_after_a_fault_the_server_goes_on(broken: Caller) -> None:
    for _ in range(3):
        broken.call("GET", P043, KNOWN)
    assert code(broken.call("POST", SUBMIT, json=CLEARANCE)) == 0
    faults = [entry for entry in broken.journal() if entry["fault"]]
    assert [(entry["error_code"], entry["cause"]) for entry in faults] == [(68300008, "emulator_fault")] * 3


def test_no_header_speaks_of_a_fault_when_there_is_none(caller: Caller) -> None:
    assert "X-Emulator-Fault" not in caller.call("GET", P043, KNOWN).headers
    assert "X-Emulator-Reason" not in caller.call("GET", P043, KNOWN).headers


# --- Which refusal comes first ----------------------------------------------------------------------------


def test_the_order_of_refusals_is_the_order_of_the_path(caller: Caller) -> None:
    """Everything is wrong at first; each step mends one thing, and the next refusal shows."""
    token = caller.token()
    term = {"valid_until": "2025-12-31T00:00:00Z"}
    caller.steer("PUT", "", {"enabled": False, "permissions": [], **term})
    bad: dict[str, Any] = {"content": b"no json", "headers": {"Content-Type": "text/plain"}}

    def ask(method: str = "POST", path: str = SUBMIT, **more: Any) -> tuple[int, str]:
        answer = caller.send(method, path, **{**bad, **more})
        return code(answer), answer.headers["X-Emulator-Reason"]

    signed: dict[str, Any] = {
        "params": {"apikey": caller.client_id},
        "headers": {**bad["headers"], "Authorization": f"Bearer {token}"},
    }
    wished: dict[str, Any] = {"headers": {**bad["headers"], "X-Emulator-Error": "67200100"}}
    seen = [ask(path="/nowhere", **wished)[0], ask("PUT", **wished)[0], ask(**wished)[0], ask()[0]]
    seen.append(ask(params={"apikey": caller.client_id})[0])
    for mended in (None, {"enabled": True}, {"valid_until": None}, {"permissions": None}):
        if mended:
            caller.steer("PUT", "", mended)
        seen.append(ask(**signed)[0])
    json_type = {**signed["headers"], "Content-Type": "application/json"}
    seen.append(ask(**{**signed, "headers": json_type, "content": b"{}"})[0])
    unknown = '{"country":["US"],"lang":"en","url":"http://127.0.0.1:8390/files/x/images/y"}'
    seen.append(ask(**{**signed, "headers": json_type, "content": unknown.encode()})[0])
    assert seen == [
        *(67200101, 67200012, 67200100, 67200008, 67200009),
        *(67200003, 67200006, 67200004, 68300007),
        *(68300004, 68300004),
    ]


def test_an_account_not_enabled_comes_before_its_term(caller: Caller) -> None:
    caller.token()
    caller.steer("PUT", "", {"enabled": False, "valid_until": "2025-12-31T00:00:00Z"})
    answer = caller.send(
        "POST", "/oauth/token", auth=(caller.client_id, caller.secret), data={"grant_type": "client_credentials"}
    )
    assert (answer.status_code, code(answer)) == (401, 67200003)
    caller.steer("PUT", "", {"enabled": True})
    answer = caller.send(
        "POST", "/oauth/token", auth=(caller.client_id, caller.secret), data={"grant_type": "client_credentials"}
    )
    assert (answer.status_code, code(answer)) == (403, 67200006)


@pytest.mark.parametrize(("until", "expected"), [("2026-01-01T00:00:00Z", 67200006), ("2026-01-01T00:00:00.001Z", 0)])
def test_a_term_ends_at_its_instant(caller: Caller, until: str, expected: int) -> None:
    caller.call("GET", P043, KNOWN)
    caller.steer("PUT", "", {"valid_until": until})
    assert code(caller.call("GET", P043, KNOWN)) == expected


def test_an_operation_that_may_not_be_called_is_refused_and_the_token_call_never(caller: Caller) -> None:
    caller.call("GET", P043, KNOWN)
    caller.steer("PUT", "", {"permissions": ["P043"]})
    assert code(caller.call("GET", P043, KNOWN)) == 0
    assert code(caller.call("POST", SUBMIT, json=CLEARANCE)) == 67200004
    assert caller.token()


# --- Wishes -----------------------------------------------------------------------------------------------


def test_an_error_asked_for_comes_before_credentials_and_costs_nothing(caller: Caller) -> None:
    answer = caller.send("GET", RESULTS, headers={"X-Emulator-Error": "67200009"})
    assert (answer.status_code, code(answer), answer.headers["x-openapi-amount"]) == (200, 67200009, "0")
    assert answer.headers["X-Emulator-Reason"] == "asked for by the header X-Emulator-Error"


def test_an_unknown_wish_is_a_400_and_in_the_journal(caller: Caller) -> None:
    answer = caller.call("GET", P043, KNOWN, headers={"X-Emulator-Error": "1"})
    assert answer.status_code == 400
    assert "is no code of the service" in answer.json()["error"]


@pytest.mark.parametrize("header", ["X-Emulator-Error", "X-Emulator-Delay"])
def test_no_wish_makes_a_fault(caller: Caller, header: str) -> None:
    for value in ("9" * 5000, "9" * 5000 + "s", "\xb2", "-1", ""):
        answer = caller.call("GET", P043, KNOWN, headers={header: value.encode("latin-1")})
        assert answer.status_code == 400, value[:20]


# --- Settings of an account -------------------------------------------------------------------------------


def test_a_strict_account_refuses_what_others_are_only_told_of(caller: Caller) -> None:
    asked = {**KNOWN, "colour": "red"}
    assert code(caller.call("GET", P043, asked)) == 0
    assert caller.journal()[-1]["remarks"] == ["no page documents the parameter 'colour'; it was ignored"]
    caller.steer("PUT", "", {"strict": True})
    answer = caller.call("GET", P043, asked)
    assert (code(answer), answer.headers["X-Emulator-Reason"]) == (
        68300004,
        "no page documents the parameter 'colour' (strict account)",
    )


def test_created_is_answered_where_it_was_switched_on_and_the_page_lists_it(caller: Caller) -> None:
    assert caller.call("POST", SUBMIT, json=CLEARANCE).status_code == 200
    caller.steer("PUT", "", {"created_status": 201})
    assert caller.call("POST", SUBMIT, json=CLEARANCE).status_code == 201
    assert caller.call("GET", P043, KNOWN).status_code == 200
    assert caller.call("POST", SUBMIT, json={}).status_code == 200


def test_wire_and_language_are_the_account_s(caller: Caller) -> None:
    caller.call("GET", P043, KNOWN)
    caller.steer("PUT", "", {"language": "cn"})
    assert caller.call("GET", P043).json()["error_msg"] == "请求参数异常!"
    caller.steer("PUT", "", {"language": "en", "wire": "live"})
    assert (
        caller.call("GET", P043).content == b'{"error_code":68300004,"error_msg":"Invalid parameter!","status":false}'
    )


# --- What things cost -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "found", "cost"),
    [
        ("nothing", 5, 0),
        ("item", 0, 0),
        ("item", 3, 6),
        ("non_empty_call", 0, 0),
        ("non_empty_call", 5, 2),
        ("task", 0, 2),
        ("task", 1, 2),
    ],
)
def test_a_price_is_counted_by_its_unit(service: Service, per: Any, found: int, cost: int) -> None:
    price = Price(credits=2, per=per, evidence=Evidence(grade="assumed", source="own-decision"))
    operation = service.operations["P043"].model_copy(update={"price": price})
    assert tariff_of(Account("a", prices={} if per != "nothing" else {"P043": 0}), operation).units(found) * 2 == cost


def test_every_call_is_in_the_journal_of_the_account_it_claims(new_caller: Callable[[], Caller]) -> None:
    caller, other = new_caller(), new_caller()
    caller.call("GET", P043, KNOWN)
    other.token()
    assert [entry["operation"] for entry in caller.journal()] == ["token", "P043"]
    assert [entry["operation"] for entry in other.journal()] == ["token"]
    caller.send("GET", P043, params={"apikey": caller.client_id})
    assert caller.journal()[-1]["error_code"] == 67200003

"""How a planned fault is written, told and taken back, and what is refused, by the name of the field."""

import json
from typing import Any

import pytest

from contract_tests.account import Account
from emulator.app import create_app
from emulator.settings import Settings
from tests.conftest import NOW
from tests.inside import Inside

COUNTS = {"after": 0, "times": None, "every": 1, "probability": 1.0, "seen": 0, "met": 0}


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


TOLD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"error": 67200002}, {}),
    ({"error": 67200002, "status": 429}, {}),
    ({"status": 503}, {}),
    ({"delay": "1.5s"}, {"delay": "1500ms"}),
    ({"drip": "10m"}, {"drip": "600000ms"}),
    ({"reset": True}, {}),
    ({"truncate": True}, {}),
    ({"hang": True}, {}),
    ({"operation": "P043", "hang": True, "delay": "1s"}, {"delay": "1000ms"}),
    ({"operation": "file", "status": 404, "drip": "1s"}, {"drip": "1000ms"}),
    ({"operation": "all", "reset": True}, {"operation": None}),
    ({"operation": None, "reset": True, "truncate": False}, {"truncate": None}),
    ({"error": 67200002, "truncate": True, "delay": "1ms"}, {}),
    ({"status": 500, "truncate": True}, {}),
    ({"reset": True, "after": 2, "times": 3, "every": 4, "probability": 0.5}, {}),
    ({"operation": "P010", "advance": "9h"}, {"advance": "32400000ms"}),
    ({"error": 67200002, "advance": "1s"}, {"advance": "1000ms"}),
    ({"answer": "sparse", "drip": "1s"}, {"drip": "1000ms"}),
    ({"answer": "extra", "truncate": True}, {}),
    ({"reset": True, "probability": 1, "times": None}, {"probability": 1.0}),
]


@pytest.mark.parametrize(("planned", "told"), TOLD, ids=lambda value: json.dumps(value)[:60])
def test_a_fault_is_told_as_it_was_planned(account: Account, planned: dict[str, Any], told: dict[str, Any]) -> None:
    expected = {"id": "fault-1", "operation": None, **COUNTS, **planned, **told}
    expected = {name: value for name, value in expected.items() if value is not None or name in ("operation", "times")}
    made = account.steer("POST", "faults", planned)
    assert (made.status, made.json()) == (201, expected)
    assert account.steer("GET", "faults").json() == {"faults": [expected]}
    assert account.steer("GET", "faults/fault-1").json() == expected
    again = {name: value for name, value in expected.items() if name not in ("id", "seen", "met")}
    assert account.steer("POST", "faults", again).json() == {**expected, "id": "fault-2"}


KINDS = "one of error, status, answer, delay, advance, reset, truncate, hang and drip is expected"
WRONG: list[tuple[Any, str]] = [
    ({}, KINDS),
    ({"operation": "P043", "times": 3}, KINDS),
    ({"reset": False, "hang": False}, KINDS),
    ({"error": None, "delay": None}, KINDS),
    ([], "the body is not a JSON object"),
    ("reset", "the body is not a JSON object"),
    # names
    ({"dely": "5s"}, "dely is not understood; did you mean delay?"),
    ({"error": 67200002, "Times": 1}, "Times is not understood; did you mean times?"),
    ({"eror": 67200002}, "eror is not understood; did you mean error?"),
    ({"error": 67200002, "seen": 0}, "seen is not understood"),
    ({"operation": "P43", "reset": True}, "operation: 'P43' is no operation; did you mean P043?"),
    ({"operation": "files", "reset": True}, "operation: 'files' is no operation; did you mean file?"),
    ({"operation": "", "reset": True}, "operation: '' is no operation; known are all, token"),
    ({"operation": ["P043"], "reset": True}, "operation: "),
    ({"operation": "file", "error": 67200002}, "error: a download has no error codes; use status"),
    # codes and statuses
    ({"error": 6720000}, "error: 6720000 is no code of the service; did you mean 67200000"),
    ({"error": 67200022}, "error: 67200022 is no code of the service; did you mean "),
    ({"error": 0}, "error: 0 is no code of the service"),
    ({"error": True}, "error: "),
    ({"error": "67200002"}, "error: "),
    ({"error": 67200002.0}, "error: "),
    ({"status": 204}, "status: 200 to 203 or 400 to 599 is expected"),
    ({"status": 304}, "status: 200 to 203 or 400 to 599 is expected"),
    ({"status": 600}, "status: 200 to 203 or 400 to 599 is expected"),
    ({"status": -1}, "status: 200 to 203 or 400 to 599 is expected"),
    ({"status": 200}, "status: one below 400 goes together with an error only"),
    ({"status": True}, "status: "),
    ({"status": "503"}, "status: "),
    # waits
    ({"delay": 1500}, "delay: a duration is written as a text, such as 1500ms"),
    ({"delay": True}, "delay: a duration is written as a text"),
    ({"delay": "soon"}, "delay: 'soon' is not a duration"),
    ({"delay": "0s"}, "delay: a wait is more than 0s and at most 600s"),
    ({"drip": "0.2ms"}, "drip: a wait is more than 0s and at most 600s"),
    ({"drip": "601s"}, "drip: a wait is more than 0s and at most 600s"),
    ({"delay": "9999999d"}, "delay: "),
    ({"advance": 60}, "advance: a duration is written as a text, such as 31m"),
    ({"advance": "0s"}, "advance: more than 0s is expected"),
    ({"advance": "-1h"}, "advance: "),
    # forms
    ({"answer": "full"}, "answer: "),
    ({"answer": "empty", "error": 67200002}, "answer: goes together with a success only"),
    ({"answer": "empty", "hang": True}, "answer: goes together with a success only"),
    ({"operation": "file", "answer": "empty"}, "answer: a download has no fields"),
    # ways that exclude each other
    ({"reset": True, "hang": True}, "reset: does not go together with hang"),
    ({"truncate": True, "drip": "1s"}, "truncate: does not go together with drip"),
    ({"reset": True, "status": 503}, "reset: nothing is answered"),
    ({"hang": True, "error": 67200002}, "hang: nothing is answered"),
    ({"reset": 1}, "reset: "),
    ({"truncate": "true"}, "truncate: "),
    ({"hang": None}, "hang: "),
    # counts
    ({"reset": True, "times": 0}, "times: "),
    ({"reset": True, "times": True}, "times: "),
    ({"reset": True, "times": 2**60}, "times: "),
    ({"reset": True, "after": -1}, "after: "),
    ({"reset": True, "after": "3"}, "after: "),
    ({"reset": True, "after": None}, "after: "),
    ({"reset": True, "every": 0}, "every: "),
    ({"reset": True, "every": 1.5}, "every: "),
    ({"reset": True, "probability": 0}, "probability: "),
    ({"reset": True, "probability": -0.5}, "probability: "),
    ({"reset": True, "probability": 1.01}, "probability: "),
    ({"reset": True, "probability": True}, "probability: "),
    ({"reset": True, "probability": "0.5"}, "probability: "),
    ({"reset": True, "probability": float("nan")}, "probability: "),
]


@pytest.mark.parametrize(("body", "told"), WRONG, ids=lambda value: json.dumps(value)[:60])
def test_a_wrong_fault_is_refused_by_the_name_of_its_field_and_planned_nowhere(
    account: Account, body: Any, told: str
) -> None:
    answer = account.steer("POST", "faults", body)
    assert answer.status == 400
    assert answer.json()["error"].startswith(told)
    assert account.steer("GET", "faults").json() == {"faults": []}
    assert account.steer("POST", "faults", {"reset": True}).json()["id"] == "fault-1"


NO_JSON = [b"", b"   ", b"{", b'{"reset": true} x', b'{"reset": true, "reset": true}', b"\xff", b"null"]


@pytest.mark.parametrize("raw", NO_JSON)
def test_a_body_that_is_no_json_plans_nothing(account: Account, raw: bytes) -> None:
    page = f"/_emulator/accounts/{account.client_id}/faults"
    assert account.target.send("POST", page, content=raw).status == 400
    assert account.steer("GET", "faults").json() == {"faults": []}


def test_faults_are_taken_back_one_by_one_or_all(account: Account) -> None:
    for _ in range(3):
        account.steer("POST", "faults", {"status": 503})
    assert account.steer("DELETE", "faults/fault-2").json() == {"dropped": "fault-2"}
    for method in ("GET", "DELETE"):
        gone = account.steer(method, "faults/fault-2")
        assert (gone.status, gone.json()) == (404, {"error": "there is no fault 'fault-2' here"})
    assert account.steer("DELETE", "faults").json() == {"dropped": ["fault-1", "fault-3"]}
    assert account.steer("GET", "faults").json() == {"faults": []}
    assert account.call("P043", patent_number="CN101595528B", lang="en").status == 200


def test_faults_of_an_account_and_for_all_are_kept_apart() -> None:
    target = Inside(create_app(Settings(now=NOW, freeze=True)))
    first, second = target.open(), target.open()
    assert target.steer("POST", "faults", {"status": 503, "times": 2}).json()["id"] == "all-fault-1"
    first.steer("POST", "faults", {"status": 500})
    assert [one["id"] for one in first.steer("GET", "faults").json()["faults"]] == ["fault-1"]
    assert second.steer("GET", "faults").json() == {"faults": []}
    assert second.steer("DELETE", "faults/all-fault-1").status == 404
    assert target.steer("GET", "faults/fault-1").status == 404
    statuses = [caller.call("P043", patent_number="CN1", lang="en").status for caller in (first, second, first, second)]
    assert statuses == [503, 503, 500, 200]
    assert target.steer("GET", "faults/all-fault-1").json()["met"] == 2


def test_a_fault_of_an_account_that_is_not_there_is_refused(app: Any) -> None:
    assert Inside(app).steer("POST", "accounts/nobody-at-all/faults", {"status": 503}).status == 404

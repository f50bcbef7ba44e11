"""Pinned answers: which calls they answer, after which checks, for whom, at which price, and which are refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from contract_tests.documents import picture
from emulator.behaviours import stubs
from emulator.contract.answer import AnswerChecker
from emulator.spec.models import Service
from tests.conftest import Caller
from tests.test_decided import CREATION, P043, SINGLE, code, data

ITEM = {"pn": "CN1", "title": "pinned"}
RESULTS = "/image-search/results"


def stub(data: Any = (ITEM,), **more: Any) -> dict[str, Any]:
    return {"operation": "P043", "match": {"patent_number": "CN1"}, "data": data, **more}


def pin(caller: Caller, *pinned: dict[str, Any]) -> list[dict[str, Any]]:
    caller.token()
    return list(caller.steer("PUT", "/stubs", {"stubs": list(pinned)})["stubs"])


def refusal(caller: Caller, *pinned: Any) -> str:
    caller.token()
    answer = caller.send("PUT", f"/_emulator/accounts/{caller.client_id}/stubs", json={"stubs": list(pinned)})
    assert answer.status_code == 400, answer.text
    return str(answer.json()["error"])


# --- which calls -------------------------------------------------------------------------------------------


def test_a_stub_answers_the_calls_it_matches_and_no_others(caller: Caller) -> None:
    pin(caller, stub())
    assert data(caller.call("GET", P043, {"patent_number": "CN1"})) == [ITEM]
    assert data(caller.call("GET", P043, {"patent_number": "CN2"})) == []
    (entry,) = caller.journal(operation="P043", limit=1)
    assert entry["remarks"] == ["1 of 1 ids are of no patent here; they were left out"]
    assert caller.journal(operation="P043")[0]["remarks"] == ["stub 0 of the account answered"]


def test_the_first_that_fits_answers(caller: Caller) -> None:
    pin(caller, stub([{"pn": "both"}], match={"patent_number": "CN1", "lang": "jp"}), stub(), stub([]))
    for asked, told in (({"lang": "jp"}, [{"pn": "both"}]), ({"lang": "cn"}, [ITEM]), ({}, [ITEM])):
        assert data(caller.call("GET", P043, {"patent_number": "CN1", **asked})) == told


@pytest.mark.parametrize(
    ("match", "asked", "fits"),
    [
        ({}, {"patent_number": "CN1"}, True),
        ({"patent_number": "CN1,CN2"}, {"patent_number": "CN1, CN2"}, True),
        ({"patent_number": ["CN1", "CN2"]}, {"patent_number": "CN1,CN2"}, True),
        ({"patent_number": "CN1,CN2"}, {"patent_number": "CN2,CN1"}, False),
        ({"patent_number": "CN1"}, {"patent_number": "CN1,CN2"}, False),
        ({"lang": "en"}, {"patent_number": "CN1"}, True),
        ({"replace_by_related": 0}, {"patent_number": "CN1"}, True),
        ({"replace_by_related": 1}, {"patent_number": "CN1"}, False),
        ({"patent_id": None}, {"patent_number": "CN1"}, True),
        ({"patent_id": None}, {"patent_number": "CN1", "patent_id": "x"}, False),
    ],
)
def test_what_a_match_means(caller: Caller, match: dict[str, Any], asked: dict[str, str], fits: bool) -> None:
    pin(caller, stub([{"pn": "pinned"}], match=match))
    assert (data(caller.call("GET", P043, asked)) == [{"pn": "pinned"}]) is fits


def test_a_list_of_a_body_is_matched_as_list_and_as_text(caller: Caller) -> None:
    pinned = {"patent_messages": [], "total_search_result_count": 7}
    request = {"url": "https://e.org/x.png", "patent_type": "D", "model": 1, "country": ["CN", "US"]}
    for country in (["CN", "US"], "CN,US"):
        pin(caller, {"operation": "P060", "match": {"country": country}, "data": pinned})
        assert data(caller.call("POST", SINGLE, json=request)) == pinned


def test_true_is_not_one() -> None:
    assert not stubs.fits({"a": True}, {"a": 1})
    assert not stubs.fits({"a": 0}, {"a": False})
    assert stubs.fits({"a": 1}, {"a": 1})


def test_forgotten_stubs_answer_no_more(caller: Caller) -> None:
    pin(caller, stub(), stub([]))
    assert caller.steer("DELETE", "/stubs") == {"forgotten": 2}
    assert caller.steer("GET", "/stubs") == {"stubs": []}
    assert data(caller.call("GET", P043, {"patent_number": "CN1"})) == []


def test_stubs_are_told_in_their_order_and_can_be_put_again(caller: Caller) -> None:
    report = {"operation": "AI39-2-query", "match": {"task_id": "t"}, "data": {"task_status": 2}}
    told = pin(caller, stub(), report, stub([]))
    assert [one["operation"] for one in told] == ["P043", "AI39-2-query", "P043"]
    assert told[0] == {**stub([ITEM]), "found": 1, "as_is": False}
    assert pin(caller, *told) == told
    assert caller.steer("GET", "/stubs") == {"stubs": told}


# --- for whom ----------------------------------------------------------------------------------------------


def test_the_accounts_own_go_before_those_for_all(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller()
    mark = f"CN{caller.client_id}"
    for_all = stub([{"pn": "for all"}], match={"patent_number": mark})
    try:
        assert caller.send("PUT", "/_emulator/stubs", json={"stubs": [for_all]}).status_code == 200
        pin(caller, stub([{"pn": "own"}], match={"patent_number": mark, "lang": "jp"}))
        asked = [{"patent_number": mark, "lang": lang} for lang in ("jp", "en")]
        told = [data(one.call("GET", P043, values))[0]["pn"] for one in (caller, other) for values in asked]
        assert told == ["own", "for all", "for all", "for all"]
        assert other.journal(limit=1)[0]["remarks"] == ["stub 0 for all accounts answered"]
        assert other.steer("GET", "/stubs") == {"stubs": []}
    finally:
        assert caller.send("DELETE", "/_emulator/stubs").json() == {"forgotten": 1}


# --- after which checks, at which price --------------------------------------------------------------------


def test_a_request_is_judged_before_a_stub_answers(caller: Caller) -> None:
    pin(caller, stub(match={}))
    assert code(caller.call("GET", P043)) == 68300004
    assert code(caller.call("GET", P043, {"patent_number": "CN1", "lang": "fr"})) == 68300004
    assert code(caller.send("GET", P043, params={"patent_number": "CN1", "apikey": caller.client_id})) == 67200003
    caller.steer("PUT", "", {"permissions": []})
    assert code(caller.call("GET", P043, {"patent_number": "CN1"})) == 67200004


def test_a_stub_stands_where_a_behaviour_would_refuse(caller: Caller) -> None:
    pin(caller, {"operation": "P009-results", "match": {"search_id": "mine"}, "data": {"patent_messages": []}})
    assert data(caller.call("GET", RESULTS, {"search_id": "mine"})) == {"patent_messages": []}
    assert code(caller.call("GET", RESULTS, {"search_id": "other"})) == 68300004


@pytest.mark.parametrize(
    ("operation", "answered", "found", "cost"),
    [
        ("P043", [ITEM, ITEM], None, 2),
        ("P043", [], None, 0),
        ("P043", None, None, 0),
        ("P043", {}, None, 0),
        ("P043", "odd", None, 1),
        ("P043", 0, None, 1),
        ("P043", [ITEM], 40, 40),
        ("P060", {"patent_messages": []}, None, 1),
        ("P060", {"patent_messages": []}, 0, 0),
    ],
)
def test_what_a_stub_costs(caller: Caller, operation: str, answered: Any, found: int | None, cost: int) -> None:
    pin(caller, {"operation": operation, "data": answered, "found": found, "as_is": True})
    if operation == "P043":
        answer = caller.call("GET", P043, {"patent_number": "CN1"})
    else:
        answer = caller.call("POST", SINGLE, json={"url": "https://e.org/x.png", "patent_type": "D", "model": 1})
    assert answer.json() == {"data": answered, "status": True, "error_code": 0}
    assert int(answer.headers["x-openapi-amount"]) == cost


def test_an_upload_can_be_pinned(caller: Caller) -> None:
    pinned = {"url": "https://elsewhere.example.org/x.png", "expire": 32400}
    pin(caller, {"operation": "P010", "data": pinned})
    path, files = "/image-search/image-upload", {"image": ("x.png", picture(), "image/png")}
    assert data(caller.call("POST", path, files=files)) == pinned
    refused = caller.call("POST", path, files={"image": ("x.png", b"no picture at all", "image/png")})
    assert refused.json()["error_code"] == 68300010, "a stub answers requests that are sound"


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"operation": "P43"}, "stubs.1.operation: 'P43' is no operation; did you mean P043?"),
        ({"operation": "token"}, "stubs.1.operation: token hands out"),
        ({"operation": 7}, "stubs.1.operation: "),
        (
            {"match": {"patent_numbr": "x"}},
            "stubs.1.match.patent_numbr is no parameter of P043; did you mean patent_",
        ),
        ({"match": {"lang": "fr"}}, "stubs.1.match.lang: no call can match: "),
        ({"match": {"replace_by_related": "1"}}, "stubs.1.match.replace_by_related: no call can match: "),
        ({"match": []}, "stubs.1.match: "),
        ({"mach": {}}, "stubs.1.mach is not understood; did you mean match?"),
        ({"found": -1}, "stubs.1.found: "),
        ({"found": "1"}, "stubs.1.found: "),
        ({"as_is": "yes"}, "stubs.1.as_is: "),
        ({"data": {}}, "stubs.1.data: data is an object, not an array"),
        ({"data": [{"pn": 5}]}, "stubs.1.data: data[0].pn 5 is an integer, not a string"),
        ({"data": None}, "stubs.1.data: "),
    ],
    ids=str,
)
def test_a_wrong_stub_is_named_and_changes_nothing(caller: Caller, wrong: dict[str, Any], told: str) -> None:
    before = pin(caller, stub([]))
    assert refusal(caller, stub(), {**stub(), **wrong}).startswith(told)
    assert caller.steer("GET", "/stubs")["stubs"] == before


def test_a_stub_needs_data(caller: Caller) -> None:
    assert refusal(caller, {"operation": "P043"}).startswith("stubs.0.data: ")


def test_a_file_cannot_be_matched(caller: Caller) -> None:
    pinned = {"operation": "P010", "match": {"image": "x"}, "data": {"url": "u", "expire": 1}}
    assert refusal(caller, pinned) == "stubs.0.match.image: a file cannot be matched"


@pytest.mark.parametrize("odd", ["NaN", "[" * 300 + "]" * 300, '"\\ud800"', '{"\\ud800": 1}', "1" + "0" * 30])
@pytest.mark.parametrize("field", ["data", "match"])
def test_what_no_store_can_keep_is_refused(caller: Caller, odd: str, field: str) -> None:
    caller.token()
    text = json.dumps({"stubs": [stub(as_is=True)]}).replace(json.dumps(stub()[field]), odd)
    assert odd in text
    answer = caller.send("PUT", f"/_emulator/accounts/{caller.client_id}/stubs", content=text)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"].startswith("stubs.0.")


def test_what_is_answered_without_a_stub_could_be_pinned(caller: Caller, service: Service) -> None:
    """The page's example requests: whatever the emulator answers passes as data of a stub."""
    operation = service.operations["AI39-1-creation"]
    answered = data(caller.call("POST", CREATION, json=operation.example_values()))
    assert pin(caller, {"operation": operation.id, "data": answered})
    assert AnswerChecker(service, operation).check({"status": True, "error_code": 0, "data": answered}) == ()

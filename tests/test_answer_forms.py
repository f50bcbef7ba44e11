"""Successes in another form, by operation and whole; and the clock that goes on behind an answer."""

import json
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import OPERATIONS, SERVICE, least
from emulator import clock
from emulator.behaviours.answer_forms import written
from emulator.behaviours.faults import Form
from emulator.contract.answer import AnswerChecker
from emulator.spec.models import Operation
from tests.inside import Inside, journal

RULES = SERVICE.values.answer_forms
SCHEMA = SERVICE.operations["P060"].answer
SHOWN = {"url": "u", "title": "Kettle", "img_id": "i", "patent_id": "a", "patent_pn": "US1S"}
ITEM = {**SHOWN, "inventor": "B", "loc": ["1"]}
BODY = {"data": {"patent_messages": [ITEM], "total_search_result_count": 7}, "status": True, "error_code": 0}


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open(secret="a secret")


def call(account: Account, operation: Operation) -> Any:
    if operation.id == "token":
        return account.target.token_call(account.client_id, "a secret")
    return account.send(operation.id, least(operation))


def now(account: Account) -> int:
    return clock.instant(account.steer("GET", "clock").json()["now"])


def test_extra_adds_unknown_fields_to_every_object_and_changes_no_other() -> None:
    whole = written(Form.EXTRA, RULES, SCHEMA, BODY)
    assert RULES.added.items() <= whole.items()
    assert RULES.added.items() <= whole["data"].items()
    assert whole["data"]["patent_messages"] == [{**RULES.added, **ITEM}]
    assert whole["data"]["total_search_result_count"] == 7


def test_sparse_keeps_what_is_required_or_tells_an_item_from_others() -> None:
    data = written(Form.SPARSE, RULES, SCHEMA, BODY)["data"]
    assert data["total_search_result_count"] == 7
    assert data["patent_messages"] == [SHOWN]
    listed = SERVICE.operations["P043"].answer
    body = {"data": [{"pn": "CN1", "patent_id": "a", "title": "t", "abstract": "b"}], "status": True, "error_code": 0}
    assert written(Form.SPARSE, RULES, listed, body)["data"] == [{"pn": "CN1", "patent_id": "a"}]


def test_empty_has_no_items_and_counts_of_nothing() -> None:
    assert written(Form.EMPTY, RULES, SCHEMA, BODY) == {
        "data": {"patent_messages": [], "total_search_result_count": 0},
        "status": True,
        "error_code": 0,
    }


def test_chinese_stands_behind_texts_for_people_alone() -> None:
    item = written(Form.CHINESE, RULES, SCHEMA, BODY)["data"]["patent_messages"][0]
    changed = {name for name in item if item[name] != ITEM[name]}
    assert changed == {"title", "inventor"}
    assert item["title"] == f"Kettle{RULES.ending}"
    assert max(RULES.ending) > "\uffff"


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("operation", [pytest.param(one, id=one.id) for one in OPERATIONS])
def test_every_form_of_every_answer_fits_its_page(account: Account, operation: Operation, form: Form) -> None:
    planned = account.steer("POST", "faults", {"operation": operation.id, "answer": form.value})
    assert planned.status == 201
    answer = call(account, operation)
    assert (answer.code or 0) == 0
    assert AnswerChecker(SERVICE, operation).check(json.loads(answer.body)) == ()
    assert journal(account)[-1]["trouble"] == ["fault-1"]


@pytest.mark.parametrize(("form", "cost"), [("extra", 1), ("sparse", 1), ("chinese", 1), ("empty", 0)])
def test_a_form_costs_as_usual_and_an_empty_answer_nothing(account: Account, form: str, cost: int) -> None:
    account.steer("POST", "faults", {"operation": "P060", "answer": form})
    assert account.send("P060", least(SERVICE.operations["P060"])).cost == cost


def test_a_refusal_has_its_usual_form(account: Account) -> None:
    usual = account.send("P060", {})
    account.steer("POST", "faults", {"answer": "extra"})
    assert account.send("P060", {}).body == usual.body


@pytest.mark.parametrize("more", [{}, {"error": 67200002}, {"status": 502}, {"delay": "1ms"}], ids=str)
def test_time_goes_by_behind_the_answer_of_the_met_call(account: Account, more: dict[str, Any]) -> None:
    before = now(account)
    account.steer("POST", "faults", {"operation": "P060", "advance": "31m", "times": 1, **more})
    first = account.send("P060", least(SERVICE.operations["P060"]))
    assert clock.instant(journal(account)[-1]["at"]) == before
    assert first.header("date") == clock.http_date(before)
    assert now(account) == before + 31 * 60_000
    account.send("P060", least(SERVICE.operations["P060"]))
    assert now(account) == before + 31 * 60_000


def test_time_goes_by_for_the_account_that_called_and_for_no_other(app: Any) -> None:
    one, other = Inside(app).open(), Inside(app).open()
    begun = now(other)
    planned = one.target.steer("POST", "faults", {"operation": "P060", "advance": "1h"}).json()
    try:
        one.send("P060", least(SERVICE.operations["P060"]))
    finally:
        one.target.steer("DELETE", f"faults/{planned['id']}")
    assert (now(one), now(other)) == (begun + 3_600_000, begun)


def test_time_goes_by_behind_a_download(account: Account) -> None:
    found = account.send("P060", least(SERVICE.operations["P060"])).json()["data"]["patent_messages"]
    path, _, query = found[0]["url"].partition("://")[2].partition("/")[2].partition("?")
    before = now(account)
    account.steer("POST", "faults", {"operation": "file", "advance": "9h"})
    link = f"/{path}?{query}"
    assert account.target.send("GET", link).status == 200
    assert now(account) == before + 9 * 3_600_000
    assert account.target.send("GET", link).status == 403

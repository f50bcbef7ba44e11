"""Answers judged by the documents: envelope, data, and the page's list of codes."""

from typing import Any

import pytest

from emulator.contract.answer import AnswerChecker
from emulator.spec import loader

SERVICE = loader.load()
SUCCESS = {"data": {"task_id": "80d440b7-80a5-4233-a75f-ab72b0885c88"}, "status": True, "error_code": 0}
FAILURE = {"status": False, "error_code": 68300004, "error_msg": "Invalid parameter!"}


def rules(operation: str, answer: Any) -> list[tuple[str, str]]:
    checker = AnswerChecker(SERVICE, SERVICE.operations[operation])
    return [(violation.where, violation.rule) for violation in checker.check(answer)]


@pytest.mark.parametrize("answer", [SUCCESS, FAILURE])
def test_a_sound_answer_has_no_breach(answer: Any) -> None:
    assert rules("AI39-1-submit", answer) == []


@pytest.mark.parametrize(
    ("answer", "breach"),
    [
        ({**SUCCESS, "status": False}, ("status", "envelope")),
        ({**FAILURE, "status": True}, ("status", "envelope")),
        ({**SUCCESS, "status": 1}, ("status", "type")),
        ({**SUCCESS, "error_msg": "fine"}, ("error_msg", "envelope")),
        ({**FAILURE, "data": {}}, ("data", "envelope")),
        ({**FAILURE, "error_msg": ""}, ("error_msg", "envelope")),
        ({"status": False, "error_code": 68300004}, ("error_msg", "envelope")),
        ({**FAILURE, "error_code": 67200203}, ("error_code", "listed")),
        ({**FAILURE, "error_code": "68300004"}, ("error_code", "type")),
        ({**SUCCESS, "data": {}}, ("data.task_id", "required")),
        ({**SUCCESS, "data": {"task_id": 5}}, ("data.task_id", "type")),
        ({"data": {"task_id": "a"}, "error_code": 0}, ("status", "required")),
        ({"data": {"task_id": "a"}, "status": True}, ("error_code", "required")),
    ],
)
def test_a_breach_is_found(answer: Any, breach: tuple[str, str]) -> None:
    assert breach in rules("AI39-1-submit", answer)


@pytest.mark.parametrize("answer", [None, [], "text", 7])
def test_an_answer_that_is_no_object_is_a_breach(answer: Any) -> None:
    assert rules("AI39-1-submit", answer) == [("the body", "type")]


def test_a_code_is_judged_by_the_page_s_own_table() -> None:
    late = {"status": False, "error_code": 67200009, "error_msg": "x"}
    assert rules("AI39-1-submit", late) == []
    assert rules("P009-results", {**late}) == [("error_code", "listed")]


def test_unknown_extra_fields_are_no_breach() -> None:
    assert rules("AI39-1-submit", {**SUCCESS, "data": {**SUCCESS["data"], "more": 1}, "trace": "x"}) == []  # type: ignore[dict-item]


def test_breaches_inside_lists_are_found() -> None:
    answer = {"data": {"patent_messages": [{"score": 0.5}, {"score": "high"}]}, "status": True, "error_code": 0}
    assert rules("P009-results", answer) == [("data.patent_messages[1].score", "type")]


def test_the_flat_token_answer_is_sound() -> None:
    token = {"token": "t", "token_type": "BearerToken", "expires_in": 1799, "status": "approved", "issued_at": "1"}
    assert rules("token", {**token, "data": token}) == []
    assert rules("token", {"data": token, "status": True, "error_code": 0}) == []


@pytest.mark.parametrize("operation", SERVICE.operations)
def test_a_failure_of_any_page_fits_its_own_schema(operation: str) -> None:
    table = SERVICE.errors.tables[SERVICE.operations[operation].error_table]
    for code in table.lists:
        assert rules(operation, {"status": False, "error_code": code, "error_msg": "text"}) == []

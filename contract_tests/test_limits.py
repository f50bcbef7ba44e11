"""Every documented limit holds on both sides: the last allowed value is accepted, the first beyond is refused.

Limits are numbers, lengths, counts, lists of allowed values, formats of texts and sizes of files. A refusal has the
code of an invalid parameter (of a refused file for pictures) and its reason names the parameter.
"""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.cases import Case, limits
from contract_tests.documents import CALLS, INVALID, SERVICE, least, picture, places, whole
from emulator.spec.models import Operation

_CASES = [case for operation in CALLS for place in places(operation) for case in limits(place)]
_SOUND = [pytest.param(case, id=str(case)) for case in _CASES if case.code == 0]
_BROKEN = [pytest.param(case, id=str(case)) for case in _CASES if case.code != 0]
_TWO_LISTS = [
    pytest.param(operation, name, id=f"{operation.id}-{name}")
    for operation in CALLS
    for name in operation.any_of
    if operation.parameter(name) and "x-list" in operation.parameter(name).schema_  # type: ignore[union-attr]
]


@pytest.mark.parametrize("case", _SOUND)
def test_a_value_at_the_limit_is_accepted(account: Account, case: Case) -> None:
    answer = account.send(case.place.operation.id, case.request)
    assert answer.code == 0, answer.reason


@pytest.mark.parametrize("case", _BROKEN)
def test_a_value_beyond_the_limit_is_refused(account: Account, case: Case, is_emulator: bool) -> None:
    answer = account.send(case.place.operation.id, case.request)
    assert answer.code == case.code
    assert case.place.top in answer.reason or not is_emulator


def _alliances() -> list[Any]:
    return [
        pytest.param(operation, parameter.name, other, ally, value, id=f"{operation.id}-{ally}-{value}")
        for operation in CALLS
        for parameter in operation.parameters
        for other, allowed in parameter.schema_.get("x-allowed-by", {}).items()
        for ally in allowed
        for value in parameter.schema_["enum"]
    ]


@pytest.mark.parametrize(("operation", "name", "other", "ally", "value"), _alliances())
def test_a_value_goes_only_with_its_allies(
    account: Account, operation: Operation, name: str, other: str, ally: str, value: int, is_emulator: bool
) -> None:
    parameter = operation.parameter(name)
    assert parameter is not None
    answer = account.send(operation.id, {**least(operation), name: value, other: ally})
    if value in parameter.schema_["x-allowed-by"][other][ally]:
        assert answer.code == 0, answer.reason
    else:
        assert answer.code == INVALID
        assert name in answer.reason or not is_emulator


@pytest.mark.parametrize(("operation", "name"), _TWO_LISTS)
def test_blanks_and_empty_items_of_a_list_do_not_count(account: Account, operation: Operation, name: str) -> None:
    known = str(whole(operation)[name]).split(",")[0]
    plain = account.send(operation.id, {name: known}).data
    assert account.send(operation.id, {name: f" {known} ,, ,"}).data == plain


@pytest.mark.emulator_only
def test_reasons_cite_the_document_that_sets_the_limit(account: Account) -> None:
    request = {**least(SERVICE.operations["P009-results"]), "limit": 250}
    assert account.send("P009-results", request).reason == "limit 250 is above 100 (seed 004)"


@pytest.mark.parametrize("size", [SERVICE.bounds["body"].at_most, SERVICE.bounds["body"].at_most + 1])
@pytest.mark.emulator_only
def test_a_json_body_is_read_up_to_its_bound(account: Account, size: int) -> None:
    start, end = b'{"task_id":"', b'"}'
    answer = account.send_body("AI39-2-query", start + b"x" * (size - len(start) - len(end)) + end)
    assert answer.code == (INVALID if size == SERVICE.bounds["body"].at_most else 68300007)


@pytest.mark.parametrize("extra", [-1, 0])
@pytest.mark.parametrize("kind", ["over", "far over"])
def test_a_picture_over_its_size_is_a_refused_file(account: Account, extra: int, kind: str) -> None:
    size = (4096 * 1024 + 2 if kind == "over" else 9 * 1024 * 1024) + extra
    assert account.send("P010", {"image": picture(size)}).code == 68300010

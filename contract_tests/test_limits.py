"""Limits in what no schema says: blanks in lists, sizes of bodies, files far too large, and the source of a limit.

That every documented limit holds on both sides is shown by conformance cases.
"""

import pytest

from contract_tests.account import Account
from contract_tests.documents import CALLS, INVALID, SERVICE, least, picture, whole
from emulator.spec.models import Operation

_TWO_LISTS = [
    pytest.param(operation, name, id=f"{operation.id}-{name}")
    for operation in CALLS
    for name in operation.any_of
    if operation.parameter(name) and "x-list" in operation.parameter(name).schema_  # type: ignore[union-attr]
]


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

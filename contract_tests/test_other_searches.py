"""The searches that resemble another: P009 in one step, and P060 by the lines of a picture."""

from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID, SERVICE, least

PICTURE = least(SERVICE.operations["P009-search"])["url"]


def _designs(account: Account, operation: str, **values: Any) -> Any:
    answer = account.call(operation, url=PICTURE, **values)
    assert answer.code == 0, answer.reason
    return answer.data


def _numbers(data: Any) -> list[str]:
    return [one["patent_pn"] for one in data["patent_messages"]]


def test_one_step_finds_what_two_steps_find(account: Account) -> None:
    alone, first = _designs(account, "P009-search", limit=20), _designs(account, "P009-search-id", limit=20)
    assert set(alone) == set(first) - {"search_id"}
    assert _numbers(alone) == _numbers(first)
    assert alone["total_search_result_count"] == first["total_search_result_count"]


def test_offset_reaches_the_rest(account: Account) -> None:
    whole = _numbers(_designs(account, "P009-search", limit=30))
    pages = [_numbers(_designs(account, "P009-search", limit=10, offset=offset)) for offset in (0, 10, 20)]
    assert [number for page in pages for number in page] == whole
    past = account.call("P009-search", url=PICTURE, loc="14-03", offset=1000)
    assert (past.data["patent_messages"], past.cost) == ([], 0)


@pytest.mark.parametrize("name", ["country", "simple_legal_status", "main_field", "search_id"])
@pytest.mark.emulator_only
def test_filters_of_the_other_pages_are_none_here(account: Account, name: str) -> None:
    values = {"country": "JP", "simple_legal_status": "0", "main_field": "lamp", "search_id": "x"}
    assert _designs(account, "P009-search", **{name: values[name]}) == _designs(account, "P009-search")
    account.configure(strict=True)
    answer = account.call("P009-search", url=PICTURE, **{name: values[name]})
    assert answer.code == INVALID
    assert name in answer.reason


def test_the_beta_tells_neither_classes_nor_authority(account: Account) -> None:
    request = least(SERVICE.operations["P060"])
    plain, beta = (account.send(name, request).data["patent_messages"] for name in ("P060", "P060-beta"))
    assert {"loc", "authority"} == set(plain[0]) - set(beta[0])
    assert set(beta[0]) <= set(plain[0])
    assert [one["score"] for one in beta] == sorted((one["score"] for one in beta), reverse=True)


@pytest.mark.emulator_only
def test_the_beta_has_a_permission_of_its_own(account: Account) -> None:
    request = least(SERVICE.operations["P060"])
    account.configure(permissions=["P060"])
    assert [account.send(name, request).code for name in ("P060", "P060-beta")] == [0, 67200004]
    account.configure(permissions=["P060-beta"])
    assert [account.send(name, request).code for name in ("P060", "P060-beta")] == [67200004, 0]

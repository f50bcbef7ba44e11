"""The two searches that share their filters, asked alike: the results of a search id, and the search by one picture."""

from collections.abc import Callable
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.patents import Page, page

PICTURE = "https://static-open.zhihuiya.com/sample/common_demo.png"
DOCUMENTED = "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D"
Search = Callable[..., Page]


def results(account: Account, **values: Any) -> Page:
    return page(account.call("P009-results", search_id=DOCUMENTED, **values).data)


def single(account: Account, **values: Any) -> Page:
    if isinstance(values.get("country"), str):
        values["country"] = values["country"].split(",")
    return page(account.call("P060", url=PICTURE, **{"patent_type": "D", "model": 1, **values}).data)


def all_of(search: Search, account: Account, **values: Any) -> Page:
    """Every page of a search put together; the total is the same on each."""
    first = search(account, limit=100, **values)
    numbers = first.numbers
    while len(numbers) < first.total:
        more = search(account, limit=100, offset=len(numbers), **values)
        assert more.total == first.total
        assert more.numbers
        numbers += more.numbers
    return Page(numbers, first.total)


BOTH = pytest.mark.parametrize("search", [results, single])

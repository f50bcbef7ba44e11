"""Results come in the order asked for and in pages that neither overlap nor leave gaps, with the same total on each."""

import pytest

from contract_tests import patents
from contract_tests.account import Account
from contract_tests.patents import DATES, Page, found, page, pictured
from contract_tests.searches import BOTH, DOCUMENTED, PICTURE, Search, all_of, results

pytestmark = pytest.mark.emulator_only


@BOTH
@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("field", sorted(DATES))
def test_results_are_sorted_by_the_named_date(account: Account, search: Search, field: str, order: str) -> None:
    dates = [
        patents.BY_NUMBER[number][DATES[field]] for number in all_of(search, account, field=field, order=order).numbers
    ]
    dated = [date for date in dates if date is not None]
    assert dated == sorted(dated, reverse=order == "desc")
    assert dates[len(dated) :] == [None] * (len(dates) - len(dated))


@BOTH
@pytest.mark.parametrize("field", sorted(DATES))
def test_a_field_without_order_sorts_the_latest_first(account: Account, search: Search, field: str) -> None:
    assert search(account, field=field) == search(account, field=field, order="desc")


@pytest.mark.parametrize("operation", ["P009-results", "P060"])
def test_without_a_field_order_sorts_the_score(account: Account, operation: str) -> None:
    asked = (
        {"search_id": DOCUMENTED} if operation == "P009-results" else {"url": PICTURE, "patent_type": "D", "model": 1}
    )
    scores = {
        order: [
            one["score"] for one in account.call(operation, limit=100, order=order, **asked).data["patent_messages"]
        ]
        for order in ("asc", "desc")
    }
    assert scores["desc"] == sorted(scores["desc"], reverse=True)
    assert scores["asc"] == sorted(scores["asc"])
    assert scores["desc"][0] > scores["asc"][0]
    assert all(0 < score <= 1 for score in scores["asc"] + scores["desc"])


@BOTH
@pytest.mark.parametrize("limit", [1, 7, 10, 99, 100])
def test_pages_neither_overlap_nor_leave_gaps(account: Account, search: Search, limit: int) -> None:
    whole = all_of(search, account, loc="14").numbers
    pages = [search(account, loc="14", limit=limit, offset=start) for start in range(0, len(whole) + limit, limit)]
    assert tuple(number for one in pages for number in one.numbers) == whole
    assert {one.total for one in pages} == {len(whole)}


@BOTH
@pytest.mark.parametrize("beyond", [-1, 0, 1, 900])
def test_an_offset_behind_the_last_is_an_empty_page(account: Account, search: Search, beyond: int) -> None:
    numbers = all_of(search, account, loc="26").numbers
    total = len(found({"loc": "26"}))
    offset = total + beyond
    assert 1 < total <= 100
    assert search(account, loc="26", limit=100, offset=offset) == Page(numbers[offset:], total)


def test_defaults_are_the_ten_most_similar(account: Account) -> None:
    whole = all_of(results, account)
    assert results(account).numbers == whole.numbers[:10]
    scores = [one["score"] for one in account.call("P009-results", search_id=DOCUMENTED).data["patent_messages"]]
    assert scores == sorted(scores, reverse=True)


def test_empty_results_are_a_free_success(account: Account) -> None:
    answer = account.call("P009-results", search_id=DOCUMENTED, country="ZZ")
    assert answer.data == {"patent_messages": [], "total_search_result_count": 0}
    assert answer.cost == 0


def test_the_filters_of_the_search_do_not_bind_itsresults(account: Account) -> None:
    created = account.call("P009-search-id", url=PICTURE, country="CN", loc="14-03").data
    assert set(page(created).numbers) <= found({"country": "CN", "loc": "14-03"})
    assert created["total_search_result_count"] == len(found({"country": "CN", "loc": "14-03"}))
    again = page(account.call("P009-results", search_id=created["search_id"], limit=100).data)
    assert again.total == len(pictured("D"))


def test_the_first_page_comes_with_the_search_id(account: Account) -> None:
    created = account.call("P009-search-id", url=PICTURE, limit=25).data
    again = account.call("P009-results", search_id=created["search_id"], limit=25).data
    assert created["patent_messages"] == again["patent_messages"]


def test_hits_tell_what_the_file_says(account: Account) -> None:
    for hit in account.call("P060", url=PICTURE, patent_type="D", model=1, limit=100).data["patent_messages"]:
        patent = patents.BY_NUMBER[hit["patent_pn"]]
        told = {name: hit[name] for name in ("apdt", "pbdt", "apno", "patent_id", "img_id", "loc", "authority")}
        assert told == {name: patent[name] for name in told}
        assert hit["inventor"] == "|".join(patent["inventors"])
        assert hit["title"] == patent["title"]["original"]

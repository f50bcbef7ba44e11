"""P069 finds patents by their numbers, however these are written, and pages through what offices published.

The corpus file says what must come out.
"""

from collections.abc import Callable
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID
from contract_tests.patents import BY_ID, BY_NUMBER, PATENTS, Record

pytestmark = pytest.mark.emulator_only
_OF_EACH_SORT = list({(one["authority"], one["kind"]): one for one in PATENTS}.values())
_EXAMPLE = BY_NUMBER["US11205304B2"]


def _found(account: Account, **values: Any) -> list[str]:
    data = account.call("P069", **{"limit": 1000, **values}).data
    numbers = [one["pn"] for one in data["results"]]
    assert data["result_count"] == data["total_search_result_count"] == len(numbers)
    return numbers


def _latest_first(patents: list[Record]) -> list[str]:
    return [one["pn"] for one in sorted(patents, key=lambda one: (-one["pbdt"], one["pn"]))]


def _of(office: str) -> list[Record]:
    return [one for one in PATENTS if one["authority"] == office]


def _spaced(number: str) -> str:
    """US11205304B2 as US 1 1 2 0 5 3 0 4 B 2."""
    return number[:2] + " " + " ".join(number[2:])


def _with_thousands(number: str) -> str:
    """US11205304B2 as US11,205,304B2."""
    digits = "".join(sign for sign in number[2:].split(".")[0] if sign.isdigit())
    return number.replace(digits, f"{int(digits):,}") if digits[:1] != "0" and digits in number else number


_WAYS = [
    str.lower,
    _spaced,
    _with_thousands,
    lambda number: f" {number[:2]}-{number[2:]}.",
    lambda number: f"{number};",
]


@pytest.mark.parametrize("way", _WAYS, ids=lambda way: way.__name__)
def test_a_number_is_found_however_it_is_written(account: Account, way: Callable[[str], str]) -> None:
    for patent in _OF_EACH_SORT:
        assert _found(account, pn=way(patent["pn"])) == [patent["pn"]]
        filed = [one for one in PATENTS if one["apno"] == patent["apno"]]
        assert _found(account, apno=way(patent["apno"])) == _latest_first(filed)


def test_kind_code_and_check_digit_may_be_left_out(account: Account) -> None:
    for patent in _OF_EACH_SORT:
        short = patent["pn"].removesuffix(patent["kind"])
        alike = [one for one in PATENTS if one["pn"].removesuffix(one["kind"]) == short]
        assert _found(account, pn=short) == _latest_first(alike)
        assert patent["pn"] in _found(account, apno=patent["apno"].split(".")[0])


@pytest.mark.parametrize("number", ["US1120530", "US112053041", "US11205304B1", "US11205304B", "US11205304B22"])
def test_half_a_number_is_none(account: Account, number: str) -> None:
    assert _found(account, pn=number) == []


def test_every_number_of_the_file_is_found_at_once_and_in_order(account: Account) -> None:
    asked = [one["pn"] for one in PATENTS[::-1]][:1000]
    assert _found(account, pn=",".join(asked)) == asked
    item = account.call("P069", pn=asked[-1]).data["results"][0]
    assert item["patent_id"] in BY_ID


@pytest.mark.parametrize("between", [",", ", ", ";", "\n", "\r\n", " OR ", " or ", "，", "；"])
def test_several_numbers_come_in_the_order_asked(account: Account, between: str) -> None:
    asked = ["CN103106923A", "JP1999068462A", "US11205304B2"]
    assert _found(account, pn=between.join(asked)) == asked
    assert _found(account, pn=between.join([*asked[::-1], "XX1", asked[0]])) == asked[::-1]


def test_patents_with_any_number_of_either_sort_are_found(account: Account) -> None:
    assert _found(account, apno="US17/521392", pn="CN103106923A") == ["CN103106923A", "US11205304B2"]
    assert _found(account, pn="US11205304B2", apno="US16/123456", authority=["US", "CN", "EP"]) == ["US11205304B2"]


def test_offices_narrow_numbers_down_and_spare_their_letters(account: Account) -> None:
    assert _found(account, pn="US11205304B2,CN103106923A", authority=["CN"]) == ["CN103106923A"]
    assert _found(account, pn="11,205,304; 103106923", authority=["CN", "US"]) == ["US11205304B2", "CN103106923A"]
    assert _found(account, apno="17/521392", authority=["US"]) == ["US11205304B2"]
    assert _found(account, pn="11205304", authority=["CN"]) == []


def test_a_number_that_says_no_office_is_tried_with_every_one(account: Account) -> None:
    assert _found(account, pn="11,205,304") == ["US11205304B2"]
    assert _found(account, apno="17/521392") == ["US11205304B2"]
    assert _found(account, apno="200880003311.6") == ["CN101595528B"]


@pytest.mark.parametrize("pn", ["US112*", "US1120530?B2", "US11205304B2 AND CN103106923A", "NOT US1", "--", " ; ,"])
@pytest.mark.parametrize("name", ["pn", "apno"])
def test_what_is_no_list_of_numbers_is_refused_with_a_reason(account: Account, name: str, pn: str) -> None:
    answer = account.send("P069", {name: pn})
    assert answer.code == INVALID
    assert any(word in answer.reason for word in ("wildcard", "operator", "holds no number"))


def test_nothing_to_look_for_is_refused(account: Account) -> None:
    nothing: list[dict[str, Any]] = [{}, {"limit": 5}, {"pn": "", "apno": None, "authority": []}]
    for values in nothing:
        assert account.send("P069", values).code == INVALID


@pytest.mark.parametrize("offices", [["JP"], ["CN", "US"], ["EU", "ZZ", "EU"]])
@pytest.mark.parametrize("limit", [7, 100, 1000])
def test_offices_alone_are_paged_through_the_latest_first(account: Account, offices: list[str], limit: int) -> None:
    expected = _latest_first([one for office in set(offices) for one in _of(office)])
    seen: list[str] = []
    for start in range(0, len(expected) + limit, limit):
        data = account.call("P069", authority=offices, limit=limit, offset=start).data
        numbers = [one["pn"] for one in data["results"]]
        assert (data["result_count"], data["total_search_result_count"]) == (len(numbers), len(expected))
        seen += numbers
    assert seen == expected


def test_a_page_of_numbers_is_a_part_of_all(account: Account) -> None:
    asked = [one["pn"] for one in PATENTS[:25]]
    pages = [account.call("P069", pn=",".join(asked), offset=start).data for start in (0, 10, 20, 30)]
    assert [one["pn"] for page in pages for one in page["results"]] == asked
    assert [page["result_count"] for page in pages] == [10, 10, 5, 0]
    assert {page["total_search_result_count"] for page in pages} == {25}


def test_an_item_tells_what_the_file_says(account: Account) -> None:
    for start in range(0, len(PATENTS), 1000):
        numbers = [one["pn"] for one in PATENTS[start : start + 1000]]
        for item in account.call("P069", pn=",".join(numbers), limit=1000).data["results"]:
            patent = BY_NUMBER[item["pn"]]
            plain = ("pn", "apdt", "apno", "pbdt", "patent_id", "current_assignee", "original_assignee")
            told = {name: patent[name] for name in plain}
            assert item == {**told, "title": patent["title"]["original"], "inventor": " | ".join(patent["inventors"])}


def test_what_is_found_costs_one_credit_and_nothing_costs_none(account: Account) -> None:
    assert account.call("P069", pn="US11205304B2,CN103106923A").cost == 1
    assert account.call("P069", pn="US11205304B2", offset=1).cost == 0
    assert account.call("P069", pn="XX1").cost == 0


def test_nothing_found_is_told_otherwise_on_the_live_wire(account: Account) -> None:
    assert account.call("P069", pn="XX1").data == {
        "results": [],
        "result_count": 0,
        "total_search_result_count": 0,
    }
    account.configure(wire="live")
    for values in ({"pn": "XX1"}, {"authority": ["ZZ"]}):
        assert account.send("P069", values).data == {}


def test_own_patents_are_found_among_the_others(account: Account, other: Account) -> None:
    own = {"pn": "US99999999B9", "apno": "US99/123456", "title": "Kettle", "pbdt": 20991231}
    assert account.steer("PUT", "patents", {"patents": [own]}).status == 200
    assert _found(account, pn="us 99,999,999", apno="99/123456", authority=["US"]) == [own["pn"]]
    assert account.call("P069", authority=["US"]).data["results"][0]["pn"] == own["pn"]
    assert other.call("P069", pn=own["pn"]).data["results"] == []


def test_offices_that_published_nothing_narrow_down_to_nothing(account: Account) -> None:
    every = [first + second for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "XYZ"]
    assert _found(account, pn=",".join(PATENTS[one]["pn"] for one in range(20)), authority=every) == []
    assert _found(account, pn="11205304", authority=[*every, "US"]) == ["US11205304B2"]

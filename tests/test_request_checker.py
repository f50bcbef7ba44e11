"""Requests judged by the documents of their operation: typed values with defaults, or breaches with evidence."""

from typing import Any

import pytest

from emulator.contract.request import CheckedRequest, RawRequest, RequestChecker
from emulator.spec import loader

SERVICE = loader.load()
RESULTS = {"search_id": "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D"}
SIMILAR = {"patent_id": "i", "patent_pn": "n", "title": "t", "url": "http://x"}
CREATION = {"urls": ["http://x"], "patent_messages": [SIMILAR], "report_lang": "cn"}
SUBMIT = {"country": ["US"], "lang": "en", "url": "http://x"}
SINGLE = {"url": "http://x", "patent_type": "D", "model": 1}


def query(operation: str, *doubles: tuple[str, str], **values: str) -> CheckedRequest:
    checker = RequestChecker(SERVICE.operations[operation], frozenset({"apikey"}))
    return checker.check(RawRequest((*values.items(), *doubles)))


def body(operation: str, value: Any, **query_values: str) -> CheckedRequest:
    checker = RequestChecker(SERVICE.operations[operation], frozenset({"apikey"}))
    return checker.check(RawRequest(tuple(query_values.items()), value))


def told(checked: CheckedRequest) -> list[str]:
    return [str(violation) for violation in checked.violations]


def test_defaults_fill_in_what_was_not_given() -> None:
    values = query("P009-results", **RESULTS).values
    assert values == {**RESULTS, "limit": 10, "offset": 0, "order": "desc"}
    assert query("P043", patent_number="CN1A").values == {
        "patent_number": ["CN1A"],
        "lang": "en",
        "replace_by_related": 0,
    }


def test_what_was_given_beats_its_default() -> None:
    assert query("P009-results", **RESULTS, limit="3", order="asc").values["limit"] == 3


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"limit": "250"}, "limit 250 is above 100 (seed 004)"),
        ({"limit": "0"}, "limit 0 is below 1 (seed 004)"),
        ({"offset": "-1"}, "offset -1 is below 0 (seed 004)"),
        ({"offset": "1001"}, "offset 1001 is above 1000 (seed 004)"),
        ({"limit": "ten"}, "limit 'ten' is a string, not an integer (seed 004)"),
        ({"limit": "10.0"}, "limit '10.0' is a string, not an integer (seed 004)"),
        ({"limit": " 10"}, "limit ' 10' is a string, not an integer (seed 004)"),
        ({"limit": "1e1"}, "limit '1e1' is a string, not an integer (seed 004)"),
        ({"limit": "٣"}, "limit '٣' is a string, not an integer (seed 004)"),
        ({"limit": "9" * 30}, f"limit '{'9' * 30}' is a string, not an integer (seed 004)"),
        ({"order": "up"}, "order 'up' is not one of desc, asc (seed 004)"),
        ({"field": "SCORE"}, "field 'SCORE' is not one of APD, PBD, ISD (seed 004)"),
        ({"simple_legal_status": "1,3"}, "simple_legal_status '3' is not one of 0, 1, 2, 220, 221, 999 (seed 004)"),
        ({"country": "CN,us"}, "country 'us' is not an authority code such as CN or US (assumed: no page says so)"),
        ({"apply_start_time": "20201301"}, "apply_start_time '20201301' is no day of the calendar (seed 004)"),
        (
            {"loc": "14-01 14-02"},
            "loc '14-01 14-02' cannot be read: '14-02' is not expected at column 7 (assumed: no page says so)",
        ),
    ],
)
def test_a_breach_in_the_query_cites_its_page(given: dict[str, str], sentence: str) -> None:
    assert told(query("P009-results", **RESULTS, **given)) == [sentence]


def test_a_rule_of_ours_is_cited_as_assumed() -> None:
    assert told(query("P043", patent_number="CN1A", lang="fr")) == ["lang 'fr' is not one of cn, en, jp (seed 003)"]
    assert told(body("AI39-1-creation", {**CREATION, "urls": []})) == [
        "urls has 0 items; at least 1 are expected (assumed: no page says so)"
    ]


@pytest.mark.parametrize("limit", ["1", "100", "007"])
def test_whole_numbers_of_a_query_are_read(limit: str) -> None:
    checked = query("P009-results", **RESULTS, limit=limit)
    assert (told(checked), checked.values["limit"]) == ([], int(limit))


def test_a_query_key_that_comes_twice_is_a_breach() -> None:
    checked = query("P009-results", ("limit", "5"), **RESULTS, limit="5")
    assert told(checked) == ["limit occurs 2 times in the query (assumed: no page says so)"]
    assert [violation.rule for violation in checked.violations] == ["doubled"]


def test_an_undocumented_key_that_comes_twice_is_told_too() -> None:
    assert told(query("P009-results", ("x", "1"), ("x", "2"), **RESULTS)) == [
        "x occurs 2 times in the query (assumed: no page says so)"
    ]


@pytest.mark.parametrize("optional", [{"limit": ""}, {"country": ""}, {"loc": ""}])
def test_an_empty_optional_parameter_is_absent(optional: dict[str, str]) -> None:
    assert query("P009-results", **RESULTS, **optional) == query("P009-results", **RESULTS)


def test_an_empty_required_parameter_is_missing() -> None:
    assert told(query("P009-results", search_id="")) == ["search_id is missing (seed 004)"]


def test_null_means_absent_at_any_depth() -> None:
    assert told(body("AI39-1-submit", {**SUBMIT, "loc_items": None})) == []
    assert "loc_items" not in body("AI39-1-submit", {**SUBMIT, "loc_items": None}).values
    assert told(body("AI39-1-creation", {**CREATION, "patent_messages": [{**SIMILAR, "apdt": None}]})) == []
    assert told(body("AI39-1-creation", {**CREATION, "patent_messages": [{**SIMILAR, "url": None}]})) == [
        "patent_messages[0].url is missing (seed 001)"
    ]


def test_an_empty_optional_member_of_a_list_is_absent() -> None:
    assert told(body("AI39-1-creation", {**CREATION, "patent_messages": [{**SIMILAR, "apno": ""}]})) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"country": "US,CN"}, "country 'US,CN' is a string, not an array (seed 002)"),
        ({"country": []}, "country has 0 items; at least 1 are expected (assumed: no page says so)"),
        ({"country": ["usa"]}, "country[0] 'usa' is not an authority code such as CN or US (assumed: no page says so)"),
        ({"lang": "jp"}, "lang 'jp' is not one of cn, en (seed 002)"),
        ({"lang": None}, "lang is missing (seed 002)"),
        (
            {"loc_items": ["1401"]},
            "loc_items[0] '1401' is not a Locarno class such as 14-01 (assumed: no page says so)",
        ),
        ({"url": 7}, "url 7 is an integer, not a string (seed 002)"),
        ({"apply_start_time": 20200101}, "apply_start_time 20200101 is an integer, not a string (seed 002)"),
    ],
)
def test_a_breach_in_the_body_cites_its_page(given: dict[str, Any], sentence: str) -> None:
    assert told(body("AI39-1-submit", {**SUBMIT, **given})) == [sentence]


@pytest.mark.parametrize("value", [10.0, "10", True, [10]])
def test_only_a_whole_number_is_an_integer_in_json(value: Any) -> None:
    (violation,) = body("P060", {**SINGLE, "limit": value}).violations
    assert violation.where == "limit"


@pytest.mark.parametrize("value", [[], "text", 7, None, True])
def test_a_body_that_is_no_object_is_one_breach(value: Any) -> None:
    (violation,) = body("AI39-1-submit", value).violations
    assert (violation.where, violation.rule) == ("the body", "type")
    assert "not an object" in violation.sentence


def test_a_list_in_a_text_is_split_and_bounded() -> None:
    assert query("P043", patent_id=" a, b ,,a").values["patent_id"] == ["a", "b", "a"]
    assert told(query("P043", patent_id=",".join(["a"] * 100))) == []
    assert told(query("P043", patent_id=",".join(["a"] * 101))) == [
        "patent_id names 101, more than the 100 allowed (seed 003)"
    ]


@pytest.mark.parametrize(
    "given", [{}, {"patent_id": ""}, {"patent_id": ","}, {"patent_id": " , ", "patent_number": ""}]
)
def test_one_of_several_must_be_given(given: dict[str, str]) -> None:
    assert [violation.rule for violation in query("P043", **given).violations] == ["any_of"]
    assert "one of patent_id, patent_number must be given" in told(query("P043", **given))[0]


def test_any_one_of_several_will_do() -> None:
    for given in ({"url": "http://x"}, {"main_field": "phone"}, {"loc_items": ["14-01"]}):
        assert told(body("AI39-1-submit", {"country": ["US"], "lang": "en", **given})) == []
    assert told(body("AI39-1-submit", {"country": ["US"], "lang": "en", "loc_items": []})) != []


@pytest.mark.parametrize(
    ("kind", "model", "goes"),
    [("D", 1, True), ("D", 2, True), ("D", 3, False), ("U", 3, True), ("U", 4, True), ("U", 1, False)],
)
def test_a_value_must_go_with_that_of_another_parameter(kind: str, model: int, goes: bool) -> None:
    checked = body("P060", {**SINGLE, "patent_type": kind, "model": model})
    assert told(checked) == ([] if goes else [f"model {model} does not go with patent_type {kind} (page P060)"])


def test_an_ally_of_an_impossible_type_is_a_breach_and_no_crash() -> None:
    impossible: tuple[Any, ...] = ([], {}, 3, None)
    for kind in impossible:
        assert body("P060", {**SINGLE, "patent_type": kind}).violations


def test_undocumented_names_are_told_apart_and_not_passed_on() -> None:
    checked = query("P009-results", **RESULTS, colour="red", apikey="me")
    assert (told(checked), checked.undocumented) == ([], ("colour",))
    assert "colour" not in checked.values
    assert "apikey" not in checked.values


def test_undocumented_names_keep_their_order() -> None:
    names = [f"x{number}" for number in range(9)]
    assert list(query("P009-results", **RESULTS, **dict.fromkeys(names, "1")).undocumented) == names


def test_a_parameter_of_the_body_does_not_count_in_the_query() -> None:
    checked = body("AI39-1-submit", {"lang": "en", "url": "http://x"}, country="US")
    assert told(checked) == ["country is missing (seed 002)"]


def test_the_value_given_is_not_changed() -> None:
    given = {**SUBMIT, "loc_items": None}
    body("AI39-1-submit", given)
    assert given == {**SUBMIT, "loc_items": None}

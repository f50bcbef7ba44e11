"""Schemas as checkers of values: what breaks them, in which sentence, and with which evidence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.contract.shapes import Shape, split
from emulator.contract.violation import shown
from emulator.spec.evidence import cited

PAGE = {"grade": "documented", "source": "seed-004"}
OURS = {"grade": "assumed", "source": "own-decision"}


def shape(**words: Any) -> Shape:
    return Shape({"x-evidence": PAGE, **{word.replace("_", "-"): value for word, value in words.items()}})


def told(checker: Shape, value: Any) -> list[str]:
    return [violation.sentence for violation in checker.violations(value)]


def in_object(**words: Any) -> Shape:
    part = {"x-evidence": PAGE, **{word.replace("_", "-"): value for word, value in words.items()}}
    return Shape({"type": "object", "x-evidence": OURS, "required": ["p"], "properties": {"p": part}})


@pytest.mark.parametrize(
    ("words", "value", "sentence"),
    [
        ({"type": "integer", "maximum": 100}, 250, "p 250 is above 100"),
        ({"type": "integer", "minimum": 1}, 0, "p 0 is below 1"),
        ({"type": "integer"}, "10", "p '10' is a string, not an integer"),
        ({"type": "integer"}, 10.0, "p must be a whole number, written without a point"),
        ({"type": "integer", "format": "int32"}, 2**31, "p is too large for a whole number of this kind"),
        ({"type": "integer", "format": "int32"}, -(2**31) - 1, "p is too large for a whole number of this kind"),
        ({"type": "integer", "format": "int64"}, 2**63, "p is too large for a whole number of this kind"),
        ({"type": "integer"}, True, "p true is a boolean, not an integer"),
        ({"type": "string"}, 7, "p 7 is an integer, not a string"),
        ({"type": "string"}, None, "p is null, not a string"),
        ({"type": "string"}, ["a"], "p is an array, not a string"),
        ({"type": "array"}, "CN,US", "p 'CN,US' is a string, not an array"),
        ({"type": "array", "maxItems": 2}, [1, 2, 3], "p has 3 items; at most 2 are expected"),
        ({"type": "array", "minItems": 1}, [], "p has 0 items; at least 1 are expected"),
        ({"type": "string", "enum": ["cn", "en"]}, "fr", "p 'fr' is not one of cn, en"),
        ({"type": "integer", "enum": [0, 1]}, 2, "p 2 is not one of 0, 1"),
        ({"type": "string", "minLength": 1}, "", "p is empty"),
        ({"type": "string", "format": "yyyymmdd"}, "2020-01-01", "p '2020-01-01' is not a day written yyyyMMdd"),
        ({"type": "string", "format": "yyyymmdd"}, "20230229", "p '20230229' is no day of the calendar"),
        ({"type": "string", "format": "authority"}, "cn", "p 'cn' is not an authority code such as CN or US"),
        ({"type": "string", "format": "loc-class"}, "14", None),
        ({"type": "string", "format": "loc-class"}, "1401", "p '1401' is not a Locarno class such as 14-01"),
        (
            {"type": "string", "format": "loc-expression"},
            "14-01 OR",
            "p '14-01 OR' cannot be read: it ends too early, at column 9",
        ),
        (
            {"type": "string", "format": "loc-expression"},
            "phones",
            "p 'phones' cannot be read: 'phones' is not a Locarno class such as 14-01, at column 1",
        ),
        (
            {"type": "string", "format": "field-expression"},
            "(a",
            "p '(a' cannot be read: it ends too early, at column 3",
        ),
        (
            {"type": "string", "format": "query-text"},
            "X: a",
            "p 'X: a' cannot be read: the field 'X' is not emulated, at column 1; there are "
            "TTL, ABST, CLMS, DESC, TA, TAC, TACD, MAINF, PN, APNO, ALL_AN, AN, ANS, ANC, ANCS, IN, IPC, LOC",
        ),
        (
            {"type": "string", "x_list": {"separator": ",", "maxItems": 2}},
            "a,b,c",
            "p names 3, more than the 2 allowed",
        ),
        (
            {"type": "string", "x_list": {"separator": ",", "items": {"enum": ["1", "2"], "x-evidence": PAGE}}},
            "1,9",
            "p '9' is not one of 1, 2",
        ),
        (
            {
                "type": "string",
                "x_list": {"separator": ",", "items": {"type": "string", "format": "authority", "x-evidence": PAGE}},
            },
            "CN,Us",
            "p 'Us' is not an authority code such as CN or US",
        ),
        ({"type": ["string", "null"]}, 1, "p 1 is an integer, not a string or null"),
    ],
)
def test_a_breach_is_one_sentence(words: dict[str, Any], value: Any, sentence: str | None) -> None:
    checker = in_object(**words)
    assert told(checker, {"p": value}) == ([sentence] if sentence else [])
    assert checker.fits({"p": value}) is (sentence is None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 100}, 1),
        ({"type": "integer", "minimum": 1, "maximum": 100}, 100),
        ({"type": "integer", "format": "int32"}, 2**31 - 1),
        ({"type": "integer", "format": "int32"}, -(2**31)),
        ({"type": "integer", "format": "int64"}, 2**63 - 1),
        ({"type": "number"}, 1),
        ({"type": "number"}, 0.5),
        ({"type": "string", "format": "yyyymmdd"}, "20240229"),
        ({"type": "string", "format": "loc-class"}, "14-01"),
        ({"type": "string", "format": "binary"}, "anything"),
        ({"type": "string", "x_list": {"separator": ",", "maxItems": 2}}, "a, ,b,,"),
        ({"type": ["string", "boolean"]}, True),
    ],
)
def test_what_is_sound_is_let_through(words: dict[str, Any], value: Any) -> None:
    assert told(in_object(**words), {"p": value}) == []


def test_what_is_missing_is_named() -> None:
    assert told(in_object(type="string"), {}) == ["p is missing"]


def test_a_breach_inside_lists_and_objects_is_named_by_its_path() -> None:
    item = {
        "type": "object",
        "required": ["url"],
        "x-evidence": PAGE,
        "properties": {"url": {"type": "string", "x-evidence": PAGE}},
    }
    checker = in_object(type="array", items=item)
    assert told(checker, {"p": [{"url": "a"}, {}, {"url": 3}]}) == [
        "p[1].url is missing",
        "p[2].url 3 is an integer, not a string",
    ]


def test_breaches_nearest_the_top_come_first() -> None:
    checker = Shape(
        {
            "type": "object",
            "x-evidence": PAGE,
            "required": ["z"],
            "properties": {
                "z": {"x-evidence": PAGE},
                "a": {"type": "array", "x-evidence": PAGE, "items": {"type": "string", "x-evidence": PAGE}},
            },
        }
    )
    assert [violation.where for violation in checker.violations({"a": [1]})] == ["z", "a[0]"]


def test_a_value_that_is_the_whole_is_called_the_value() -> None:
    assert told(shape(type="string"), 3) == ["the value 3 is an integer, not a string"]


def test_a_breach_cites_the_evidence_of_its_own_word() -> None:
    checker = in_object(type="array", minItems=1, maxItems=1, x_keyword_evidence={"minItems": OURS})
    assert [str(violation) for violation in checker.violations({"p": []})] == [
        "p has 0 items; at least 1 are expected (assumed: no page says so)"
    ]
    assert [str(violation) for violation in checker.violations({"p": [1, 2]})] == [
        "p has 2 items; at most 1 are expected (seed 004)"
    ]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (PAGE, "seed 004"),
        (OURS, "assumed: no page says so"),
        ({"grade": "observed", "source": "live-logs"}, "observed, live logs"),
        ({"grade": "documented", "source": "page-P010"}, "page P010"),
    ],
)
def test_evidence_is_cited_by_its_grade(evidence: dict[str, str], words: str) -> None:
    assert cited(evidence) == words


@pytest.mark.parametrize("value", ["x" * 1000, list(range(1000)), {"a": "b" * 500}, 10**50, "\n\r\x00"])
def test_whatever_came_is_quoted_shortly_and_in_one_line(value: Any) -> None:
    assert len(shown(value)) <= 60
    assert "\n" not in shown(value)


def test_a_value_with_countless_breaches_is_told_of_a_hundred() -> None:
    checker = in_object(type="array", items={"type": "string", "x-evidence": PAGE})
    assert len(told(checker, {"p": [1] * 5000})) == 100


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        (",", []),
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (" a , b ", ["a", "b"]),
        ("a,,b,", ["a", "b"]),
        ("a;b", ["a;b"]),
    ],
)
def test_a_listed_text_is_split_without_blanks_and_empty_items(text: str, items: list[str]) -> None:
    assert split(text, ",") == items


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(json_values)
def test_fitting_and_having_no_breach_are_the_same(value: Any) -> None:
    for words in (
        {"type": "integer", "format": "int32"},
        {"type": "string", "format": "yyyymmdd"},
        {"type": "array", "maxItems": 1},
    ):
        checker = shape(**words)
        assert checker.fits(value) is (told(checker, value) == [])

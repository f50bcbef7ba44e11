"""The order of what is found, beside a naive one: likeness, dates, ties, pages, and patents laid over others."""

import subprocess
import sys
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.behaviours import search
from emulator.behaviours.pictures import likeness
from emulator.corpus import selection
from emulator.corpus.collection import Corpus
from emulator.corpus.columns import Columns
from emulator.corpus.patents import Drawing, Patent
from tests.test_words import patent

DAYS = st.sampled_from([20190528, 20200101, 20200102, 20251231])
HASHES = st.sampled_from([0, 1, 3, 2**255, 2**256 - 1, 2**130 - 2**60])
FACTS = st.fixed_dictionaries(
    {
        "pn": st.sampled_from([f"{office}{number}" for office in ("CN", "US", "Ü", "手") for number in (1, 2, 10, 9)]),
        **{"apdt": DAYS, "pbdt": DAYS, "isd": st.none() | DAYS},
        **{"authority": st.sampled_from(["CN", "US"]), "patent_type": st.sampled_from("DDDU")},
        "picture": HASHES.map(lambda seen: Drawing("phone", 1, 1, seen)) | st.none(),
        "loc": st.lists(st.sampled_from(["14-03", "14-01", "10-02"]), max_size=2).map(tuple),
        "legal_status": st.lists(st.sampled_from([3, 16, -1, 10**30]), max_size=2).map(tuple),
        "family_id": st.sampled_from([1, 2, 2**63, -5]),
    }
)
SEEN = st.lists(HASHES, min_size=1, max_size=3)
LAYERS = st.lists(FACTS, max_size=8, unique_by=lambda facts: facts["pn"])
ORDERS = st.tuples(st.sampled_from([None, "SCORE", "APD", "PBD", "ISD"]), st.sampled_from(["desc", "asc"]))
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from([["CN"], ["US", "JP"]]),
        "apply_start_time": DAYS.map(str),
        "public_end_time": DAYS.map(str),
        "loc": st.sampled_from(["14", "14-01 OR 10-02", "NOT 14-03"]),
        "loc_items": st.sampled_from([["14"], ["14-01", "10"]]),
        "legal_status": st.sampled_from([["3"], ["16", "03"]]),
    },
)


def world(lower: list[Any], upper: list[Any]) -> tuple[Corpus, list[Patent]]:
    """A corpus of two layers, and the patents that are seen in it, plainly."""
    below = [patent(number, "x", **facts) for number, facts in enumerate(lower)]
    above = [patent(number + 100, "x", **facts) for number, facts in enumerate(upper)]
    taken = {one.pn.lower() for one in above}
    return Corpus(below, {}, "").overlaid(above), [one for one in below if one.pn.lower() not in taken] + above


def passes(one: Patent, values: dict[str, Any]) -> bool:
    loc = {"14": "14" in {each[:2] for each in one.loc}, "14-01 OR 10-02": not {"14-01", "10-02"}.isdisjoint(one.loc)}
    loc["NOT 14-03"] = "14-03" not in one.loc
    items = values.get("loc_items", ())
    return (
        one.authority in values.get("country", [one.authority])
        and one.apdt >= int(values.get("apply_start_time", 0))
        and one.pbdt <= int(values.get("public_end_time", 99999999))
        and ("loc" not in values or loc[values["loc"]])
        and ("loc_items" not in values or any(each in items or each[:2] in items for each in one.loc))
        and (
            "legal_status" not in values
            or any(str(code) in map(_plain, values["legal_status"]) for code in one.legal_status)
        )
    )


def _plain(code: str) -> str:
    return str(int(code))


def naive(patents: list[Patent], seen: list[int], field: str | None, order: str) -> list[tuple[str, float]]:
    scored = [(one, round(max(likeness(one.picture.hash, each) for each in seen), 7)) for one in patents if one.picture]
    scored.sort(key=lambda item: (-item[1], item[0].pn))
    name = {"APD": "apdt", "PBD": "pbdt", "ISD": "isd"}.get(field or "")
    if name is None:
        scored = scored if order == "desc" else scored[::-1]
    else:
        dated = [item for item in scored if getattr(item[0], name)]
        dated.sort(key=lambda item: getattr(item[0], name), reverse=order == "desc")
        scored = dated + [item for item in scored if not getattr(item[0], name)]
    return [(one.pn, score) for one, score in scored]


@settings(deadline=None, max_examples=300)
@given(
    LAYERS,
    LAYERS,
    VALUES,
    st.lists(HASHES, min_size=1, max_size=3),
    ORDERS,
    st.tuples(st.integers(0, 9), st.integers(1, 9)),
)
def test_what_is_found_stands_in_the_order_of_a_plain_sort(
    lower: list[Any],
    upper: list[Any],
    values: dict[str, Any],
    seen: list[int],
    order: tuple[str | None, str],
    part: tuple[int, int],
) -> None:
    corpus, patents = world(lower, upper)
    hits = search.ordered(search.ranked(search.found(corpus, values, "D"), seen), *order)
    expected = naive([one for one in patents if one.patent_type == "D" and passes(one, values)], seen, *order)
    shown = search.page(hits, {"offset": part[0], "limit": part[1]})
    assert [(hit.patent.pn, hit.score) for hit in shown] == expected[part[0] :][: part[1]]
    assert [(hit.patent.pn, hit.score) for hit in hits] == expected
    assert len(hits) == len(expected)


@settings(deadline=None)
@given(
    LAYERS,
    LAYERS,
    st.lists(st.tuples(st.lists(HASHES, min_size=1, max_size=2), st.floats(0, 1)), min_size=1, max_size=3),
)
def test_looks_have_weights_and_patents_of_other_classes_weigh_less(
    lower: list[Any], upper: list[Any], looks: list[tuple[list[int], float]]
) -> None:
    corpus, patents = world(lower, upper)
    hits = search.weighed(search.found(corpus, {}, "D"), looks, (["14-03"], 0.5))
    expected = []
    for one in patents:
        if one.picture and one.patent_type == "D":
            factor = 1 if "14-03" in one.loc else 0.5
            scores = [likeness(one.picture.hash, each) * (weight * factor) for seen, weight in looks for each in seen]
            expected.append((one.pn, round(max(scores), 7)))
    assert [(hit.patent.pn, hit.score) for hit in hits] == sorted(expected, key=lambda item: (-item[1], item[0]))


ANY = st.integers(0, 2**256 - 1) | HASHES


@settings(deadline=None)
@given(st.lists(ANY, max_size=20), st.lists(ANY, min_size=1, max_size=6), st.integers(1, 25))
def test_differing_bits_are_those_of_a_plain_count(hashes: list[int], sought: list[int], at_once: int) -> None:
    columns = Columns([patent(number, "x", picture=Drawing("phone", 1, 1, one)) for number, one in enumerate(hashes)])
    with patch.object(selection, "_AT_ONCE", at_once):
        found = selection.differing(columns.hashes, sought)[columns.pictures]
    assert found.tolist() == [min((one ^ each).bit_count() for each in sought) for one in hashes]


@settings(deadline=None)
@given(LAYERS, LAYERS)
def test_patents_laid_over_others_hide_those_of_their_names(lower: list[Any], upper: list[Any]) -> None:
    corpus, patents = world(lower, upper)
    assert set(corpus.patents) == set(patents)
    assert len(corpus) == len(patents)
    for one in patents:
        assert corpus.by_id(one.patent_id.upper()) is corpus.by_number(one.pn.lower()) is one
        family = [other for other in patents if other.family_id == one.family_id and other is not one]
        assert corpus.relatives(one) == sorted(family, key=lambda other: (-other.pbdt, other.pn))
        assert search.mentions(corpus, one.pn)(one)
        assert not search.mentions(corpus, f"NOT {one.pn}")(one)
    hidden = {facts["pn"] for facts in lower} & {one.pn for one in patents[-len(upper) :] if upper}
    assert all(corpus.by_id(f"id{number}") is None for number, facts in enumerate(lower) if facts["pn"] in hidden)


@pytest.mark.parametrize("count", [0, 1, 5, 10])
def test_the_latest_come_first_with_one_score_for_all(count: int) -> None:
    corpus = Corpus([patent(number, "x", pbdt=20200101 + number % 3) for number in range(count)], {}, "")
    hits = search.latest(search.found(corpus, {}, "D"), 0.5)
    plain = sorted(corpus.patents, key=lambda one: (-one.pbdt, one.pn))
    assert [(hit.patent, hit.score) for hit in hits] == [(one, 0.5) for one in plain]


def test_numbers_keep_their_order_where_many_are_laid_over_many() -> None:
    """More places between two numbers than the key of the order has room for."""
    below = [patent(number, "x", pn=f"B{number:05}") for number in range(6_000)]
    above = [patent(number + 20_000, "x", pn=f"B{number:05}-1") for number in range(0, 6_000, 2)]
    corpus = Corpus(below, {}, "").overlaid(above + [patent(90_000 + n, "x", pn=f"A{n:05}") for n in range(3_000)])
    hits = search.ordered(search.ranked(search.found(corpus, {}, "D"), [0]), "PBD", "asc")
    assert [hit.patent.pn for hit in hits] == sorted(one.pn for one in corpus.patents)


def test_numpy_is_loaded_when_somebody_searches_and_not_before() -> None:
    code = "import sys, emulator; emulator.create_app(emulator.Settings()); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0

"""Numbers are read out of texts however people write them, and found by an index as by looking at every patent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import patent_numbers
from emulator.corpus.collection import Corpus
from emulator.corpus.number_index import NumberIndex, index_of
from emulator.corpus.patents import Patent
from emulator.patent_numbers import NumberFault, plain, read

# --- reading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("US11205304B2", ["US11205304B2"]),
        ("us 11,205,304 b2", ["US11205304B2"]),
        ("US11,205,304,US2", ["US11205304", "US2"]),
        ("US1123,456", ["US1123456"]),
        ("US1123,4567", ["US1123", "4567"]),
        ("D967,895", ["D967895"]),
        ("CN201880012345.6", ["CN2018800123456"]),
        ("PCT/CN2020/076386", ["PCTCN2020076386"]),
        ("A1,A2;A3\nA4\r\nA5 OR A6 or A7,A1", ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]),
        ("ＵＳ１，ＣＮ２；JP３", ["US1", "CN2", "JP3"]),
        ("US1、CN2 ; JP3", ["US1", "CN2", "JP3"]),
        ("US1 or or US2", ["US1", "US2"]),
        ("US OR1", ["USOR1"]),
        ("ORDER1", ["ORDER1"]),
        ("手机1", ["手机1"]),
        ("US1,,; ,US2", ["US1", "US2"]),
        ("RAND1, NOTE2", ["RAND1", "NOTE2"]),
    ],
)
def test_a_text_holds_these_numbers(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no number"),
        ("-- ; .", "holds no number"),
        ("US1120*", r"has the wildcard \*"),
        ("US1, US?2", r"has the wildcard \?"),
        ("US１？", r"has the wildcard \?"),
        ("US1 and US2", "has the operator AND"),
        ("US1 NOT US2", "has the operator NOT"),
    ],
)
def test_a_text_that_is_no_list_of_numbers(text: str, reason: str) -> None:
    with pytest.raises(NumberFault, match=reason):
        read(text)


@pytest.mark.parametrize("text", [" " * 200_000, "1 OR " * 50_000, " \n" * 100_000, "\ufdfa" * 100_000])
def test_a_long_text_is_read_in_one_go(text: str) -> None:
    """A pattern that tried every way to part the blanks would never come back."""
    with suppress(NumberFault):
        assert len(read(text)) == 1


@given(st.text(max_size=60))
def test_whatever_is_read_is_plain_and_comes_once(text: str) -> None:
    try:
        numbers = read(text)
    except NumberFault:
        return
    assert numbers
    assert len(numbers) == len(set(numbers))
    assert all(plain(number) == number for number in numbers)


# --- finding ---------------------------------------------------------------------------------------------


def _published_as(patent: Patent, number: str) -> bool:
    whole = plain(patent.pn)
    return number in (whole, patent_numbers.without_kind(patent.pn, patent.kind))


def _filed_as(patent: Patent, number: str) -> bool:
    return number in (plain(patent.apno), plain(patent.apno.split(".")[0]))


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_the_index_finds_what_looking_at_every_patent_finds(patents: Corpus, cut: int) -> None:
    index = index_of(patents)
    look: list[tuple[Callable[[str], list[Patent]], Callable[[Patent, str], bool], Callable[[Patent], str]]] = [
        (index.published_as, _published_as, lambda patent: patent.pn),
        (index.filed_as, _filed_as, lambda patent: patent.apno),
    ]
    for find, fits, number_of in look:
        for patent in patents.patents[::7]:
            number = plain(number_of(patent))
            number = number[: len(number) - cut]
            assert set(find(number)) == {one for one in patents.patents if fits(one, number)}


def test_patents_laid_over_others_are_found_with_them_and_hide_their_namesakes(patents: Corpus) -> None:
    below = patents.by_number("US11205304B2")
    assert below is not None
    mine = replace(below, apno="US99/000001", pbdt=20250101)
    seen = index_of(patents.overlaid([mine]))
    assert seen.published_as("US11205304") == [mine]
    assert (seen.filed_as("US99000001"), seen.filed_as("US17521392")) == ([mine], [])
    assert seen.of_office("US")[0] is mine or seen.of_office("US")[0].pbdt >= mine.pbdt
    assert below not in seen.of_office("US")
    assert len(seen.of_office("US")) == len(index_of(patents).of_office("US"))
    assert index_of(patents).published_as("US11205304") == [below]


def test_an_empty_corpus_has_an_index_too() -> None:
    index = NumberIndex(())
    assert (index.published_as("US1"), index.filed_as("US1"), list(index.of_office("US"))) == ([], [], [])

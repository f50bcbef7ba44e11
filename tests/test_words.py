"""What words of a search find in made-up patents: the engine beside a naive one, which reads each sentence.

The naive one is the second opinion of the contract tests, which shares no code with the emulator.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract_tests.patents import holds, says
from emulator.behaviours import search
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Drawing, Patent, Told
from emulator.expressions.fields import FIELDS
from emulator.spec.models import Service

QUIET: dict[str, Any] = {
    **{"authority": "CN", "kind": "S", "patent_type": "D", "apdt": 20200101, "pbdt": 20200101, "isd": None},
    **{"apno": "", "loc": (), "ipc": (), "original_assignee": "", "current_assignee": "", "inventors": ()},
    **{"legal_status": (), "simple_legal_status": (1,), "img_id": "", "picture": Drawing("phone", 1, 1, 0)},
}


def patent(number: int, text: str = "", **facts: Any) -> Patent:
    words = dict.fromkeys(("original", "cn", "en", "jp"), text)
    told = Told({"title": words, **dict.fromkeys(("abstract", "claims", "description"))}, None)
    return Patent(
        **{**QUIET, "patent_id": f"id{number}", "pn": f"P{number}", "family_id": number, "told": told, **facts}
    )


def corpus_of(*texts: str) -> Corpus:
    return Corpus([patent(number, text) for number, text in enumerate(texts)], {}, "")


def found(corpus: Corpus, **values: Any) -> list[str]:
    hits = search.ranked(search.found(corpus, values, "D"), [0])
    return [hit.patent.pn for hit in hits]


@pytest.mark.parametrize(
    ("text", "word", "is_found"),
    [
        ("a car", "car", True),
        ("A CAR.", "car", True),
        ("the ＣＡＲ", "car", True),
        ("a card", "car", False),
        ("scar", "car", False),
        ("car2", "car", False),
        ("the car's door", "car", True),
        ("一种手机壳", "手机", True),
        ("手、机", "手机", False),
        ("一种USB接口", "usb", True),
        ("一种USB接口", "USB接口", True),
        ("USB 接口", "USB接口", True),
        ("USB的接口", "USB接口", False),
        ("携帯電話機", "電話", True),
        ("휴대폰케이스", "케이스", True),
        ("class 14-03", "14-03", True),
        ("class 14 and 03", "14-03", False),
        ("class 1403", "14-03", False),
        ("research and development", "R&D", False),
        ("the R & D room", "R&D", True),
        ("a mobile phone", '"mobile phone"', True),
        ("a mobile, phone", '"mobile phone"', True),
        ("a phone mobile", '"mobile phone"', False),
        ("is mobile. Phone it", '"mobile phone"', False),
        ("automobile phone", '"mobile phone"', False),
        ("手机。壳体", '"手机 壳体"', False),
        ("as FIG. 1 shows", '"fig 1"', True),
        ("cars", "car*", True),
        ("car", "car*", True),
        ("a scar", "*car", True),
        ("scarf", "*car", False),
        ("scarf", "*car*", True),
        ("cart", "car?", True),
        ("car", "car?", False),
        ("carts", "car?", False),
        ("car", "car#", True),
        ("cart", "car#", True),
        ("carts", "car#", False),
        ("motor meter", "m?t?", False),
        ("motor meter", "m??er", True),
        ("小汽车", "小*车", True),
        ("小车", "小*车", True),
        ("小，车", "小*车", False),
        ("小汽车", "小?车", True),
        ("小车", "小?车", False),
        ("car* is a star", '"car*"', True),
        ("cart", '"car*"', False),
    ],
)
def test_a_word_is_found_where_it_stands(text: str, word: str, is_found: bool) -> None:
    assert found(corpus_of(text, "something else"), main_field=word) == (["P0"] if is_found else [])


@pytest.mark.parametrize(
    ("facts", "word", "is_found"),
    [
        ({"pn": "CN304123456S"}, "cn304123456s", True),
        ({"pn": "CN304123456S"}, "CN3041*", True),
        ({"pn": "CN304123456S"}, "304123456", False),
        ({"apno": "US17/521392"}, "US17/521392", True),
        ({"apno": "US17/521392"}, "521392", True),
        ({"apno": "US17/521392"}, '"17 521392"', False),
        ({"apno": "US17/521392"}, "US17/52139", False),
        ({"apno": "US17/521392"}, "us17-5213??", True),
        ({"ipc": ("G11C16/02",)}, "G11C", True),
        ({"ipc": ("G11C16/02",)}, "G11C16", True),
        ({"ipc": ("G11C16/02",)}, "G11C16/02", True),
        ({"ipc": ("G11C16/02",)}, "G11C1", False),
        ({"loc": ("14-03",)}, "14-03", True),
        ({"inventors": ("YANG, WEI", "LI, NA")}, '"yang wei"', True),
        ({"inventors": ("YANG, WEI", "LI, NA")}, '"wei li"', False),
        ({"current_assignee": "恒湾电子（香港）有限公司"}, "(香港)有限公司", True),
        ({"original_assignee": "AT&T INC."}, "at&t", True),
    ],
)
def test_numbers_names_and_classes_are_main_fields(facts: Mapping[str, Any], word: str, is_found: bool) -> None:
    corpus = Corpus([patent(7, "x", **facts)], {}, "")
    assert bool(found(corpus, main_field=word)) is is_found


def test_stemming_finds_other_forms_of_english_words_in_texts_alone() -> None:
    corpus = Corpus(
        [patent(0, "x", inventors=("CARS, A",)), patent(1, "two cars"), patent(2, "a car"), patent(3, "scars")], {}, ""
    )
    assert found(corpus, main_field="car") == ["P2"]
    assert found(corpus, main_field="car", stemming=0) == ["P2"]
    assert found(corpus, main_field="car", stemming=1) == ["P1", "P2"]
    assert found(corpus, main_field="cars", stemming=1) == ["P0", "P1", "P2"]
    assert found(corpus, main_field='"car"', stemming=1) == ["P2"]
    assert found(corpus, main_field="car?", stemming=1) == ["P0", "P1"]
    assert found(corpus, query_text="TACD: car", stemming=1) == ["P1", "P2"]


def test_the_stem_of_a_word_may_change_its_second_letter() -> None:
    assert found(corpus_of("they die", "is dying", "a dynamo"), main_field="dying", stemming=1) == ["P0", "P1"]


def test_the_fields_are_those_of_the_decision_and_each_searches_its_part(service: Service) -> None:
    assert [name for name in FIELDS if not name.endswith("_ALL")] == service.decisions["fields_of_a_query"].value
    texts = {name: {"cn": f"{name}word", "en": "x", "jp": "x"} for name in ("abstract", "claims", "description")}
    title = dict.fromkeys(("original", "cn", "en", "jp"), "titleword")
    one = patent(
        1,
        told=Told({"title": title, **texts}, None),
        apno="US1",
        loc=("14-03",),
        ipc=("G11C16/02",),
        original_assignee="Firstco",
        current_assignee="Secondco",
        inventors=("Dolittle",),
    )
    corpus = Corpus([one], {}, "")
    said = {
        **{"titleword": {"TTL", "TA", "TAC", "TACD"}, "abstractword": {"ABST", "TA", "TAC", "TACD"}},
        **{"claimsword": {"CLMS", "TAC", "TACD"}, "descriptionword": {"DESC", "TACD"}, "P1": {"PN"}, "US1": {"APNO"}},
        **{"firstco": {"ALL_AN", "AN", "ANS"}, "secondco": {"ALL_AN", "ANC", "ANCS"}, "dolittle": {"IN"}},
        **{"G11C": {"IPC"}, "14-03": {"LOC"}, "14": {"LOC"}},
    }
    for word, fields in said.items():
        finding = {name for name in FIELDS if found(corpus, query_text=f"{name}: {word}")}
        assert {name.removesuffix("_ALL") for name in finding - {"ALL_AN"}} | finding & {"ALL_AN"} == fields | {"MAINF"}
        assert found(corpus, query_text=word)


# --- Beside the naive engine --------------------------------------------------------------------------------

_PIECES = ("car", "cart", "scar", "tar", "a", "手机", "手", "机壳", "14", "03", "usb")
TEXTS = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", ", ", "-", ". ", "。", "; "])), max_size=8
)
_JOINED = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3)
WORDS = st.one_of(
    st.sampled_from(_PIECES),
    st.sampled_from(["car*", "*car", "*tar*", "?car", "c?r", "ca??", "usb*"]),
    _JOINED.map("-".join),
    _JOINED.map("".join),
    _JOINED.map(lambda words: f'"{" ".join(words)}"'),
)
EXPRESSIONS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " or ", " NOT ", " and not ", " "]), inner).map("".join),
        inner.map("({})".format),
        inner.map("NOT ({})".format),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=400)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5), expression=EXPRESSIONS)
@example(texts=[[("手", ""), ("机壳", "")]], expression='"手 机壳"')
@example(texts=[[("usb", ""), ("手机", " "), ("14", "")]], expression="usb手机14")
def test_the_engine_finds_what_a_naive_one_does(texts: list[list[tuple[str, str]]], expression: str) -> None:
    told = ["".join(map("".join, text)) or "x" for text in texts]
    corpus = corpus_of(*told)
    naive = [f"P{number}" for number, text in enumerate(told) if holds(expression, partial(_says, text))]
    assert found(corpus, main_field=expression) == sorted(naive)
    assert found(corpus, query_text=f"TTL: ({expression})") == sorted(naive)


def _says(text: str, word: str) -> bool:
    return any(says(sentence, word) for sentence in re.split(r"。|; |\. (?!\d)|\.$", text))


@pytest.mark.timeout(10)
def test_no_text_and_no_word_is_slow_together() -> None:
    corpus = corpus_of("ab" * 20_000, "小" * 40_000, "小车" * 20_000, "a-" * 20_000 + "c-b")
    many = "-".join("a" * 249)
    for word in ("ab*ba*bb", "*aba*", "小*车*人", f"小{'?' * 15}车", f"{many}-b", f'"{many} b"'):
        assert found(corpus, main_field=word) == []
    assert found(corpus, main_field=" OR ".join(f"w{number}" for number in range(800))) == []

"""How near patents come to a text: a falling list that is spread, of one member a family, in the text's language."""

from dataclasses import replace

import pytest

from emulator.behaviours import similarity, terms
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent, Told

TEXTS = {
    "en": "An optical sensor acquires a pulse wave and a motion signal; the heart rate is measured while running.",
    "cn": "光电传感器采集脉搏波信号，加速度传感器采集佩戴者的运动信号，运动状态下仍能准确测得心率。",
    "jp": "光電センサが脈波信号を取得し、加速度センサが装着者の運動信号を取得する。運動中も心拍数を正確に測定できる。",
}


def retold(patent: Patent, number: str, family: int, title: str) -> Patent:
    """A patent that has another title and says nothing else."""
    told = Told({"title": {**patent.title, "en": title}, "abstract": None, "claims": None}, None)
    return replace(patent, told=told, pn=number, patent_id=number, family_id=family)


def made(patents: Corpus, *members: Patent) -> Corpus:
    return Corpus(members, {}, "")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_list_falls_and_is_spread(patents: Corpus, text: str) -> None:
    scores = [score for score, _ in similarity.similar(patents, text, 30)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.5
    assert scores[0] > 2 * scores[-1] > 0
    assert len(set(scores)) > len(scores) / 3


@pytest.mark.parametrize("language", TEXTS)
def test_a_patent_is_nearest_to_its_own_words(patents: Corpus, language: str) -> None:
    patent = next(one for one in patents.patents if one.patent_type == "A" and one.abstract)
    score, nearest = similarity.similar(patents, similarity.text_of(patent, language), 1)[0]
    assert (round(score, 6), nearest.title) == (1.0, patent.title)


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text_is_told_by_its_letters(language: str) -> None:
    assert terms.language_of(TEXTS[language]) == language


def test_of_a_family_the_nearest_member_is_listed(patents: Corpus) -> None:
    found = similarity.similar(patents, TEXTS["en"], 100)
    assert len(found) == len({patent.family_id for _, patent in found})
    scale = similarity.scale_of(patents, "en")
    bag = scale.weighed(terms.words(TEXTS["en"]))
    others = [(score, one) for score, patent in found for one in patents.relatives(patent)]
    assert others, "the corpus has families"
    assert all(similarity._nearness(bag, scale.bag(one, "en")) <= score + 1e-9 for score, one in others)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_no_more_are_listed_than_were_asked_for(patents: Corpus, limit: int) -> None:
    assert 0 < len(similarity.similar(patents, TEXTS["en"], limit)) <= limit


@pytest.mark.parametrize("text", ["", "。。。", "the and with", "zzzyx", "😀" * 5000, "\ud800"])
def test_a_text_that_says_nothing_finds_nothing(patents: Corpus, text: str) -> None:
    assert similarity.similar(patents, text, 50) == []


def test_a_rare_word_weighs_more_than_a_common_one(patents: Corpus) -> None:
    base = next(one for one in patents.patents if one.patent_type == "A")
    common = [retold(base, f"A{number}", number, "Plain lever") for number in range(8)]
    rare = retold(base, "B", 99, "Plain pawl")
    assert [one.pn for _, one in similarity.similar(made(patents, *common, rare), "lever pawl", 1)] == ["B"]


def test_patents_that_somebody_brought_are_found_at_once(patents: Corpus) -> None:
    base = patents.patents[0]
    own = retold(base, "XX1", -1, "Zither tuning spindle")
    assert similarity.similar(patents.overlaid([own]), "zither spindle", 5)[0][1] is own
    assert all(one.pn != "XX1" for _, one in similarity.similar(patents, "zither spindle", 5))

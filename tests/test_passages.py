"""The sentences of patents: all that their texts say, and the same string where two say the same."""

import json

import pytest

from contract_tests.patents import GRAMMAR
from emulator.corpus.patents import Patent, patent_of
from emulator.corpus.wording import plural, with_article
from emulator.expressions.fields import TEXTS
from emulator.generator.vocabulary import SHIPPED

RECORDS = [json.loads(line) for line in (SHIPPED / "patents.jsonl").read_text("utf-8").splitlines()[:400]]
PATENTS = [patent_of(record, GRAMMAR) for record in RECORDS]


def said(patent: Patent) -> str:
    return "\n".join(text for name in TEXTS for text in (patent.told.text(name) or {}).values())


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_texts_are_made_of_passages_and_of_nothing_else() -> None:
    for patent in PATENTS:
        text, passages = said(patent), set(patent.passages())
        assert all(passage.strip() in text for passage in passages)
        rest = without_blanks(text)
        for passage in sorted(passages, key=len, reverse=True):
            rest = rest.replace(without_blanks(passage), "")
        assert rest == ""


def test_what_two_patents_say_alike_is_one_string() -> None:
    seen: dict[str, str] = {}
    composed = [one for one in PATENTS if not one.told.own]
    for passage in (passage for patent in composed for passage in patent.passages()):
        assert seen.setdefault(passage, passage) is passage
    assert len(seen) < sum(len(list(patent.passages())) for patent in composed) / 2


def test_a_text_told_by_the_record_is_cut_at_its_sentences() -> None:
    told = {**RECORDS[0], "claims": {"cn": "一。二。", "en": "It is 3.5 mm. It is round.", "jp": "三。"}}
    assert {"It is 3.5 mm.", "It is round.", "一。", "二。"} <= set(patent_of(told, GRAMMAR).passages())


@pytest.mark.parametrize(
    ("name", "with_its_article", "of_several"),
    [
        ("Mobile phone", "a mobile phone", "Mobile phones"),
        ("LED lamp", "an LED lamp", "LED lamps"),
        ("USB hub", "a USB hub", "USB hubs"),
        ("Umbrella", "an umbrella", "Umbrellas"),
        ("Unicycle", "a unicycle", "Unicycles"),
        ("Wireless headphones", "wireless headphones", "Wireless headphones"),
        ("Socket with safety shutters", "a socket with safety shutters", "Sockets with safety shutters"),
        ("Brush", "a brush", "Brushes"),
        ("Toy", "a toy", "Toys"),
        ("Battery", "a battery", "Batteries"),
        ("Camera lens", "a camera lens", "Camera lenses"),
        ("Glass", "a glass", "Glasses"),
        ("Hourglass", "an hourglass", "Hourglasses"),
    ],
)
def test_english_names_take_their_article_and_plural(name: str, with_its_article: str, of_several: str) -> None:
    assert with_article(name) == with_its_article
    assert plural(name) == of_several


def test_where_the_title_names_no_thing_claims_do() -> None:
    patent = next(one for one in PATENTS if one.pn == "CN101595528B")
    title, claims = patent.title, patent.claims
    assert title
    assert claims
    assert title["en"] == "Memory device architectures and operation"
    assert claims["en"].startswith("1. A non-volatile memory device, wherein the device is logically organized")
    assert claims["cn"].startswith("1.一种非易失性存储器装置，其特征在于，所述装置")
    assert claims["jp"].split("\n")[0].endswith("ことを特徴とする不揮発性メモリ装置。")

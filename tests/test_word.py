"""The value report as a Word file: that it opens, says the whole, and nothing in a record can break it."""

import dataclasses
import io
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from emulator.behaviours import appraisal, drawings
from emulator.behaviours.paper import Valuation, valuation_pdf, valuation_word
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Told
from tests.test_paper import words

NUMBER, DAY = "CN101595528B", date(2026, 1, 1)


def valuation(world: World, language: str = "en", **changes: Any) -> Valuation:
    corpus: Corpus = world.corpus
    patent = corpus.by_number(NUMBER)
    assert patent is not None
    patent, values = dataclasses.replace(patent, **changes), world.service.values
    rules, nearness = values.valuation_rules, values.nearness
    found = appraisal.appraised(corpus.overlaid([patent]), patent, DAY, language, rules, nearness)
    return Valuation(patent, language, DAY, found, rules.yuan, "active", drawings.png("cup", 1, 0, size=64))


def word(world: World, **changes: Any) -> bytes:
    return valuation_word(valuation(world, **changes), world.texts["valuation"], world.font)


def said(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("language", ["en", "cn"])
def test_it_opens_and_has_every_chapter(shipped: World, language: str) -> None:
    data = word(shipped, language=language)
    document = docx.Document(io.BytesIO(data))
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    chapters = shipped.texts["valuation"][language]["chapters"].values()
    assert headings == [f"{number}  {name}" for number, name in enumerate(chapters, 1)]
    assert len(document.inline_shapes) >= 3  # the radar, meters, the drawing
    assert NUMBER in said(data)


def test_every_part_is_well_formed_and_has_the_same_time(shipped: World) -> None:
    with zipfile.ZipFile(io.BytesIO(word(shipped))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))


def test_equal_input_gives_equal_bytes(shipped: World) -> None:
    assert word(shipped) == word(shipped)
    assert word(shipped) != word(shipped, original_assignee="Another")


def test_its_properties_tell_the_day_of_the_report(shipped: World) -> None:
    properties = docx.Document(io.BytesIO(word(shipped))).core_properties
    assert properties.created is not None
    assert properties.modified is not None
    assert properties.created.date() == properties.modified.date() == DAY
    assert properties.title.startswith(NUMBER)
    assert properties.author == "patsnap-emulator"


@pytest.mark.parametrize("style", ["Normal", "Title", "Heading 1", "Heading 2"])
def test_a_font_for_chinese_is_named_in_every_style(shipped: World, style: str) -> None:
    fonts = docx.Document(io.BytesIO(word(shipped))).styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert not [name for name in fonts.attrib if "Theme" in name]


@pytest.mark.parametrize("text", ["<b>&amp;</w:t>", "\x00\x0b\ud800\uffff", "x" * 5000, "长" * 5000, "عربى 😀", " "])
@pytest.mark.parametrize("write", [valuation_word, valuation_pdf])
def test_nothing_in_a_record_breaks_it(shipped: World, text: str, write: Any) -> None:
    names = dict.fromkeys(("original", "cn", "en", "jp"), text)
    told = Told({"title": names, "abstract": names, "claims": {"en": f"1. {text}"}}, None)
    changes: dict[str, Any] = {"told": told, "current_assignee": text}
    changes |= {"inventors": (text,) * 30, "ipc": (text,) * 5, "apno": text}
    data = write(valuation(shipped, **changes), shipped.texts["valuation"], shipped.font)
    read = said(data) if write is valuation_word else words(data)
    assert NUMBER in read
    if text.isalpha():
        assert read.count(text[0]) > 5000


def test_both_languages_have_the_same_words(shipped: World) -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        return [shape(inner) for inner in value] if isinstance(value, list) else str

    texts = shipped.texts["valuation"]
    assert shape(texts["en"]) == shape(texts["cn"])

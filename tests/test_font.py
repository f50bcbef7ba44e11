"""The font of the reports has a glyph for whatever the shipped world can print."""

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORLD = sorted(path for path in (FIXTURES / "corpus").rglob("*") if path.suffix in {".yaml", ".jsonl"})


@pytest.fixture(scope="module")
def drawn() -> set[str]:
    font = TTFontFile(str(FIXTURES / "fonts" / "ReportSans.ttf"))
    return {chr(code) for code, glyph in font.charToGlyph.items() if glyph}


@pytest.mark.parametrize("path", WORLD, ids=lambda path: path.name)
def test_every_sign_of_the_world_has_a_glyph(path: Path, drawn: set[str]) -> None:
    lacking = {sign for sign in path.read_text("utf-8") if sign >= " "} - drawn
    assert not lacking, f"{path.name} prints {''.join(sorted(lacking))}"


def test_the_usual_korean_and_traditional_chinese_signs_have_glyphs(drawn: set[str]) -> None:
    hangul = {bytes((row, cell)).decode("euc_kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)}
    surnames = set("陳張劉楊趙黃吳孫馬馮鄧許鄭謝韓蕭羅葉蘇呂盧蔣賈龔顧龍範譚齋邊澤龜")
    assert len(hangul) == 2350
    assert not (hangul | surnames) - drawn

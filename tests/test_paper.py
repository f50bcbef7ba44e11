"""The evaluation report on paper: what a reader finds in the PDF, and that nothing submitted can break it."""

import dataclasses
import datetime
import io
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml

from emulator.behaviours import drawings
from emulator.behaviours.assessment import Finding, Index
from emulator.behaviours.paper import Evaluation, SimilarPatent, evaluation_pdf

FIXTURES = Path(__file__).parents[1] / "fixtures"
FONT = FIXTURES / "fonts" / "ReportSans.ttf"
TEXTS = yaml.safe_load((FIXTURES / "texts" / "evaluation.yaml").read_text("utf-8"))

ENGLISH = "A robot vacuum has a line laser; obstacles are measured within ±2 mm, H₂O-tight."
CHINESE = "本发明公开了一种扫地机器人，包括壳体、驱动轮以及吸尘腔。"
JAPANESE = "本発明はロボット掃除機に関し、カメラがレーザー線のずれを撮影する。"


def patents(count: int) -> tuple[SimilarPatent, ...]:
    title, assignee = "一种扫地机器人及其控制方法", "Example Robotics Ltd."
    return tuple(
        SimilarPatent(f"CN{110000000 + n}A", title, assignee, 20240131, (99.25 - n / 2) / 100, closest=n < 5)
        for n in range(count)
    )


def index(name: str, value: float) -> Index:
    return Index("innovation", name, value, "none", {})


def evaluation(**changes: Any) -> Evaluation:
    usual = Evaluation(
        report_name="Vacuum with line laser",
        text=ENGLISH,
        tech_maturity_index=6,
        info=(("Search report number", "Report-20240527-1"),),
        language="en",
        created=datetime.date(2024, 5, 27),
        innovation=78.4,
        patentability=61.0,
        transformation=42.3,
        overall=61.5,
        grades={"innovation": "high", "patentability": "medium", "transformation": "low"},
        indices=(index("novelty", 81.2), index("Own index", 12.5)),
        similar=patents(2),
    )
    return dataclasses.replace(usual, **changes)


def pdf(**changes: Any) -> bytes:
    return evaluation_pdf(evaluation(**changes), TEXTS, FONT)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def words(data: bytes) -> str:
    """All that the pages say, without blanks and line ends, which depend on where lines break."""
    return "".join("".join(page.extract_text().split()) for page in read(data).pages)


def test_it_is_an_a4_pdf_of_several_pages() -> None:
    data = pdf()
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(read(data).pages) > 1
    assert [round(float(side)) for side in read(data).pages[0].mediabox[2:]] == [595, 842]


def test_an_english_report_says_what_was_handed_in() -> None:
    said = words(pdf())
    for part in ("Vacuum with line laser", "2024-05-27", "Search report number", ENGLISH):
        assert "".join(part.split()) in said
    for part in ("Report-20240527-1", "78.4", "61.0", "42.3", "Novelty81.2", "Ownindex12.5", "6of10"):
        assert part in said
    for part in ("CN110000001A", "一种扫地机器人及其控制方法", "2024-01-31", "0.99"):
        assert part in said


def test_a_chinese_report_is_chinese_throughout() -> None:
    name, info = "扫地机器人申请前评估报告", (("检索报告编号", "第一号"),)
    said = words(pdf(language="cn", report_name=name, text=CHINESE, info=info))
    for part in (name, "2024年5月27日", "检索报告编号", "第一号", CHINESE, "技术创新性", "新颖性", "第2页"):
        assert part in said
    assert "Page" not in said


def test_japanese_is_drawn_and_read_back() -> None:
    assert JAPANESE in words(pdf(text=JAPANESE))


def test_every_page_says_that_it_evaluates_nothing() -> None:
    for number, page in enumerate(read(pdf(similar=patents(100))).pages, 1):
        assert TEXTS["en"]["mark"] in page.extract_text()
        assert f"Page {number} of " in page.extract_text()


def test_equal_input_gives_equal_bytes() -> None:
    assert pdf(similar=patents(30)) == pdf(similar=patents(30))
    assert pdf() != pdf(tech_maturity_index=7)


def test_equal_bytes_come_from_another_process() -> None:
    code = "import sys, tests.test_paper as paper; sys.stdout.buffer.write(paper.pdf())"
    command, elsewhere = [sys.executable, "-c", code], {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    other = subprocess.run(command, cwd=FIXTURES.parent, env=elsewhere, capture_output=True, check=True)
    assert other.stdout == pdf()


def test_every_page_tells_how_many_there_are() -> None:
    pages = read(pdf(similar=patents(40))).pages
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_an_index_and_a_finding_say_where_they_come_from() -> None:
    novelty = Index("innovation", "novelty", 48.0, "usual", {"number": "CN1A", "closeness": 0.52})
    finding = Finding("rights", {"count": 3, "offices": ["CN", "US"]})
    said = words(pdf(indices=(novelty,), findings=(finding,)))
    assert "CN1A,hasaclosenessof0.52" in said
    assert "3oftheclosestpublicationsareinforce,mostoftheminCN,US." in said


def test_a_close_patent_is_shown_with_its_drawing_and_its_words() -> None:
    picture = drawings.png("cup", 1, 0, size=64)
    near = dataclasses.replace(
        patents(1)[0], abstract="A cup holds tea.", shared=("tea",), status="active", picture=picture
    )
    data = pdf(similar=(near,))
    assert sum(len(page.images) for page in read(data).pages) == 1
    for part in ("Acupholdstea.", "Incommonwiththetext:tea.", "inforce"):
        assert part in words(data)


def test_publications_are_counted_up_to_the_year_of_the_report() -> None:
    said = words(pdf(similar=patents(3), created=datetime.date(2027, 1, 1)))
    assert "2025" in said
    assert "2026" in said


@pytest.mark.parametrize("count", [3, 8, 13, 18, 23])
def test_a_heading_stays_with_what_it_is_the_heading_of(count: int) -> None:
    pages = [page.extract_text() for page in read(pdf(similar=patents(count))).pages]
    headed = next(page for page in pages if "The closest publications" in page and "5 " in page)
    assert "1.  CN110000000A" in headed or "1. CN110000000A" in headed


def test_what_cannot_be_scored_is_said_on_the_cover_and_inside() -> None:
    grades = dict.fromkeys(("innovation", "patentability", "transformation"), "unsure")
    pages = [page.extract_text() for page in read(pdf(grades=grades, similar=())).pages]
    assert "not reliable" in pages[0]
    assert "cannot be scored reliably" in " ".join(pages[1].split())


def test_markup_in_the_input_is_text() -> None:
    hostile = "<b>&amp;</para><font color='red'>{0} %s ]]>"
    data = pdf(report_name=hostile, text=hostile, info=((hostile, hostile),), indices=(index(hostile, 1.0),))
    said = words(data)
    assert said.count("".join(hostile.split())) >= 5


@pytest.mark.parametrize("text", ["ᄒힰ", "😀", "\ud800", "\x00\x07", "عربى", "\U0002a6a5", "\u200b\ufeff\u00ad"])
def test_a_character_the_font_lacks_does_no_harm(text: str) -> None:
    said = words(pdf(text=f"before{text}after", report_name=text))
    assert "before" in said
    assert "after" in said


def test_a_missing_character_is_a_box_and_a_compatible_one_its_plain_form() -> None:
    assert "a□b" in words(pdf(text="a\U0002a6a5b"))
    assert "5kgx" in words(pdf(text="5㎏𝑥"))


def test_subscripts_and_accents_are_kept() -> None:
    assert "H₂O10⁻³Šťřé" in words(pdf(text="H₂O 10⁻³ Šťře\u0301"))


def test_a_long_text_flows_over_pages_and_loses_no_word() -> None:
    text = " ".join(f"item{n}" for n in range(2500))
    pages = [page.extract_text().split() for page in read(pdf(text=text)).pages]
    assert [word for page in pages for word in page if word.startswith("item")] == text.split()


@pytest.mark.parametrize("long", ["x" * 5000, "长" * 5000, "。" * 500, "（" * 500, " " * 500 + "x", "a-" * 3000])
def test_a_word_without_blanks_is_cut_to_fit_wherever_it_stands(long: str) -> None:
    patent = SimilarPatent(long, long, long, 0, 1.0, closest=True)
    data = pdf(report_name=long, text=long, info=((long, long),), similar=(patent,), indices=(index(long, 1.0),))
    said = words(data)
    letter = long.strip()[0]
    assert said.count(letter) >= 7 * long.count(letter)


@pytest.mark.parametrize("unit", ["“", "（", "”", "a\n", "a-", "/", " ", "\u3000", "é", "长", "\U0001f600"])
def test_twenty_thousand_characters_of_one_kind_take_no_long_time(unit: str) -> None:
    started = time.perf_counter()
    assert pdf(text=unit * (20_000 // len(unit)) + "end")
    assert time.perf_counter() - started < 5, "the time grows faster than the text"


def test_reports_made_at_the_same_time_do_not_mix() -> None:
    texts = [ENGLISH, CHINESE, JAPANESE] * 4
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: pdf(text=text), texts))
    assert together == [pdf(text=text) for text in texts]


def test_a_hundred_patents_are_all_listed_under_repeated_heads() -> None:
    data = pdf(similar=patents(100))
    said = words(data)
    assert all(patent.patent_pn in said for patent in patents(100))
    assert said.count("AssigneePublishedCloseness") > 2


def test_nothing_found_and_nothing_submitted_are_said() -> None:
    said = words(pdf(similar=(), indices=(), info=(), text="\n \n", report_name=" "))
    for part in ("Nosimilarpatentswerefound.", "Therearenone.", "Nothingfollows", "Noindiceswerecomputed.", "(notext)"):
        assert part in said


@pytest.mark.parametrize("score", [0.0, 100.0, -1.0, 1e9, float("nan"), float("inf")])
def test_a_score_at_or_off_the_end_of_its_scale_is_drawn(score: float) -> None:
    same = dict.fromkeys(("innovation", "patentability", "transformation"), score)
    assert pdf(**same, indices=(index("novelty", score),), tech_maturity_index=99)


def test_both_languages_have_the_same_words() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value) in (int, str)

    assert shape(TEXTS["en"]) == shape(TEXTS["cn"])


def test_chapters_are_in_the_outline_and_the_name_in_the_properties() -> None:
    reader = read(pdf())
    titles = [entry.title for entry in reader.outline if isinstance(entry, pypdf.generic.Destination)]
    assert titles[3] == "4  Similar patents"
    assert reader.metadata is not None
    assert reader.metadata.title == "Vacuum with line laser"


def test_a_wide_stop_never_begins_a_line() -> None:
    pages = [page.extract_text().splitlines() for page in read(pdf(text="专利，" * 1500)).pages]
    assert not [line for page in pages for line in page if line.startswith("，")]


def test_fonts_are_embedded_and_no_path_of_this_machine_is_told() -> None:
    data = pdf(text=CHINESE)
    objects = [read(data).get_object(number) for number in range(1, len(read(data).xref[0]) + 1)]
    fonts: list[Any] = [each for each in objects if isinstance(each, dict) and each.get("/Type") == "/Font"]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert str(FIXTURES).encode() not in data


def test_importing_the_module_does_not_import_what_makes_files() -> None:
    code = "import sys, emulator.behaviours.paper; sys.exit(bool({'reportlab', 'docx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=FIXTURES.parent, check=False).returncode == 0


@pytest.mark.skipif(
    shutil.which("pdftoppm") is None and "CI" not in os.environ, reason="pdftoppm (poppler-utils) is not installed"
)
def test_chinese_is_drawn_with_ink(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    (tmp_path / "report.pdf").write_bytes(pdf(language="cn", report_name="专利" * 12))
    command = ["pdftoppm", "-r", "72", "-gray", "-png", "-singlefile", "report.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    title = image.open(tmp_path / "page.png").crop((50, 165, 545, 240))
    dark = sum(title.histogram()[:128])
    assert dark > 1500, f"only {dark} dark pixels where the report's name should stand"

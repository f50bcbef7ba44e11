"""The parts of a report as a Word file (.docx): the same report as the PDF, in Word's own headings, lists and tables.

It knows no report: which part becomes which paragraph, table or picture. Charts are pictures; Chinese is set in a font
that machines with Chinese have, named in every style, and another takes its place where it is missing. No wall clock:
the day of the report stands in the properties, and the parts of the file have one fixed time.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from emulator.behaviours.paper import parts, word_charts
from emulator.behaviours.paper.palette import ACCENT, DEEP, INK, LINE, QUIET, TINT

LATIN, WIDE = "Arial", "Microsoft YaHei"
BAR = 5.0  # centimetres of a meter, at most
LANGUAGE_TAGS = {"cn": "zh-CN", "en": "en-US"}
ROOM = 17.0  # centimetres between the margins
STYLES = {"Normal": (10, INK), "Title": (24, DEEP), "Heading 1": (15, DEEP), "Heading 2": (11, ACCENT)}
TONES = {"lead": QUIET, "faint": QUIET, "caption": ACCENT}
_MADE = (1980, 1, 1, 0, 0, 0)  # the time of every part of the file: zip knows none earlier


def render(report: parts.Report, font: Path) -> bytes:
    """The report as a Word file; `font` draws the letters of its charts."""
    document = Document()
    _set_up(document, report)
    page = Page(document, font)
    page.text(report.words["kind"], "Normal", ACCENT, 12)
    page.text(report.name, "Title")
    page.text(f"{report.words['created']} {report.day}", "Normal", QUIET)
    for part in report.cover:
        page.add(part)
    page.text(report.words["notice"], "Normal", QUIET, 8.5)
    document.add_page_break()  # type: ignore[no-untyped-call]
    for part in report.parts:
        page.add(part)
    return _packed(document)


class Page:
    """Adds parts to the end of a document."""

    def __init__(self, document: DocumentObject, font: Path) -> None:
        self.document, self.font = document, font

    def add(self, part: parts.Part) -> None:
        WRITTEN[type(part)](self, part)

    def text(self, text: str, style: str, colour: str | None = None, size: float | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        _write(paragraph, text, colour, size)
        return paragraph

    def picture(self, png: bytes, width: float) -> None:
        self.document.add_picture(io.BytesIO(png), width=Cm(width))
        self.document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(self, rows: int, widths: Sequence[float], style: str = "Table Grid") -> list[list[_Cell]]:
        """An empty table as wide as the page, columns in the ratio of `widths`; its cells by row."""
        table = self.document.add_table(rows, len(widths), style=style)
        table.autofit = False
        _rule(table._tbl.tblPr, bordered=style != "Normal Table")
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(ROOM * width / sum(widths))  # Word goes by the cells, others by the columns
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = table._cells
        grid = [cells[start : start + len(widths)] for start in range(0, len(cells), len(widths))]
        for row in grid:
            for cell, width in zip(row, widths, strict=True):
                cell.width = Cm(ROOM * width / sum(widths))
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)
        return grid


def _chapter(page: Page, part: parts.Chapter) -> None:
    page.text(part.text, "Heading 1")


def _paragraph(page: Page, part: parts.Paragraph) -> None:
    page.text(part.text, "Heading 2" if part.tone == "caption" else "Normal", TONES.get(part.tone))


def _facts(page: Page, part: parts.Facts) -> None:
    for (name, value), (left, right) in zip(part.rows, page.table(len(part.rows), (5, 12)), strict=True):
        _shade(left, TINT)
        _write(left.paragraphs[0], name, QUIET, 9)
        _write(right.paragraphs[0], value, None, 9)


def _figures(page: Page, part: parts.Figures) -> None:
    grid = page.table(2, [1] * len(part.figures), "Normal Table")
    for column, (figure, name) in enumerate(part.figures):
        for row, (text, colour, size) in enumerate(((figure, ACCENT, 18), (name, QUIET, 9))):
            paragraph = grid[row][column].paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, text, colour, size)


def _grid(page: Page, part: parts.Grid) -> None:
    head, *rows = page.table(1 + len(part.rows), [column.width for column in part.columns])
    _repeat(head[0])
    for column, cell in zip(part.columns, head, strict=True):
        _shade(cell, DEEP)
        _write(_aligned(cell, column), column.head, "FFFFFF", 9)
    whole = sum(column.width for column in part.columns)
    for values, cells in zip(part.rows, rows, strict=True):
        for column, value, cell in zip(part.columns, values, cells, strict=True):
            if isinstance(value, parts.Meter):
                picture = io.BytesIO(word_charts.bar(value.value))
                width = min(BAR, ROOM * column.width / whole - 0.5)
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                cell.paragraphs[0].add_run().add_picture(picture, width=Cm(width))
            else:
                _write(_aligned(cell, column), value, None, 9)


def _radar(page: Page, part: parts.Radar) -> None:
    page.picture(word_charts.radar(part.axes, page.font), 12)


def _card(page: Page, part: parts.Card) -> None:
    page.text(part.head, "Heading 2")
    page.text(part.line, "Normal", QUIET)
    for text in part.texts:
        page.text(text, "Normal")
    if part.picture is not None:
        page.picture(part.picture, 6)


WRITTEN: Mapping[type[Any], Callable[[Page, Any], None]] = {
    parts.Chapter: _chapter,
    parts.Paragraph: _paragraph,
    parts.Facts: _facts,
    parts.Figures: _figures,
    parts.Grid: _grid,
    parts.Radar: _radar,
    parts.Card: _card,
}


def _set_up(document: DocumentObject, report: parts.Report) -> None:
    """Sheet, styles, header and footer, properties."""
    section, words = document.sections[0], report.words
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - ROOM) / 2)
    for name, (size, colour) in STYLES.items():
        _dress(document.styles[name], size, colour)
    language = _element("w:lang", {"val": LANGUAGE_TAGS[report.language], "eastAsia": "zh-CN"})
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    _write(section.header.paragraphs[0], f"{_clean(report.name)[:80]}   ·   {words['kind']}", QUIET, 8)
    _foot(section.footer.paragraphs[0], words)
    properties = document.core_properties
    properties.title, properties.subject, properties.keywords = _clean(report.name)[:255], words["kind"], words["mark"]
    properties.author = properties.last_modified_by = "patsnap-emulator"
    properties.comments, properties.language = words["mark"], LANGUAGE_TAGS[report.language]
    properties.created = properties.modified = datetime.combine(report.created, time())
    properties.revision = 1


def _dress(style: Any, size: float, colour: str) -> None:
    """A style's font, for Latin and for Chinese letters, its size in points and its colour."""
    style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:  # a font of the theme would win over the one that is named
            del fonts.attrib[attribute]
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), WIDE)


def _foot(paragraph: Paragraph, words: parts.Words) -> None:
    """What made the file, and the number of the page, which Word fills in."""
    _write(paragraph, words["mark"] + "   ", QUIET, 8)
    before, _, rest = words["page"].partition("{number}")
    between, _, after = rest.partition("{total}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
        _write(paragraph, text, QUIET, 8)
        if field:
            element = _element("w:fldSimple", {"instr": field})
            paragraph._p.append(element)
            _write(paragraph, "1", QUIET, 8)  # what is shown until Word has counted
            element.append(paragraph.runs[-1]._r)


def _write(paragraph: Paragraph, text: str, colour: str | None = None, size: float | None = None) -> None:
    run = paragraph.add_run(_clean(text))
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if size:
        run.font.size = Pt(size)


def _clean(text: str) -> str:
    """What XML can hold: no control characters, no halves of characters."""
    kept = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char if char in "\t\n" or (char >= " " and char not in "\x7f\ufffe\uffff") else " " for char in kept)


def _rule(properties: Any, *, bordered: bool) -> None:
    """Fine lines between the rows, and some room in the cells; the order of the elements is Word's own."""
    borders, room = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = bordered and side in ("top", "bottom", "insideH")
        values = {"val": "single" if drawn else "nil", "sz": "4", "space": "0", "color": LINE}
        borders.append(_element(f"w:{side}", values))
    for side, width in (("top", "50"), ("left", "90"), ("bottom", "50"), ("right", "90")):
        room.append(_element(f"w:{side}", {"w": width, "type": "dxa"}))
    properties.find(qn("w:tblLayout")).addprevious(borders)
    properties.find(qn("w:tblLook")).addprevious(room)


def _element(name: str, values: Mapping[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _aligned(cell: _Cell, column: parts.Column) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    if column.number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", {"val": "clear", "color": "auto", "fill": colour}))


def _repeat(cell: _Cell) -> None:
    """The row of this cell is repeated on every page."""
    row = cell._tc.getparent()
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _packed(document: DocumentObject) -> bytes:
    """The file, its parts in one order and with one time."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _MADE), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()

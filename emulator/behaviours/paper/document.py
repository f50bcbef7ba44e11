"""The sheets of a report: A4 frames, the band on the title page, header, footer, bookmarks; and its bytes.

It knows what stands around the text on each page, not what the text says. No wall clock and no random id:
reportlab's `invariant` mode fixes both, so equal input gives equal bytes.
"""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Spacer

from emulator.behaviours.paper import charts, flow, typeface
from emulator.behaviours.paper.parts import Report
from emulator.behaviours.paper.passage import Passage
from emulator.behaviours.paper.prose import CHAPTER, FAINT, LEAD, WIDTH, Prose

SHEET_WIDTH, SHEET_HEIGHT = A4
MARGIN = (SHEET_WIDTH - WIDTH) / 2
BOTTOM = 24 * mm
FOOT = 12 * mm
LANGUAGE_TAGS = {"cn": "zh-CN"}


def render(report: Report, font: Path) -> bytes:
    """The report as a PDF, in the one font."""
    face = typeface.load(font)
    file, prose = io.BytesIO(), Prose(face)
    story = [NextPageTemplate("inner"), *_cover(report, prose), PageBreak(), *flow.flowables(report.parts, prose)]
    sheets = Sheets(file, report, face)
    sheets.build(story, canvasmaker=partial(NumberedCanvas, label=sheets.draw_number))
    return file.getvalue()


def _cover(report: Report, prose: Prose) -> list[Flowable]:
    made = prose.passage(f"{report.words['created']} {report.day}", LEAD)
    return [prose.title(report.name), Spacer(0, 4 * mm), made, Spacer(0, 8 * mm), *flow.flowables(report.cover, prose)]


class NumberedCanvas(Canvas):
    """Leaves a place for the number of each page, and fills it in when it is known how many there are."""

    def __init__(self, *args: Any, label: Callable[[Canvas, int, int], None], **more: Any) -> None:
        super().__init__(*args, **more)
        self._label = label

    def save(self) -> None:
        total = self.getPageNumber() - 1
        for number in range(1, total + 1):
            self.beginForm(_form(number))
            self._label(self, number, total)
            self.endForm()
        super().save()


class Sheets(BaseDocTemplate):
    """One report: a title page and any number of inner pages."""

    def __init__(self, file: io.BytesIO, report: Report, face: typeface.Typeface) -> None:
        self.words, self.face = report.words, face
        self.report_name = face.legible(report.name)
        super().__init__(
            file, pagesize=A4, invariant=1, initialFontName=face.name,
            title=self.report_name, subject=self.words["kind"], keywords=[self.words["mark"]],
            author="patsnap-emulator", creator="patsnap-emulator",
            lang=LANGUAGE_TAGS.get(report.language, report.language),
        )  # fmt: skip
        self.addPageTemplates([
            PageTemplate("title", _frame(bottom=62 * mm, top=60 * mm), onPage=self._title_page),
            PageTemplate("inner", _frame(bottom=BOTTOM, top=28 * mm), onPage=self._inner_page),
        ])  # fmt: skip

    def draw_number(self, canvas: Canvas, number: int, total: int) -> None:
        """The number of a page, in the corner of its foot."""
        canvas.setFillColor(charts.QUIET)
        canvas.setFont(self.face.name, 8)
        canvas.drawRightString(SHEET_WIDTH - MARGIN, FOOT, self.words["page"].format(number=number, total=total))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Puts every chapter into the reader's outline."""
        if isinstance(flowable, Passage) and flowable.style is CHAPTER:
            self.canv.bookmarkPage(flowable.text)
            self.canv.addOutlineEntry(flowable.text, flowable.text)

    def _title_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFillColor(charts.DEEP)
        canvas.rect(0, SHEET_HEIGHT - 36 * mm, SHEET_WIDTH, 36 * mm, stroke=0, fill=1)
        canvas.setFillColor(charts.ACCENT)
        canvas.rect(0, SHEET_HEIGHT - 38 * mm, SHEET_WIDTH, 2 * mm, stroke=0, fill=1)
        canvas.setFillColor(charts.PAPER)
        canvas.setFont(self.face.name, 15)
        canvas.drawString(MARGIN, SHEET_HEIGHT - 23 * mm, self.words["kind"])
        self._draw_notice(canvas)
        self._draw_footer(canvas)

    def _draw_notice(self, canvas: Canvas) -> None:
        notice = Prose(self.face).passage(self.words["notice"], FAINT)
        _, height = notice.wrapOn(canvas, WIDTH - 8 * mm, 40 * mm)
        canvas.setFillColor(charts.TINT)
        canvas.rect(MARGIN, 28 * mm, WIDTH, height + 6 * mm, stroke=0, fill=1)
        canvas.setFillColor(charts.ACCENT)
        canvas.rect(MARGIN, 28 * mm, 1 * mm, height + 6 * mm, stroke=0, fill=1)
        notice.drawOn(canvas, MARGIN + 4 * mm, 31 * mm)

    def _inner_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        kind, top = self.words["kind"], SHEET_HEIGHT - 16 * mm
        canvas.setFillColor(charts.QUIET)
        canvas.setFont(self.face.name, 8)
        canvas.drawRightString(SHEET_WIDTH - MARGIN, top, kind)
        room = WIDTH - self.face.width(kind, 8) - 8 * mm
        canvas.drawString(MARGIN, top, self.face.clipped(self.report_name, 8, room))
        self._draw_rule(canvas, top - 2.5 * mm)
        self._draw_footer(canvas)

    def _draw_footer(self, canvas: Canvas) -> None:
        canvas.setFillColor(charts.QUIET)
        canvas.setFont(self.face.name, 8)
        canvas.drawString(MARGIN, FOOT, self.words["mark"])
        canvas.doForm(_form(canvas.getPageNumber()))
        self._draw_rule(canvas, 16.5 * mm)

    def _draw_rule(self, canvas: Canvas, height: float) -> None:
        canvas.setStrokeColor(charts.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, height, SHEET_WIDTH - MARGIN, height)


def _form(number: int) -> str:
    return f"number{number}"


def _frame(bottom: float, top: float) -> Frame:
    height = SHEET_HEIGHT - bottom - top
    return Frame(MARGIN, bottom, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

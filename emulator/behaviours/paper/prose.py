"""The words of a report as flowables: headings, paragraphs, cells and tables in one look.

It knows sizes, colours and spacing, not what a report says. Any string may be handed in and is made legible.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from emulator.behaviours.paper import charts
from emulator.behaviours.paper.passage import Passage, Style
from emulator.behaviours.paper.typeface import Typeface

WIDTH = 170 * mm
CHAPTER = Style(15, charts.DEEP, before=16, after=4)
CAPTION = Style(11, charts.ACCENT, after=3)
LEAD = Style(10, charts.QUIET, after=8)
BODY = Style(10, charts.INK, after=5)
CELL = Style(8.5, charts.INK)
CELL_TEXT = Style(8.5, charts.INK, after=3)
FAINT = Style(8.5, charts.QUIET)
FAINT_TEXT = Style(8.5, charts.QUIET, after=4)
CARD = Style(10, charts.DEEP)
CHART = Style(9, charts.DEEP, before=4, after=2)
MARK = Style(10, charts.ACCENT)
POINT = Style(10, charts.INK, after=2)
NUMBER = Style(8.5, charts.INK, align="right")
HEAD = Style(8.5, charts.PAPER)
HEAD_NUMBER = Style(8.5, charts.PAPER, align="right")
DIMENSION = Style(11, charts.DEEP, align="centre")
GRADE = Style(9, charts.ACCENT, align="centre")
FIGURE = Style(17, charts.ACCENT, align="centre")
VERDICT = Style(9, charts.INK, align="centre")

PADDING = 5
GRID = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, charts.LINE),
]
HEADED = [
    *GRID,
    ("BACKGROUND", (0, 0), (-1, 0), charts.DEEP),
    ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, charts.TINT]),
]
METERED = [*HEADED, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
CENTRED = [*GRID[:-1], ("ALIGN", (0, 0), (-1, -1), "CENTER")]
BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]
CARDED = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 9),
    ("RIGHTPADDING", (0, 0), (-1, -1), 7),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("BACKGROUND", (0, 0), (-1, -1), charts.TINT),
    ("LINEBEFORE", (0, 0), (0, -1), 2.5, charts.ACCENT),
]
TALLEST_ROW = 24
LONE_ROWS, SHORT = 3, 300  # rows of a table, and characters of a cell, from which the last rows stay together or not


class Prose:
    """Makes passages and tables in one typeface."""

    def __init__(self, face: Typeface) -> None:
        self.face = face

    def passage(self, text: str, style: Style = BODY) -> Passage:
        return Passage(self.face.legible(text), self.face, style)

    def title(self, text: str) -> Passage:
        """The name of the report: the longer, the smaller."""
        lines = self.face.width(self.face.legible(text), 26) / WIDTH
        size = 26 if lines < 2 else 18 if lines < 8 else 11
        return self.passage(text, Style(size, charts.DEEP, leading=1.3))

    def table(self, rows: Iterable[Sequence[Flowable]], widths: Sequence[float], look: Any = GRID) -> Table:
        """A table as wide as the page, columns in the ratio of `widths`; a head is repeated on every page.

        The last two rows stay together where they are short.
        """
        columns = [width * WIDTH / sum(widths) for width in widths]
        sliced = [part for row in rows for part in _slices(row, columns)]
        # A table sets its font even where it draws no text: the file would name one that it does not embed.
        style = [*look, ("FONTNAME", (0, 0), (-1, -1), self.face.name)]
        if len(sliced) > LONE_ROWS and all(map(_is_short, sliced[-2:])):
            style.append(("NOSPLIT", (0, -2), (-1, -1)))
        return Table(sliced, columns, style=style, repeatRows=int(look in (HEADED, METERED)))


def _is_short(row: Sequence[Flowable]) -> bool:
    return not any(isinstance(cell, Passage) and len(cell.text) > SHORT for cell in row)


def _slices(row: Sequence[Flowable], columns: Sequence[float]) -> Iterator[tuple[Flowable, ...]]:
    """The row itself, or several if a cell is very tall: reportlab refuses a row taller than a page."""
    parts = [
        cell.slices(width - 2 * PADDING, TALLEST_ROW) if isinstance(cell, Passage) else [cell]
        for cell, width in zip(row, columns, strict=True)
    ]
    return zip_longest(*parts, fillvalue=Spacer(0, 0))

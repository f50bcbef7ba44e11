"""The parts of a report as flowables of a PDF, in the look of `prose`.

It knows no sheets and no report: which part becomes which drawing, and what must not be torn apart.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Image, KeepTogether, Spacer, Table

from emulator.behaviours.paper import charts, parts, radar
from emulator.behaviours.paper import prose as look
from emulator.behaviours.paper.prose import WIDTH, Prose

PICTURE = 34 * mm
TONES = {"body": look.BODY, "lead": look.LEAD, "faint": look.FAINT_TEXT, "caption": look.CAPTION}
CAPTION_TAKES = 16 * mm
HEADING_TAKES = 36 * mm  # of what follows it: a table's head and some rows, or the whole of a chart
WORDS_TAKE = 22 * mm  # a heading with a few lines of text
WHOLE_ROWS = 12  # of a table that is kept on one page with its heading
NEW_PAGE_BELOW = 150 * mm  # a chapter that opens a page does so unless most of a page is left


def flowables(report: Iterable[parts.Part], prose: Prose) -> list[Flowable]:
    """All parts in their order; the heading of a chapter stays with the first thing that is shown in it."""
    drawn: list[Flowable] = []
    headed: list[Flowable] = []  # a heading and what introduces it, which wait for what they belong to
    for part in report:
        flowing = list(DRAWN[type(part)](part, prose))
        if isinstance(part, parts.Chapter):
            drawn += [*headed, flowing[0]]
            headed = flowing[1:]
        elif headed and isinstance(part, parts.Paragraph):
            headed += flowing
        elif headed and _is_whole(part):
            drawn.append(_Group(*headed, *_loose(flowing)))
            headed = []
        else:
            drawn += [CondPageBreak(HEADING_TAKES), *headed, *flowing] if headed else flowing
            headed = []
    return drawn + headed


class _Group(KeepTogether):
    """What is not torn apart; its members are known, because a group within a group would never find room."""

    def __init__(self, *members: Flowable) -> None:
        super().__init__(list(members))
        self.members = members


def _loose(some: Iterable[Flowable]) -> Iterator[Flowable]:
    """All of them, those of groups one by one."""
    for one in some:
        yield from one.members if isinstance(one, _Group) else (one,)


def _is_whole(part: parts.Part) -> bool:
    """Whether a part is not torn apart: all are but long tables and lists of facts."""
    return not isinstance(part, parts.Facts) and (not isinstance(part, parts.Grid) or len(part.rows) <= WHOLE_ROWS)


def _chapter(part: parts.Chapter, prose: Prose) -> Iterator[Flowable]:
    yield CondPageBreak(NEW_PAGE_BELOW if part.opens else WORDS_TAKE)
    yield prose.passage(part.text, look.CHAPTER)


def _paragraph(part: parts.Paragraph, prose: Prose) -> Iterator[Flowable]:
    if part.tone == "caption":
        yield CondPageBreak(CAPTION_TAKES)
    yield prose.passage(part.text, TONES[part.tone])


def _points(part: parts.Points, prose: Prose) -> Iterator[Flowable]:
    rows = [(prose.passage("•", look.MARK), prose.passage(text, look.POINT)) for text in part.texts]
    yield prose.table(rows, (1, 30), look.BARE)


def _facts(part: parts.Facts, prose: Prose) -> Iterator[Flowable]:
    rows = [(prose.passage(name, look.FAINT), prose.passage(value, look.CELL)) for name, value in part.rows]
    yield prose.table(rows, (5, 12))
    yield Spacer(0, 4 * mm)


def _grid(part: parts.Grid, prose: Prose) -> Iterator[Flowable]:
    whole = sum(column.width for column in part.columns)
    head = [prose.passage(one.head, look.HEAD_NUMBER if one.number else look.HEAD) for one in part.columns]
    rows: list[list[Flowable]] = []
    for row in part.rows:
        cells: list[Flowable] = []
        for column, cell in zip(part.columns, row, strict=True):
            if isinstance(cell, parts.Meter):
                cells.append(charts.Bar(cell.value, WIDTH * column.width / whole - 2 * look.PADDING))
            else:
                cells.append(prose.passage(cell, look.NUMBER if column.number else look.CELL))
        rows.append(cells)
    metered = any(isinstance(cell, parts.Meter) for row in part.rows for cell in row)
    yield prose.table([head, *rows], [one.width for one in part.columns], look.METERED if metered else look.HEADED)
    yield Spacer(0, 3 * mm)


def _scores(part: parts.Scores, prose: Prose) -> Iterator[Flowable]:
    rows = (
        [charts.Ring(one.value, prose.face.name) for one in part.scores],
        [prose.passage(one.name, look.DIMENSION) for one in part.scores],
        [prose.passage(one.grade, look.GRADE) for one in part.scores],
        [prose.passage(one.text, look.VERDICT) for one in part.scores],
    )
    yield prose.table(rows, [1] * len(part.scores), look.CENTRED)
    yield Spacer(0, 6 * mm)


def _figures(part: parts.Figures, prose: Prose) -> Iterator[Flowable]:
    rows = (
        [prose.passage(figure, look.FIGURE) for figure, _ in part.figures],
        [prose.passage(name, look.VERDICT) for _, name in part.figures],
    )
    yield prose.table(rows, [1] * len(part.figures), look.CENTRED)
    yield Spacer(0, 8 * mm)


def _radar(part: parts.Radar, prose: Prose) -> Iterator[Flowable]:
    yield radar.Radar(part.axes, prose.face, WIDTH)


def _columns(part: parts.Columns, prose: Prose, width: float = WIDTH) -> Iterator[Flowable]:
    chart = charts.Columns(part.bars, part.form, prose.face, width)
    yield _Group(prose.passage(part.caption, look.CHART), chart)


def _pair(part: parts.Pair, prose: Prose) -> Iterator[Flowable]:
    width = WIDTH / 2 - 4 * mm
    cells = [[prose.passage(one.caption, look.CHART), charts.Columns(one.bars, one.form, prose.face, width)]
             for one in (part.left, part.right)]  # fmt: skip
    style = [*look.BARE, ("FONTNAME", (0, 0), (-1, -1), prose.face.name), ("ALIGN", (1, 0), (1, 0), "RIGHT")]
    yield Table([cells], [WIDTH / 2, WIDTH / 2], style=style)


def _ladder(part: parts.Ladder, prose: Prose) -> Iterator[Flowable]:
    yield charts.Ladder(part.index, prose.face.name, WIDTH)
    yield Spacer(0, 2 * mm)


def _card(part: parts.Card, prose: Prose) -> Iterator[Flowable]:
    """The text beside the picture, in one piece."""
    first, *others = part.texts
    said = [(part.head, look.CARD), (part.line, look.FAINT_TEXT), (first, look.CELL_TEXT)]
    said += [(text, look.FAINT_TEXT) for text in others]
    cells: list[Any] = [[prose.passage(text, style) for text, style in said]]
    if part.picture is not None:
        cells.append(Image(io.BytesIO(part.picture), PICTURE, PICTURE, kind="proportional"))
    widths = [WIDTH] if part.picture is None else [WIDTH - PICTURE - 8 * mm, PICTURE + 8 * mm]
    style: list[Any] = [*look.CARDED, ("FONTNAME", (0, 0), (-1, -1), prose.face.name)]
    yield _Group(Table([cells], widths, style=style), Spacer(0, 3 * mm))


DRAWN: Mapping[type[Any], Callable[[Any, Prose], Iterator[Flowable]]] = {
    parts.Chapter: _chapter,
    parts.Paragraph: _paragraph,
    parts.Points: _points,
    parts.Facts: _facts,
    parts.Grid: _grid,
    parts.Scores: _scores,
    parts.Figures: _figures,
    parts.Radar: _radar,
    parts.Columns: _columns,
    parts.Pair: _pair,
    parts.Ladder: _ladder,
    parts.Card: _card,
}

"""The drawings of a report: rings, bars, upright columns, a ladder for maturity; and its colours.

They know nothing of what is scored. A value off its scale is drawn at its end.
"""

import math
from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor, white
from reportlab.platypus import Flowable

from emulator.behaviours.paper import palette
from emulator.behaviours.paper.geometry import share
from emulator.behaviours.paper.typeface import Typeface

INK, QUIET, LINE, TINT, DEEP, ACCENT = (
    HexColor(f"#{colour}")
    for colour in (palette.INK, palette.QUIET, palette.LINE, palette.TINT, palette.DEEP, palette.ACCENT)
)
PAPER = white


def figure(value: float) -> str:
    """A value with one decimal."""
    return f"{value:.1f}"


class Ring(Flowable):
    """A score from 0 to 100 as an arc that starts at twelve o'clock, with the number inside."""

    def __init__(self, score: float, font: str, size: float = 84) -> None:
        super().__init__()
        self.score, self.font = score, font
        self.width = self.height = size
        self.hAlign = "CENTER"

    def draw(self) -> None:
        canvas, middle, stroke = self.canv, self.width / 2, self.width / 9
        radius = middle - stroke / 2
        canvas.setLineWidth(stroke)
        canvas.setStrokeColor(LINE)
        canvas.circle(middle, middle, radius)
        canvas.setStrokeColor(ACCENT)
        edges = (middle - radius, middle - radius, middle + radius, middle + radius)
        if share(self.score) > 0:
            canvas.arc(*edges, startAng=90, extent=-360 * share(self.score))
        canvas.setFillColor(DEEP)
        canvas.setFont(self.font, self.width / 4)
        canvas.drawCentredString(middle, middle - self.width / 11, f"{self.score:.1f}")


class Bar(Flowable):
    """A value from 0 to 100 as a filled part of a track; fits a table row."""

    def __init__(self, value: float, width: float, height: float = 6) -> None:
        super().__init__()
        self.value, self.width, self.height = value, width, height

    def draw(self) -> None:
        self._draw_part(self.width, LINE)
        if filled := share(self.value) * self.width:
            # Never narrower than its round ends, or the shape turns inside out.
            self._draw_part(max(filled, self.height), ACCENT)

    def _draw_part(self, width: float, colour: Color) -> None:
        self.canv.setFillColor(colour)
        self.canv.roundRect(0, 0, width, self.height, self.height / 2, stroke=0, fill=1)


class Ladder(Flowable):
    """Steps 1 to 10 in a row; those up to `index` are filled, and that one is the darkest."""

    def __init__(self, index: int, font: str, width: float, height: float = 22) -> None:
        super().__init__()
        self.index, self.font = min(max(index, 1), 10), font
        self.width, self.height = width, height

    def draw(self) -> None:
        gap = 3
        pitch = (self.width + gap) / 10
        self.canv.setFont(self.font, 9)
        for step in range(1, 11):
            self._draw_step(step, (step - 1) * pitch, pitch - gap)

    def _draw_step(self, step: int, left: float, width: float) -> None:
        reached = step <= self.index
        self.canv.setFillColor(DEEP if step == self.index else ACCENT if reached else LINE)
        self.canv.roundRect(left, 0, width, self.height, 2, stroke=0, fill=1)
        self.canv.setFillColor(PAPER if reached else QUIET)
        self.canv.drawCentredString(left + width / 2, self.height / 2 - 3.2, str(step))


class Columns(Flowable):
    """Upright bars with a label below and a figure above each; the tallest has the whole height."""

    def __init__(
        self, bars: Sequence[tuple[str, float]], form: str, face: Typeface, width: float, height: float = 96
    ) -> None:
        super().__init__()
        self.bars, self.form, self.face = bars, form, face
        self.width, self.height = width, height
        self.spaceAfter = 6

    def draw(self) -> None:
        canvas, foot, room = self.canv, 14, self.height - 28
        tallest = max((value for _, value in self.bars if math.isfinite(value)), default=0) or 1
        pitch = self.width / max(len(self.bars), 4)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.8)
        canvas.line(0, foot, self.width, foot)
        for number, (label, value) in enumerate(self.bars):
            middle, rises = (number + 0.5) * pitch, share(value, tallest) * room
            canvas.setFillColor(ACCENT)
            canvas.rect(middle - 0.3 * pitch, foot, 0.6 * pitch, rises, stroke=0, fill=1)
            canvas.setFillColor(QUIET)
            canvas.setFont(self.face.name, 7)
            canvas.drawCentredString(middle, foot + rises + 3, self.form.format(value))
            canvas.drawCentredString(middle, foot - 9, self.face.clipped(label, 7, pitch - 2))

"""A radar: values from 0 to 100 on axes around a middle, as points, and drawn on a page of a PDF.

The points serve the Word file as well, which has the same radar as a picture.
"""

import math
from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from emulator.behaviours.paper import charts
from emulator.behaviours.paper.typeface import Typeface

RINGS = (25, 50, 75, 100)
Point = tuple[float, float]


def points(shares: Sequence[float], radius: float) -> list[Point]:
    """Where values stand, each a share of its axis from 0 to 1; the first axis points up, the next go clockwise."""
    turn = 2 * math.pi / len(shares)
    return [
        (radius * share * math.sin(number * turn), radius * share * math.cos(number * turn))
        for number, share in enumerate(shares)
    ]


class Radar(Flowable):
    """The radar in the middle of the page, the names of its axes around it."""

    def __init__(self, axes: Sequence[tuple[str, float]], face: Typeface, width: float, radius: float = 82) -> None:
        super().__init__()
        self.axes, self.face, self.radius = axes, face, radius
        self.width, self.height = width, 2 * radius + 50
        self.spaceBefore = 10

    def draw(self) -> None:
        canvas = self.canv
        canvas.translate(self.width / 2, self.height / 2)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(charts.LINE)
        for ring in RINGS:
            self._polygon([ring / 100] * len(self.axes), fill=0)
        for x, y in points([1.0] * len(self.axes), self.radius):
            canvas.line(0, 0, x, y)
        shares = [charts.share(value) for _, value in self.axes]
        canvas.setLineWidth(1.6)
        canvas.setStrokeColor(charts.ACCENT)
        canvas.setFillColor(charts.ACCENT, alpha=0.22)
        self._polygon(shares, fill=1)
        canvas.setFillColor(charts.ACCENT, alpha=1)
        for x, y in points(shares, self.radius):
            canvas.circle(x, y, 2.2, stroke=0, fill=1)
        for text, value, x, y in self._labels():
            self._label(text, value, x, y)

    def _polygon(self, shares: Sequence[float], fill: int) -> None:
        path = self.canv.beginPath()
        corners = points(shares, self.radius)
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        self.canv.drawPath(path, stroke=1, fill=fill)

    def _labels(self) -> Iterator[tuple[str, float, float, float]]:
        ends = points([1.0] * len(self.axes), self.radius + 12)
        for (name, value), (x, y) in zip(self.axes, ends, strict=True):
            yield name, value, x, y

    def _label(self, name: str, value: float, x: float, y: float) -> None:
        """Beside its axis, outside; above or below where the axis is upright."""
        upright = abs(x) < self.radius * 0.2
        text = self.face.clipped(name, 8.5, self.width / 2 - abs(x))
        put = self.canv.drawCentredString if upright else self.canv.drawString if x > 0 else self.canv.drawRightString
        below = y if not upright else y + 6 if y > 0 else y - 4
        self.canv.setFillColor(charts.INK)
        self.canv.setFont(self.face.name, 8.5)
        put(x, below, text)
        self.canv.setFillColor(charts.QUIET)
        self.canv.setFont(self.face.name, 7.5)
        put(x, below - 9, charts.figure(value))

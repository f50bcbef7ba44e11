"""A radar on a page of a PDF: values from 0 to 100 on axes around a middle, with their names."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from emulator.behaviours.paper import charts
from emulator.behaviours.paper.geometry import RINGS, points, share
from emulator.behaviours.paper.typeface import Typeface


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
        shares = [share(value) for _, value in self.axes]
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

"""Strokes on paper: fits them to the sheet, paints them from far to near, and smooths the edges. It knows pixels, not
solids.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from PIL import Image, ImageDraw

from .camera import Camera
from .outlines import Point
from .solids import Part, Stroke

MARGIN = 0.09
_DISC = tuple((cos(pi * step / 16), sin(pi * step / 16)) for step in range(32))
FINE = 2  # painted at twice the size and reduced, which smooths the lines


def render(parts: Sequence[Part], camera: Camera, size: int) -> Image.Image:
    """All parts seen by the camera, on a white square of that many pixels."""
    ordered = sorted(parts, key=lambda part: part.depth(camera))
    strokes = [stroke for part in ordered for stroke in part.strokes(camera)]
    sheet = Sheet(strokes, size * FINE)
    for stroke in strokes:
        sheet.paint(stroke)
    return sheet.image.reduce(FINE)


class Sheet:
    """A white sheet and the scale at which a set of strokes fills it."""

    def __init__(self, strokes: Sequence[Stroke], size: int) -> None:
        xs = [x for stroke in strokes for x, _ in stroke.points]
        ys = [y for stroke in strokes for _, y in stroke.points]
        left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        self.scale = size * (1 - 2 * MARGIN) / max(right - left, top - bottom, 1e-6)
        self._x = size / 2 - self.scale * (left + right) / 2
        self._y = size / 2 + self.scale * (bottom + top) / 2
        self.pen = max(2, round(size / 260))
        self.image = Image.new("L", (size, size), 255)
        self._draw = ImageDraw.Draw(self.image)

    def paint(self, stroke: Stroke) -> None:
        points = [self._place(point) for point in stroke.points]
        if stroke.width is not None:
            self._rod(points, stroke)
        elif stroke.extra:
            self._draw.polygon(points, fill=0)
            self._line([*points, points[0]], 0, 2 * self.pen)
        else:
            if stroke.fill is not None and len(points) > 2:
                self._draw.polygon(points, fill=stroke.fill)
            if stroke.line is not None and len(points) > 1:
                self._line([*points, points[0]] if stroke.closed else points, stroke.line, self.pen)

    def _place(self, point: Point) -> Point:
        return self._x + self.scale * point[0], self._y - self.scale * point[1]

    def _line(self, points: Sequence[Point], tone: int, width: int) -> None:
        self._draw.line(points, fill=tone, width=width, joint="curve" if width > 3 else None)

    def _rod(self, points: Sequence[Point], stroke: Stroke) -> None:
        assert stroke.width is not None
        width = max(3, round(stroke.width * self.scale)) + 2 * self.pen * stroke.extra
        tone, half = stroke.line or 0, width / 2
        for (ax, ay), (bx, by) in pairwise(points):
            length = hypot(bx - ax, by - ay)
            if length > 0.01:
                dx, dy = half * (by - ay) / length, half * (bx - ax) / length
                self._draw.polygon(
                    [(ax + dx, ay - dy), (bx + dx, by - dy), (bx - dx, by + dy), (ax - dx, ay + dy)], tone
                )
        for x, y in points:  # bends crack without a disc at each joint
            self._draw.polygon([(x + half * c, y + half * s) for c, s in _DISC], tone)

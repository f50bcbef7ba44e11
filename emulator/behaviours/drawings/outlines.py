"""Flat outlines, counter-clockwise from the positive x axis: the faces of which solids are made. No depth, no view."""

from functools import lru_cache
from math import cos, pi, sin

Point = tuple[float, float]
Outline = tuple[Point, ...]


@lru_cache(maxsize=256)
def _directions(steps: int) -> Outline:
    return tuple((cos(2 * pi * step / steps), sin(2 * pi * step / steps)) for step in range(steps))


def ellipse(rx: float, ry: float, x: float = 0, y: float = 0, steps: int = 36) -> Outline:
    return tuple((x + rx * c, y + ry * s) for c, s in _directions(steps))


def circle(radius: float, x: float = 0, y: float = 0, steps: int = 36) -> Outline:
    return ellipse(radius, radius, x, y, steps)


def rectangle(width: float, height: float, x: float = 0, y: float = 0) -> Outline:
    w, h = width / 2, height / 2
    return ((x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h))


def rounded(width: float, height: float, radius: float, x: float = 0, y: float = 0) -> Outline:
    """A rectangle whose corners are quarter circles; the radius is cut to what fits."""
    radius = max(0.001, min(radius, width / 2, height / 2))
    w, h = width / 2 - radius, height / 2 - radius
    corners = ((w, h, 0), (-w, h, 6), (-w, -h, 12), (w, -h, 18))
    wheel = _directions(24)
    return tuple(
        (x + cx + radius * wheel[(first + step) % 24][0], y + cy + radius * wheel[(first + step) % 24][1])
        for cx, cy, first in corners
        for step in range(7)
    )


def arc(
    radius: float, start: float, end: float, x: float = 0, y: float = 0, steps: int = 16, squash: float = 1
) -> Outline:
    """An open arc between two angles in degrees."""
    angles = (pi / 180 * (start + (end - start) * step / steps) for step in range(steps + 1))
    return tuple((x + radius * cos(angle), y + radius * squash * sin(angle)) for angle in angles)


def smooth(points: Outline, steps: int = 6, *, closed: bool = True) -> Outline:
    """A curve through all points (Catmull-Rom)."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        a, b, c, d = (points[_place(index + shift, count, closed)] for shift in (-1, 0, 1, 2))
        curve += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return tuple(curve) if closed else (*curve, points[-1])


def mirrored(half: Outline) -> Outline:
    """A closed outline from its right half, which runs from bottom to top."""
    return half + tuple((-x, y) for x, y in reversed(half) if abs(x) > 1e-9)


def _place(index: int, count: int, closed: bool) -> int:
    return index % count if closed else max(0, min(count - 1, index))


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def along(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)

    return along(a[0], b[0], c[0], d[0]), along(a[1], b[1], c[1], d[1])

"""The shape of a watch: case, dial, crowns and strap. Traits in, parts out; which view is wanted is not their
business.
"""

from math import cos, pi, sin

from .camera import RIGHT, facing_right, leaning
from .outlines import Outline, circle, rounded
from .solids import Group, Part, Prism
from .traits import Seen, Traits


def watch(t: Traits) -> list[Part]:
    size, thick = t.between("size", 0.36, 0.44), t.between("thick", 0.1, 0.15)
    square = t.has("square", 0.45)
    height = size * t.between("tall", 1.0, 1.2) if square else size
    corner, bezel = size * t.between("corner", 0.12, 0.4), t.between("bezel", 0.02, 0.05)
    outline = rounded(size, height, corner) if square else circle(size / 2, steps=48)
    inner = (
        rounded(size - 2 * bezel, height - 2 * bezel, max(0.02, corner - bezel))
        if square
        else circle(size / 2 - bezel, steps=48)
    )
    face, lines = _analogue(t, size / 2 - bezel) if t.has("hands", 0.4) else _digital(t, size / 2 - bezel)
    case = Prism(outline, -thick / 2, thick / 2, marks=[inner, *face], lines=lines)
    crowns: list[Part] = [
        Prism(circle(0.035, steps=16), 0, 0.035, facing_right(size / 2 - 0.004, y)) for y in _crowns(t)
    ]
    return [Group([case, Group(crowns, seen_from=RIGHT)]), *_strap(t, size, height, 1), *_strap(t, size, height, -1)]


def _crowns(t: Traits) -> tuple[float, ...]:
    return t.pick("crowns", ((0.0,), (0.07,), (0.08, -0.08), (0.1, 0.0, -0.1)))


def _analogue(t: Traits, radius: float) -> tuple[list[Outline], list[Outline]]:
    hours, minutes = t.between("hour", 0, 2 * pi), t.between("minute", 0, 2 * pi)
    ticks = [
        ((radius * 0.82 * sin(a), radius * 0.82 * cos(a)), (radius * 0.94 * sin(a), radius * 0.94 * cos(a)))
        for a in _hours()
    ]
    hands = [
        ((0.0, 0.0), (radius * reach * sin(a), radius * reach * cos(a))) for a, reach in ((hours, 0.5), (minutes, 0.75))
    ]
    dials = [circle(radius * 0.2, 0, -radius * 0.45)] if t.has("small dial") else []
    return [circle(radius * 0.05, steps=12), *dials], [*ticks, *hands]


def _hours() -> list[float]:
    return [pi * hour / 6 for hour in range(12)]


def _digital(t: Traits, radius: float) -> tuple[list[Outline], list[Outline]]:
    kind = t.count("display", 0, 2)
    if kind == 0:
        return [], []
    if kind == 1:
        return [circle(radius * size, 0, 0) for size in (0.72, 0.56, 0.4)], []
    return [circle(radius * 0.2, x * radius * 0.45, y * radius * 0.45, 20) for x in (-1, 0, 1) for y in (-1, 0, 1)], []


def _strap(t: Traits, size: float, height: float, side: int) -> list[Part]:
    """One half of the strap, in pieces that bend away behind the case."""
    pieces, width = t.count("links", 3, 5), size * t.between("strap", 0.6, 0.86)
    length, bend = 0.42 / pieces, t.between("bend", 5, 12)
    y, z, angle = side * height * 0.46, -0.02, 8.0
    end = width * t.between("taper", 0.7, 0.95)
    parts: list[Part] = []
    for piece in range(pieces):
        near, far = (width + (end - width) * (piece + shift) / pieces for shift in (0, 1))
        dy, dz = side * length * cos(pi * angle / 180), -length * sin(pi * angle / 180)
        outline = ((near / 2, 0.0), (far / 2, side * length), (-far / 2, side * length), (-near / 2, 0.0))
        holes = [circle(0.016, 0, side * length / 2, 12)] if side < 0 and piece and t.has("holes", 0.7) else []
        points = outline if side > 0 else outline[::-1]
        parts.append(Prism(points, -0.03, 0, leaning(side * angle, (0, y, z)), marks=holes, order=-0.05 * piece))
        y, z, angle = y + dy, z + dz, angle + bend
    return parts


def watch_seen(t: Traits) -> Seen:
    crowns = len(t.pick("crowns", ((0.0,), (0.07,), (0.08, -0.08), (0.1, 0.0, -0.1))))
    hands = t.has("hands", 0.4)
    return {
        "case": "square" if t.has("square", 0.45) else "round",
        "dial": "hands" if hands else ("blank", "rings", "tiles")[t.count("display", 0, 2)],
        "small_dial": "yes" if hands and t.has("small dial") else "no",
        "crowns": {1: "one", 2: "two", 3: "three"}[crowns],
        "holes": "yes" if t.has("holes", 0.7) else "no",
    }

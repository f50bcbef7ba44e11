"""Shapes of what is worn: shoes and spectacles. Traits in, parts out; which view is wanted is not their business."""

from math import cos, radians, sin, sqrt

from .camera import Vector, lying
from .outlines import Outline, arc, ellipse, rounded, smooth
from .solids import Blob, Group, Line, Part, Prism, Tube
from .traits import Seen, Traits

_SHAFTS = ("low", "low", "mid", "boot")
_CLOSURES = ("laces", "straps", "slip-on")


def shoe(t: Traits) -> list[Part]:
    """The toe points to the left."""
    shaft = {"low": 0.3, "mid": 0.42, "boot": 0.66}[t.pick("shaft", _SHAFTS)] * t.between("shaft height", 0.92, 1.08)
    toe, width = t.between("toe", 0.13, 0.2), t.between("width", 0.15, 0.19)
    heights = smooth(
        ((-0.5, 0.04), (-0.44, toe), (-0.26, toe + 0.05), (-0.05, 0.28), (0.08, shaft), (0.36, shaft), (0.43, 0.12)),
        20,
        closed=False,
    )
    heights = tuple((x, min(high, shaft)) for x, high in heights)
    balls = [ball for x, high in heights for ball in _slice(x, high, width)]
    balls += [_collar(x, shaft, width) for x, _ in heights if 0.08 < x < 0.34]
    flank = ((0.47, 0.0), (0.42, width * 0.8), (0.0, width * 0.82), (-0.4, width))
    other = tuple((x, -z) for x, z in reversed(flank[1:]))
    outline = smooth(((-0.53, 0.0), *other, *flank), 6)
    sole_height = t.between("sole", 0.05, 0.1)
    sole = Prism(outline, -sole_height, 0.01, lying(), order=0.025)
    parts: list[Part] = [sole, Group([Blob(balls), *_on_the_side(t, width, shaft, heights), *_opening(shaft, width)])]
    return [*parts, *_closure(t, width, heights)] if shaft < 0.6 or t.pick("closure", _CLOSURES) != "slip-on" else parts


def _slice(x: float, high: float, width: float) -> list[tuple[Vector, Vector]]:
    """One upright, which grows narrower where it is tall, and one that fills the foot out to the sole."""
    half = width * (1 - 0.35 * max(0.0, abs(x + 0.1) - 0.2) / 0.4)
    narrow = 1 - 0.25 * min(1.0, max(0.0, high - 0.25) / 0.2)
    low = min(high, 0.3) / 4
    return [
        ((x, (high - 0.04) / 2, 0.0), (0.03, (high + 0.04) / 2, half * narrow)),
        ((x, low, 0.0), (0.03, low + 0.02, half)),
    ]


def _flank(x: float, y: float, width: float, heights: Outline) -> float:
    """How far the upper reaches to the side at a place."""
    high = min(heights, key=lambda point: abs(point[0] - x))[1]
    return max(
        reach * sqrt(max(0.0, 1 - ((y - middle) / tall) ** 2))
        for (_, middle, _), (_, tall, reach) in _slice(x, high, width)
    )


def _collar(x: float, shaft: float, width: float) -> tuple[Vector, Vector]:
    """So that the upper ends as wide as its opening."""
    return (x, shaft - 0.05, 0.0), (0.03, 0.05, width * 0.75 * sqrt(1 - ((x - 0.21) / 0.15) ** 2))


def _on_the_side(t: Traits, width: float, shaft: float, heights: Outline) -> list[Part]:
    """Lines over both flanks: a toe cap, a heel counter and an ornament."""
    curves: list[Outline] = [((-0.36, 0.02), (-0.33, 0.1), (-0.3, 0.17))] if t.has("toe cap") else []
    if t.has("counter", 0.6):
        curves.append(smooth(((0.24, 0.02), (0.27, shaft * 0.4), (0.38, shaft * 0.62)), 6, closed=False))
    kind = t.pick("ornament", _ORNAMENTS)
    if kind == "stripes":
        curves += [((-0.08 + 0.07 * stripe, 0.03), (-0.02 + 0.07 * stripe, 0.2)) for stripe in range(3)]
    elif kind == "wave":
        curves.append(smooth(((-0.2, 0.08), (-0.05, 0.05), (0.1, 0.12), (0.28, 0.2)), 8, closed=False))
    return [
        Group(
            [Line([(x, y, side * _flank(x, y, width, heights)) for x, y in curve], [looks] * len(curve))],
            seen_from=looks,
            least=0.1,
        )
        for curve in curves
        for side in (-1.0, 1.0)
        for looks in [(0.0, 0.0, side)]
    ]


_ORNAMENTS = ("stripes", "wave", "plain")


def _opening(shaft: float, width: float) -> list[Part]:
    rim = ellipse(0.15, width * 0.55, 0.21, 0.0, 28)
    return [Line([(x, shaft - 0.02, z) for x, z in (*rim, rim[0])], [(0.0, 1.0, -0.1)] * 29)]


def _closure(t: Traits, width: float, heights: Outline) -> list[Part]:
    """Laces over the instep, straps down to the sole; from behind they are hidden."""
    kind = t.pick("closure", _CLOSURES)
    if kind == "slip-on":
        return []
    count = t.count("rows", 3, 5) if kind == "laces" else 2
    thick, spread = (0.022, 8) if kind == "laces" else (0.05, 15)
    halves: dict[int, list[Part]] = {-1: [], 1: []}
    for row in range(count):
        share = (row + 0.5) / count
        x, high = min(heights, key=lambda point: abs(point[0] + 0.22 - 0.24 * share))
        (_, middle, _), (_, tall, half) = _slice(x, high, width)[0]
        for side, half_of_it in halves.items():
            turns = [radians(6 * step) for step in range(spread)]
            path = [(x, middle + tall * cos(turn), side * half * 1.01 * sin(turn)) for turn in turns]
            half_of_it.append(Tube(path, thick))
    return [Group(half, 0.1, seen_from=(0.0, 0.3, float(side))) for side, half in halves.items()]


def shoe_seen(t: Traits) -> Seen:
    return {
        "shaft": t.pick("shaft", _SHAFTS),
        "closure": t.pick("closure", _CLOSURES),
        "ornament": t.pick("ornament", _ORNAMENTS),
        "toe_cap": "yes" if t.has("toe cap") else "no",
    }


_LENSES = ("round", "rectangular", "cat-eye", "drop")


def spectacles(t: Traits) -> list[Part]:
    kind, bridge = t.pick("lenses", _LENSES), t.between("bridge", 0.06, 0.11)
    rim = t.between("rim", 0.014, 0.04)
    width = t.between("lens", 0.34, 0.42)
    lens = _lens(t, kind, width)
    parts: list[Part] = []
    for side in (-1, 1):
        x = side * (bridge + width) / 2
        rims = [(px * side + x, py, 0.02 * abs(px)) for px, py in (*lens, lens[0])]
        parts.append(Tube(rims, rim, order=0.05))
        hinge = (side * (bridge / 2 + width), max(y for _, y in lens) * 0.55)
        temple = [
            (hinge[0], hinge[1], 0.0),
            (hinge[0] + side * 0.01, hinge[1], -0.62),
            (hinge[0], hinge[1] - 0.16, -0.84),
        ]
        parts.append(Tube(temple, t.between("temple", 0.022, 0.05), order=-0.05))
    high = max(y for _, y in lens) * t.between("bridge height", 0.2, 0.6)
    bow = [(x, y, 0.0) for x, y in arc(bridge * 0.6, 10, 170, 0, high, 10, 0.6)]
    return [*parts, Tube(bow, rim * 0.9, order=0.06)]


def _lens(t: Traits, kind: str, width: float) -> Outline:
    """The outline of the right lens; the left one mirrors it."""
    half, tall = width / 2, width * t.between("tall", 0.6, 0.9) / 2
    if kind == "round":
        return ellipse(half, max(tall, half * 0.86), steps=32)
    if kind == "rectangular":
        return rounded(width, tall * 1.7, tall * t.between("corner", 0.2, 0.7))
    if kind == "cat-eye":
        return smooth(
            (
                (half * 0.9, -tall * 0.4),
                (half * 1.1, tall * 1.1),
                (0.0, tall * 0.85),
                (-half, tall * 0.5),
                (-half * 0.75, -tall * 0.75),
                (0.0, -tall),
            ),
            6,
        )
    return smooth(
        (
            (half * 0.8, -tall * 0.6),
            (half, tall * 0.7),
            (0.0, tall * 0.85),
            (-half * 0.9, tall * 0.8),
            (-half * 0.7, -tall * 0.4),
            (half * 0.1, -tall * 1.1),
        ),
        6,
    )


def spectacles_seen(t: Traits) -> Seen:
    return {
        "lenses": t.pick("lenses", _LENSES),
        "rim": "broad" if t.between("rim", 0.014, 0.04) > 0.027 else "slender",
    }

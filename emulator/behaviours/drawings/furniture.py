"""Shapes of larger furniture: sofas and tables. Traits in, parts out; which view is wanted is not their
business.
"""

from .camera import Frame, lying
from .outlines import circle, rectangle, rounded
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned

_ARMS = ("square", "rounded", "sloping", "none")
_FEET = ("blocks", "tapered legs", "none")
_BACKS = ("one piece", "cushions", "low")


def sofa(t: Traits) -> list[Part]:
    seats, arm = t.count("seats", 1, 3), t.between("arm", 0.08, 0.15)
    width = 0.34 * seats + t.between("width", 0.1, 0.24)
    depth, seat, foot = t.between("depth", 0.44, 0.56), t.between("seat", 0.24, 0.3), _foot_height(t)
    arms = t.pick("arms", _ARMS)
    inner = width if arms == "none" else width - 2 * arm
    base = Prism(rounded(inner, seat - foot - 0.08, 0.01, 0, (seat - 0.08 + foot) / 2), -depth / 2, depth / 2 - 0.02)
    parts: list[Part] = [*_feet(t, width, depth, foot), base, *_cushions(t, seats, inner, depth, seat)]
    parts += _back(t, seats, inner, depth, seat, foot)
    if arms != "none":
        parts += [_arm(t, side * (width - arm) / 2, arm, depth, seat, foot) for side in (-1, 1)]
    return parts


def _foot_height(t: Traits) -> float:
    return {"blocks": 0.04, "tapered legs": t.between("leg", 0.09, 0.15), "none": 0.0}[t.pick("feet", _FEET)]


def _feet(t: Traits, width: float, depth: float, foot: float) -> list[Part]:
    kind = t.pick("feet", _FEET)
    places = [(sx * (width / 2 - 0.06), sz * (depth / 2 - 0.07)) for sx in (-1, 1) for sz in (-1, 1)]
    if kind == "blocks":
        return [Prism(rectangle(0.07, foot, x, foot / 2), z - 0.035, z + 0.035, order=-0.15) for x, z in places]
    if kind == "none":
        return []
    return [Tube([(x, foot, z), (x * 1.03, 0.0, z * 1.06)], 0.028, order=-0.15) for x, z in places]


def _cushions(t: Traits, seats: int, inner: float, depth: float, seat: float) -> list[Part]:
    each, soft = inner / seats, t.between("soft", 0.015, 0.045)
    front = depth / 2 + t.between("overhang", -0.02, 0.02)
    places = [each * (number + 0.5) - inner / 2 for number in range(seats)]
    return [
        Prism(rounded(each * 0.995, 0.1, soft, x, seat - 0.03), -depth / 2 + 0.1, front, order=0.08) for x in places
    ]


def _back(t: Traits, seats: int, inner: float, depth: float, seat: float, foot: float) -> list[Part]:
    kind = t.pick("back", _BACKS)
    top = seat + (0.2 if kind == "low" else t.between("tall", 0.24, 0.36))
    corner = t.between("corner", 0.01, 0.09)
    board = Prism(
        rounded(inner, top - foot, corner, 0, (top + foot) / 2), -depth / 2 - 0.04, -depth / 2 + 0.08, order=-0.02
    )
    if kind != "cushions":
        return [board]
    each = inner / seats
    pads = [
        Prism(
            rounded(each * 0.97, top - seat - 0.03, 0.05, each * (number + 0.5) - inner / 2, (top + seat) / 2 + 0.02),
            -depth / 2 + 0.08,
            -depth / 2 + 0.2,
            marks=[circle(0.012, each * (number + 0.5) - inner / 2, (top + seat) / 2 + 0.02, 12)]
            if t.has("buttons", 0.5)
            else (),
            order=0.02,
        )
        for number in range(seats)
    ]
    return [board, *pads]


def _arm(t: Traits, x: float, arm: float, depth: float, seat: float, foot: float) -> Part:
    kind, top = t.pick("arms", _ARMS), seat + t.between("arm height", 0.1, 0.18)
    if kind == "sloping":
        frame = Frame((x, 0, 0), (0, 0, -1), (0, 1, 0), (1, 0, 0))
        back, front = depth / 2, -depth / 2
        outline = ((back, foot), (back, top + 0.08), (back - 0.1, top + 0.08), (front, top - 0.06), (front, foot))
        return Prism(outline, -arm / 2, arm / 2, frame, order=0.04)
    corner = arm * 0.48 if kind == "rounded" else 0.012
    return Prism(rounded(arm, top - foot, corner, x, (top + foot) / 2), -depth / 2 - 0.03, depth / 2 + 0.02, order=0.04)


def sofa_seen(t: Traits) -> Seen:
    return {
        "seats": ("one", "two", "three")[t.count("seats", 1, 3) - 1],
        "arms": t.pick("arms", _ARMS),
        "feet": t.pick("feet", _FEET),
        "back": t.pick("back", _BACKS),
    }


def table(t: Traits) -> list[Part]:
    round_top, height = t.pick("top", _TOPS) == "round", t.between("height", 0.36, 0.72)
    width, depth, thick = 1.0, t.between("depth", 0.5, 0.9), t.between("thick", 0.025, 0.06)
    outline = circle(0.5, steps=48) if round_top else rounded(width, depth, t.between("corner", 0.005, 0.12))
    depth = width if round_top else depth
    board = Prism(outline, height - thick, height, lying(), order=0.3)
    kind, leg = t.pick("legs", _LEGS), t.between("leg", 0.03, 0.06)
    if kind == "central column":
        foot = Prism(circle(t.between("foot", 0.22, 0.32), steps=40), 0, 0.03, lying(), order=-0.2)
        return [foot, turned([(leg * 0.9, 0.03), (leg * 0.9, height - thick)], curved=False), board]
    inset = 0.36 if round_top else 0.45
    splay = 0.05 if kind == "splayed" else 0.0
    corners = [(sx * width * inset, sz * depth * inset) for sx in (-1, 1) for sz in (-1, 1)]
    if kind == "trestles":
        return [*_trestles(width, depth, height - thick - leg / 2, leg), board]
    legs: list[Part] = [
        Tube([(x, height - thick - leg / 2, z), (x * (1 + splay * 2), 0, z * (1 + splay * 2))], leg) for x, z in corners
    ]
    rails: list[Part] = []
    if t.has("apron"):
        y = height - thick - 0.05
        rails = [
            Prism(rectangle(width * inset * 2, 0.08, 0, y), z - 0.01, z + 0.01, order=0.05)
            for z in (-depth * inset, depth * inset)
        ]
    return [*rails, *legs, board]


def _trestles(width: float, depth: float, top: float, leg: float) -> list[Part]:
    parts: list[Part] = []
    for x in (-width * 0.36, width * 0.36):
        for side in (-1, 1):
            parts.append(Tube([(x, top, side * depth * 0.1), (x, 0, side * depth * 0.42)], leg))
        parts.append(Tube([(x, top * 0.4, -depth * 0.29), (x, top * 0.4, depth * 0.29)], leg * 0.8, order=-0.02))
    return [Group([part]) for part in parts]


_TOPS = ("rectangular", "round", "rectangular")
_LEGS = ("straight", "splayed", "central column", "trestles")


def table_seen(t: Traits) -> Seen:
    return {"top": t.pick("top", _TOPS), "legs": t.pick("legs", _LEGS), "apron": "yes" if t.has("apron") else "no"}

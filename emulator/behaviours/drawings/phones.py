"""Shapes of what is held in the hand: phones and tablets. Traits in, parts out; which view is wanted is not their
business.
"""

from .camera import REAR, RIGHT, facing_right
from .outlines import Outline, circle, rounded
from .solids import Group, Part, Prism, Tube
from .traits import Traits


def side_key(x: float, y: float, length: float, depth: float) -> Part:
    return Group([Prism(rounded(depth * 0.36, length, 0.01), 0, 0.018, facing_right(x, y))], seen_from=RIGHT)


def phone(t: Traits) -> list[Part]:
    width, depth, radius = (
        t.between("width", 0.44, 0.54),
        t.between("depth", 0.05, 0.09),
        t.between("radius", 0.02, 0.13),
    )
    side, classic = t.between("frame", 0.012, 0.035), t.has("classic", 0.35)
    chin = t.between("chin", 0.1, 0.15) if classic else side
    screen = rounded(width - 2 * side, 1 - 2 * chin, 0.01 if classic else max(0.01, radius - side))
    marks = [screen, *(_classic_face(t, chin) if classic else _full_face(t, side))]
    body = Prism(rounded(width, 1, radius), -depth / 2, depth / 2, marks=marks, rear_marks=_emblem(t))
    keys = [
        side_key(width / 2, 0.5 - at, length, depth)
        for at, length in ((0.22, 0.14), (t.between("key", 0.36, 0.44), 0.07))
    ]
    return [Group([body, *keys, _rear_camera(t, width, depth)])]


def _classic_face(t: Traits, chin: float) -> list[Outline]:
    round_key = t.has("round key", 0.6)
    key = circle(chin * 0.34, 0, -0.5 + chin / 2) if round_key else rounded(0.14, chin * 0.36, 0.03, 0, -0.5 + chin / 2)
    return [key, rounded(0.1, 0.014, 0.007, 0, 0.5 - chin / 2), circle(0.011, 0.09, 0.5 - chin / 2)]


def _full_face(t: Traits, side: float) -> list[Outline]:
    top = 0.5 - side
    kind = t.count("front camera", 0, 3)
    at = t.pick("side of camera", (-0.14, 0.0, 0.0, 0.14))
    holes = (
        circle(0.017, at, top - 0.035),
        rounded(0.12, 0.034, 0.017, 0, top - 0.04),
        rounded(0.2, 0.045, 0.02, 0, top - 0.02),
    )
    return [holes[kind]] if kind < 3 else [rounded(0.09, 0.01, 0.005, 0, top - 0.012)]


def _emblem(t: Traits) -> list[Outline]:
    return [circle(0.035, 0, t.between("emblem", -0.2, 0.1))] if t.has("emblem there") else []


def _rear_camera(t: Traits, width: float, depth: float) -> Part:
    """A raised block on the rear; seen from behind, it sits in the upper left corner."""
    kind, lens = t.count("camera", 0, 3), t.between("lens", 0.032, 0.045)
    x, y = width / 2 - 0.12, 0.36
    if kind == 0:
        outline, places = rounded(0.17, 0.19, 0.045, x, y), [(-0.04, 0.045), (-0.04, -0.045), (0.042, 0.0)]
    elif kind == 1:
        outline, places = rounded(0.1, 0.25, 0.05, x, y - 0.02), [(0, 0.05), (0, -0.03), (0, -0.1)]
    elif kind == 2:
        x, y = 0.0, 0.3
        outline, places = circle(0.13, x, y), [(-0.05, 0.05), (0.05, 0.05), (-0.05, -0.05), (0.05, -0.05)]
    else:
        outline, places = rounded(0.1, 0.1, 0.05, x, y), [(0, 0)]
    lenses = [circle(size, x + dx, y + dy, 20) for dx, dy in places for size in (lens * 0.9, lens * 0.5)]
    return Group([Prism(outline, -depth / 2 - 0.018, -depth / 2, rear_marks=lenses)], seen_from=REAR)


def tablet(t: Traits) -> list[Part]:
    width, depth, radius = (
        t.between("width", 0.66, 0.84),
        t.between("depth", 0.03, 0.055),
        t.between("radius", 0.02, 0.08),
    )
    side = t.between("side", 0.03, 0.07)
    chin = max(side, t.between("chin", 0.03, 0.12))
    marks: list[Outline] = [rounded(width - 2 * side, 1 - 2 * chin, 0.012), circle(0.009, 0, 0.5 - chin / 2, 16)]
    if chin > 0.075:
        marks.append(circle(chin * 0.3, 0, -0.5 + chin / 2))
    rear = [
        circle(0.035, width / 2 - 0.09, 0.41),
        circle(0.02, width / 2 - 0.09, 0.41),
        rounded(0.16, 0.06, 0.03, 0, 0),
    ]
    body = Prism(rounded(width, 1, radius), -depth / 2, depth / 2, marks=marks, rear_marks=rear)
    parts: list[Part] = [Group([body, side_key(width / 2, 0.3, 0.1, depth)])]
    if t.has("pen", 0.3):
        x = width / 2 + 0.07
        parts.append(Tube([(x, -0.36, 0), (x, 0.4, 0)], 0.03))
        parts.append(Tube([(x, -0.4, 0), (x, -0.37, 0)], 0.014))
    return parts

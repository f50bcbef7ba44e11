"""Shapes of toys: game controllers and dolls. Traits in, parts out; which view is wanted is not their business."""

from .camera import FRONT, Vector
from .outlines import Outline, arc, circle, ellipse, mirrored, rounded, smooth
from .solids import Blob, Group, Line, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned


def controller(t: Traits) -> list[Part]:
    grip, top, waist = t.between("grip", 0.3, 0.44), t.between("top", 0.17, 0.23), t.between("waist", 0.1, 0.17)
    spread, depth = t.between("spread", 0.36, 0.46), t.between("depth", 0.12, 0.2)
    half = (
        (0.0, -waist),
        (0.16, -waist),
        (spread - 0.1, -grip * 0.85),
        (spread + 0.04, -grip),
        (0.5, -grip * 0.6),
        (0.48, 0.04),
        (0.34, top),
        (0.14, top * 0.96),
        (0.0, top * 0.94),
    )
    outline = smooth(mirrored(half)[:-1] if half[-1][0] else mirrored(half), 4)
    marks = [*_buttons(t), *_direction_keys(t), *_middle(t)]
    body = Prism(outline, -depth / 2, depth / 2, marks=marks)
    triggers: list[Part] = [
        Prism(rounded(0.17, 0.05, 0.02, s * 0.32, top + 0.01), -depth * 0.45, 0.0, order=-0.1) for s in (-1, 1)
    ]
    return [*triggers, Group([body, Group(_sticks(t, depth), seen_from=FRONT)])]


def _buttons(t: Traits) -> list[Outline]:
    size, apart = t.between("button", 0.024, 0.034), t.between("apart", 0.06, 0.075)
    return [circle(size, 0.32 + apart * dx, 0.06 + apart * dy, 20) for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0))]


def _direction_keys(t: Traits) -> list[Outline]:
    a, b = t.between("cross", 0.024, 0.03), t.between("arm", 0.065, 0.085)
    x, y = -0.32, 0.06
    if t.has("round field", 0.4):
        return [circle(b * 1.2, x, y), circle(b * 0.5, x, y, 24)]
    corners = (
        (a, -b),
        (a, -a),
        (b, -a),
        (b, a),
        (a, a),
        (a, b),
        (-a, b),
        (-a, a),
        (-b, a),
        (-b, -a),
        (-a, -a),
        (-a, -b),
    )
    return [tuple((x + dx, y + dy) for dx, dy in corners)]


def _middle(t: Traits) -> list[Outline]:
    keys = [rounded(0.05, 0.022, 0.011, s * 0.1, 0.09) for s in (-1, 1)]
    field = [rounded(0.24, 0.13, 0.02, 0, 0.1)] if t.has("touch field", 0.4) else keys
    return [*field, circle(t.between("home", 0.022, 0.04), 0, -0.01)]


def _sticks(t: Traits, depth: float) -> list[Part]:
    size, waist = t.between("stick", 0.055, 0.075), t.between("waist", 0.1, 0.17)
    y = max(t.between("stick height", -0.11, -0.06), size + 0.012 - waist)  # within the body
    places = [(-0.16, y), (0.16, y)]
    if t.has("one high", 0.3):
        places = [(-0.17, y + 0.05), (0.16, y)]
    return [
        Prism(circle(size, x, dy), depth / 2, depth / 2 + 0.05, marks=[circle(size * 0.7, x, dy)], order=0.1)
        for x, dy in places
    ]


def doll(t: Traits) -> list[Part]:
    head, belly, tall = t.between("head", 0.19, 0.27), t.between("belly", 0.15, 0.22), t.between("tall", 0.28, 0.4)
    skirt = t.has("skirt", 0.4)
    low = belly * t.between("skirt width", 1.3, 1.6) if skirt else belly * 0.8
    trunk = turned(
        [(low, 0.1), (belly, 0.1 + tall * 0.45), (belly * 0.5, 0.12 + tall)],
        rings=[(belly * 0.98, 0.1 + tall * 0.5)] if t.has("belt") else [],
        curved=not skirt,
    )
    y = 0.1 + tall + head * 0.75
    skull = Blob([((0, y, 0), (head, head * t.between("oval", 0.86, 1.1), head))])
    top: Part = Group([skull, *face(t, y, head)], 0.3)
    return [*_legs(t, belly), *_arms(t, belly, tall), trunk, *_headgear(t, y, head), top]


def face(t: Traits, y: float, head: float) -> list[Part]:
    """Eyes and a mouth on the front of the head; they vanish as it turns away."""
    apart, size, at = head * t.between("eyes apart", 0.28, 0.42), head * t.between("eye", 0.06, 0.13), y + head * 0.08
    eyes = [_on_front(circle(size, s * apart, at, 14), head, y) for s in (-1, 1)]
    smile = _on_front(arc(head * t.between("smile", 0.16, 0.32), 205, 335, 0, y - head * 0.18, 10), head, y)
    cheeks = (
        [_on_front(circle(size * 0.9, s * apart * 1.5, y - head * 0.2, 12), head, y) for s in (-1, 1)]
        if t.has("cheeks", 0.3)
        else []
    )
    nose = [_on_front(ellipse(head * 0.06, head * 0.045, 0, y - head * 0.06, 12), head, y)] if t.has("nose") else []
    return [*eyes, smile, *cheeks, *nose]


def _on_front(points: Outline, radius: float, y: float) -> Line:
    closed = (*points, points[0]) if len(points) > 11 else points
    path: list[Vector] = []
    for px, py in closed:
        path.append((px, py, max(0.0, radius**2 - px**2 - (py - y) ** 2) ** 0.5))
    return Line(path, [(px / radius, (py - y) / radius, pz / radius) for px, py, pz in path])


def _legs(t: Traits, belly: float) -> list[Part]:
    thick, apart = t.between("leg", 0.09, 0.14), belly * t.between("legs apart", 0.42, 0.6)
    parts: list[Part] = [Tube([(s * apart, 0.14, 0), (s * apart, 0.0, 0)], thick, order=-0.1) for s in (-1, 1)]
    feet = [Blob([((s * apart, -0.05, 0.04), (thick * 0.72, thick * 0.5, thick))], order=-0.05) for s in (-1, 1)]
    return [*parts, *feet]


def _arms(t: Traits, belly: float, tall: float) -> list[Part]:
    thick, drop = t.between("arm", 0.06, 0.1), t.between("drop", -0.16, 0.12)
    y = 0.1 + tall * 0.86
    reach = belly + t.between("reach", 0.06, 0.16)
    parts: list[Part] = []
    for s in (-1, 1):
        hand = (s * reach, y + drop, 0.0)
        parts += [
            Tube([(s * belly * 0.4, y, 0), hand], thick, order=-0.05),
            Blob([(hand, (thick * 0.66,) * 3)], order=0.02),
        ]
    return parts


def _headgear(t: Traits, y: float, head: float) -> list[Part]:
    kind = t.count("headgear", 0, 4)
    if kind == 0:
        size = head * t.between("ear", 0.3, 0.46)
        return [
            Group(
                [
                    Blob([((s * head * 0.75, y + head * 0.75, 0), (size, size, size * 0.4))]),
                    Prism(circle(size * 0.55, s * head * 0.75, y + head * 0.75, 20), size * 0.38, size * 0.4),
                ],
                -0.1,
            )
            for s in (-1, 1)
        ]
    if kind == 1:
        long = head * t.between("long ear", 0.9, 1.4)
        return [
            Blob(
                [((s * head * 0.4, y + head * 0.7 + long * 0.5, 0), (head * 0.2, long * 0.6, head * 0.12))], order=-0.1
            )
            for s in (-1, 1)
        ]
    if kind == 2:
        brim = turned([(head * 1.3, y + head * 0.5), (head * 1.3, y + head * 0.55)], curved=False, order=0.4)
        return [
            brim,
            turned(
                [(head * 0.8, y + head * 0.55), (head * t.between("crown", 0.2, 0.75), y + head * 1.25)],
                curved=False,
                order=0.5,
            ),
        ]
    if kind == 3:
        return [Blob([((s * head * 0.85, y + head * 0.5, -0.02), (head * 0.36,) * 3)], order=-0.2) for s in (-1, 1)]
    return [Blob([((0, y + head * 1.05, 0), (head * 0.3,) * 3)], order=-0.2)]


def controller_seen(t: Traits) -> Seen:
    return {
        "direction_keys": "round" if t.has("round field", 0.4) else "cross",
        "middle": "touch field" if t.has("touch field", 0.4) else "two keys",
        "sticks": "staggered" if t.has("one high", 0.3) else "level",
    }


def doll_seen(t: Traits) -> Seen:
    return {
        "headgear": ("round ears", "long ears", "hat", "side buns", "bun")[t.count("headgear", 0, 4)],
        "clothes": "skirt" if t.has("skirt", 0.4) else "trousers",
        "belt": "yes" if t.has("belt") else "no",
        "nose": "yes" if t.has("nose") else "no",
    }

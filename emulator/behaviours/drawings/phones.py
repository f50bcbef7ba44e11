"""Shapes of what is held in the hand: phones and tablets. Traits in, parts out; which view is wanted is not their
business.
"""

from .camera import LEFT, REAR, RIGHT, Frame, facing_right
from .outlines import Outline, circle, rounded
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits

_FACES = ("full", "full", "full", "home key", "home key", "keypad")
_HOLES = ("hole", "pill", "notch", "slit")
_CAMERAS = ("square of three", "column of three", "round of four", "single", "bar")


def side_key(x: float, y: float, length: float, depth: float) -> Part:
    return Group([Prism(rounded(depth * 0.36, length, 0.01), 0, 0.018, facing_right(x, y))], seen_from=RIGHT)


def _left_key(x: float, y: float, length: float, depth: float) -> Part:
    frame = Frame((x, y, 0), (0, 0, 1), (0, 1, 0), (-1, 0, 0))
    return Group([Prism(rounded(depth * 0.36, length, 0.01), 0, 0.018, frame)], seen_from=LEFT)


def phone(t: Traits) -> list[Part]:
    face = t.pick("face", _FACES)
    width, depth, radius = (
        t.between("width", 0.42, 0.58),
        t.between("depth", 0.05, 0.1),
        t.between("radius", 0.01, 0.14),
    )
    side = t.between("frame", 0.01, 0.04)
    body = Prism(
        rounded(width, 1, radius),
        -depth / 2,
        depth / 2,
        marks=_face(t, face, width, side, radius),
        rear_marks=_emblem(t),
    )
    return [Group([body, *_keys(t, width, depth), _rear_camera(t, width, depth)])]


def _face(t: Traits, face: str, width: float, side: float, radius: float) -> list[Outline]:
    if face == "keypad":
        return _keypad(t, width)
    if face == "full":
        return [rounded(width - 2 * side, 1 - 2 * side, max(0.01, radius - side)), *_front_camera(t, side)]
    chin = t.between("chin", 0.09, 0.17)
    brow = chin * t.between("brow", 0.6, 1.0)
    screen = rounded(width - 2 * side, 1 - chin - brow, 0.01, 0, (chin - brow) / 2)
    return [screen, *_home_key(t, chin, brow)]


def _home_key(t: Traits, chin: float, brow: float) -> list[Outline]:
    key = (
        circle(chin * t.between("key size", 0.26, 0.38), 0, -0.5 + chin / 2)
        if t.has("round key", 0.6)
        else rounded(t.between("key width", 0.1, 0.2), chin * 0.36, 0.03, 0, -0.5 + chin / 2)
    )
    x = t.pick("eye", (0.09, -0.09, 0.14))
    return [key, rounded(0.1, 0.014, 0.007, 0, 0.5 - brow / 2), circle(0.011, x, 0.5 - brow / 2)]


def _keypad(t: Traits, width: float) -> list[Outline]:
    """A small screen above rows of keys."""
    rows, top = t.count("rows", 4, 5), t.between("screen", -0.02, 0.12)
    wide, high = (width - 0.08) / 3, (top + 0.42) / rows
    radius = t.pick("key corner", (0.008, 0.02, 0.04))
    keys = [
        rounded(wide * 0.84, high * 0.66, radius, wide * (column - 1), top - 0.03 - high * (row + 0.5))
        for row in range(rows)
        for column in range(3)
    ]
    return [rounded(width - 0.08, 0.4 - top, 0.015, 0, (top + 0.4) / 2), rounded(0.12, 0.016, 0.008, 0, 0.45), *keys]


def _front_camera(t: Traits, side: float) -> list[Outline]:
    top, kind, at = 0.5 - side, t.pick("front camera", _HOLES), t.pick("side of camera", (-0.14, 0.0, 0.0, 0.14))
    return {
        "hole": [circle(t.between("hole", 0.013, 0.022), at, top - 0.035)],
        "pill": [rounded(t.between("pill", 0.09, 0.15), 0.034, 0.017, 0, top - 0.04)],
        "notch": [rounded(t.between("notch", 0.14, 0.26), 0.045, 0.02, 0, top - 0.02)],
        "slit": [rounded(0.09, 0.01, 0.005, 0, top - 0.012)],
    }[kind]


def _keys(t: Traits, width: float, depth: float) -> list[Part]:
    """One or two on the right, and some on the left as well."""
    second = t.between("key", 0.32, 0.46)
    right = [side_key(width / 2, 0.5 - second, t.between("key length", 0.06, 0.1), depth)]
    if t.pick("keys", (1, 2, 2)) == 2:
        right.append(side_key(width / 2, 0.5 - 0.2, t.between("rocker", 0.11, 0.16), depth))
    left = (
        [_left_key(-width / 2, t.between("left key", 0.16, 0.3), 0.1, depth)] if t.has("key on the left", 0.4) else []
    )
    return [*right, *left]


def _emblem(t: Traits) -> list[Outline]:
    return [circle(0.035, 0, t.between("emblem", -0.2, 0.1))] if t.has("emblem there") else []


def _rear_camera(t: Traits, width: float, depth: float) -> Part:
    """A raised block on the rear; seen from behind, it sits in the upper left corner, or in the middle."""
    lens = t.between("lens", 0.032, 0.045)
    x, y = width / 2 - 0.12, 0.36
    outline, places = {
        "square of three": (
            rounded(0.17, 0.19, 0.045, x, y),
            [(x - 0.04, 0.405), (x - 0.04, 0.315), (x + 0.042, 0.36)],
        ),
        "column of three": (rounded(0.1, 0.25, 0.05, x, y - 0.02), [(x, 0.41), (x, 0.33), (x, 0.26)]),
        "round of four": (circle(0.13, 0, 0.3), [(sx * 0.05, 0.3 + sy * 0.05) for sx in (-1, 1) for sy in (-1, 1)]),
        "single": (rounded(0.1, 0.1, 0.05, x, y), [(x, y)]),
        "bar": (rounded(width * 0.9, 0.11, 0.04, 0, 0.34), [(width * 0.3, 0.34), (width * 0.1, 0.34)]),
    }[t.pick("camera", _CAMERAS)]
    lenses = [circle(size, cx, cy, 20) for cx, cy in places for size in (lens * 0.9, lens * 0.5)]
    return Group([Prism(outline, -depth / 2 - 0.018, -depth / 2, rear_marks=lenses)], seen_from=REAR)


def phone_seen(t: Traits) -> Seen:
    face, camera = t.pick("face", _FACES), t.pick("camera", _CAMERAS)
    radius = t.between("radius", 0.01, 0.14)
    more = {"front_camera": t.pick("front camera", _HOLES)} if face == "full" else {}
    places = {"round of four": "upper_middle", "bar": "across"}
    return {
        "corners": "rounded" if radius > 0.08 else "square" if radius < 0.04 else "slightly rounded",
        "face": face,
        **more,
        "rear_camera": camera,
        "camera": places.get(camera, "upper_left"),
        "keys": {1: "one", 2: "two"}[t.pick("keys", (1, 2, 2))],
        "left_key": "yes" if t.has("key on the left", 0.4) else "no",
    }


_KEYS = ("round", "none", "row", "none")
_STANDS = ("none", "none", "pen", "grip")


def tablet(t: Traits) -> list[Part]:
    wide, depth, radius = t.between("width", 0.6, 0.86), t.between("depth", 0.03, 0.055), t.between("radius", 0.01, 0.1)
    side, key = t.between("side", 0.02, 0.07), t.pick("key", _KEYS)
    chin = max(side, t.between("chin", 0.09, 0.16) if key != "none" else t.between("bare chin", 0.02, 0.08))
    width, height = (1.0, wide) if t.has("landscape", 0.4) else (wide, 1.0)
    screen = rounded(width - 2 * side, height - side - chin, 0.012, 0, (chin - side) / 2)
    marks: list[Outline] = [screen, *_tablet_eye(t, width, height, side), *_tablet_keys(t, height, chin)]
    eye = [circle(size, width / 2 - 0.09, height / 2 - 0.09) for size in (0.035, 0.02)]
    rear = [*eye, rounded(0.16, 0.06, 0.03, 0, 0)]
    body = Prism(rounded(width, height, radius), -depth / 2, depth / 2, marks=marks, rear_marks=rear)
    keys = [side_key(width / 2, height * t.between("side key", 0.15, 0.36), 0.1, depth)]
    return [Group([body, *keys]), *_beside(t, width, height)]


def _tablet_eye(t: Traits, width: float, height: float, side: float) -> list[Outline]:
    places = {"top": (0.0, height / 2 - side / 2), "left": (-width / 2 + side / 2, 0.0), "none": None}
    place = places[t.pick("eye", ("top", "left", "none"))]
    return [circle(0.009, *place, 16)] if place else []


def _tablet_keys(t: Traits, height: float, chin: float) -> list[Outline]:
    key, y = t.pick("key", _KEYS), -height / 2 + chin / 2
    if key == "round":
        return [circle(chin * t.between("key size", 0.24, 0.36), 0, y)]
    return [rounded(0.09, chin * 0.3, 0.015, x, y) for x in (-0.14, 0.0, 0.14)] if key == "row" else []


def _beside(t: Traits, width: float, height: float) -> list[Part]:
    """A pen at the right edge, or a round grip below the screen."""
    kind = t.pick("beside", _STANDS)
    if kind == "pen":
        x, half = width / 2 + 0.07, height * t.between("pen", 0.34, 0.44)
        return [
            Tube([(x, 0.05 - half, 0), (x, half, 0)], 0.03),
            Tube([(x, 0.01 - half, 0), (x, 0.04 - half, 0)], 0.014),
        ]
    if kind == "grip":
        y = -height / 2 - 0.02
        return [Tube([(-width * 0.46, y, -0.03), (width * 0.46, y, -0.03)], t.between("grip", 0.06, 0.1), order=-0.02)]
    return []


def tablet_seen(t: Traits) -> Seen:
    return {
        "position": "landscape" if t.has("landscape", 0.4) else "portrait",
        "corners": "rounded" if t.between("radius", 0.01, 0.1) > 0.045 else "square",
        "keys": t.pick("key", _KEYS),
        "camera": t.pick("eye", ("top", "left", "none")),
        "beside": t.pick("beside", _STANDS),
    }

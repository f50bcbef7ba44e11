"""Shapes of appliances: cameras, vacuum cleaners and fans. Traits in, parts out; which view is wanted is not their
business.
"""

from math import cos, pi, sin

from .camera import FRONT, REAR, lying
from .outlines import Outline, circle, rounded, smooth
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned

_CAMERAS = ("compact", "reflex", "instant", "action")


def camera(t: Traits) -> list[Part]:
    kind = t.pick("kind", _CAMERAS)
    width = {"compact": 1.0, "reflex": 1.0, "instant": 0.84, "action": 0.9}[kind]
    height = {"compact": 0.56, "reflex": 0.62, "instant": 0.92, "action": 0.66}[kind] * t.between("height", 0.9, 1.12)
    depth, radius = t.between("depth", 0.24, 0.36), t.between("radius", 0.03, 0.13)
    lens, x = t.between("lens", 0.34, 0.44) * min(height, 0.62), t.pick("place", (0.0, 0.0, 0.12, -0.12)) * width
    y = -height * 0.06 if kind != "action" else 0.0
    body = Prism(
        rounded(width, height, radius),
        -depth / 2,
        depth / 2,
        marks=_face(t, kind, width, height),
        rear_marks=_back(t, width, height),
    )
    barrel = _barrel(t, kind, x, y, lens, depth)
    return [*_top(t, kind, width, height, depth, x), Group([body, Group(barrel, seen_from=FRONT)])]


def _face(t: Traits, kind: str, width: float, height: float) -> list[Outline]:
    grip = [rounded(width * 0.16, height * 0.8, 0.04, -width * 0.39, -height * 0.02)] if t.has("grip") else []
    flash = [rounded(width * 0.16, height * 0.13, 0.02, width * 0.34, height * 0.34)] if kind != "reflex" else []
    slot = [rounded(width * 0.72, 0.05, 0.01, 0, -height * 0.42)] if kind == "instant" else []
    window = [rounded(0.1, 0.07, 0.015, -width * 0.16, height * 0.37)] if t.has("window") else []
    return [*grip, *flash, *slot, *window]


def _back(t: Traits, width: float, height: float) -> list[Outline]:
    keys = [circle(0.03, -width * 0.38, height * (0.25 - 0.16 * key), 14) for key in range(t.count("keys", 2, 4))]
    return [rounded(width * 0.62, height * 0.72, 0.02, width * 0.1, -height * 0.04), *keys]


def _barrel(t: Traits, kind: str, x: float, y: float, lens: float, depth: float) -> list[Part]:
    steps, reach = t.count("rings", 1, 3), t.between("reach", 0.08, 0.3) * (0.3 if kind == "action" else 1)
    parts: list[Part] = []
    for step in range(steps):
        size = lens * (1 - 0.12 * step)
        start = depth / 2 + reach * step / steps
        inner = [circle(size * share, x, y) for share in ((0.72, 0.4) if step == steps - 1 else ())]
        parts.append(Prism(circle(size, x, y, 44), start, start + reach / steps, marks=inner))
    return [Group([part]) for part in parts]


def _top(t: Traits, kind: str, width: float, height: float, depth: float, x: float) -> list[Part]:
    top = height / 2
    knobs = t.count("knobs", 1, 2)
    dial = t.between("dial", 0.05, 0.09)
    parts: list[Part] = [
        Prism(circle(dial, (-0.36 + 0.2 * knob) * width, 0.0, 24), top - 0.02, top + 0.035, lying(), order=-0.1)
        for knob in range(knobs)
    ]
    if kind == "reflex":
        half = t.between("hump", 0.15, 0.22)
        hump = (
            (x + half, top - 0.02),
            (x + half * 0.6, top + 0.13),
            (x - half * 0.6, top + 0.13),
            (x - half, top - 0.02),
        )
        parts.append(Prism(hump, -depth * 0.4, depth * 0.5, order=-0.05))
    return parts


def camera_seen(t: Traits) -> Seen:
    return {
        "kind": t.pick("kind", _CAMERAS),
        "lens": {0.0: "central", 0.12: "offset_right", -0.12: "offset_left"}[t.pick("place", (0.0, 0.0, 0.12, -0.12))],
        "knobs": ("one", "two")[t.count("knobs", 1, 2) - 1],
        "grip": "yes" if t.has("grip") else "no",
    }


_CLEANERS = ("stick", "robot", "stick", "canister")


def vacuum(t: Traits) -> list[Part]:
    kind = t.pick("kind", _CLEANERS)
    return {"stick": _stick, "robot": _robot, "canister": _canister}[kind](t)


def _stick(t: Traits) -> list[Part]:
    head, wide, lean = t.between("head", 0.26, 0.4), t.between("tube", 0.03, 0.05), t.between("lean", 0.04, 0.14)
    foot = Prism(
        rounded(head, 0.15, t.between("corner", 0.02, 0.07)),
        0,
        0.07,
        lying(0, 0, 0.06),
        marks=[rounded(head * 0.7, 0.05, 0.02)],
    )
    low, high = (0.0, 0.07, 0.0), (0.0, 0.78, -lean)
    can, y = t.between("can", 0.055, 0.085), t.between("can place", 0.62, 0.76)
    body = turned(
        [(can * 0.7, y - 0.16), (can, y - 0.13), (can, y + 0.08), (can * 0.7, y + 0.12)],
        z=-lean * 0.6,
        rings=[(can, y - 0.06)],
        curved=t.has("soft"),
        order=0.1,
    )
    loop = [
        (0.0, 0.8, -lean),
        (0.0, 0.94, -lean - 0.02),
        (0.0, 0.98, -lean - 0.12),
        (0.0, 0.88, -lean - 0.18),
        (0.0, 0.76, -lean - 0.1),
    ]
    knee = Prism(circle(0.045, steps=20), -0.04, 0.04, order=0.02)
    return [foot, Tube([low, high], wide), Group([knee], 0.02), body, Tube(loop, 0.045, order=-0.05)]


def _robot(t: Traits) -> list[Part]:
    high, bumper = t.between("high", 0.1, 0.2), t.between("bumper", 0.86, 0.97)
    body = turned([(0.48, 0.0), (0.5, 0.02), (0.5, high - 0.02), (0.48, high)], curved=False)
    ring = Prism(circle(0.48 * bumper, steps=48), high, high + 0.004, lying(), marks=_lid(t), order=0.4)
    turret = t.has("turret", 0.6)
    eye = turned([(0.1, high), (0.1, high + 0.06)], z=t.between("eye", -0.12, 0.1), curved=False, order=0.6)
    return [body, ring, *([eye] if turret else [])]


def _lid(t: Traits) -> list[Outline]:
    keys = t.count("buttons", 1, 3)
    dots = [circle(0.035, (key - (keys - 1) / 2) * 0.11, -0.3, 18) for key in range(keys)]
    return [*dots, *([rounded(0.5, 0.3, 0.06, 0, 0.18)] if t.has("flap") else [circle(0.24, 0, 0.06, 36)])]


def _canister(t: Traits) -> list[Part]:
    long, high, wide = t.between("long", 0.36, 0.46), t.between("tall", 0.24, 0.32), t.between("wide", 0.24, 0.32)
    outline = smooth(
        ((0.5, 0.06), (0.48, high), (0.5 - long * 0.6, high * 1.05), (0.5 - long, high * 0.6), (0.5 - long, 0.06)), 6
    )
    wheels: list[Part] = []
    for side, face in ((1, FRONT), (-1, REAR)):
        back, front = sorted((side * wide / 2, side * (wide / 2 + 0.03)))
        hub = [circle(0.06, 0.4, 0.1)]
        wheels.append(Group([Prism(circle(0.11, 0.4, 0.1, 30), back, front, marks=hub, rear_marks=hub)], 0.1, face))
    hose = smooth(((0.5 - long, high * 0.7), (-0.12, high * 1.6), (-0.3, 0.72), (-0.42, 0.66)), 8, closed=False)
    tube = Tube([(-0.42, 0.66, 0.0), (-0.66, 0.06, 0.0)], 0.035)
    nozzle = Prism(rounded(0.13, 0.3, 0.03), 0, 0.06, lying(0, -0.69, 0.0))
    grip = Tube([(0.42, high, 0.0), (0.3, high + 0.08, 0.0), (0.2, high, 0.0)], 0.03, order=-0.02)
    return [
        Tube([(x, y, 0.0) for x, y in hose], 0.045),
        tube,
        nozzle,
        grip,
        Prism(outline, -wide / 2, wide / 2),
        *wheels,
    ]


def vacuum_seen(t: Traits) -> Seen:
    kind = t.pick("kind", _CLEANERS)
    more = {"turret": "yes" if t.has("turret", 0.6) else "no"} if kind == "robot" else {}
    return {"kind": kind, **more}


_STANDS = ("desk", "floor", "desk")


def fan(t: Traits) -> list[Part]:
    radius, floor = t.between("radius", 0.24, 0.32), t.pick("stand", _STANDS) == "floor"
    y = (0.95 if floor else 0.46) * t.between("tall", 0.94, 1.06)
    depth, blades = t.between("depth", 0.1, 0.18), t.pick("blades", (3, 4, 5, 7))
    foot = turned([(t.between("foot", 0.16, 0.24), 0.0), (0.15, 0.03), (0.05, 0.06)], curved=t.has("soft foot"))
    pole = Tube([(0, 0.05, -0.02), (0, y, -0.02)], t.between("pole", 0.03, 0.06), order=-0.1)
    motor = Prism(circle(radius * 0.3, 0, y, 28), -depth / 2 - 0.12, -depth / 2)
    rings = [circle(radius * share, 0, y, 44) for share in t.pick("rings", ((0.96,), (0.96, 0.6), (0.96, 0.75, 0.5)))]
    hub = circle(radius * t.between("hub", 0.16, 0.26), 0, y, 24)
    bars = _bars(t, radius, y)
    cage = Prism(
        circle(radius, 0, y, 48),
        -depth / 2,
        depth / 2,
        marks=[*_blades(t, blades, radius, y), *rings, hub],
        lines=bars,
        rear_marks=rings,
    )
    return [foot, pole, motor, cage]


def _blades(t: Traits, blades: int, radius: float, y: float) -> list[Outline]:
    wide, start = t.between("blade", 0.5, 0.85) * pi / blades, t.between("start", 0, pi)
    outlines: list[Outline] = []
    for blade in range(blades):
        a = start + 2 * pi * blade / blades
        shape = ((0.2, a - wide * 0.3), (0.85, a - wide * 0.8), (0.92, a), (0.8, a + wide * 0.7), (0.2, a + wide * 0.3))
        outlines.append(smooth(tuple((radius * r * cos(b), y + radius * r * sin(b)) for r, b in shape), 5))
    return outlines


def _bars(t: Traits, radius: float, y: float) -> list[Outline]:
    count = t.pick("bars", (0, 12, 18, 24))
    angles = [2 * pi * bar / count for bar in range(count)]
    return [
        ((radius * 0.28 * cos(a), y + radius * 0.28 * sin(a)), (radius * 0.95 * cos(a), y + radius * 0.95 * sin(a)))
        for a in angles
    ]


def fan_seen(t: Traits) -> Seen:
    return {
        "stand": t.pick("stand", _STANDS),
        "blades": {3: "three", 4: "four", 5: "five", 7: "seven"}[t.pick("blades", (3, 4, 5, 7))],
        "cage": "barred" if t.pick("bars", (0, 12, 18, 24)) else "rings only",
    }

"""Shapes of small devices: laptops, memory cards, power banks and sockets. Traits in, parts out; which view is wanted
is not their business.
"""

from .camera import leaning, lying
from .outlines import Outline, circle, rectangle, rounded
from .phones import side_key
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits

_FACES = ("plain", "plain", "display", "grooves")
_BESIDE = ("nothing", "ports", "switch", "ports")
_STANDARDS = ("two round pins", "two flat pins and earth", "three flat pins", "slanted pins")


def laptop(t: Traits) -> list[Part]:
    width, depth, thick = 1.0, t.between("depth", 0.56, 0.78), t.between("thick", 0.02, 0.07)
    radius, lean, side = t.between("radius", 0.01, 0.06), t.between("lean", 0, 34), t.between("side", 0.02, 0.05)
    height = depth * t.between("height", 0.92, 1.0)
    chin = side + t.between("chin", 0, 0.05)
    screen = rounded(width - 2 * side, height - side - chin, 0.01, 0, height / 2 + (chin - side) / 2)
    lid = Prism(
        rounded(width, height, radius, 0, height / 2), -0.012, 0.012, leaning(lean, (0, thick, -depth / 2)),
        marks=[screen, circle(0.008, 0, height - side / 2, 12)], rear_marks=[circle(0.05, 0, height / 2)], order=-0.3,
    )  # fmt: skip
    pads = _pad(t, depth)
    base = Prism(rounded(width, depth, radius), 0, thick, lying(), marks=[*pads, *_keyboard(t, depth)])
    return [lid, base]


def _pad(t: Traits, depth: float) -> list[Outline]:
    wide, high, x = (
        t.between("pad", 0.2, 0.42),
        depth * t.between("pad height", 0.18, 0.28),
        t.pick("pad place", (0.0, 0.0, -0.1)),
    )
    y = -depth * 0.31
    keys = [rounded(wide * 0.48, 0.035, 0.008, x + s * wide * 0.25, y - high / 2 - 0.03) for s in (-1, 1)]
    bars = [rectangle(0.02, depth * 0.4, s * 0.475, depth * 0.18) for s in (-1, 1)]
    return [
        rounded(wide, high, 0.012, x, y),
        *(keys if t.has("pad keys", 0.4) else []),
        *(bars if t.has("speakers", 0.4) else []),
    ]


def _keyboard(t: Traits, depth: float) -> list[Outline]:
    rows, keys = t.count("rows", 4, 6), t.count("keys", 10, 15)
    wide = t.between("keyboard", 0.66, 0.94)
    step, high = wide / keys, depth * 0.44 / rows
    top = depth * 0.42
    field_ = [
        rectangle(step * 0.8, high * 0.76, -wide / 2 + step * (key + 0.5), top - high * (row + 0.5))
        for row in range(rows - 1)
        for key in range(keys)
    ]
    y = top - high * (rows - 0.5)
    return [
        *field_,
        rectangle(wide * 0.42, high * 0.76, 0, y),
        *(rectangle(step * 1.4, high * 0.76, s * wide * 0.4, y) for s in (-1, 1)),
    ]


def card(t: Traits) -> list[Part]:
    width, cut, depth = t.between("width", 0.58, 0.94), t.between("cut", 0.06, 0.26), t.between("depth", 0.03, 0.08)
    w = width / 2
    outline = ((w, -0.5), (w, 0.5 - cut), (w - cut, 0.5), (-w, 0.5), (-w, -0.5))
    pins = t.count("pins", 6, 9)
    step = (width - cut - 0.08) / pins
    contacts = [
        rounded(step * 0.62, t.between("contact", 0.1, 0.18), 0.012, -w + 0.05 + step * (pin + 0.5), 0.37)
        for pin in range(pins)
    ]
    label = rounded(
        width * t.between("label width", 0.6, 0.86),
        t.between("label", 0.3, 0.56),
        t.pick("label corner", (0.005, 0.03, 0.1)),
        0,
        t.between("label place", -0.2, -0.12),
    )
    chip = (
        [
            rectangle(
                width * t.between("chip width", 0.18, 0.3),
                t.between("chip height", 0.12, 0.22),
                width * t.between("chip", -0.1, 0.1),
                -0.14,
            )
        ]
        if t.has("chip there")
        else []
    )
    lock = Prism(rectangle(0.03, 0.12, -w - 0.006, 0.1), -depth * 0.3, depth * 0.3)
    return [Prism(outline, -depth / 2, depth / 2, marks=[*contacts, label, *chip], rear_marks=[label]), lock]


def charger(t: Traits) -> list[Part]:
    width, depth, radius = (
        t.between("width", 0.42, 0.78),
        t.between("depth", 0.1, 0.22),
        t.between("radius", 0.03, 0.14),
    )
    lights, y = t.count("lights", 3, 5), t.pick("place of lights", (0.38, -0.38))
    dots = [circle(0.014, (light - (lights - 1) / 2) * 0.055, y, 14) for light in range(lights)]
    panel = [rounded(width - 0.08, t.between("panel", 0.5, 0.64), radius * 0.7)] if t.has("panel there", 0.6) else []
    coil = [circle(width * size) for size in (0.34, 0.3)] if t.has("coil", 0.4) else []
    body = Prism(
        rounded(width, 1, radius),
        -depth / 2,
        depth / 2,
        marks=[*dots, *panel, *coil, *_window(t, width)],
        rear_marks=[rounded(width * 0.5, 0.1, 0.02)],
    )
    ports = [
        Prism(rounded(0.09, depth * 0.3, 0.01, x), 0, 0.006, lying(0.5))
        for x in t.pick("ports", ((-0.12, 0.12), (0.0,), (-0.14, 0.0, 0.14)))
    ]
    return [Group([body, *ports, side_key(width / 2, 0.25, 0.09, depth * 0.6)])]


def _window(t: Traits, width: float) -> list[Outline]:
    """A small display, or grooves across the face."""
    kind = t.pick("face", _FACES)
    if kind == "display":
        return [rounded(width * t.between("display", 0.3, 0.6), t.between("display height", 0.08, 0.16), 0.015, 0, 0.2)]
    if kind == "grooves":
        count = t.count("grooves", 3, 7)
        return [rounded(width * 0.6, 0.012, 0.006, 0, -0.22 + 0.045 * groove) for groove in range(count)]
    return []


def plug(t: Traits) -> list[Part]:
    width, height = t.pick("shape", ((0.84, 0.84), (0.84, 0.84), (0.7, 1.0), (1.0, 0.7)))
    depth, radius = t.between("depth", 0.16, 0.4), t.between("radius", 0.03, 0.2)
    well = t.between("well", 0.22, 0.32) if t.pick("beside", _BESIDE) == "nothing" else t.between("well", 0.19, 0.24)
    marks: list[Outline] = [rounded(width - 0.1, height - 0.1, max(0.02, radius - 0.04)), *_openings(t)]
    marks += [circle(well, steps=44)] if t.has("round well", 0.6) else [rounded(2 * well, 2 * well, 0.06)]
    marks += _ports(t, width, height)
    marks += [circle(0.016, width / 2 - 0.1, height / 2 - 0.1, 14)] if t.has("light", 0.6) else []
    body = Prism(
        rounded(width, height, radius),
        -depth / 2,
        depth / 2,
        marks=marks,
        rear_marks=[rounded(width - 0.2, height - 0.2, 0.04)],
    )
    foot = Prism(rounded(width * 0.7, height * 0.7, 0.05), -depth / 2 - 0.1, -depth / 2)
    pins = (
        [Tube([(x, 0, -depth / 2 - 0.1), (x, 0, -depth / 2 - 0.3)], 0.05, order=-0.2) for x in (-0.1, 0.1)]
        if t.has("pins", 0.5)
        else []
    )
    return [body, foot, *pins]


def _ports(t: Traits, width: float, height: float) -> list[Outline]:
    """Small outlets below the well, or a switch above it."""
    kind, y = t.pick("beside", _BESIDE), height / 2 - 0.09
    if kind == "switch":
        return [rounded(t.between("switch", 0.1, 0.2), 0.055, 0.02, 0, y)]
    count = {"ports": t.count("ports", 1, 3)}.get(kind, 0)
    return [rounded(0.08, 0.035, 0.006, (port - (count - 1) / 2) * 0.13, -y) for port in range(count)]


def _openings(t: Traits) -> list[Outline]:
    kind = t.count("standard", 0, 3)
    if kind == 0:
        return [circle(0.032, x, 0, 18) for x in (-0.1, 0.1)]
    if kind == 1:
        return [rectangle(0.03, 0.13, x, 0.05) for x in (-0.09, 0.09)] + [circle(0.035, 0, -0.13, 16)]
    if kind == 2:
        return [
            rectangle(0.04, 0.11, 0, 0.1),
            rectangle(0.12, 0.035, -0.11, -0.09),
            rectangle(0.12, 0.035, 0.11, -0.09),
        ]
    slanted = [tuple((s * (0.09 + x + 0.5 * y), -0.1 + y) for x, y in rectangle(0.03, 0.12)[::s]) for s in (1, -1)]
    return [rectangle(0.03, 0.12, 0, 0.14), *slanted]


def laptop_seen(t: Traits) -> Seen:
    return {
        "lid": "steep" if t.between("lean", 0, 34) < 12 else "wide open",
        "rows": {4: "four", 5: "five", 6: "six"}[t.count("rows", 4, 6)],
        "pad": "left" if t.pick("pad place", (0.0, 0.0, -0.1)) else "central",
        "pad_keys": "yes" if t.has("pad keys", 0.4) else "no",
        "speakers": "yes" if t.has("speakers", 0.4) else "no",
    }


def card_seen(t: Traits) -> Seen:
    return {
        "contacts": {6: "six", 7: "seven", 8: "eight", 9: "nine"}[t.count("pins", 6, 9)],
        "label": {0.005: "angular", 0.03: "rounded", 0.1: "oval"}[t.pick("label corner", (0.005, 0.03, 0.1))],
        "chip": "yes" if t.has("chip there") else "no",
    }


def charger_seen(t: Traits) -> Seen:
    ports = t.pick("ports", ((-0.12, 0.12), (0.0,), (-0.14, 0.0, 0.14)))
    return {
        "lights": {3: "three", 4: "four", 5: "five"}[t.count("lights", 3, 5)],
        "place_of_lights": "top" if t.pick("place of lights", (0.38, -0.38)) > 0 else "bottom",
        "ports": {1: "one", 2: "two", 3: "three"}[len(ports)],
        "face": t.pick("face", _FACES),
        "coil": "yes" if t.has("coil", 0.4) else "no",
    }


def plug_seen(t: Traits) -> Seen:
    shape = t.pick("shape", ((0.84, 0.84), (0.84, 0.84), (0.7, 1.0), (1.0, 0.7)))
    return {
        "shape": "square" if shape[0] == shape[1] else "upright" if shape[0] < shape[1] else "wide",
        "standard": _STANDARDS[t.count("standard", 0, 3)],
        "well": "round" if t.has("round well", 0.6) else "square",
        "light": "yes" if t.has("light", 0.6) else "no",
        "beside": t.pick("beside", _BESIDE),
    }

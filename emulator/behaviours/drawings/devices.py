"""Shapes of small devices: laptops, memory cards, power banks and sockets. Traits in, parts out; which view is wanted
is not their business.
"""

from .camera import leaning, lying
from .outlines import Outline, circle, rectangle, rounded
from .phones import side_key
from .solids import Group, Part, Prism, Tube
from .traits import Traits


def laptop(t: Traits) -> list[Part]:
    width, depth, thick = 1.0, t.between("depth", 0.62, 0.74), t.between("thick", 0.02, 0.05)
    radius, lean, side = t.between("radius", 0.01, 0.06), t.between("lean", 8, 24), t.between("side", 0.02, 0.05)
    height = depth * t.between("height", 0.92, 1.0)
    chin = side + t.between("chin", 0, 0.05)
    screen = rounded(width - 2 * side, height - side - chin, 0.01, 0, height / 2 + (chin - side) / 2)
    lid = Prism(
        rounded(width, height, radius, 0, height / 2), -0.012, 0.012, leaning(lean, (0, thick, -depth / 2)),
        marks=[screen, circle(0.008, 0, height - side / 2, 12)], rear_marks=[circle(0.05, 0, height / 2)], order=-0.3,
    )  # fmt: skip
    pad = rounded(t.between("pad", 0.22, 0.36), depth * 0.26, 0.012, 0, -depth * 0.31)
    base = Prism(rounded(width, depth, radius), 0, thick, lying(), marks=[pad, *_keyboard(t, depth)])
    return [lid, base]


def _keyboard(t: Traits, depth: float) -> list[Outline]:
    rows, keys = t.count("rows", 4, 6), t.count("keys", 11, 14)
    wide = t.between("keyboard", 0.78, 0.92)
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
    width, cut, depth = t.between("width", 0.68, 0.86), t.between("cut", 0.1, 0.2), t.between("depth", 0.03, 0.08)
    w = width / 2
    outline = ((w, -0.5), (w, 0.5 - cut), (w - cut, 0.5), (-w, 0.5), (-w, -0.5))
    pins = t.count("pins", 6, 9)
    step = (width - cut - 0.08) / pins
    contacts = [
        rounded(step * 0.62, t.between("contact", 0.1, 0.18), 0.012, -w + 0.05 + step * (pin + 0.5), 0.37)
        for pin in range(pins)
    ]
    label = rounded(width * 0.8, t.between("label", 0.36, 0.55), 0.03, 0, -0.16)
    chip = [rectangle(width * 0.3, 0.2, t.between("chip", -0.12, 0.12), -0.12)] if t.has("chip there") else []
    lock = Prism(rectangle(0.03, 0.12, -w - 0.006, 0.1), -depth * 0.3, depth * 0.3)
    return [Prism(outline, -depth / 2, depth / 2, marks=[*contacts, label, *chip], rear_marks=[label]), lock]


def charger(t: Traits) -> list[Part]:
    width, depth, radius = t.between("width", 0.46, 0.7), t.between("depth", 0.1, 0.22), t.between("radius", 0.03, 0.14)
    lights, y = t.count("lights", 3, 5), t.pick("place of lights", (0.38, -0.38))
    dots = [circle(0.014, (light - (lights - 1) / 2) * 0.055, y, 14) for light in range(lights)]
    panel = [rounded(width - 0.08, t.between("panel", 0.5, 0.64), radius * 0.7)] if t.has("panel there", 0.6) else []
    coil = [circle(width * size) for size in (0.34, 0.3)] if t.has("coil", 0.4) else []
    body = Prism(
        rounded(width, 1, radius),
        -depth / 2,
        depth / 2,
        marks=[*dots, *panel, *coil],
        rear_marks=[rounded(width * 0.5, 0.1, 0.02)],
    )
    ports = [
        Prism(rounded(0.09, depth * 0.3, 0.01, x), 0, 0.006, lying(0.5))
        for x in t.pick("ports", ((-0.12, 0.12), (0.0,), (-0.14, 0.0, 0.14)))
    ]
    return [Group([body, *ports, side_key(width / 2, 0.25, 0.09, depth * 0.6)])]


def plug(t: Traits) -> list[Part]:
    width, height = t.pick("shape", ((0.84, 0.84), (0.84, 0.84), (0.7, 1.0), (1.0, 0.7)))
    depth, radius = t.between("depth", 0.16, 0.4), t.between("radius", 0.03, 0.2)
    well = t.between("well", 0.26, 0.31)
    marks: list[Outline] = [rounded(width - 0.1, height - 0.1, max(0.02, radius - 0.04)), *_openings(t)]
    marks += [circle(well, steps=44)] if t.has("round well", 0.6) else [rounded(2 * well, 2 * well, 0.06)]
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

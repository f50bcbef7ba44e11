"""Shapes of what one listens with: headphones, earbuds and loudspeakers. Traits in, parts out; which view is wanted is
not their business.
"""

from .camera import FRONT, Frame, lying
from .outlines import arc, circle, ellipse, rectangle, rounded
from .solids import Blob, Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned


def headphones(t: Traits) -> list[Part]:
    half, top, cup = t.between("half", 0.32, 0.44), t.between("top", 0.48, 0.7), t.between("cup", 0.13, 0.23)
    band, tall = t.between("band", 0.04, 0.11), t.between("tall", 1.0, 1.5)
    bow = [(x, y, 0.0) for x, y in arc(half, -4, 184, 0, 0.02, 28, top / half)]
    pad = [
        (x, y, 0.0)
        for x, y in arc(half - band * 0.75, 35, 145, 0, 0.02, 20, (top - band * 0.75) / (half - band * 0.75))
    ]
    parts: list[Part] = [Tube(pad, band * 0.75, order=-0.02), Tube(bow, band * 0.62)]
    for side in (-1, 1):
        parts += _ear_cup(t, side, half, cup, tall)
    return [*parts, *_microphone(t, half)]


def _microphone(t: Traits, half: float) -> list[Part]:
    """A boom that reaches from the left cup to the mouth."""
    if not t.has("microphone", 0.35):
        return []
    x, y, far = -half - 0.06, -0.26, t.between("boom", 0.18, 0.3)
    path = [(x, y, 0.03), (x + 0.02, y - 0.1, 0.1), (x + far, y - 0.2, 0.22)]
    return [Tube(path, 0.02, order=0.2), Blob([(path[-1], (0.045, 0.03, 0.03))], order=0.3)]


def _ear_cup(t: Traits, side: int, half: float, cup: float, tall: float) -> list[Part]:
    thick, cushion, y = t.between("thick", 0.06, 0.11), t.between("cushion", 0.06, 0.1), -0.2
    frame = Frame((side * half, y, 0), (0, 0, -side), (0, 1, 0), (side, 0, 0))
    rings = [ellipse(cup * s, cup * tall * s, steps=28) for s in t.pick("rings", ((0.7,), (0.8, 0.4), (0.3,), ()))]
    shell = Prism(ellipse(cup, cup * tall), -thick * 0.2, thick, frame, marks=rings, order=0.02)
    soft = Prism(ellipse(cup * 1.02, cup * tall * 1.02), -thick * 0.2 - cushion, -thick * 0.2, frame)
    cap = Prism(
        ellipse(cup * 0.82, cup * tall * 0.84),
        thick,
        thick + t.between("cap", 0.01, 0.04),
        frame,
        marks=rings,
        order=0.06,
    )
    arm = Tube(
        [(side * half, y + cup * tall * 0.6, 0), (side * half, 0.04, 0)], t.between("arm", 0.02, 0.04), order=0.01
    )
    return [arm, soft, shell, cap]


def earbuds(t: Traits) -> list[Part]:
    head, stem = t.between("head", 0.085, 0.12), t.between("stem", 0.22, 0.42)
    tips = head * (1.25 + 1.1 * t.between("tip", 0.5, 0.75))
    apart = max(t.between("apart", 0.17, 0.25), tips)  # the tips point at one another and do not touch
    parts: list[Part] = []
    for side in (-1, 1):
        parts += _bud(t, side * apart, -side, stem)
    if t.has("case", 0.65):
        parts += _charging_case(t, stem)
    return parts


def _bud(t: Traits, x: float, inward: int, stem: float) -> list[Part]:
    head, y = t.between("head", 0.085, 0.12), 0.25
    tip = head * t.between("tip", 0.5, 0.75)
    round_ = ((x, y, 0.0), (head, head * 0.95, head * 0.85))
    lobe = ((x - inward * head * 0.45, y - head * 0.8, 0.0), (head * 0.75, head * 0.8, head * 0.7))
    body = Blob([round_] if t.has("stemmed", 0.75) else [round_, lobe])
    reach = head * 1.25 * inward
    tip_part = Blob(
        [((x + reach * s, y + head * 0.35 * s, 0.0), (tip * (1.1 - 0.3 * s), tip, tip)) for s in (0.6, 0.8, 1.0)],
        order=-0.05,
    )
    parts: list[Part] = [tip_part]
    if t.has("stemmed", 0.75):
        foot = x - inward * head * 0.35
        parts.append(
            Tube(
                [(x - inward * head * 0.2, y, 0.0), (foot, y - stem, 0.0)],
                head * t.between("stem width", 0.55, 0.8),
                order=-0.01,
            )
        )
    speaker_hole = Prism(circle(head * t.between("ring", 0.3, 0.6), x, y, 24), head * 0.8, head * 0.86, order=0.2)
    return [*parts, Group([body, Group([speaker_hole], seen_from=FRONT)])]


def _charging_case(t: Traits, stem: float) -> list[Part]:
    width, height, depth = t.between("case width", 0.46, 0.64), t.between("case height", 0.34, 0.46), 0.22
    y = 0.1 - stem - height / 2
    seam = height * t.between("seam", 0.08, 0.24)
    line = ((-width / 2, y + seam), (width / 2, y + seam))
    marks = (
        [circle(0.014, 0, y + seam - 0.07, 14)]
        if t.has("case light", 0.7)
        else [rounded(0.12, 0.025, 0.01, 0, y + seam)]
    )
    radius = min(width, height) * t.between("case radius", 0.2, 0.5)
    return [
        Prism(rounded(width, height, radius, 0, y), -depth / 2, depth / 2, marks=marks, lines=[line], rear_lines=[line])
    ]


def speaker(t: Traits) -> list[Part]:
    return _round_speaker(t) if t.has("round", 0.3) else _box_speaker(t)


def _box_speaker(t: Traits) -> list[Part]:
    wide = t.has("wide", 0.4)
    width, height = (1.0, t.between("low", 0.34, 0.5)) if wide else (t.between("width", 0.46, 0.66), 1.0)
    depth, radius = t.between("depth", 0.3, 0.5), t.between("radius", 0.02, 0.18)
    size = min(width, height) * t.between("cone", 0.3, 0.4)
    places = (
        [(-0.28, 0.0, size), (0.28, 0.0, size)]
        if wide
        else [(0.0, -0.2, size), (0.0, 0.27, size * t.between("tweeter", 0.35, 0.7))]
    )
    cones = [circle(r * s, x, y) for x, y, r in places for s in (1, 0.85, 0.36)]
    frame = [rounded(width - 0.06, height - 0.06, max(0.01, radius - 0.03))] if t.has("grille", 0.6) else []
    feet: list[Part] = [
        Prism(rectangle(0.1, 0.04, s * width * 0.34, -height / 2 - 0.02), -depth * 0.3, depth * 0.3, order=-0.3)
        for s in (-1, 1)
    ]
    return [
        Prism(rounded(width, height, radius), -depth / 2, depth / 2, marks=[*frame, *cones]),
        *(feet if t.has("feet") else []),
    ]


def _round_speaker(t: Traits) -> list[Part]:
    low, high, belly = t.between("low", 0.26, 0.4), t.between("high", 0.2, 0.38), t.between("belly", 0, 0.08)
    tall = t.between("tall", 0.55, 1.0)
    profile = [(low, 0.0), ((low + high) / 2 + belly, tall / 2), (high, tall)]
    bands = t.count("bands", 2, 9)
    levels = [0.06 + (tall - 0.12) * band / bands for band in range(bands + 1)]
    rings = [(_parabola(profile, level / tall), level) for level in levels]
    return [
        turned(profile, rings=rings),
        Prism(circle(high * 0.7), tall, tall + 0.01, lying(), marks=[circle(high * 0.3)], order=0.6),
    ]


def _parabola(profile: list[tuple[float, float]], share: float) -> float:
    """The radius at a share of the height, on the curve through three radii."""
    (a, _), (b, _), (c, _) = profile
    return a + (4 * b - 3 * a - c) * share + (2 * a + 2 * c - 4 * b) * share * share


def headphones_seen(t: Traits) -> Seen:
    rings = t.pick("rings", ((0.7,), (0.8, 0.4), (0.3,), ()))
    return {
        "cups": "oval" if t.between("tall", 1.0, 1.5) > 1.2 else "round",
        "rings": {0: "none", 1: "one", 2: "two"}[len(rings)],
        "band": "broad" if t.between("band", 0.04, 0.11) > 0.075 else "slender",
        "microphone": "yes" if t.has("microphone", 0.35) else "no",
    }


def earbuds_seen(t: Traits) -> Seen:
    return {
        "stem": "yes" if t.has("stemmed", 0.75) else "no",
        "case": "yes" if t.has("case", 0.65) else "no",
        "case_light": "yes" if t.has("case", 0.65) and t.has("case light", 0.7) else "no",
    }


def speaker_seen(t: Traits) -> Seen:
    if t.has("round", 0.3):
        return {"shape": "round", "bands": "many" if t.count("bands", 2, 9) > 5 else "few"}
    return {
        "shape": "wide" if t.has("wide", 0.4) else "upright",
        "edges": "rounded" if t.between("radius", 0.02, 0.18) > 0.08 else "angular",
        "grille_frame": "yes" if t.has("grille", 0.6) else "no",
        "feet": "yes" if t.has("feet") else "no",
    }

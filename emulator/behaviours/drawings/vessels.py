"""Shapes of vessels: bottles, cups and kettles. Traits in, parts out; which view is wanted is not their business."""

from .outlines import arc, smooth
from .solids import Part, Prism, Tube
from .traits import Seen, Traits
from .turned import radius_at, turned


def bottle(t: Traits) -> list[Part]:
    body, shoulder = t.between("body", 0.15, 0.26), t.between("shoulder", 0.5, 0.7)
    neck, waist = t.between("neck", 0.05, 0.085), t.between("waist", 0.82, 1.04)
    profile = [
        (body * 0.92, 0.0),
        (body, 0.04),
        (body * waist, shoulder * 0.5),
        (body, shoulder),
        (neck * 1.15, 0.8),
        (neck, 0.88),
    ]
    if t.has("steep", 0.35):
        profile[4] = (neck * 1.3, shoulder + 0.1)
    cap_high, cap_wide = t.between("cap", 0.07, 0.16), neck * t.between("cap width", 1.1, 1.5)
    levels = _grooves(t, shoulder)
    rings = [(radius_at(profile, level), level) for level in levels]
    cap = turned(
        [(cap_wide, 0.87), (cap_wide * t.between("cap taper", 0.8, 1.0), 0.87 + cap_high)],
        rings=[(cap_wide, 0.89)],
        curved=False,
        order=0.7,
    )
    return [turned(profile, rings=rings), cap]


def _grooves(t: Traits, shoulder: float) -> list[float]:
    kind = t.count("grooves", 0, 3)
    if kind == 0:
        return []
    if kind == 1:
        return [shoulder * 0.18, shoulder * 0.86]
    count, first = t.count("number of grooves", 3, 7), t.between("first groove", 0.12, 0.3)
    return [shoulder * (first + 0.09 * groove) for groove in range(count)]


def cup(t: Traits) -> list[Part]:
    rim, foot, tall = t.between("rim", 0.3, 0.42), t.between("foot", 0.2, 0.36), t.between("tall", 0.5, 0.85)
    foot = min(foot, rim)
    middle = (rim + foot) / 2 * t.between("belly", 0.96, 1.14)
    profile = [(foot, 0.0), (middle, tall * 0.5), (rim, tall)]
    levels = t.pick("lines", ((0.88,), (0.12, 0.88), (0.1, 0.16), (0.35, 0.42, 0.65), ()))
    rings = [(_bulge(foot, middle, rim, level), tall * level) for level in levels]
    wall = 0.025
    body = turned(profile, rings=rings)
    inner = turned([(rim - wall, tall), (rim - wall, tall + 0.001)], curved=False, order=0.9)
    parts: list[Part] = [body, inner]
    if t.has("handle", 0.92):
        parts.append(_ear(t, (foot, middle, rim), tall))
    if t.has("saucer", 0.3):
        parts.insert(0, turned([(foot * 1.1, -0.05), (rim * 1.55, 0.03)], curved=False, order=-0.5))
    return parts


def _bulge(low: float, middle: float, high: float, share: float) -> float:
    return low + (4 * middle - 3 * low - high) * share + (2 * low + 2 * high - 4 * middle) * share * share


def _ear(t: Traits, radii: tuple[float, float, float], tall: float) -> Part:
    reach, thick = t.between("reach", 0.14, 0.26), t.between("ear", 0.03, 0.06)
    high, low = tall * 0.8, tall * t.between("ear foot", 0.2, 0.36)
    radius = radii[1]
    upper, lower = _bulge(*radii, high / tall), _bulge(*radii, low / tall)
    if t.has("square ear", 0.3):
        points = [(upper, high), (radius + reach, high), (radius + reach, low), (lower, low)]
    else:
        bow = (
            (upper, high),
            (radius + reach * 0.8, high * 0.97),
            (radius + reach, (high + low) / 2),
            (radius + reach * 0.5, low * 1.05),
            (lower, low),
        )
        points = list(smooth(bow, closed=False))
    return Tube([(x, y, 0.0) for x, y in points], thick, order=-0.1)


def kettle(t: Traits) -> list[Part]:
    low, high, tall = t.between("low", 0.28, 0.38), t.between("high", 0.16, 0.26), t.between("tall", 0.5, 0.75)
    middle = (low + high) / 2 * t.between("belly", 0.98, 1.16)
    body = turned([(low, 0.06), (middle, tall * 0.55), (high, tall)], rings=[(low * 0.99, 0.09)])
    plate = turned([(low * 1.06, 0.0), (low * 1.06, 0.045)], curved=False, order=-0.3)
    lid = turned([(high, tall), (high * 0.7, tall + 0.05), (0.03, tall + 0.07)], order=0.3)
    knob = turned([(0.03, tall + 0.07), (0.05, tall + 0.1), (0.02, tall + 0.14)], order=0.5)
    parts: list[Part] = [_spout(t, high, middle, tall), body, lid, knob, _grip(t, low, middle, high, tall)]
    return [plate, *parts] if t.has("plate", 0.7) else parts


def _spout(t: Traits, high: float, middle: float, tall: float) -> Part:
    reach, start = t.between("reach", 0.1, 0.24), tall * t.between("spout", 0.5, 0.8)
    tip = tall * t.between("tip", 0.88, 1.05)
    outline = (
        (-middle * 0.97, start - 0.12),
        (-(middle + high) * 0.47, start + 0.12),
        (-middle - reach, tip),
        (-middle - reach - 0.05, tip - 0.05),
    )
    return Prism(outline[::-1] if _clockwise(outline) else outline, -0.06, 0.06, order=-0.2)


def _clockwise(points: tuple[tuple[float, float], ...]) -> bool:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True)) < 0


def _grip(t: Traits, low: float, middle: float, high: float, tall: float) -> Part:
    thick = t.between("grip", 0.04, 0.07)
    if t.has("bow", 0.35):
        path = arc(high + 0.06, 5, 175, 0, tall - 0.02, 20, t.between("bow height", 1.1, 1.6))
        return Tube([(x, y, 0.0) for x, y in path], thick, order=-0.02)
    reach = t.between("grip reach", 0.16, 0.26)
    points = smooth(
        (
            (high * 1.02, tall * 0.96),
            (high + reach, tall * 0.98),
            (middle + reach, tall * 0.6),
            (middle + reach * 0.6, tall * 0.25),
        ),
        closed=False,
    )
    back = points if t.has("open grip", 0.5) else (*points, (low + (middle - low) * 0.3, tall * 0.22))
    return Tube([(x, y, 0.0) for x, y in back], thick, order=-0.1)


def bottle_seen(t: Traits) -> Seen:
    return {
        "shoulder": "steep" if t.has("steep", 0.35) else "sloping",
        "grooves": {0: "none", 1: "two"}.get(t.count("grooves", 0, 3), "several"),
        "waist": "drawn in" if t.between("waist", 0.82, 1.04) < 0.9 else "straight",
    }


def cup_seen(t: Traits) -> Seen:
    handle = t.has("handle", 0.92)
    return {
        "handle": ("square" if t.has("square ear", 0.3) else "curved") if handle else "none",
        "saucer": "yes" if t.has("saucer", 0.3) else "no",
        "lines": {0: "none", 1: "one"}.get(
            len(t.pick("lines", ((0.88,), (0.12, 0.88), (0.1, 0.16), (0.35, 0.42, 0.65), ()))), "several"
        ),
    }


def kettle_seen(t: Traits) -> Seen:
    bow = t.has("bow", 0.35)
    return {
        "grip": "bow" if bow else "open" if t.has("open grip", 0.5) else "closed",
        "plate": "yes" if t.has("plate", 0.7) else "no",
    }

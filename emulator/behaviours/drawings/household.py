"""Shapes of furniture and lamps. Traits in, parts out; which view is wanted is not their business."""

from .camera import leaning, lying
from .outlines import rounded
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import radius_at, turned


def lamp(t: Traits) -> list[Part]:
    foot, height = t.between("foot", 0.17, 0.27), t.between("height", 0.42, 0.62)
    base_top = t.between("base", 0.03, 0.09)
    base = turned(
        [(foot, 0), (foot, base_top * 0.5), (foot * t.between("dome", 0.3, 0.9), base_top)], curved=t.has("soft base")
    )
    stem = _stem(t, base_top, height)
    return [base, *stem, _shade(t, height)]


def _stem(t: Traits, bottom: float, top: float) -> list[Part]:
    thick, kind = t.between("stem", 0.016, 0.04), t.count("stem kind", 0, 2)
    if kind == 0:
        return [turned([(thick, bottom), (thick, top + 0.05)], curved=False, order=0.1)]
    belly = t.between("belly", 0.06, 0.16)
    if kind == 1:
        middle = bottom + (top - bottom) * t.between("ball", 0.3, 0.7)
        profile = [
            (thick, bottom),
            (thick, middle - belly),
            (belly, middle),
            (thick, middle + belly),
            (thick, top + 0.05),
        ]
    else:
        profile = [
            (belly * 0.6, bottom),
            (belly * 1.3, bottom + (top - bottom) * 0.35),
            (thick, bottom + (top - bottom) * 0.85),
            (thick, top + 0.05),
        ]
    return [turned(profile, order=0.1)]


def _shade(t: Traits, bottom: float) -> Part:
    low, tall = t.between("shade", 0.24, 0.4), t.between("shade height", 0.24, 0.42)
    high = low * t.between("cone", 0.35, 0.95)
    kind = t.count("shade kind", 0, 2)
    if kind == 0:
        profile = [(low, bottom), (high, bottom + tall)]
    elif kind == 1:
        profile = [
            (low, bottom),
            (low * 0.93, bottom + tall * 0.5),
            (low * 0.6, bottom + tall * 0.88),
            (low * 0.12, bottom + tall),
        ]
    else:
        profile = [(high, bottom), (low, bottom + tall * 0.45), (high * 0.8, bottom + tall)]
    edges = (0.07, 0.93) if kind == 0 and t.has("trim", 0.6) else (0.07,)
    rings = [(radius_at(profile, bottom + tall * edge), bottom + tall * edge) for edge in edges]
    return turned(profile, rings=rings if kind == 0 else [], curved=kind > 0, order=0.6)


def chair(t: Traits) -> list[Part]:
    width, depth, seat = t.between("width", 0.46, 0.56), t.between("depth", 0.44, 0.52), t.between("seat", 0.4, 0.48)
    thick, leg, splay = t.between("thick", 0.03, 0.08), t.between("leg", 0.024, 0.045), t.between("splay", 0.0, 0.08)
    board = Prism(rounded(width, depth, t.between("corner", 0.02, 0.14)), seat - thick, seat, lying(), order=0.02)
    legs = [_leg(sx, sz, width, depth, seat - thick, leg, splay) for sx in (-1, 1) for sz in (-1, 1)]
    bars: list[Part] = []
    if t.has("stretchers"):
        y, at = seat * 0.35, 0.4 + splay
        bars = [
            Tube([(s * width * at, y, depth * 0.4), (s * width * at, y, -depth * 0.4)], leg * 0.7, order=-0.02)
            for s in (-1, 1)
        ]
    arms = [_arm(side, width, depth, seat, leg) for side in (-1, 1)] if t.has("arms", 0.3) else []
    return [*legs, *bars, board, Group(_backrest(t, width, depth, seat), -0.05), *arms]


def _leg(sx: int, sz: int, width: float, depth: float, top: float, leg: float, splay: float) -> Part:
    x, z = sx * (width / 2 - 0.04), sz * (depth / 2 - 0.04)
    return Tube([(x, top, z), (x + sx * splay, 0, z + sz * splay)], leg)


def _arm(side: int, width: float, depth: float, seat: float, leg: float) -> Part:
    x = side * (width / 2 - 0.01)
    return Tube(
        [(x, seat, depth * 0.32), (x, seat + 0.2, depth * 0.3), (x, seat + 0.22, -depth * 0.45)], leg, order=0.1
    )


def _backrest(t: Traits, width: float, depth: float, seat: float) -> list[Part]:
    tall, lean, kind = t.between("tall", 0.4, 0.56), t.between("lean", 4, 16), t.count("backrest", 0, 2)
    frame = leaning(lean, (0, seat, -depth / 2 + 0.03))
    if kind == 0:
        panel = rounded(width * 0.94, tall, t.between("round", 0.02, 0.2), 0, tall / 2)
        window = [rounded(width * 0.6, tall * 0.24, 0.05, 0, tall * 0.62)] if t.has("window", 0.4) else []
        return [Prism(panel, -0.02, 0.02, frame, marks=window, rear_marks=window)]
    posts = [
        Tube([frame.place(s * width * 0.45, 0, 0), frame.place(s * width * 0.45, tall, 0)], 0.035) for s in (-1, 1)
    ]
    rail = Prism(rounded(width * 0.98, 0.1, 0.04, 0, tall - 0.05), -0.018, 0.018, frame)
    if kind == 1:
        count = t.count("slats", 3, 7)
        slats = [(slat + 1) / (count + 1) * width * 0.9 - width * 0.45 for slat in range(count)]
        return [*(Tube([frame.place(x, 0, 0), frame.place(x, tall - 0.08, 0)], 0.016) for x in slats), *posts, rail]
    rungs = [tall * (rung + 1) / 4 for rung in range(t.count("rungs", 1, 3))]
    return [*(Prism(rounded(width * 0.88, 0.06, 0.02, 0, y), -0.012, 0.012, frame) for y in rungs), *posts, rail]


def lamp_seen(t: Traits) -> Seen:
    return {
        "stem": ("straight", "with a ball", "bellied")[t.count("stem kind", 0, 2)],
        "shade": ("conical", "domed", "drum")[t.count("shade kind", 0, 2)],
        "trim": "yes" if t.count("shade kind", 0, 2) == 0 and t.has("trim", 0.6) else "no",
    }


def chair_seen(t: Traits) -> Seen:
    kind = ("panel", "slats", "rungs")[t.count("backrest", 0, 2)]
    return {
        "back": kind,
        "window": "yes" if kind == "panel" and t.has("window", 0.4) else "no",
        "arms": "yes" if t.has("arms", 0.3) else "no",
        "stretchers": "yes" if t.has("stretchers") else "no",
    }

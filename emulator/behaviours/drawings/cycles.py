"""The shape of a bicycle, seen from its left. Traits in, parts out; which view is wanted is not its business."""

from math import cos, pi, sin

from .camera import Vector
from .outlines import circle, rounded
from .solids import Blob, Group, Line, Part, Prism, Tube
from .traits import Seen, Traits

_FRAMES = ("diamond", "step-through", "single beam")
_BARS = ("flat", "drop", "swept")


def bicycle(t: Traits) -> list[Part]:
    """It stands with its left side in front, the front wheel on the left."""
    wheel, apart = t.between("wheel", 0.17, 0.27), t.between("apart", 0.68, 0.8)
    rear, front = (apart / 2, 0.0), (-apart / 2, 0.0)
    head, seat = (-apart * t.between("head", 0.26, 0.32), 0.34), (apart * 0.18, t.between("seat", 0.3, 0.38))
    crank = (apart * 0.06, -0.02)
    parts: list[Part] = [*_wheel(t, rear, wheel), *_wheel(t, front, wheel)]
    parts += _frame(t, rear, front, head, seat, crank)
    parts += _steering(t, head, front)
    return [*parts, *_saddle(t, seat), *_drive(t, crank, rear), *_extras(t, rear, front, head, wheel)]


def _wheel(t: Traits, centre: tuple[float, float], radius: float) -> list[Part]:
    x, y = centre
    tyre, spokes = t.between("tyre", 0.018, 0.05), t.count("spokes", 8, 18)
    turn = [(2 * pi * step / 40) for step in range(41)]
    rim: list[Vector] = [(x + radius * cos(a), y + radius * sin(a), 0.0) for a in turn]
    rays: list[Part] = []
    for spoke in range(spokes):
        a = 2 * pi * spoke / spokes
        ends: list[Vector] = [(x + radius * r * cos(a), y + radius * r * sin(a), 0.0) for r in (0.09, 0.95)]
        rays.append(Line(ends, [(0.0, 0.0, 0.0)] * 2))
    hub = Prism(circle(radius * 0.1, x, y, 16), -0.04, 0.04)
    return [Group([Tube(rim, tyre), *rays, hub], -0.1)]


def _rod(a: tuple[float, float], b: tuple[float, float], thick: float, z: float = 0.0, order: float = 0.0) -> Part:
    return Tube([(*a, z), (*b, z)], thick, order=order)


def _frame(t: Traits, rear: tuple[float, float], front: tuple[float, float], head: tuple[float, float],
           seat: tuple[float, float], crank: tuple[float, float]) -> list[Part]:  # fmt: skip
    thick, kind = t.between("tube", 0.024, 0.042), t.pick("frame", _FRAMES)
    low = (head[0] - 0.02, head[1] - 0.1)
    cluster = (seat[0], seat[1] - 0.08)
    parts: list[Part] = []
    for side in (-0.035, 0.035):
        parts += [_rod(crank, rear, thick * 0.6, side), _rod(rear, cluster, thick * 0.55, side)]
    parts += [_rod(crank, seat, thick), _rod(low, crank, thick * 1.2)]
    if kind == "diamond":
        parts.append(_rod(cluster, (head[0], head[1] - 0.03), thick))
    elif kind == "step-through":
        middle = ((cluster[0] + crank[0]) / 2, (cluster[1] + crank[1]) / 2)
        parts.append(_rod((head[0], head[1] - 0.05), middle, thick))
    return parts


def _steering(t: Traits, head: tuple[float, float], front: tuple[float, float]) -> list[Part]:
    thick, kind = 0.026, t.pick("bars", _BARS)
    top = (head[0] + 0.015, head[1] + t.between("stem", 0.04, 0.12))
    parts: list[Part] = [_rod((head[0] - 0.02, head[1] - 0.1), top, 0.036, order=0.02)]
    fork = (head[0] - 0.02, head[1] - 0.1)
    parts += [_rod(fork, front, thick, side, side) for side in (-0.04, 0.04)]
    half = t.between("bar", 0.2, 0.3)
    for side in (-1, 1):
        x, y = top
        path: list[Vector] = [(x, y, 0.0), (x, y, side * half * 0.7)]
        if kind == "drop":
            path += [
                (x - 0.1, y, side * half * 0.75),
                (x - 0.11, y - 0.09, side * half * 0.8),
                (x, y - 0.12, side * half * 0.8),
            ]
        elif kind == "swept":
            path = [(x, y, 0.0), (x - 0.03, y + 0.05, side * half * 0.7), (x + 0.12, y + 0.04, side * half)]
        else:
            path.append((x + 0.02, y, side * half))
        parts.append(Tube(path, 0.026, order=0.03 * side))
    return parts


def _saddle(t: Traits, seat: tuple[float, float]) -> list[Part]:
    x, y = seat
    long = t.between("saddle", 0.08, 0.13)
    balls: list[tuple[Vector, Vector]] = [
        ((x - long + 2 * long * step / 8, y + 0.05, 0.0), (0.03, 0.02 + 0.004 * step, 0.015 + 0.007 * step))
        for step in range(9)
    ]
    return [_rod(seat, (x + 0.01, y + 0.05), 0.02), Blob(balls, order=0.05)]


def _drive(t: Traits, crank: tuple[float, float], rear: tuple[float, float]) -> list[Part]:
    x, y = crank
    ring, angle = t.between("ring", 0.05, 0.075), t.between("pedal", 0, pi)
    chain: list[Part] = [
        Line([(x, y + side * ring, -0.05), (rear[0], rear[1] + side * 0.025, -0.05)], [(0.0, 0.0, 0.0)] * 2)
        for side in (-1, 1)
    ]
    parts: list[Part] = [Group([Prism(circle(ring, x, y, 30), -0.055, -0.045), *chain], -0.05)]
    for side in (-1, 1):
        end = (x + side * 0.12 * cos(angle), y + side * 0.12 * sin(angle))
        z = side * 0.07
        parts.append(_rod(crank, end, 0.02, z, 0.02 * side))
        parts.append(
            Prism(rounded(0.08, 0.025, 0.008, *end), min(z, z + side * 0.08), max(z, z + side * 0.08), order=0.02)
        )
    return parts


def _extras(t: Traits, rear: tuple[float, float], front: tuple[float, float], head: tuple[float, float],
            wheel: float) -> list[Part]:  # fmt: skip
    parts: list[Part] = []
    if t.has("mudguards"):
        for (x, y), start in ((rear, 10), (front, 20)):
            bow = [
                (x + wheel * 1.16 * cos(pi * a / 180), y + wheel * 1.16 * sin(pi * a / 180), 0.0)
                for a in range(start, 175, 9)
            ]
            parts.append(Tube(bow, 0.016))
    if t.has("basket", 0.35):
        x, y = head[0] - 0.17, head[1] - 0.06
        outline = ((x + 0.1, y - 0.06), (x + 0.12, y + 0.1), (x - 0.12, y + 0.1), (x - 0.1, y - 0.06))
        lines = [((x - 0.11, y + 0.05), (x + 0.11, y + 0.05)), ((x - 0.105, y), (x + 0.105, y))]
        lines += [((x + s * 0.033, y - 0.06), (x + s * 0.04, y + 0.1)) for s in (-1, 0, 1)]
        parts.append(Prism(outline, -0.12, 0.12, lines=lines))
    if t.has("carrier", 0.4):
        y = rear[1] + wheel * 1.25
        parts.append(_rod((rear[0] - 0.14, y), (rear[0] + 0.14, y), 0.02))
        parts.append(_rod((rear[0] + 0.04, y), rear, 0.012, 0.05))
    return [Group([part], 0.02) for part in parts]


def bicycle_seen(t: Traits) -> Seen:
    return {
        "frame": t.pick("frame", _FRAMES),
        "handlebar": t.pick("bars", _BARS),
        "wheels": "small" if t.between("wheel", 0.17, 0.27) < 0.21 else "large",
        "basket": "yes" if t.has("basket", 0.35) else "no",
        "mudguards": "yes" if t.has("mudguards") else "no",
    }

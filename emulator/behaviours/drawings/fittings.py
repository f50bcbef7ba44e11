"""Shapes of fittings and packaging: taps and boxes. Traits in, parts out; which view is wanted is not their
business.
"""

from .camera import FRONT, Vector, facing_right, lying
from .outlines import Outline, arc, circle, rectangle, rounded
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned

_SPOUTS = ("gooseneck", "angular", "low", "bent")
_LEVERS = ("top lever", "side lever", "two crosses")


def faucet(t: Traits) -> list[Part]:
    """The spout points to the left."""
    tall, reach = t.between("tall", 0.5, 0.8), t.between("reach", 0.34, 0.52)
    thick, column = t.between("thick", 0.055, 0.09), t.between("column", 0.06, 0.1)
    kind = t.pick("spout", _SPOUTS)
    top = tall * (0.5 if kind in ("low", "bent") else 0.62)
    plate = t.between("plate", 0.1, 0.16)
    parts: list[Part] = [turned([(plate, 0.0), (plate, 0.025), (plate * 0.8, 0.05)], curved=False, order=-0.1)]
    parts.append(
        turned([(column, 0.05), (column * t.between("taper", 0.75, 1.0), top)], rings=[(column, 0.09)], curved=False)
    )
    spout = [(x, y, 0.0) for x, y in _spout(t, kind, top, tall, reach)]
    parts.append(Tube(spout, thick, order=0.02))
    nozzle = spout[-1]
    parts.append(
        turned([(thick * 0.6, nozzle[1] - 0.05), (thick * 0.6, nozzle[1])], x=nozzle[0], curved=False, order=0.03)
    )
    return [*parts, *_levers(t, top, column)]


def _spout(t: Traits, kind: str, top: float, tall: float, reach: float) -> Outline:
    if kind == "gooseneck":
        bow = arc(reach / 2, 0, 180, -reach / 2, tall - reach * 0.2, 18)
        return ((0.0, top), *bow, (-reach, tall - reach * 0.2 - t.between("drop", 0.06, 0.16)))
    if kind == "angular":
        return ((0.0, top), (0.0, tall), (-reach, tall), (-reach, tall - 0.1))
    if kind == "low":
        return ((0.0, top - 0.04), (-reach * 0.9, top * t.between("slope", 0.86, 1.1)), (-reach, top * 0.8))
    return ((0.0, top - 0.06), (-reach * 0.4, top + 0.1), (-reach * 0.9, top + 0.08), (-reach, top - 0.04))


def _levers(t: Traits, top: float, column: float) -> list[Part]:
    kind, long = t.pick("lever", _LEVERS), t.between("lever length", 0.14, 0.26)
    if kind == "top lever" and t.pick("spout", _SPOUTS) in ("low", "bent"):
        cap = turned([(column * 0.95, top), (column, top + 0.03), (column * 0.6, top + 0.08)], order=0.2)
        path: list[Vector] = [(0.0, top + 0.06, 0.0), (long, top + 0.06 + t.between("raise", 0.02, 0.14), 0.0)]
        return [cap, Tube(path, 0.035, order=0.15)]
    if kind == "two crosses":
        return [part for side in (-1, 1) for part in _cross(side, column)]
    y = top * 0.5
    stub = Tube([(column * 0.6, y, 0.0), (column + 0.06, y, 0.0)], 0.07, order=0.02)
    end = (column + 0.06 + long * 0.5, y + long * t.between("angle", 0.3, 0.9), 0.0)
    return [stub, Tube([(column + 0.06, y, 0.0), end], 0.03, order=0.03)]


def _cross(side: int, column: float) -> list[Part]:
    z, y = side * (column + 0.14), 0.12
    stub = Tube([(0.0, y, side * column * 0.6), (0.0, y, z)], 0.05, order=0.01 * side)
    arms: list[list[Vector]] = [[(-0.08, y, z), (0.08, y, z)], [(0.0, y - 0.08, z), (0.0, y + 0.08, z)]]
    return [stub, *(Tube(arm, 0.035, order=0.02 * side) for arm in arms)]


def faucet_seen(t: Traits) -> Seen:
    spout, lever = t.pick("spout", _SPOUTS), t.pick("lever", _LEVERS)
    if lever == "top lever" and spout not in ("low", "bent"):
        lever = "side lever"
    return {"spout": spout, "lever": lever}


_BOXES = ("tuck flap", "gable top", "tray with lid", "window")


def package(t: Traits) -> list[Part]:
    kind = t.pick("kind", _BOXES)
    width, height, depth = t.between("width", 0.4, 0.8), t.between("height", 0.5, 0.95), t.between("depth", 0.24, 0.5)
    if kind == "tray with lid":
        height *= 0.5
    label = _label(t, kind, width, height)
    body = Prism(
        rectangle(width, height), -depth / 2, depth / 2, marks=label, lines=_print(t, width, height), rear_marks=[]
    )
    if kind == "gable top":
        return [body, *_gable(t, width, height, depth)]
    if kind == "tray with lid":
        over = 0.02
        tall = height * t.between("lid", 0.25, 0.5)
        lid = Prism(
            rectangle(width + over, tall, 0, height / 2 - tall / 2 + over),
            -depth / 2 - over,
            depth / 2 + over,
            order=0.2,
        )
        return [body, lid]
    lid = Prism(
        rectangle(width, depth),
        0,
        0.002,
        lying(height / 2),
        lines=[((-width / 2 + 0.03, -depth / 2 + 0.05), (width / 2 - 0.03, -depth / 2 + 0.05))],
        order=0.2,
    )
    tab = [Prism(circle(0.05, 0, height / 2 - 0.05, 20), depth / 2, depth / 2 + 0.003)] if t.has("tab") else []
    return [Group([body, lid, Group(tab, seen_from=FRONT)]) if tab else Group([body, lid])]


def _label(t: Traits, kind: str, width: float, height: float) -> list[Outline]:
    shape = t.pick("label", _LABELS)
    y = height * t.between("label place", -0.05, 0.03)
    if kind == "window":
        return [
            rounded(
                width * t.between("window", 0.5, 0.76), height * 0.5, t.pick("window corner", (0.01, 0.06, 0.2)), 0, y
            )
        ]
    size = min(width, height)
    outlines = {
        "round": [circle(size * 0.3, 0, y), circle(size * 0.26, 0, y)],
        "square": [rounded(width * 0.7, height * 0.34, 0.01, 0, y)],
        "oval": [tuple((x * 1.35, (py - y) * 0.8 + y) for x, py in circle(size * 0.28, 0, y))],
    }
    return list(outlines[shape])


_LABELS = ("round", "square", "oval")


def _print(t: Traits, width: float, height: float) -> list[Outline]:
    """Lines of print or bands near the foot."""
    count = t.count("print", 0, 3)
    return [
        ((-width * 0.34, -height * (0.4 - 0.05 * line)), (width * (0.34 - 0.1 * line), -height * (0.4 - 0.05 * line)))
        for line in range(count)
    ]


def _gable(t: Traits, width: float, height: float, depth: float) -> list[Part]:
    """Two slopes that meet in an upright fin, as on cartons of milk."""
    rise, fin = t.between("rise", 0.12, 0.2), t.between("fin", 0.05, 0.09)
    y = height / 2
    slopes = Prism(
        ((depth / 2, 0.0), (0.0, rise), (-depth / 2, 0.0)), -width / 2, width / 2, facing_right(0, y), order=0.1
    )
    top = Prism(rectangle(width, fin, 0, y + rise + fin / 2), -0.012, 0.012, order=0.2)
    cap = (
        [turned([(0.06, y + rise * 0.5), (0.06, y + rise * 0.5 + 0.05)], z=depth * 0.25, curved=False, order=0.4)]
        if t.has("cap")
        else []
    )
    return [slopes, top, *cap]


def package_seen(t: Traits) -> Seen:
    kind = t.pick("kind", _BOXES)
    more = {"label": t.pick("label", _LABELS)} if kind != "window" else {}
    return {"kind": kind, **more}

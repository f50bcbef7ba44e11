"""Shapes of what one carries things in: bags and suitcases. Traits in, parts out; which view is wanted is not their
business.
"""

from .camera import FRONT, REAR
from .outlines import Outline, Point, arc, circle, rectangle, rounded, smooth
from .solids import Group, Part, Prism, Tube
from .traits import Seen, Traits

_BAGS = ("flap", "zip", "open", "flap")
_HANDLES = ("two", "one", "shoulder strap")


def bag(t: Traits) -> list[Part]:
    width, height = t.between("width", 0.8, 1.0), t.between("height", 0.5, 0.82)
    top, depth, corner = (
        width * t.between("top", 0.72, 1.0),
        t.between("depth", 0.16, 0.32),
        t.between("corner", 0.01, 0.1),
    )
    half, upper = width / 2, top / 2
    outline = smooth_corners(
        ((half, -height / 2), (upper, height / 2), (-upper, height / 2), (-half, -height / 2)), corner
    )
    body = Prism(
        outline, -depth / 2, depth / 2, marks=_pocket(t, width, height), rear_marks=[], lines=_seams(t, width, height)
    )
    parts: list[Part] = [Group([body, Group(_front(t, top, height, depth, corner), seen_from=FRONT)])]
    return [*parts, *_handles(t, top, height, depth)]


def smooth_corners(points: Outline, radius: float) -> Outline:
    """A polygon whose corners are cut by short curves."""
    curve: list[Point] = []
    count = len(points)
    for index, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[index - 1], points[(index + 1) % count]
        before, after = ((ax - x) ** 2 + (ay - y) ** 2) ** 0.5, ((bx - x) ** 2 + (by - y) ** 2) ** 0.5
        first = (x + (ax - x) * radius / before, y + (ay - y) * radius / before)
        last = (x + (bx - x) * radius / after, y + (by - y) * radius / after)
        for step in range(6):
            s = step / 5
            curve.append(
                (
                    first[0] * (1 - s) ** 2 + 2 * x * s * (1 - s) + last[0] * s * s,
                    first[1] * (1 - s) ** 2 + 2 * y * s * (1 - s) + last[1] * s * s,
                )
            )
    return tuple(curve)


def _pocket(t: Traits, width: float, height: float) -> list[Outline]:
    if t.pick("closing", _BAGS) == "flap" or not t.has("pocket"):
        return []
    return [rounded(width * 0.5, height * 0.4, 0.03, 0, -height * 0.18)]


def _seams(t: Traits, width: float, height: float) -> list[Outline]:
    if t.pick("closing", _BAGS) == "flap" or not t.has("seams"):
        return []
    return [((side * width * 0.33, -height / 2), (side * width * 0.3, height / 2)) for side in (-1, 1)]


def _front(t: Traits, top: float, height: float, depth: float, corner: float) -> list[Part]:
    kind = t.pick("closing", _BAGS)
    if kind == "flap":
        low = height / 2 - height * t.between("flap", 0.4, 0.66)
        side = top / 2 - corner
        half = ((side, height / 2), (top * 0.49, height / 2 - corner), (top * 0.46, low + 0.06), (0.0, low))
        bow = smooth((*half, *((-x, y) for x, y in half[-2::-1])), 6, closed=False)
        clasp = rounded(0.1, 0.08, 0.02, 0, low + 0.03) if t.has("square clasp") else circle(0.045, 0, low + 0.03, 20)
        return [Prism(bow, depth / 2, depth / 2 + 0.02, order=0.1), Prism(clasp, depth / 2 + 0.02, depth / 2 + 0.03)]
    if kind == "zip":
        y = height / 2 - 0.06
        slider = Prism(rounded(0.03, 0.07, 0.01, top * 0.4, y - 0.04), depth / 2, depth / 2 + 0.01)
        return [Prism(rectangle(top * 0.9, 0.025, 0, y), depth / 2, depth / 2 + 0.005), slider]
    return []


def _handles(t: Traits, top: float, height: float, depth: float) -> list[Part]:
    kind, high = t.pick("handles", _HANDLES), t.between("handle", 0.16, 0.3)
    if kind == "shoulder strap":
        path = [(x, y, 0.0) for x, y in arc(top * 0.47, 0, 180, 0, height / 2 - 0.03, 24, (high + 0.25) / (top * 0.47))]
        return [Tube(path, 0.035, order=-0.1)]
    reach = top * t.between("reach", 0.16, 0.28)
    path2 = arc(reach, -20, 200, 0, height / 2 + 0.02, 22, high / reach)
    if kind == "one":
        return [Tube([(x, y, 0.0) for x, y in path2], 0.045, order=-0.1)]
    return [Tube([(x, y, side * depth * 0.42) for x, y in path2], 0.032, order=0.12 * side) for side in (-1, 1)]


def bag_seen(t: Traits) -> Seen:
    return {
        "closing": t.pick("closing", _BAGS),
        "handles": t.pick("handles", _HANDLES),
        "outline": "tapering" if t.between("top", 0.72, 1.0) < 0.88 else "rectangular",
    }


_RIBS = ("vertical", "horizontal", "none", "frame")


def suitcase(t: Traits) -> list[Part]:
    width, depth, radius = (
        t.between("width", 0.56, 0.76),
        t.between("depth", 0.22, 0.34),
        t.between("radius", 0.03, 0.12),
    )
    kind = t.pick("ribs", _RIBS)
    lines: list[Outline] = []
    count = t.count("number of ribs", 3, 7)
    if kind == "vertical":
        lines = [((x, -0.44), (x, 0.44)) for x in (width * ((rib + 1) / (count + 1) - 0.5) for rib in range(count))]
    elif kind == "horizontal":
        lines = [
            ((-width * 0.45, y), (width * 0.45, y)) for y in ((rib + 1) / (count + 1) - 0.5 for rib in range(count))
        ]
    frame = [rounded(width - 0.14, 0.86, radius * 0.6)] if kind == "frame" else []
    body = Prism(rounded(width, 1, radius), -depth / 2, depth / 2, marks=frame, lines=lines, rear_marks=frame)
    wheels = t.pick("wheels", (2, 4))
    places = [(sx * width * 0.36, sz * depth * 0.34) for sx in (-1, 1) for sz in ((-1,) if wheels == 2 else (-1, 1))]
    feet: list[Part] = [Prism(circle(0.045, x, -0.545, 20), z - 0.025, z + 0.025, order=-0.2) for x, z in places]
    return [*feet, *_pull(t, width, depth), body, *_lock(t, width, depth)]


def _pull(t: Traits, width: float, depth: float) -> list[Part]:
    high, reach = 0.5 + t.between("pull", 0.08, 0.4), width * t.between("pull width", 0.2, 0.3)
    path = [
        (-reach, 0.45, -depth * 0.3),
        (-reach, high, -depth * 0.3),
        (reach, high, -depth * 0.3),
        (reach, 0.45, -depth * 0.3),
    ]
    grip = Tube([(-0.1, 0.53, 0.0), (0.1, 0.53, 0.0)], 0.035, order=0.1)
    return [Tube(path, 0.03, order=-0.3), grip]


def _lock(t: Traits, width: float, depth: float) -> list[Part]:
    plate = rounded(0.06, 0.12, 0.015, width / 2 - 0.05, t.between("lock", 0.0, 0.2))
    before, behind = Prism(plate, depth / 2, depth / 2 + 0.012), Prism(plate, -depth / 2 - 0.012, -depth / 2)
    return [Group([before], 0.3, FRONT), Group([behind], 0.3, REAR)]


def suitcase_seen(t: Traits) -> Seen:
    return {
        "ribs": t.pick("ribs", _RIBS),
        "wheels": {2: "two", 4: "four"}[t.pick("wheels", (2, 4))],
        "corners": "rounded" if t.between("radius", 0.03, 0.12) > 0.06 else "angular",
    }

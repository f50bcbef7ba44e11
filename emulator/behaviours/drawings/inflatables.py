"""Shapes of what is blown up: swim rings and figures of Santa. Traits in, parts out; which view is wanted is not their
business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from .camera import FRONT, Camera, Vector
from .outlines import Point, circle, rounded, smooth
from .solids import Blob, Group, Line, Part, Prism, Stroke, Tube, seen_lines
from .toys import face
from .traits import Seen, Traits
from .turned import turned


def swim_ring(t: Traits) -> list[Part]:
    radius, thick = 0.36, t.between("thick", 0.11, 0.16)
    balls = [((radius * cos(a), 0.0, radius * sin(a)), (thick,) * 3) for a in (pi * step / 24 for step in range(48))]
    seams = [
        _Seam(2 * pi * (seam + 0.5) / count, radius, thick)
        for count in (t.count("seams", 6, 12),)
        for seam in range(count)
    ]
    return [Group([Blob(balls), *seams]), *_animal(t, radius, thick)]


@dataclass(frozen=True, slots=True)
class _Seam:
    """A line around the tube of a ring, drawn where no nearer part of the ring hides it."""

    angle: float
    radius: float
    thick: float

    def depth(self, camera: Camera) -> float:
        return camera.nearness((self.radius * cos(self.angle), 0.0, self.radius * sin(self.angle)))

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        towards = (camera.nearness((1, 0, 0)), camera.nearness((0, 1, 0)), camera.nearness((0, 0, 1)))
        turns = ((cos(pi * step / 18), sin(pi * step / 18)) for step in range(37))
        points = (self._at(self.radius + self.thick * out, self.thick * up) for out, up in turns)
        yield from seen_lines(((point, not self._is_hidden(point, towards)) for point in points), camera)

    def _at(self, reach: float, height: float) -> Vector:
        return reach * cos(self.angle), height, reach * sin(self.angle)

    def _is_hidden(self, point: Vector, towards: Vector) -> bool:
        """Whether the way from a point to the viewer leads through the ring."""
        for step in range(1, 26):
            x, y, z = (at + way * 0.04 * step for at, way in zip(point, towards, strict=True))
            if (sqrt(x * x + z * z) - self.radius) ** 2 + y * y < (0.98 * self.thick) ** 2:
                return True
        return False


def _animal(t: Traits, radius: float, thick: float) -> list[Part]:
    """Neck and head of a bird or a horned animal that stands on the ring, and a small tail."""
    neck, head = t.between("neck", 0.34, 0.56), t.between("head", 0.11, 0.15)
    x, lean = -radius * 0.92, t.between("lean", 0.0, 0.14)
    path = smooth(((x, 0.08), (x - lean, neck * 0.5), (x - 0.02, neck)), 9, closed=False)
    bow = Tube([(px, py, 0.0) for px, py in path], head * 1.4, order=0.1)
    top = (x - 0.04, neck + 0.05, 0.0)
    skull = Blob([(top, (head * 1.15, head, head * 0.9))], order=0.16)
    eye = _eye(top, head)
    beak = Tube(
        [(top[0] - head * 0.9, top[1], 0), (top[0] - head * t.between("beak", 1.4, 1.9), top[1] - 0.04, 0)],
        head * 0.6,
        order=0.12,
    )
    horn = Tube(
        [
            (top[0] - head * 0.2, top[1] + head * 0.8, 0),
            (top[0] - head * 0.7, top[1] + head * t.between("horn", 1.5, 2.1), 0),
        ],
        head * 0.3,
        order=0.12,
    )
    tail = Blob(
        [((radius * 1.05, thick * 1.1, 0), (thick * 0.5, thick * t.between("tail", 0.7, 1.2), thick * 0.4))], order=-0.1
    )
    return [bow, horn if t.has("horned", 0.45) else beak, Group([skull, eye], 0.16), tail]


def _eye(centre: Vector, head: float) -> Line:
    x, y, _ = centre
    points = [
        (x - head * 0.3 + px, y + head * 0.2 + py, head * 0.85)
        for px, py in (*circle(head * 0.14, steps=12), (head * 0.14, 0.0))
    ]
    return Line(points, [(0.0, 0.0, 1.0)] * len(points))


def santa(t: Traits) -> list[Part]:
    belly, tall, head = t.between("belly", 0.27, 0.34), t.between("tall", 0.46, 0.56), t.between("head", 0.15, 0.19)
    profile = [(belly * 0.8, 0.0), (belly, tall * 0.4), (belly * 0.8, tall * 0.78), (head * 0.7, tall)]
    waist = tall * t.between("waist", 0.36, 0.46)
    trunk = turned(profile, rings=[(belly * 0.99, waist), (belly, waist - 0.07)])
    y = tall + head * 0.7
    buckle = Prism(
        rounded(0.11, 0.09, 0.015, 0, waist - 0.035),
        belly,
        belly + 0.01,
        marks=[rounded(0.06, 0.05, 0.01, 0, waist - 0.035)],
        order=0.2,
    )
    skull = Group([Blob([((0, y, 0), (head, head, head))]), *face(t, y + head * 0.1, head)], 0.2)
    return [
        Group([trunk, Group([buckle], seen_from=FRONT)]),
        *_boots(belly),
        *_sleeves(t, belly, tall),
        skull,
        *_beard(t, y, head),
        *_cap(t, y, head),
    ]


def _boots(belly: float) -> list[Part]:
    return [Blob([((s * belly * 0.5, -0.03, 0.08), (0.12, 0.07, 0.15))], order=-0.1) for s in (-1, 1)]


def _sleeves(t: Traits, belly: float, tall: float) -> list[Part]:
    raised = t.pick("raised", ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.1, 0.18)))
    parts: list[Part] = []
    for side, lift in zip((-1, 1), raised, strict=True):
        hand = (side * (belly + 0.14), tall * 0.74 + lift, 0.05)
        parts += [
            Tube([(side * belly * 0.6, tall * 0.74, 0), hand], 0.13, order=-0.05),
            Blob([(hand, (0.085,) * 3)], order=0.1),
        ]
    return parts


def _beard(t: Traits, y: float, head: float) -> list[Part]:
    """Curls along a bow below the face."""
    curls, long = t.count("curls", 5, 8), t.between("beard", 0.6, 1.0)
    places: list[Point] = [
        (head * 0.9 * cos(pi + pi * curl / curls), y - head * 0.5 + head * long * sin(pi + pi * curl / curls))
        for curl in range(curls + 1)
    ]
    size = head * 0.32
    balls: list[tuple[Vector, Vector]] = [((x, py, head * 0.6), (size, size, size * 0.6)) for x, py in places]
    fill: list[tuple[Vector, Vector]] = [
        ((0.0, y - head * (0.5 + long * 0.35), head * 0.6), (head * 0.7, head * long * 0.5, head * 0.3))
    ]
    return [Group([Blob([*fill, *balls])], 0.22)]


def _cap(t: Traits, y: float, head: float) -> list[Part]:
    droop, tall = t.between("droop", -0.16, 0.16), t.between("cap", 0.22, 0.34)
    base = y + head * 0.55
    steps = [step / 8 for step in range(9)]
    cone: list[tuple[Vector, Vector]] = [
        ((droop * s * s * 1.4, base + tall * s, 0.0), (head * (1 - 0.86 * s), 0.0, head * (1 - 0.86 * s)))
        for s in steps
    ]
    roll: list[tuple[Vector, Vector]] = [((0.0, base, 0.0), (head * 0.92, head * 0.24, head * 0.92))]
    fur = Blob(
        [
            *roll,
            *(
                ((head * 0.92 * cos(pi * step / 9), base, head * 0.92 * sin(pi * step / 9)), (head * 0.24,) * 3)
                for step in range(18)
            ),
        ],
        order=0.5,
    )
    pompom = Blob([((droop * 1.4, base + tall + 0.03, 0.0), (head * 0.32,) * 3)], order=0.6)
    return [Blob(cone, chained=True, order=0.4), fur, pompom]


def swim_ring_seen(t: Traits) -> Seen:
    return {
        "animal": "horned" if t.has("horned", 0.45) else "bird",
        "neck": "long" if t.between("neck", 0.34, 0.56) > 0.45 else "short",
        "seams": "many" if t.count("seams", 6, 12) > 9 else "few",
    }


def santa_seen(t: Traits) -> Seen:
    raised = t.pick("raised", ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.1, 0.18)))
    droop = t.between("droop", -0.16, 0.16)
    return {
        "raised_arms": {0: "none", 1: "one", 2: "two"}[sum(lift > 0 for lift in raised)],
        "cap": "leaning left" if droop < -0.05 else "leaning right" if droop > 0.05 else "upright",
        "beard": "long" if t.between("beard", 0.6, 1.0) > 0.8 else "short",
    }

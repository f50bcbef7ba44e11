"""Bodies turned on an upright axis: a profile of radii and heights becomes one outline with rings on it. It knows no
products.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from .camera import Vector
from .outlines import Point, smooth
from .solids import Blob, Group, Line


def turned(
    profile: Sequence[Point],
    *,
    x: float = 0,
    z: float = 0,
    rings: Sequence[Point] = (),
    curved: bool = True,
    order: float = 0,
) -> Group:
    """A body from (radius, height) pairs, bottom to top; `rings` are lines around it, and its ends always have one."""
    shape = smooth(tuple(profile), 24 // len(profile) + 1, closed=False) if curved else tuple(profile)
    shape = tuple((max(radius, 0.0), height) for radius, height in shape)
    body = Blob([((x, height, z), (radius, 0.0, radius)) for radius, height in shape], chained=True)
    lines = [ring(radius, height, x, z) for radius, height in rings]
    return Group([body, *lines, ring(*shape[-1], x, z, whole=True)], order)


def ring(radius: float, height: float, x: float = 0, z: float = 0, *, whole: bool = False) -> Line:
    """A level circle: the part in front, or all of it where it is the upper rim."""
    points: list[Vector] = []
    normals: list[Vector] = []
    for step in range(37):
        c, s = cos(pi * step / 18 + pi / 2), sin(pi * step / 18 + pi / 2)
        points.append((x + radius * c, height, z + radius * s))
        normals.append((0, 1, 0) if whole else (c, 0.001, s))
    return Line(points, normals)


def radius_at(profile: Sequence[Point], height: float) -> float:
    """The radius of a profile at a height, read between its points."""
    for (r0, h0), (r1, h1) in pairwise(profile):
        if h0 <= height <= h1 and h1 > h0:
            return r0 + (r1 - r0) * (height - h0) / (h1 - h0)
    return profile[-1][0]

"""Places in space and how a camera sees them: orthographic, so that only directions count.

Coordinates: x to the right, y up, z towards the viewer. It knows neither products nor pixels.
"""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from .outlines import Point

Vector = tuple[float, float, float]


class Camera:
    """An orthographic view, turned by yaw about the upright axis and then tilted down by pitch."""

    def __init__(self, yaw: float, pitch: float) -> None:
        self.yaw, self.pitch = yaw, pitch
        self._ca, self._sa = cos(pi * yaw / 180), sin(pi * yaw / 180)
        self.cp, self.sp = cos(pi * pitch / 180), sin(pi * pitch / 180)

    def see(self, point: Vector) -> Point:
        x, y, z = point
        near = z * self._ca - x * self._sa
        return x * self._ca + z * self._sa, y * self.cp - near * self.sp

    def nearness(self, point: Vector) -> float:
        """How near to the viewer; for a direction, above zero means that it faces the viewer."""
        x, y, z = point
        return y * self.sp + (z * self._ca - x * self._sa) * self.cp

    def extent(self, radii: Vector) -> Point:
        """Half width and half height of an upright ellipsoid as it is seen, near enough."""
        rx, ry, rz = radii
        across = sqrt((rx * self._ca) ** 2 + (rz * self._sa) ** 2)
        along = sqrt((rx * self._sa) ** 2 + (rz * self._ca) ** 2)
        return across, sqrt((ry * self.cp) ** 2 + (along * self.sp) ** 2)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a flat outline lies in space: its origin and the directions of its x, y and of its front."""

    origin: Vector = (0, 0, 0)
    u: Vector = (1, 0, 0)
    v: Vector = (0, 1, 0)
    w: Vector = (0, 0, 1)

    def place(self, x: float, y: float, z: float) -> Vector:
        o, u, v, w = self.origin, self.u, self.v, self.w
        return (
            o[0] + u[0] * x + v[0] * y + w[0] * z,
            o[1] + u[1] * x + v[1] * y + w[1] * z,
            o[2] + u[2] * x + v[2] * y + w[2] * z,
        )

    def direction(self, x: float, y: float, z: float) -> Vector:
        placed = self.place(x, y, z)
        return placed[0] - self.origin[0], placed[1] - self.origin[1], placed[2] - self.origin[2]


FRONT: Vector = (0, 0, 1)


REAR: Vector = (0, 0, -1)


LEFT: Vector = (-1, 0, 0)


RIGHT: Vector = (1, 0, 0)


def lying(y: float = 0, x: float = 0, z: float = 0) -> Frame:
    """A frame whose front looks up."""
    return Frame((x, y, z), (1, 0, 0), (0, 0, -1), (0, 1, 0))


def facing_right(x: float = 0, y: float = 0, z: float = 0) -> Frame:
    return Frame((x, y, z), (0, 0, -1), (0, 1, 0), (1, 0, 0))


def leaning(degrees: float, origin: Vector = (0, 0, 0)) -> Frame:
    """A frame that looks forward and leans back by that angle."""
    c, s = cos(pi * degrees / 180), sin(pi * degrees / 180)
    return Frame(origin, (1, 0, 0), (0, c, -s), (0, s, c))

"""Simple solids: prisms, balls and tubes become strokes on a plane, with their hidden lines left out.

A part hides what lies behind it by being painted later, white inside and black outside. A picture is fitted to its
paper afterwards, so only proportions count. It knows neither products nor pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt
from typing import Protocol

from .camera import Camera, Frame, Vector
from .outlines import Outline, Point


@dataclass(frozen=True, slots=True)
class Stroke:
    """One thing to paint: a filled area, its outline, or a line.

    `fill` and `line` are tones or None; `width` is in units of the product.
    """

    points: Sequence[Point]
    fill: int | None = None
    line: int | None = 0
    closed: bool = True
    width: float | None = None  # None: the pen's own width
    extra: int = 0  # pens that an area is widened by, to leave a rim when it is painted over


class Part(Protocol):
    """Something with a place in depth that can be painted."""

    def depth(self, camera: Camera) -> float: ...

    def strokes(self, camera: Camera) -> Iterable[Stroke]: ...


def seen_lines(points: Iterable[tuple[Vector, bool]], camera: Camera) -> Iterator[Stroke]:
    """A line through points in space, broken where one of them cannot be seen."""
    run: list[Point] = []
    for point, visible in points:
        if visible:
            run.append(camera.see(point))
        elif run:
            yield Stroke(run, closed=False)
            run = []
    if len(run) > 1:
        yield Stroke(run, closed=False)


@dataclass(frozen=True, slots=True)
class Prism:
    """An outline drawn out in depth, with lines on its front and back."""

    outline: Outline
    back: float
    front: float
    frame: Frame = field(default_factory=Frame)
    marks: Sequence[Sequence[Point]] = ()  # closed lines on the front
    lines: Sequence[Sequence[Point]] = ()  # open lines on the front
    rear_marks: Sequence[Sequence[Point]] = ()
    rear_lines: Sequence[Sequence[Point]] = ()
    order: float = 0  # added to the depth where centres mislead

    def depth(self, camera: Camera) -> float:
        xs, ys = [x for x, _ in self.outline], [y for _, y in self.outline]
        middle = self.frame.place((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (self.back + self.front) / 2)
        return camera.nearness(middle) + self.order

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        towards = camera.nearness(self.frame.w)
        near, far = (self.front, self.back) if towards >= 0 else (self.back, self.front)
        face = [camera.see(self.frame.place(x, y, near)) for x, y in self.outline]
        rear = [camera.see(self.frame.place(x, y, far)) for x, y in self.outline]
        yield from self._sides(camera, face, rear)
        yield Stroke(face, fill=255)  # seen from the side it is a mere line, and still an edge
        if abs(towards) > 1e-6:
            yield from self._drawn_on(camera, near, towards > 0)

    def _sides(self, camera: Camera, face: list[Point], rear: list[Point]) -> Iterable[Stroke]:
        count = len(face)
        normals = [self._normal(index) for index in range(count)]
        seen = [camera.nearness(self.frame.direction(nx, ny, 0)) > 1e-6 for nx, ny in normals]
        for index in (index for index in range(count) if seen[index]):
            after = (index + 1) % count
            yield Stroke((face[index], face[after], rear[after], rear[index]), fill=255, line=None)
        for index in (index for index in range(count) if seen[index]):
            yield Stroke((rear[index], rear[(index + 1) % count]), closed=False)
        for index in range(count):
            (ax, ay), (bx, by) = normals[index - 1], normals[index]
            sharp = ax * bx + ay * by < 0.75
            if seen[index] != seen[index - 1] or (sharp and seen[index]):
                yield Stroke((face[index], rear[index]), closed=False)

    def _normal(self, index: int) -> Point:
        (ax, ay), (bx, by) = self.outline[index], self.outline[(index + 1) % len(self.outline)]
        length = sqrt((bx - ax) ** 2 + (by - ay) ** 2) or 1.0
        return (by - ay) / length, (ax - bx) / length

    def _drawn_on(self, camera: Camera, level: float, in_front: bool) -> Iterable[Stroke]:
        closed, open_ = (self.marks, self.lines) if in_front else (self.rear_marks, self.rear_lines)
        for mark in closed:
            yield Stroke([camera.see(self.frame.place(x, y, level)) for x, y in mark])
        for line in open_:
            yield Stroke([camera.see(self.frame.place(x, y, level)) for x, y in line], closed=False)


@dataclass(frozen=True, slots=True)
class Blob:
    """Many balls and bands that melt into one body: only the outline of all together is drawn."""

    balls: Sequence[tuple[Vector, Vector]]  # centre, radii
    chained: bool = False  # neighbours are joined by straight sides
    order: float = 0

    def depth(self, camera: Camera) -> float:
        return sum(camera.nearness(centre) for centre, _ in self.balls) / len(self.balls) + self.order

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        areas = list(self._areas(camera))
        yield from (Stroke(area, fill=0, line=0, extra=1) for area in areas)
        yield from (Stroke(area, fill=255, line=None) for area in areas)

    def _areas(self, camera: Camera) -> Iterable[Sequence[Point]]:
        before: tuple[float, float, float] | None = None
        for centre, radii in self.balls:
            (x, y), (rx, ry) = camera.see(centre), camera.extent(radii)
            if ry > 1e-4 and rx > 1e-4:
                yield [(x + rx * c, y + ry * s) for c, s in WHEEL]
            if before and self.chained:
                bx, by, br = before
                yield (x - rx, y), (x + rx, y), (bx + br, by), (bx - br, by)
            before = (x, y, rx)


WHEEL = tuple((cos(pi * step / 16), sin(pi * step / 16)) for step in range(32))


@dataclass(frozen=True, slots=True)
class Tube:
    """A round rod along a path; `width` is its thickness."""

    path: Sequence[Vector]
    width: float
    order: float = 0

    def depth(self, camera: Camera) -> float:
        return sum(camera.nearness(point) for point in self.path) / len(self.path) + self.order

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        seen = [camera.see(point) for point in self.path]
        yield Stroke(seen, line=0, closed=False, width=self.width, extra=1)
        yield Stroke(seen, line=255, closed=False, width=self.width)


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong on one another: painted in their own order, at the depth of the first."""

    parts: Sequence[Part]
    order: float = 0
    seen_from: Vector | None = None  # what sits on one face of a body is hidden from the other side
    least: float = -0.04  # how far that face may be turned away

    def depth(self, camera: Camera) -> float:
        return self.parts[0].depth(camera) + self.order

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        if self.seen_from is None or camera.nearness(self.seen_from) > self.least:
            for part in self.parts:
                yield from part.strokes(camera)


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a surface; a normal for each point says where the surface looks, and what looks away is not drawn."""

    path: Sequence[Vector]
    normals: Sequence[Vector]

    def depth(self, camera: Camera) -> float:
        return sum(camera.nearness(point) for point in self.path) / len(self.path)

    def strokes(self, camera: Camera) -> Iterable[Stroke]:
        pairs = zip(self.path, self.normals, strict=True)
        return seen_lines(((point, camera.nearness(normal) > -1e-6) for point, normal in pairs), camera)

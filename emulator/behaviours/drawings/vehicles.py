"""Shapes of vehicles: cars and drones. Traits in, parts out; views are not its business. Cars stand with their left
side in front.
"""

from math import cos, pi, sin

from .camera import FRONT, LEFT, REAR, RIGHT, Frame, Vector, lying
from .outlines import Outline, Point, circle, ellipse, rounded, smooth
from .solids import Blob, Group, Part, Prism, Tube
from .traits import Seen, Traits
from .turned import turned


def car(t: Traits) -> list[Part]:
    roof, hood, deck = t.between("roof", 0.34, 0.44), t.between("hood", 0.2, 0.25), t.between("deck", 0.22, 0.3)
    front, rear = t.between("windscreen", -0.28, -0.16), t.between("rear window", 0.22, 0.4)
    wheel, depth = t.between("wheel", 0.085, 0.11), t.between("width", 0.4, 0.46)
    axles = (-0.31, t.between("axle", 0.28, 0.33))
    upper: tuple[Point, ...] = (
        (0.49, 0.14),
        (0.48, deck),
        (rear + 0.06, deck + 0.02),
        (rear - 0.1, roof - 0.01),
        (0.02, roof),
        (front + 0.12, roof - 0.03),
        (front - 0.03, hood + 0.02),
        (-0.42, hood - 0.03),
        (-0.5, 0.15),
    )
    outline = (*smooth(upper, 5, closed=False), *_underside(axles, wheel))
    panes, doors = _windows(t, roof, hood, deck, front, rear), _waist(t, axles, wheel, hood)
    body = Prism(
        outline, -depth / 2, depth / 2, marks=panes, lines=doors, rear_marks=panes, rear_lines=doors, order=-0.05
    )
    pairs = [
        (face, [_wheel(t, x, wheel, side * depth / 2, side) for x in axles]) for side, face in ((1, FRONT), (-1, REAR))
    ]
    wheels = [Group(pair, seen_from=face, least=0.1) for face, pair in pairs]
    ahead = _pane(t, (front - 0.02, hood + 0.03), (front + 0.11, roof - 0.035), depth, LEFT)
    behind = _pane(t, (rear + 0.04, deck + 0.025), (rear - 0.08, roof - 0.02), depth, RIGHT)
    far = [
        wheel for _, pair in pairs for wheel in pair
    ]  # painted first: seen from the ends, the body hides their upper half
    return [Group([*far, body, ahead, behind, *_lights(t, hood, deck, depth), *wheels, *_aprons(depth)])]


def _aprons(depth: float) -> list[Part]:
    """Bumpers, which hide the upper part of the wheels from the ends."""
    ends = ((LEFT, rounded(0.08, 0.06, 0.02, -0.455, 0.06)), (RIGHT, rounded(0.08, 0.06, 0.02, 0.445, 0.06)))
    return [Group([Prism(outline, -depth * 0.48, depth * 0.48)], seen_from=face, least=0.1) for face, outline in ends]


def _pane(t: Traits, low: Point, high: Point, depth: float, side: Vector) -> Part:
    """A window that slopes from the sill to the roof and spans the width of the car."""
    dx, dy = high[0] - low[0], high[1] - low[1]
    length = (dx * dx + dy * dy) ** 0.5
    sign = side[0]
    frame = Frame(
        (low[0], low[1], 0), (0, 0, -sign), (dx / length, dy / length, 0), (dy / length * sign, -dx / length * sign, 0)
    )
    foot, top = depth * 0.44, depth * t.between("pane", 0.32, 0.4)
    return Group([Prism(((foot, 0), (top, length), (-top, length), (-foot, 0)), 0, 0.004, frame)], seen_from=side)


def _underside(axles: tuple[float, float], wheel: float) -> tuple[Point, ...]:
    """From front to rear, with an arch over each wheel."""
    points: list[Point] = [(-0.49, 0.08)]
    for x in axles:
        points += [
            (x + wheel * 1.18 * cos(a), 0.08 + wheel * 1.18 * sin(a))
            for a in (pi - pi * step / 10 for step in range(11))
        ]
    return (*points, (0.49, 0.08))


def _windows(t: Traits, roof: float, hood: float, deck: float, front: float, rear: float) -> list[Outline]:
    sill, top, pillar = max(hood, deck) + 0.025, roof - 0.035, t.between("pillar", 0.0, 0.06)
    first = ((front + 0.02, sill), (pillar - 0.01, sill), (pillar - 0.01, top), (front + 0.14, top - 0.015))
    second = ((pillar + 0.015, sill), (rear + 0.0, sill), (rear - 0.12, top - 0.005), (pillar + 0.015, top))
    return [first, second]


def _waist(t: Traits, axles: tuple[float, float], wheel: float, hood: float) -> list[Outline]:
    high, low = min(hood - 0.05, t.between("waist", 0.16, 0.19)), 0.1
    door = ((-0.17, hood), (-0.17, low + 0.02), (0.04, low), (0.04, hood + 0.02))
    lines: list[Outline] = [
        ((-0.46, high), (0.46, high + 0.015)),
        door,
        ((0.04, low), (axles[1] - wheel * 1.3, low), (axles[1] - wheel * 1.2, hood)),
    ]
    return [*lines, ((-0.02, high + 0.03), (0.03, high + 0.03))]


def _wheel(t: Traits, x: float, radius: float, z: float, side: int) -> Part:
    spokes = t.count("spokes", 5, 10)
    rim = radius * t.between("rim", 0.6, 0.74)
    rays = [
        ((x + rim * 0.25 * cos(a), 0.08 + rim * 0.25 * sin(a)), (x + rim * cos(a), 0.08 + rim * sin(a)))
        for a in (2 * pi * k / spokes for k in range(spokes))
    ]
    rings = [circle(rim, x, 0.08), circle(rim * 0.25, x, 0.08, 16)]
    back, front = sorted((z - side * 0.08, z + side * 0.005))
    return Prism(
        circle(radius, x, 0.08), back, front, marks=rings, lines=rays, rear_marks=rings, rear_lines=rays, order=0.05
    )


def _lights(t: Traits, hood: float, deck: float, depth: float) -> list[Part]:
    """Lamps and grille at the front, lamps at the rear, so that the end views are not bare."""
    ahead = Frame((-0.5, 0, 0), (0, 0, 1), (0, 1, 0), (-1, 0, 0))
    behind = Frame((0.49, 0, 0), (0, 0, -1), (0, 1, 0), (1, 0, 0))
    lamp, size = t.between("lamp", 0.02, 0.035), depth * 0.22
    grille = rounded(depth * t.between("grille", 0.3, 0.5), 0.05, 0.02, 0, 0.13)
    fronts = [Prism(rounded(size, lamp, 0.012, s * depth * 0.34, hood - 0.055), 0, 0.006, ahead) for s in (-1, 1)]
    rears = [Prism(rounded(size, lamp, 0.012, s * depth * 0.34, deck - 0.05), 0, 0.006, behind) for s in (-1, 1)]
    plate = Prism(rounded(depth * 0.3, 0.05, 0.01, 0, 0.14), 0, 0.006, behind)
    return [Group([*fronts, Prism(grille, 0, 0.006, ahead)], seen_from=LEFT), Group([*rears, plate], seen_from=RIGHT)]


def drone(t: Traits) -> list[Part]:
    arms, reach = t.pick("arms", (4, 4, 4, 6)), t.between("reach", 0.38, 0.46)
    blade = t.between("blade", 0.16, 0.22) * (1 if arms == 4 else 0.75)
    width, length, tall = t.between("width", 0.18, 0.26), t.between("length", 0.26, 0.4), t.between("tall", 0.08, 0.13)
    hull = rounded(width, length, t.between("corner", 0.03, 0.12))
    lid = rounded(width * 0.6, length * 0.6, 0.04)
    body = Group([Prism(hull, -tall / 2, tall / 2, lying(), marks=[lid]), *_eyes(width, length)])
    parts: list[Part] = [_gimbal(t, length, tall), body]
    for arm in range(arms):
        angle = 2 * pi * (arm + 0.5) / arms
        parts += _arm(t, reach * cos(angle), reach * sin(angle), blade, angle)
    return [*parts, *_skids(t, width, length, tall)]


def _eyes(width: float, length: float) -> list[Part]:
    return [
        Group(
            [Prism(circle(0.018, s * width * 0.28, 0, 14), length / 2, length / 2 + 0.004) for s in (-1, 1)],
            seen_from=FRONT,
        )
    ]


def _arm(t: Traits, x: float, z: float, blade: float, angle: float) -> list[Part]:
    thick, turn = t.between("arm", 0.03, 0.055), t.between("turn", 0, pi) + angle
    arm = Tube([(x * 0.2, 0.0, z * 0.2), (x, 0.02, z)], thick, order=-0.04)
    motor = turned([(0.04, 0.0), (0.04, 0.07)], x=x, z=z, curved=False, order=0.02)
    frame = Frame((x, 0.085, z), (cos(turn), 0, sin(turn)), (sin(turn), 0, -cos(turn)), (0, 1, 0))
    rotor = Prism(ellipse(blade, 0.022, steps=20), 0, 0.004, frame, marks=[circle(0.018, steps=10)], order=0.08)
    if not t.has("guards", 0.3):
        return [arm, motor, rotor]
    guard = Prism(
        circle(blade * 1.06),
        0.0,
        0.03,
        Frame((x, 0.02, z), (1, 0, 0), (0, 0, -1), (0, 1, 0)),
        marks=[circle(blade * 0.98)],
        order=-0.02,
    )
    return [guard, arm, motor, rotor]


def _gimbal(t: Traits, length: float, tall: float) -> Part:
    size, z = t.between("camera", 0.04, 0.065), length * t.between("camera place", 0.15, 0.5)
    y = -tall / 2 - size * 0.8
    lens = Prism(circle(size * 0.5, 0, y, 18), z + size * 0.9, z + size, marks=[circle(size * 0.25, 0, y, 12)])
    return Group([Blob([((0, y, z), (size,) * 3)]), Group([lens], seen_from=FRONT)], -0.1)


def _skids(t: Traits, width: float, length: float, tall: float) -> list[Part]:
    if t.has("no skids", 0.35):
        return []
    low = -tall / 2 - t.between("skid", 0.12, 0.2)
    parts: list[Part] = []
    for s in (-1, 1):
        x = s * (width / 2 + 0.05)
        parts.append(Tube([(s * width * 0.4, -tall / 2, 0), (x, low, 0)], 0.02, order=-0.1))
        parts.append(Tube([(x, low, -length * 0.45), (x, low, length * 0.45)], 0.022, order=-0.1))
    return parts


def car_seen(t: Traits) -> Seen:
    roof, deck = t.between("roof", 0.34, 0.44), t.between("deck", 0.22, 0.3)
    spokes = {5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
    return {
        "roof": "high" if roof > 0.4 else "low" if roof < 0.37 else "medium",
        "rear": "hatch" if t.between("rear window", 0.22, 0.4) > 0.32 else "stepped",
        "deck": "high" if deck > 0.26 else "low",
        "spokes": spokes[t.count("spokes", 5, 10)],
    }


def drone_seen(t: Traits) -> Seen:
    return {
        "arms": {4: "four", 6: "six"}[t.pick("arms", (4, 4, 4, 6))],
        "guards": "yes" if t.has("guards", 0.3) else "no",
        "skids": "no" if t.has("no skids", 0.35) else "yes",
    }

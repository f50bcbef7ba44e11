"""Where the values of a chart stand, whatever draws it: shares of a whole, and corners around a middle."""

import math
from collections.abc import Sequence

RINGS = (25, 50, 75, 100)  # values that a radar marks on every axis
Point = tuple[float, float]


def share(value: float, whole: float = 100.0) -> float:
    """The value as a part of the whole, from 0 to 1; what is no number counts as 0."""
    return min(value / whole, 1.0) if value > 0 else 0.0


def points(shares: Sequence[float], radius: float) -> list[Point]:
    """Where values stand, each a share of its axis from 0 to 1; the first axis points up, the next go clockwise."""
    turn = 2 * math.pi / len(shares)
    return [
        (radius * share * math.sin(number * turn), radius * share * math.cos(number * turn))
        for number, share in enumerate(shares)
    ]

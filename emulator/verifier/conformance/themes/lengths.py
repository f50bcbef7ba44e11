"""The longest text that is allowed, and one character more; the number after the last of a listed text.

Other limits, and what a breach of each is, are `limits`' business.
"""

from collections.abc import Iterator
from typing import Any

from emulator.errors import Cause
from emulator.spec.models import Service
from emulator.verifier.conformance.case import Case
from emulator.verifier.conformance.places import Place, places
from emulator.verifier.conformance.themes.limits import both_sides
from emulator.verifier.conformance.values import Trial


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            for place in places(operation):
                yield from _longest(place)
                yield from _after_the_last(place)


def _longest(place: Place) -> Iterator[Case]:
    """Blanks at the end make a text as long as one likes and change nothing of what it says."""
    most = place.schema.get("maxLength")
    if most is not None:
        text = str(place.base()[place.top])
        trials = [
            Trial(place, "maxLength", text.ljust(most), None),
            Trial(place, "maxLength", text.ljust(most + 1), Cause.PARAMETER_INVALID),
        ]
        yield from both_sides(place, "maxLength", trials)


def _after_the_last(place: Place) -> Iterator[Case]:
    listed: list[Any] = place.schema.get("x-list", {}).get("items", {}).get("enum", [])
    if listed and all(str(value).isdigit() for value in listed):
        following = str(max(map(int, listed)) + 1)
        yield from both_sides(place, "x-list", [Trial(place, "x-list", following, Cause.PARAMETER_INVALID)])

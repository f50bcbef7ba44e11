"""The longest text and the widest number, and one more; the number after the last of a listed text;
addresses of pictures that are none.

Other limits, and what a breach of each is, are `limits`' business.
"""

from collections.abc import Callable, Iterator
from typing import Any

from emulator.errors import Cause
from emulator.spec.models import Service
from emulator.verifier.conformance.case import Case
from emulator.verifier.conformance.places import Place, places
from emulator.verifier.conformance.themes.limits import both_sides
from emulator.verifier.conformance.values import Trial

_INT32 = 1 << 31
_NO_ADDRESSES = ("ftp://example.com/a.png", "example.com/a.png", "https:/a.png", "text")
Sides = tuple[str, tuple[Any, ...], tuple[Any, ...]]  # a rule, values within, values beyond


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            for place in places(operation):
                for about in _RULES:
                    for rule, within, beyond in about(place):
                        sound = [Trial(place, rule, value, None) for value in within]
                        broken = [Trial(place, rule, value, Cause.PARAMETER_INVALID) for value in beyond]
                        yield from both_sides(place, rule, sound + broken)


def _longest(place: Place) -> Iterator[Sides]:
    """Blanks at the end make a text as long as one likes and change nothing of what it says."""
    most = place.schema.get("maxLength")
    if most is not None:
        text = str(place.base()[place.top])
        yield "maxLength", (text.ljust(most),), (text.ljust(most + 1),)


def _widest(place: Place) -> Iterator[Sides]:
    """A number that has no other limit; the largest that is allowed may still name nothing."""
    limited = {"maximum", "enum"} & place.schema.keys()
    if place.schema.get("format") == "int32" and not limited:
        yield "int32", (), (_INT32,)


def _after_the_last(place: Place) -> Iterator[Sides]:
    listed = place.schema.get("x-list", {}).get("items", {}).get("enum", [])
    if listed and all(str(value).isdigit() for value in listed):
        yield "x-list", (), (str(max(map(int, listed)) + 1),)


def _addresses(place: Place) -> Iterator[Sides]:
    if place.schema.get("format") == "image-url":
        yield "image-url", (), _NO_ADDRESSES


_RULES: tuple[Callable[[Place], Iterator[Sides]], ...] = (_longest, _widest, _after_the_last, _addresses)

"""Signed links that a request uses: when they were signed and for how long, told without their signatures."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from emulator import clock
from emulator.contract.secrecy import mark

_SIGNED = "X-Amz-Date"
_DATE = re.compile(r"X-Amz-Date=(\d{8}T\d{6}Z)")
_EXPIRES = re.compile(r"X-Amz-Expires=(\d{1,9})(?!\d)")


def link_facts(urls: Iterable[str]) -> list[dict[str, Any]]:
    """`mark`, `signed` (an instant) and `life` (milliseconds) of each link that bears both; equal times once."""
    found: dict[tuple[str, str], str] = {}
    for url in urls:
        if _SIGNED in url:
            written = unquote(url) if "%3D" in url else url
            date, expires = _DATE.search(written), _EXPIRES.search(written)
            if date and expires:
                found.setdefault((date[1], expires[1]), written)
    return [fact for times, url in found.items() for fact in _fact(times, url)]


def _fact(times: tuple[str, str], url: str) -> list[dict[str, Any]]:
    try:
        signed = clock.instant(times[0])
    except ValueError:  # no day of the calendar
        return []
    place = url.partition("?")[0]
    return [{"mark": mark(f"{place}?{times[0]}"), "signed": signed, "life": int(times[1]) * 1000}]

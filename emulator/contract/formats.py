"""The formats of strings that our documents name: what is wrong with a text, in one sentence, or nothing.

Knows calendars, office codes, the search language and how numbers are listed; not which parameter has which format.
"""

import re
from collections.abc import Callable
from datetime import date

from emulator import expressions, patent_numbers

LOC_CLASS = re.compile(r"[0-9]{2}(-[0-9]{2})?")
_URL = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_AUTHORITY = re.compile(r"[A-Z]{2}")


def _day(text: str) -> str | None:
    if re.fullmatch(r"[0-9]{8}", text) is None:
        return "is not a day written yyyyMMdd"
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return "is no day of the calendar"
    return None


def _authority(text: str) -> str | None:
    return None if _AUTHORITY.fullmatch(text) else "is not an authority code such as CN or US"


def _image_url(text: str) -> str | None:
    return None if _URL.match(text) else "is no address that begins with http:// or https://"


def _loc_class(text: str) -> str | None:
    return None if LOC_CLASS.fullmatch(text) else "is not a Locarno class such as 14-01"


def _loc_expression(text: str) -> str | None:
    try:
        tree = expressions.read(text, "loc")
    except expressions.ExpressionFault as fault:
        return f"cannot be read: {fault}"
    wrong = next((word for word in expressions.words(tree) if LOC_CLASS.fullmatch(word.text) is None), None)
    if wrong is None:
        return None
    return f"cannot be read: {wrong.text[:40]!r} is not a Locarno class such as 14-01, at column {wrong.column}"


def _field_expression(text: str) -> str | None:
    try:
        expressions.read(text, "field")
    except expressions.ExpressionFault as fault:
        return f"cannot be read: {fault}"
    return None


def _query_text(text: str) -> str | None:
    try:
        expressions.read(text, "query")
    except expressions.ExpressionFault as fault:
        return f"cannot be read: {fault}"
    return None


def _patent_numbers(text: str) -> str | None:
    try:
        patent_numbers.read(text)
    except patent_numbers.NumberFault as fault:
        return str(fault)
    return None


FORMATS: dict[str, Callable[[str], str | None]] = {
    "yyyymmdd": _day,
    "authority": _authority,
    "image-url": _image_url,
    "loc-class": _loc_class,
    "loc-expression": _loc_expression,
    "field-expression": _field_expression,
    "query-text": _query_text,
    "patent-numbers": _patent_numbers,
}

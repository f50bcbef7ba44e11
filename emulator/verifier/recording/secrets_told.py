"""Where an exchange carries credentials: headers, the query, bodies, links; each of them as it stands there.

Goes by names and places. A secret that stands where nobody would look is found by its shape elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

from emulator.contract import secrecy
from emulator.contract.authorization import basic_of
from emulator.spec.models import Service
from emulator.verifier.recording.heard import Heard

_CLIENT_ID = re.compile(r".*client[-_]?id.*", re.IGNORECASE)  # no secret, but it names who recorded
_USER_INFO = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://([^\s/@\"'<>]+)@")
_SIGNATURE = re.compile(r"[0-9a-fA-F]{40,}")  # told by its shape wherever it stands; an answer may hold a hundred
_FIELD = re.compile(r"([A-Za-z0-9_.%-]{2,60})=([^&\s\"'<>;,]+)")


def is_secret(name: str) -> bool:
    """Whether what bears this name is not for others."""
    return secrecy.is_secret(name) or _CLIENT_ID.fullmatch(name) is not None


def secrets_of(service: Service, heard: Heard, *parsed: Any) -> Iterator[str]:
    """Every credential, `parsed` being its bodies as data."""
    names = service.query_credentials()
    for name, value in (*heard.headers, *heard.answer_headers):
        yield from _of_header(name, value)
    for name, value in heard.query:
        if name in names or is_secret(name):
            yield value
        yield from _inside(value)
    for data in parsed:
        yield from _of_data(data, secret=False)


def _of_header(name: str, value: str) -> Iterator[str]:
    if not is_secret(name):
        return
    yield value
    if "cookie" in name:
        for part in value.split(";"):
            yield part.partition("=")[2].strip().strip('"')
        return
    scheme, _, rest = value.partition(" ")
    if rest:
        yield rest
    if scheme.lower() == "basic" and (pair := basic_of(value)) is not None:
        yield from (":".join(pair), *pair)


def _of_data(data: Any, *, secret: bool) -> Iterator[str]:
    if isinstance(data, dict):
        for name, part in data.items():
            yield from _of_data(part, secret=secret or is_secret(str(name)))
    elif isinstance(data, (list, tuple)):
        for part in data:
            yield from _of_data(part, secret=secret)
    elif isinstance(data, str):
        if secret:
            yield data
        yield from _inside(data)
    elif secret and isinstance(data, int) and not isinstance(data, bool) and abs(data) > 999:
        yield str(data)


def _inside(text: str) -> Iterator[str]:
    """User and password of links, and fields of queries that stand inside a text."""
    for match in _USER_INFO.finditer(text):
        yield from (unquote(part) for part in match[1].split(":"))
    if "=" in text:
        for match in _FIELD.finditer(text):
            for name, value in parse_qsl(match[0], keep_blank_values=False):
                if (is_secret(name) or name.lower() == "apikey") and not _SIGNATURE.fullmatch(value):
                    yield value

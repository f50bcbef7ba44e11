"""The ways in which a text may hide another one: percent signs, escapes of JSON and HTML, base64.

Unwraps and finds; what is a secret is not known here.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, unquote_plus

_ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_DEEPEST = 4


def views(text: str) -> Iterator[str]:
    """What the text says when it is unwrapped, once and again; never the text itself."""
    seen, level = {text}, [text]
    for _ in range(_DEEPEST):
        level = [view for one in level for view in _unwrapped(one) if view not in seen]
        seen.update(level)
        yield from level


def unmasked_base64(
    text: str, hides: Callable[[str], bool], holds: Callable[[str], bool], put: Callable[[str], str]
) -> str:
    """The text with each run of base64 replaced that is a text and `hides` something, or anything that `holds` it."""

    def judged(match: re.Match[str]) -> str:
        for inner in _decoded(match[0]):
            if holds(inner) or (inner.isprintable() and "\ufffd" not in inner and hides(inner)):
                return put(match[0])
        return match[0]

    return _BASE64.sub(judged, text)


def _unwrapped(text: str) -> Iterator[str]:
    if "%" in text or "+" in text:
        yield unquote(text)
        yield unquote_plus(text)
    if "\\" in text:
        yield _ESCAPES.sub(_plain, text)
    if "&" in text:
        yield html.unescape(text)


def _plain(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "r": "\r"}.get(match[3], match[3])


def _decoded(run: str) -> Iterator[str]:
    """A run that is cut anywhere still shows three quarters of itself."""
    plain = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    for start in range(4):
        part = plain[start : start + (len(plain) - start) // 4 * 4 + 3]
        part = part[: len(part) - (len(part) % 4 == 1)]
        try:
            raw = base64.b64decode(part + "=" * (-len(part) % 4))
        except (binascii.Error, ValueError):
            continue
        while raw and 0x80 <= raw[0] < 0xC0:  # a letter that began before
            raw = raw[1:]
        yield raw.decode("utf-8", "replace").rstrip("\ufffd")

"""Traffic out of a HAR file, however untidy: what a browser or a proxy wrote down of calls to the service.

Calls to other hosts are left out and counted; the rest comes in the order in which it began. Bodies that the file
does not have stay unknown.
"""

import base64
import binascii
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

import orjson

from emulator import clock
from emulator.spec.models import Service
from emulator.verifier.recording.har import CUT, HOST
from emulator.verifier.recording.heard import Heard, Pairs
from emulator.verifier.report.told import number, were

_LARGEST = 512 * 1024 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CONTROL = "/_emulator"


class Unreadable(Exception):
    """The file is no HAR; the text says why."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """`others` counts calls to other hosts, `broken` entries that are no exchange at all."""

    heard: tuple[Heard, ...]
    others: Mapping[str, int] = field(default_factory=dict)
    broken: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        notes = []
        if self.others:
            calls = sum(self.others.values())
            notes.append(f"{number(calls, 'call')} to {number(len(self.others), 'other host')} {were(calls)} left out")
        if self.broken:
            entries = number(self.broken, "entry", "entries")
            notes.append(f"{entries} of the file could not be read and {were(self.broken)} left out")
        if not self.heard:
            notes.append("the file has no call to the service")
        return tuple(notes)


def read(file: Path, service: Service, hosts: frozenset[str] = frozenset()) -> Traffic:
    """The calls to the service's hosts, to loopback and to `hosts`. Raises Unreadable."""
    try:
        if file.stat().st_size > _LARGEST:
            raise Unreadable(f"{file} is larger than {_LARGEST} bytes")
        document = orjson.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise Unreadable(f"{file} cannot be read ({error.strerror})") from error
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"{file} is no HAR: it is not JSON ({error})") from error
    entries = _member(_member(document, "log"), "entries")
    if not isinstance(entries, list):
        raise Unreadable(f"{file} is no HAR: log/entries is no list")
    return _traffic(entries, frozenset({*_own(service), *_LOOPBACK, *hosts}))


def _own(service: Service) -> set[str]:
    return {urlsplit(address).hostname or "" for address in (*service.hosts, HOST)}


def _traffic(entries: list[Any], ours: frozenset[str]) -> Traffic:
    heard: list[Heard] = []
    others: Counter[str] = Counter()
    broken = 0
    for entry in entries:
        try:
            parts = urlsplit(entry["request"]["url"])
            host = (parts.hostname or "").lower()
            if host not in ours:
                others[host] += 1
            elif not parts.path.startswith(_CONTROL):
                heard.append(_heard(entry, unquote(parts.path) or "/", parts.query))
        except (KeyError, TypeError, ValueError, AttributeError):
            broken += 1
    heard.sort(key=lambda one: one.at)
    return Traffic(tuple(heard), dict(others), broken)


def _heard(entry: Any, path: str, query: str) -> Heard:
    request, response = entry["request"], entry.get("response") or {}
    status = response.get("status")
    answered = isinstance(status, int) and 100 <= status <= 599
    cut = answered and _is_cut(response.get("content"))
    answer = _content(response.get("content")) if answered and not cut else None
    headers = _headers(response)
    return Heard(
        at=_instant(entry.get("startedDateTime")),
        method=str(request["method"]),
        path=path,
        raw_query=query,
        headers=_headers(request),
        body=_body(request),
        status=status if answered else None,
        answer_headers=tuple(pair for pair in headers if pair[0] != "content-encoding"),  # HAR texts are unfolded
        answer=answer,
        whole=answered and not response.get("_error") and not _cut(headers, answer),
        cut=cut,
        known={name: value for name, value in entry.items() if name.startswith("_") and "_facts" in entry},
        took=round(took) if isinstance(took := entry.get("time"), (int, float)) and took > 0 else 0,
    )


def _cut(headers: Pairs, answer: bytes | None) -> bool:
    """Whether fewer bytes came than were told, where nothing was folded."""
    told = dict(headers).get("content-length", "")
    folded = "content-encoding" in dict(headers)
    return answer is not None and not folded and told.isdecimal() and len(answer) < int(told)


def _headers(part: Any) -> Pairs:
    """Without the pseudo headers of HTTP/2."""
    listed = part.get("headers")
    pairs = [(str(one["name"]).lower(), str(one["value"])) for one in listed] if isinstance(listed, list) else []
    return tuple(pair for pair in pairs if not pair[0].startswith(":"))


def _body(request: Any) -> bytes | None:
    data = request.get("postData")
    if not isinstance(data, Mapping):
        size = request.get("bodySize")
        return None if isinstance(size, int) and size > 0 else b""
    if _is_cut(data):
        return None
    if isinstance(text := data.get("text"), str) and text:
        return _bytes(text, data.get("encoding"))
    params = data.get("params")
    if not isinstance(params, list) or "multipart" in str(data.get("mimeType")):
        return None  # a browser does not keep the files of a form
    fields = (f"{quote_plus(str(one['name']))}={quote_plus(str(one.get('value') or ''))}" for one in params)
    return "&".join(fields).encode()


def _content(content: Any) -> bytes | None:
    if not isinstance(content, Mapping):
        return None
    text = content.get("text")
    if not isinstance(text, str):
        return b"" if content.get("size") == 0 else None
    return _bytes(text, content.get("encoding"))


def _is_cut(part: Any) -> bool:
    """Whether an archive of ours, or a browser that keeps a part of what is long, wrote down less than there was."""
    if not isinstance(part, Mapping):
        return False
    text, size = part.get("text"), part.get("size")
    if str(part.get("comment", "")).startswith(CUT):
        return True
    kept = _bytes(text, part.get("encoding")) if isinstance(text, str) and text else None
    return kept is not None and isinstance(size, int) and len(kept) < size and not _is_json(kept)


def _is_json(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _bytes(text: str, encoding: Any) -> bytes | None:
    if encoding != "base64":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return None


def _instant(told: Any) -> int:
    try:
        return clock.instant(str(told))
    except ValueError:
        return 0


def _member(node: Any, name: str) -> Any:
    return node.get(name) if isinstance(node, Mapping) else None

"""Exchanges as a HAR 1.2 document, which browsers and proxies open.

Told are the texts that exchanges show, which are without secrets: headers are not among them, and a host that nobody
needs to know stands in each address. What HAR has no word for follows under names that begin with `_`.
"""

import re
from collections.abc import Iterable
from http.client import responses
from typing import Any
from urllib.parse import parse_qsl, quote

from emulator import __version__, clock
from emulator.contract.exchange import Exchange
from emulator.contract.secrecy import body_without_secrets, query_without_secrets, without_secrets
from emulator.contract.shown import size_of_cut

CUT = "cut after"  # how the comment of a body begins that is not whole
HOST = "https://service.invalid"
_IN_PATH = "/%:@!$&'()*+,;=-._~"
_IN_QUERY = _IN_PATH + "?"
_UNKNOWN = -1
_UNWRITABLE = re.compile("[\ud800-\udfff]")


def har(exchanges: Iterable[Exchange]) -> dict[str, Any]:
    """The whole document, in the order in which the exchanges came."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "patsnap-emulator", "version": __version__},
            "entries": [_entry(exchange) for exchange in exchanges],
        }
    }


def _entry(exchange: Exchange) -> dict[str, Any]:
    known = {
        "_id": exchange.id,
        "_account": exchange.account or None,
        "_operation": exchange.operation,
        "_error_code": exchange.code,
        "_cause": exchange.cause,
        "_reason": _text(without_secrets(exchange.reason)) if exchange.reason else None,
        "_cost": exchange.cost or None,
        "_trouble": list(exchange.trouble) or None,
        "_facts": dict(exchange.facts) or None,  # without headers, nobody could find them again
    }
    return {
        "startedDateTime": clock.iso(exchange.at),
        "time": 0,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        **{name: value for name, value in known.items() if value is not None},
    }


def _request(exchange: Exchange) -> dict[str, Any]:
    query = query_without_secrets(_text(exchange.query))
    asked = f"?{quote(query, safe=_IN_QUERY)}" if query else ""
    told: dict[str, Any] = {
        "method": _text(exchange.method),
        "url": HOST + quote(_text(exchange.path), safe=_IN_PATH) + asked,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(query, keep_blank_values=True)],
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
    }
    if exchange.request is not None:
        text, size, comment = _body(exchange.request)
        told["postData"] = {"mimeType": _kind(text), "text": text, **comment}
        told["bodySize"] = size if comment else _UNKNOWN
    return told


def _response(exchange: Exchange) -> dict[str, Any]:
    status = exchange.status or 0  # 0 is how browsers write that nothing came
    content: dict[str, Any] = {"size": _UNKNOWN, "mimeType": "x-unknown"}
    if exchange.answer is not None:
        text, size, comment = _body(exchange.answer)
        content = {"size": size, "mimeType": _kind(text), "text": text, **comment}
    return {
        "status": status,
        "statusText": responses.get(status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": content,
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
    }


def _body(shown: str) -> tuple[str, int, dict[str, str]]:
    """A text, the size in bytes of what it is of, and a comment where that is more than the text."""
    begun, size = size_of_cut(shown)
    text = _text(body_without_secrets(begun))
    length = len(text.encode())
    return (text, length, {}) if size is None else (text, size, {"comment": f"{CUT} {length} bytes"})


def _kind(text: str) -> str:
    match text.lstrip()[:1]:
        case "{" | "[":
            return "application/json"
        case "" | "<":
            return "text/plain"
        case _:
            return "application/x-www-form-urlencoded"


def _text(text: str) -> str:
    """What JSON in UTF-8 can carry."""
    return _UNWRITABLE.sub("\ufffd", text)

"""A report whose texts can do no harm wherever they are shown: no secret, nothing invisible, nothing without end.

A client can send anything: control characters that steer a terminal, marks that turn a line around, ten megabytes,
halves of characters that no file can hold. Such signs are written out (`\\x1b`, `\\u202e`), texts are cut. Escaping for
a form's own syntax is left to that form. Secrets were taken out where the texts were made; this is the last net.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import partial
from typing import Any, NewType, TypeVar

from emulator.contract.exchange import Exchange
from emulator.contract.secrecy import body_without_secrets, query_without_secrets, without_secrets
from emulator.verifier.report.model import Report

Harmless = NewType("Harmless", Report)
LONGEST = 16_000  # characters of one text; journals keep 8192 bytes of a body
_LEAD = 2_000  # read beyond, so that no secret is cut before it is seen
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
    "|[\U000e0000-\U000e0fff]"
)
_Any = TypeVar("_Any")


def harmless(report: Report) -> Harmless:
    """The report with every text in it made harmless."""
    return Harmless(_made_harmless(report))


def without_bodies(report: Report) -> Report:
    """The report without what was sent and answered, for a form that does not show it: bodies are most of the work."""
    return replace(
        report,
        exchanges=_bare(report.exchanges),
        drills=tuple(replace(drill, exchanges=_bare(drill.exchanges)) for drill in report.drills),
        cases=tuple(replace(case, exchanges=_bare(case.exchanges)) for case in report.cases),
    )


def _bare(exchanges: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    return tuple(replace(exchange, request=None, answer=None) for exchange in exchanges)


def plain(text: str) -> str:
    """One text without secrets, with unseen signs written out, cut."""
    return _seen(without_secrets(text[: LONGEST + _LEAD]), len(text))


def _seen(text: str, length: int) -> str:
    text = _UNSEEN.sub(_written, text.replace("\r\n", "\n"))
    return (
        text if length <= LONGEST and len(text) <= 2 * LONGEST else f"{text[:LONGEST]} ... <{length} characters in all>"
    )


def _written(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"


def _body(text: str) -> str:
    shown = body_without_secrets(text[: LONGEST + _LEAD])
    return _seen(without_secrets(shown) if "%" in shown else shown, len(text))


def _query(text: str) -> str:
    return _seen(query_without_secrets(text[:LONGEST].encode("utf-8", "backslashreplace").decode()), 0)


_TEXTS = {"request": _body, "answer": _body, "stdout": _body, "stderr": _body, "query": _query}


def _made_harmless(value: _Any, name: str = "") -> _Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _TEXTS.get(name, plain)(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(map(partial(_made_harmless, name=name), value))  # type: ignore[return-value]
    if isinstance(value, list):
        return [_made_harmless(one, name) for one in value]  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return _pairs(value, name)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _made_harmless(getattr(value, one.name), one.name) for one in fields(value)})
    return value


def _pairs(value: Mapping[Any, Any], name: str) -> dict[Any, Any]:
    return {_made_harmless(key): _made_harmless(held, name) for key, held in value.items()}

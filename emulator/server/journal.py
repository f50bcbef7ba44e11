"""What happened: one entry for each call, in the account's own journal, bounded, without secrets.

Knows how an entry looks and what must not stand in it; who reads it is not known here.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.server.messages import Answer, Request
from emulator.store.base import Record, Store

LOG = "requests"
NOBODY = ""
_KEY = re.compile(r"sk-[A-Za-z0-9]+")
_SECRET_FIELDS = re.compile(r"((?:client_secret|X-Amz-Signature)=)[^&]*")
_LONGEST_BODY = 16_384


@dataclass(frozen=True)
class Entry:
    """The facts of one call that the exchange itself does not show."""

    account: str
    operation: str | None
    now: int
    correlation: str
    code: int | None
    cause: str | None
    reason: str | None
    cost: int
    remarks: tuple[str, ...]
    fault: bool
    secret: bool


class Journal:
    def __init__(self, store: Store, keep: int) -> None:
        self._store = store
        self._keep = keep

    def add(self, entry: Entry, request: Request, answer: Answer) -> None:
        self._store.append(entry.account, LOG, _record(entry, request, answer), self._keep)

    def read(self, account: str | None = None) -> Iterator[Record]:
        """Entries of one account or of all, newest last."""
        return (record for _, record in self._store.read_log(LOG, account))

    def dropped(self, account: str) -> int:
        return self._store.dropped(LOG, account)

    def forget(self, account: str) -> None:
        self._store.clear(account, frozenset({LOG}))


def _record(entry: Entry, request: Request, answer: Answer) -> dict[str, Any]:
    return {
        "id": entry.correlation,
        "at": clock.iso(entry.now),
        "account": entry.account or None,
        "operation": entry.operation,
        "method": request.method[:20],
        "path": request.path[:500],
        "query": without_secrets(request.raw_query)[:4000],
        "status": answer.status,
        "error_code": entry.code,
        "cause": entry.cause,
        "reason": entry.reason,
        "cost": entry.cost,
        "remarks": list(entry.remarks),
        "fault": entry.fault,
        "request": None if entry.secret else _shown(request.body, request.media_type),
        "answer": None if entry.secret else _shown(answer.body, "application/json"),
    }


def without_secrets(text: str) -> str:
    """The text with keys, secrets and signatures replaced."""
    text = _KEY.sub(lambda match: f"sk-...{hashlib.sha256(match[0].encode()).hexdigest()[:8]}", text)
    return _SECRET_FIELDS.sub(r"\1...", text)


def _shown(body: bytes, media_type: str) -> str | None:
    if not body:
        return None
    if media_type not in ("application/json", "application/x-www-form-urlencoded", ""):
        return f"<{len(body)} bytes of {media_type[:60]}>"
    text = body[:_LONGEST_BODY].decode("utf-8", "replace")
    return without_secrets(text) + (f" ... <{len(body)} bytes in all>" if len(body) > _LONGEST_BODY else "")

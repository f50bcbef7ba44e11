"""What happened: one entry for each call, in the account's own journal, bounded, without secrets.

Knows how an entry looks; what must not stand in it is `secrecy`'s business, and who reads it is not known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.contract.secrecy import query_without_secrets, without_secrets
from emulator.contract.shown import LONGEST_BODY, shown, shown_path
from emulator.server.messages import Answer, Request
from emulator.server.visit import Visit
from emulator.spec.models import FILE
from emulator.store.base import Record, Store

LOG = "requests"


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
    trouble: tuple[str, ...]
    fault: bool
    secret: bool
    facts: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        visit: Visit,
        operation: str | None,
        correlation: str,
        facts: Mapping[str, Any],
        *,
        code: int | None = None,
        cause: str | None = None,
        reason: str | None = None,
    ) -> "Entry":
        """An entry about a visit. The bodies of the token call, and of files, are never kept."""
        kept = visit.operation is None or visit.operation.security != "clientSecret"
        return cls(
            account=visit.account.id,
            operation=operation,
            now=visit.now,
            correlation=correlation,
            code=code,
            cause=cause,
            reason=reason,
            cost=visit.cost,
            remarks=tuple(visit.remarks),
            trouble=tuple(visit.trouble),
            fault=visit.fault,
            secret=operation == FILE or not kept,
            facts=facts,
        )


class Journal:
    def __init__(self, store: Store, keep: int, longest_body: int = LONGEST_BODY) -> None:
        self._store = store
        self._keep = keep
        self._longest_body = longest_body

    def add(self, entry: Entry, request: Request, answer: Answer) -> None:
        self._store.append(entry.account, LOG, _record(entry, request, answer, self._longest_body), self._keep)

    def read(self, account: str | None = None, after: int = 0) -> Iterator[Record]:
        """Entries of one account or of all, newest last; those that came after `newest` said so."""
        return (record for _, record in self._store.read_log(LOG, account, after))

    def newest(self, account: str | None = None) -> int:
        """A number that another entry changes; cheap."""
        return self._store.appended(LOG, account)

    def dropped(self, account: str) -> int:
        return self._store.dropped(LOG, account)

    def forget(self, account: str) -> None:
        self._store.clear(account, frozenset({LOG}))


def _record(entry: Entry, request: Request, answer: Answer, longest: int) -> dict[str, Any]:
    return {
        "id": entry.correlation,
        "at": clock.iso(entry.now),
        "account": entry.account or None,
        "operation": entry.operation,
        "method": request.method[:20],
        "path": shown_path(request.path),
        "query": query_without_secrets(request.raw_query),
        "status": answer.status or None,
        "error_code": entry.code,
        "cause": entry.cause,
        "reason": without_secrets(entry.reason) if entry.reason else None,
        "cost": entry.cost,
        "remarks": [without_secrets(remark) for remark in entry.remarks],
        "trouble": [without_secrets(word) for word in entry.trouble],
        "fault": entry.fault,
        "facts": entry.facts,
        "request": None if entry.secret else shown(request.body, request.media_type, longest),
        "answer": None if entry.secret else shown(answer.body, "application/json", longest),
    }

"""One call and its answer, told in facts: what client rules and reports look at, whoever wrote it down.

An emulator's journal and a proxy between a client and the real service both end in exchanges, so that one set of
rules judges both. Knows nothing of how the facts are found (`facts`) and what follows from them (`client_rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator import clock


@dataclass(frozen=True, slots=True)
class Exchange:
    """`at` is milliseconds of the account's clock; `code` None where the answer was none of the service's.

    `cause`, `reason` and `trouble` are known of emulators alone; `trouble` names what was asked for on purpose.
    `request` and `answer` are texts for people, without secrets; `facts` is the form that `facts.py` describes.
    """

    id: str
    at: int
    account: str
    operation: str | None
    method: str
    path: str
    query: str
    status: int | None
    code: int | None
    cost: int = 0
    cause: str | None = None
    reason: str | None = None
    trouble: tuple[str, ...] = ()
    fault: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    request: str | None = None
    answer: str | None = None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Exchange":
        """Of an entry of a journal, as the control API shows it."""
        same = ("id", "operation", "method", "path", "query", "status", "cost", "cause", "reason", "fault")
        return cls(
            **{name: record[name] for name in same},
            at=clock.instant(record["at"]),
            account=record["account"] or "",
            code=record["error_code"],
            trouble=tuple(record["trouble"]),
            facts=record.get("facts") or {},
            request=record["request"],
            answer=record["answer"],
        )

    @property
    def arrived(self) -> bool:
        """Whether the client got the answer whole."""
        return not self.facts.get("lost")

    @property
    def got(self) -> bool:
        """Whether it was a success that the client knows of, and without a wait that it may not have borne."""
        return self.succeeded and self.arrived and not self.facts.get("held")

    @property
    def succeeded(self) -> bool:
        return self.code == 0

"""One call and its answer, told in facts: what client rules and reports look at, whoever wrote it down.

An emulator's journal and a proxy between a client and the real service both end in exchanges, so that one set of
rules judges both. Knows nothing of how the facts are found (`facts`) and what follows from them (`client_rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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

    @property
    def succeeded(self) -> bool:
        return self.code == 0

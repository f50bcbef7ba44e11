"""What somebody did wrong, as it is told: the rule, how grave, where, what happened, what to do, how we know.

A breach of one exchange is a `Violation`; a finding is about a whole run, of a client or of a server, and names the
calls that show it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How grave. An error breaks a rule that somebody wrote down or saw; a note is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what happened, `advice` what to do; `calls` are ids of exchanges, the telling one first."""

    rule: str
    severity: Severity
    operation: str | None
    calls: tuple[str, ...]
    sentence: str
    advice: str
    evidence: Mapping[str, Any]

    def record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "severity": str(self.severity), "calls": list(self.calls)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Finding":
        """Of its record."""
        return cls(**{**record, "severity": Severity(record["severity"]), "calls": tuple(record["calls"])})

"""What a check of the corpus finds. It knows no rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
Findings = Iterator[tuple[str, str]]  # field and reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One contradiction: the line and publication number of the record, the field at fault, and why."""

    line: int
    record: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (f"line {self.line}", self.record, self.field, self.reason)))

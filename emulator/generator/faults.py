"""What a rule of consistency is, and what it finds. It knows no rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One contradiction: the publication number of the record, the field at fault, and why."""

    record: str
    field: str
    reason: str


Rule = Callable[[list[Record]], Iterator[Fault]]

"""Rules for what several records say together: that names are unique, and that members of a family agree.

They see the records one by one and keep of each no more than they need to compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import calendar
from .faults import Findings, Record

_UNIQUE = ("patent_id", "pn", "apno", "img_id")
_SHARED = ("subject", "title", "abstract", "picture", "patent_type", "loc", "ipc")
_FILED = "apdt"


class Names:
    """Ids and numbers that were seen, and where."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, int]] = {field: {} for field in _UNIQUE}

    def findings(self, line: int, record: Record) -> Findings:
        for field, seen in self._seen.items():
            first = seen.setdefault(str(record[field]).lower(), line)
            if first != line:
                yield field, f"{record[field]} is that of line {first} already"


@dataclass(slots=True)
class _Family:
    head: str
    essence: Mapping[str, Any]
    inventors: int
    earliest: int
    latest: int
    documented: bool


class Families:
    """Members of each family, compared with the first of them. `priority` is days by type of patent."""

    def __init__(self, priority: Mapping[str, int], documented: frozenset[str]) -> None:
        self._priority = priority
        self._documented = documented
        self._seen: dict[int, _Family] = {}

    def findings(self, record: Record) -> Findings:
        """The families that published pages join stand as they are printed: theirs are never late."""
        essence, filed = _essence(record), record[_FILED]
        documented = record["pn"] in self._documented
        family = self._seen.get(record["family_id"])
        if family is None:
            inventors = len(record["inventors"])
            self._seen[record["family_id"]] = _Family(record["pn"], essence, inventors, filed, filed, documented)
            return
        for field in _SHARED:
            mine, theirs = essence.get(field), family.essence.get(field)
            if mine != theirs and (mine or field != "abstract") and (theirs or field != "abstract"):
                yield field, f"differs from {family.head} of the same family"
        if len(record["inventors"]) != family.inventors:
            yield "inventors", f"are not as many as those of {family.head} of the same family"
        family.earliest, family.latest = min(family.earliest, filed), max(family.latest, filed)
        family.documented |= documented
        days = self._priority[record["patent_type"]]
        if not family.documented and calendar.between(family.earliest, family.latest) > days:
            yield _FILED, f"the family was filed from {family.earliest} to {family.latest}, over more than {days} days"


def _essence(record: Record) -> Mapping[str, Any]:
    """What is the same for all members, whatever language they were filed in."""
    return {field: _translated(record[field]) for field in _SHARED if record.get(field)}


def _translated(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: text for name, text in value.items() if name not in ("original", "language")}

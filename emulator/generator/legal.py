"""Legal status: at which stage a patent stands, which status codes it can have at its age, and the simple status that
follows.

The codes are the published ones. Ages are counted to the last day of the corpus, not to today.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from .calendar import later, years

Options = list[tuple[list[int], float]]
SIMPLE_WITHOUT_STATUS = 999
EXPIRED = 15
_IN_FORCE = frozenset({3, 21, 23, 24})
_OFTEN = 12  # what is over has mostly run out, and not been given up on its last day
_NO_TERM = (0, 1000)
_OPEN = (1, 2)  # not decided yet: counted from publication


def stage(patent_type: str, granted: bool, random: Random) -> str:
    """`granted` for whatever is published only once it is registered; inventions may still be mere publications."""
    if patent_type != "A":
        return "granted"
    return "published" if not granted or random.random() < 0.45 else "granted"


def issue_date(authority: str, stage: str, apdt: int, pbdt: int, days_to_bulletin: Mapping[str, int]) -> int | None:
    """The day of grant or registration. Some offices publish the bulletin some days after they register."""
    if stage != "granted":
        return None
    return max(apdt, later(pbdt, -days_to_bulletin.get(authority, 0)))


def status(record: Mapping[str, Any], stage: str, offices: Mapping[str, Any], random: Random) -> list[int]:
    """Status codes drawn by share among those a patent of that age can have."""
    authority, patent_type = record["authority"], record["patent_type"]
    international = (authority, patent_type) == ("WO", "A")
    table: Options = offices["legal_status"]["WO" if international else stage if patent_type == "A" else patent_type]
    possible = [(codes, share) for codes, share in table if not any(unfit(codes, record, offices))]
    over = _age(record, offices["last_day"]) > longest_term(record, offices)
    shares = [share * (_OFTEN if over and codes == [EXPIRED] else 1) for codes, share in possible]
    return list(random.choices([codes for codes, _ in possible], shares)[0])


def unfit(codes: Sequence[int], record: Mapping[str, Any], offices: Mapping[str, Any]) -> list[str]:
    """Why a patent cannot have these codes on the last day; nothing when it can."""
    ages, reasons, last = offices["status_ages"], [], offices["last_day"]
    age = _age(record, last)
    for code in codes:
        least, *most = ages.get(code, [0])
        old = years(record["pbdt" if code in _OPEN else "apdt"], last)
        if old < least or (most and old > most[0]):
            reasons.append(f"{code} at an age of {old:.1f} years")
        if code == EXPIRED and age < _term(record, offices)[0]:
            reasons.append(f"{code}, but its term has not run out")
        if code in _IN_FORCE and age > longest_term(record, offices):
            reasons.append(f"{code}, but its term is over")
    return reasons


def longest_term(record: Mapping[str, Any], offices: Mapping[str, Any]) -> int:
    """Years after which a right is over."""
    return _term(record, offices)[1]


def simple(codes: Sequence[int], table: Mapping[int, Sequence[int]]) -> list[int]:
    """The simple status of a list of codes; without any code it is undetermined."""
    found = {status for code in codes for status, members in table.items() if code in members}
    return sorted(found) or [SIMPLE_WITHOUT_STATUS]


def _term(record: Mapping[str, Any], offices: Mapping[str, Any]) -> tuple[int, int]:
    terms = offices["terms"][record["patent_type"]]
    least, most = terms.get(record["authority"]) or terms.get("any", _NO_TERM)
    return least, most


def _age(record: Mapping[str, Any], last_day: int) -> float:
    """Years a right has lasted on the last day; American designs count from their grant."""
    granted = (record["authority"], record["patent_type"]) == ("US", "D")
    return years(record["isd" if granted and record["isd"] else "apdt"], last_day)

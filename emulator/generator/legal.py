"""Legal status: at which stage a patent stands, which status codes it can have at its age, and the simple status that
follows.

The codes are the published ones. How they map to the simple status is ours: the page lists both tables without
joining them.
"""

from random import Random

from .calendar import between, later

NEWEST = 20251231
Options = list[tuple[list[int], float]]
SIMPLE_WITHOUT_STATUS = 999


def stage(patent_type: str, authority: str, random: Random) -> str:
    """`granted` for whatever is published only once it is registered; inventions may still be mere publications."""
    if patent_type != "A":
        return "granted"
    return "published" if authority == "WO" or random.random() < 0.45 else "granted"


def issue_date(authority: str, stage: str, apdt: int, pbdt: int) -> int | None:
    """The day of grant or registration. Japan and Korea publish the bulletin some days after they register."""
    if stage != "granted":
        return None
    days = {"JP": -21, "KR": -7}.get(authority, 0)
    return max(apdt, later(pbdt, days))


def status(
    patent_type: str, authority: str, stage: str, apdt: int, pbdt: int, shares: dict[str, Options], random: Random
) -> list[int]:
    """Status codes drawn by share among those a patent of that age can have."""
    table = shares["WO" if authority == "WO" else stage if patent_type == "A" else patent_type]
    possible = [(codes, share) for codes, share in table if all(old_enough(code, apdt, pbdt) for code in codes)]
    return list(random.choices([codes for codes, _ in possible], [share for _, share in possible])[0])


def old_enough(code: int, apdt: int, pbdt: int) -> bool:
    """Whether a patent with those dates can have reached the status by the end of the corpus, and not left it since."""
    age, since_publication = between(apdt, NEWEST), between(pbdt, NEWEST)
    least = {15: 3653, 16: 3 * 365, 13: 2 * 365, 14: 2 * 365, 22: 2 * 365, 23: 2 * 365, 21: 3 * 365, 224: 913, 225: 913}
    most = {1: 3 * 365, 2: 5 * 365}
    recent = {222: 913, 223: 913}
    if code in most:
        return since_publication <= most[code]
    return age >= least.get(code, 0) and (code not in recent or age <= 3 * 365 or since_publication <= recent[code])


def simple(codes: list[int], table: dict[int, list[int]]) -> list[int]:
    """The simple status of a list of codes; without any code it is undetermined."""
    found = {status for code in codes for status, members in table.items() if code in members}
    return sorted(found) or [SIMPLE_WITHOUT_STATUS]

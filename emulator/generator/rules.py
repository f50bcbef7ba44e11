"""Consistency of a corpus: small named rules, each of which reads records and names what contradicts itself.

A rule knows only records and the data files; it neither mends nor makes anything.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import calendar, legal, numbers
from .drawn import picture_hash
from .records import KEYS
from .vocabulary import load

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One contradiction: the publication number of the record, the field at fault, and why."""

    record: str
    field: str
    reason: str


Rule = Callable[[list[Record]], Iterator[Fault]]


def check(records: list[Record]) -> list[Fault]:
    """All faults of a corpus. Records without the right keys are reported and left out of the other rules."""
    faults = list(keys_are_complete(records))
    whole = [record for record in records if tuple(record) == tuple(KEYS)]
    return faults + [fault for rule in RULES for fault in rule(whole)]


def keys_are_complete(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        if tuple(record) != tuple(KEYS):
            odd = sorted(set(KEYS) ^ set(record)) or ["order"]
            yield Fault(str(record.get("pn")), ", ".join(odd), "keys are not those of a patent in their order")


def identifiers_are_unique(records: list[Record]) -> Iterator[Fault]:
    for field in ("patent_id", "pn", "apno", "img_id"):
        seen = Counter(str(record[field]) for record in records)
        for record in records:
            if seen[str(record[field])] > 1:
                yield Fault(record["pn"], field, f"{record[field]} occurs {seen[str(record[field])]} times")


def identifiers_are_uuids(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        if not _is_uuid(record["patent_id"]):
            yield Fault(record["pn"], "patent_id", "not a UUID in its usual form")


def numbers_have_the_form_of_the_office(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        if not numbers.fits(record["authority"], record["patent_type"], record["pn"], record["apno"]):
            yield Fault(
                record["pn"],
                "pn",
                f"{record['pn']} with {record['apno']} is no {record['patent_type']} of {record['authority']}",
            )
        elif not record["pn"].endswith(record["kind"]):
            yield Fault(record["pn"], "kind", f"{record['pn']} does not end in {record['kind']}")


def chinese_check_digits_are_right(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        found = re.fullmatch(r"CN(\d{12})\.([\dX])", record["apno"])
        if found and numbers.check_digit(found[1]) != found[2]:
            yield Fault(
                record["pn"], "apno", f"the check digit of {record['apno']} should be {numbers.check_digit(found[1])}"
            )


def dates_are_causal(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        for field in ("apdt", "pbdt", "isd"):
            if record[field] is not None and not _is_day(record[field]):
                yield Fault(record["pn"], field, f"{record[field]} is no day")
        if record["apdt"] > record["pbdt"]:
            yield Fault(record["pn"], "pbdt", "published before it was applied for")
        if record["isd"] is not None and record["isd"] < record["apdt"]:
            yield Fault(record["pn"], "isd", "granted before it was applied for")


def years_in_numbers_are_those_of_the_dates(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        stated = re.match(r"(?:CN|JP|AU|KR30|PCT/[A-Z]{2})((?:19|20)\d\d)", record["apno"])
        if stated and int(stated[1]) != record["apdt"] // 10000:
            yield Fault(record["pn"], "apno", f"{record['apno']} was filed in another year than {record['apdt']}")


def what_is_registered_has_an_issue_date(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        granted = record["patent_type"] != "A" or record["kind"].startswith("B")
        if granted != (record["isd"] is not None):
            yield Fault(record["pn"], "isd", "must be there for registered rights and absent for mere applications")


def simple_status_follows_from_status(records: list[Record]) -> Iterator[Fault]:
    table = load().offices["simple_legal_status"]
    known = {code for codes in table.values() for code in codes}
    for record in records:
        if not known.issuperset(record["legal_status"]):
            yield Fault(record["pn"], "legal_status", f"{record['legal_status']} is not a published code")
        elif legal.simple(record["legal_status"], table) != record["simple_legal_status"]:
            yield Fault(
                record["pn"], "simple_legal_status", f"{record['simple_legal_status']} for {record['legal_status']}"
            )


def status_fits_the_right(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        international = any(code in range(222, 226) for code in record["legal_status"])
        if international != (record["authority"] == "WO"):
            yield Fault(
                record["pn"], "legal_status", "codes 222 to 225 belong to international applications, and only to them"
            )
        elif record["isd"] is not None and {1, 2, 11, 13} & set(record["legal_status"]):
            yield Fault(record["pn"], "legal_status", "granted, yet pending, withdrawn or rejected")


def classes_fit_the_type(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        field, other = ("loc", "ipc") if record["patent_type"] == "D" else ("ipc", "loc")
        form = r"(0[1-9]|[12]\d|3[0-2])-\d\d" if field == "loc" else r"[A-H]\d\d[A-Z]\d{1,4}/\d{2,6}"
        if not record[field] or not all(re.fullmatch(form, code) for code in record[field]):
            yield Fault(record["pn"], field, f"{record[field]} are not classes of this kind")
        if record[other]:
            yield Fault(record["pn"], other, "belongs to another type of patent")


def texts_are_there(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        if set(record["title"]) != {"original", "cn", "en", "jp"} or not all(record["title"].values()):
            yield Fault(record["pn"], "title", "must be there as original, cn, en and jp")
        if record["abstract"] is not None and (
            set(record["abstract"]) != {"cn", "en", "jp"} or not all(record["abstract"].values())
        ):
            yield Fault(record["pn"], "abstract", "must be there in cn, en and jp, or not at all")
        for field in ("claims", "description", "original_assignee", "current_assignee", "inventors"):
            if not record[field]:
                yield Fault(record["pn"], field, "is empty")


def hashes_match_pictures(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        picture = record["picture"]
        if (picture is None) != (record["patent_type"] == "A"):
            yield Fault(record["pn"], "picture", "designs and utility models have one, inventions have none")
        elif picture and picture["hash"] != picture_hash(picture["product"], picture["variation"]):
            yield Fault(record["pn"], "picture.hash", "is not the hash of the picture")


def families_agree(records: list[Record]) -> Iterator[Fault]:
    first: dict[int, Record] = {}
    for record in records:
        head = first.setdefault(record["family_id"], record)
        for field in ("title", "picture", "patent_type", "loc", "ipc"):
            if _translated(record[field]) != _translated(head[field]):
                yield Fault(record["pn"], field, f"differs from {head['pn']} of the same family")


def families_share_their_abstract(records: list[Record]) -> Iterator[Fault]:
    first: dict[int, Record] = {}
    for record in (record for record in records if record["abstract"]):
        head = first.setdefault(record["family_id"], record)
        if record["abstract"] != head["abstract"]:
            yield Fault(record["pn"], "abstract", f"differs from {head['pn']} of the same family")


def designs_claim_priority_within_six_months(records: list[Record]) -> Iterator[Fault]:
    earliest: dict[int, int] = {}
    for record in records:
        earliest[record["family_id"]] = min(record["apdt"], earliest.get(record["family_id"], record["apdt"]))
    for record in records:
        if record["patent_type"] == "D" and calendar.between(earliest[record["family_id"]], record["apdt"]) > 184:
            yield Fault(record["pn"], "apdt", "more than six months after the first filing of its family")


RULES: tuple[Rule, ...] = (
    identifiers_are_unique,
    identifiers_are_uuids,
    numbers_have_the_form_of_the_office,
    chinese_check_digits_are_right,
    dates_are_causal,
    years_in_numbers_are_those_of_the_dates,
    what_is_registered_has_an_issue_date,
    simple_status_follows_from_status,
    status_fits_the_right,
    classes_fit_the_type,
    texts_are_there,
    hashes_match_pictures,
    families_agree,
    families_share_their_abstract,
    designs_claim_priority_within_six_months,
)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _is_day(number: int) -> bool:
    try:
        calendar.day(number)
    except ValueError:
        return False
    return True


def _translated(value: object) -> object:
    return {name: text for name, text in value.items() if name != "original"} if isinstance(value, dict) else value

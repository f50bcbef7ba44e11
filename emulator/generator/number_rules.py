"""Rules of consistency for identifiers, numbers and dates. They neither mend nor make anything."""

import re
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from . import calendar, numbers
from .faults import Fault, Record


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


def designs_claim_priority_within_six_months(records: list[Record]) -> Iterator[Fault]:
    designs = [record for record in records if record["patent_type"] == "D" and _is_day(record["apdt"])]
    earliest: dict[int, int] = {}
    for record in designs:
        earliest[record["family_id"]] = min(record["apdt"], earliest.get(record["family_id"], record["apdt"]))
    for record in designs:
        if calendar.between(earliest[record["family_id"]], record["apdt"]) > 184:
            yield Fault(record["pn"], "apdt", "more than six months after the first filing of its family")


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

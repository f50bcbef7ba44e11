"""Rules of consistency for what a record says: status, classes, texts, picture, and agreement within its family.

They neither mend nor make anything.
"""

import re
from collections.abc import Iterator

from emulator.corpus.form import RecordFault
from emulator.corpus.patents import TEXTS

from . import legal
from .drawn import picture_hash
from .faults import Fault, Record
from .vocabulary import load


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
        try:
            load().words.subject(record)
        except RecordFault as fault:
            yield Fault(record["pn"], "/".join(map(str, fault.steps)), fault.reason)
        for name in TEXTS:
            languages = {"cn", "en", "jp", *(["original"] if name == "title" else [])}
            text = record.get(name)
            if text is not None and (set(text) != languages or not all(text.values())):
                yield Fault(record["pn"], name, f"must be there in {', '.join(sorted(languages))}, or not at all")
        for field in ("original_assignee", "current_assignee", "inventors"):
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
        for field in ("subject", "title", "picture", "patent_type", "loc", "ipc"):
            if _translated(record.get(field)) != _translated(head.get(field)):
                yield Fault(record["pn"], field, f"differs from {head['pn']} of the same family")


def families_share_their_abstract(records: list[Record]) -> Iterator[Fault]:
    first: dict[int, Record] = {}
    for record in (record for record in records if record.get("abstract")):
        head = first.setdefault(record["family_id"], record)
        if record["abstract"] != head["abstract"]:
            yield Fault(record["pn"], "abstract", f"differs from {head['pn']} of the same family")


def _translated(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: text for name, text in value.items() if name not in ("original", "language")}

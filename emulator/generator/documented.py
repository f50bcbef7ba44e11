"""The examples of the published pages as records: what a page prints stands, the rest is filled in by the grammar.

The evidence for each is in the data file; this module does not judge it.
"""

from typing import Any

from . import legal
from .drawn import picture_hash
from .families import Record
from .records import ORIGINALS, whole
from .vocabulary import Vocabulary


def records(vocabulary: Vocabulary) -> list[Record]:
    """The examples of the published pages, their open fields filled in."""
    return [_filled(entry, vocabulary) for entry in vocabulary.documented["records"]]


def _filled(entry: dict[str, Any], vocabulary: Vocabulary) -> Record:
    given, chosen = entry["record"], entry["subject"]
    source = vocabulary.words.written(chosen["key"])
    picture, authority = given.get("picture"), given["authority"]
    facts = {
        "patent_type": source.get("type", "D"),
        "subject": {
            "of": chosen["key"],
            "name": chosen["name"],
            "features": chosen["features"],
            "conclusion": 0,
            "language": ORIGINALS.get(authority, "en"),
        },
        "loc": source.get("loc", []),
        "ipc": source.get("ipc", []),
        "picture": None,
        **given,
        "simple_legal_status": legal.simple(given["legal_status"], vocabulary.simple_status),
    }
    if picture:
        facts["picture"] = picture | {"hash": picture_hash(picture["product"], picture["variation"])}
    return whole(facts)

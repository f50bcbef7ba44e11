"""The examples of the published pages as records: what a page prints stands, the rest is filled in by the grammar.

The evidence for each is in the data file; this module does not judge it.
"""

from typing import Any

from . import legal
from .drawn import picture_hash
from .families import Record
from .records import KEYS, ORIGINALS, text_in
from .texts import Subject
from .vocabulary import Vocabulary


def records(vocabulary: Vocabulary) -> list[Record]:
    """The examples of the published pages, their open fields filled in."""
    return [_filled(entry, vocabulary) for entry in vocabulary.documented["records"]]


def _filled(entry: dict[str, Any], vocabulary: Vocabulary) -> Record:
    given, chosen = entry["record"], entry["subject"]
    source = vocabulary.subject(chosen["key"])
    patent_type = source.get("type", "D")
    picture = given.get("picture")
    conclusions = source.get("effects") or vocabulary.grammar["design_points"]
    features = tuple(source["features"][index] for index in chosen["features"])
    views = picture["views"] if picture else 0
    subject = Subject(patent_type, source["names"][chosen["name"]], features, conclusions[0], source.get("use"), views)
    authority = given["authority"]
    facts = {"loc": source.get("loc", []), "ipc": source.get("ipc", []), "patent_type": patent_type, "picture": None}
    facts |= text_in(subject, ORIGINALS.get(authority, "en"), authority) | given
    facts["simple_legal_status"] = legal.simple(given["legal_status"], vocabulary.offices["simple_legal_status"])
    if picture:
        facts["picture"] = picture | {"hash": picture_hash(picture["product"], picture["variation"])}
    return {key: facts[key] for key in KEYS}

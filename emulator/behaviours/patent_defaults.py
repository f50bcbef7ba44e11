"""What a brought record of a patent may leave out, and what then stands there.

Only `pn` and `title` are needed. Whatever is given stays as it is, also where it is wrong: what a whole record has
to be is `patent_form`'s business.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from emulator import entropy
from emulator.behaviours import drawings
from emulator.behaviours.pictures import difference_hash
from emulator.corpus.form import RecordFault, refuse_undrawable
from emulator.corpus.patents import IN_FORCE
from emulator.corpus.wording import LANGUAGES
from emulator.expressions.fields import TEXTS

_DAY = 20200101
_FIRST_FAMILY, _FAMILIES = 600_000_000, 300_000_000  # beyond those of the shipped patents
_OFFICE = re.compile(r"[A-Z]{2}")
_KIND = re.compile(r"[A-Z]{2}.*[0-9]([A-Z][0-9]?)")
_GRANTED = 3
_VARIATIONS = 10_000


def completed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The record with every field. Raises RecordFault where nothing can be worked out."""
    number = given.get("pn")
    if not isinstance(number, str) or not number:
        raise RecordFault(("pn",), "is missing" if number is None else "a text is expected")
    if given.get("title") is None and "subject" not in given:
        raise RecordFault(("title",), "is missing")
    made = entropy.draw(0, number, "patent", 0)
    record = {**_identity(number, made), **_texts(given), **_standing(given), **given}
    for name in TEXTS:
        if name in record:
            record[name] = _in_all_languages(record[name], ("original", *LANGUAGES) if name == "title" else LANGUAGES)
    record["picture"] = _picture(record["picture"], made)
    record.setdefault("patent_type", _type(record))
    record = {**_days(record), **_parties(record), **record}
    return {**{name: record[name] for name in given}, **record}  # what was given is looked at first


def _identity(number: str, made: bytes) -> dict[str, Any]:
    """What follows from the number; the family is the patent's own."""
    office, kind = _OFFICE.match(number.upper()), _KIND.fullmatch(number.upper())
    return {
        "patent_id": entropy.dashed(made),
        "kind": kind[1] if kind else "",
        "apno": number,
        "img_id": number,
        "family_id": _FIRST_FAMILY + int.from_bytes(made[16:20], "big") % _FAMILIES,
        **({"authority": office[0]} if office else {}),
    }


def _texts(given: Mapping[str, Any]) -> dict[str, Any]:
    """None but the title's, unless the grammar makes them for a subject."""
    made = {} if "subject" in given else {"abstract": None, "claims": None, "description": None}
    return {**made, "loc": [], "ipc": [], "inventors": [], "picture": None}


def _standing(given: Mapping[str, Any]) -> dict[str, Any]:
    """In force, unless something else is said; what a legal status comes to in short cannot be guessed."""
    if "simple_legal_status" in given:
        return {"legal_status": []}
    if "legal_status" in given:
        raise RecordFault(("simple_legal_status",), "is missing; it goes with legal_status")
    return {"legal_status": [_GRANTED], "simple_legal_status": [IN_FORCE]}


def _in_all_languages(text: Any, languages: tuple[str, ...]) -> Any:
    """One text for all languages; the first of some stands in for those that are left out."""
    if isinstance(text, str):
        return dict.fromkeys(languages, text)
    if not isinstance(text, Mapping) or not text:
        return text
    first = next((text[language] for language in languages if language in text), None)
    return text if first is None else {**dict.fromkeys(languages, first), **text}


def _picture(given: Any, made: bytes) -> Any:
    """The name of a product is enough: the number decides which of its variations it is."""
    picture = {"product": given} if isinstance(given, str) else given
    if not isinstance(picture, Mapping):
        return picture
    variation = int.from_bytes(made[20:24], "big") % _VARIATIONS
    picture = {"variation": variation, "views": len(drawings.VIEWS), **picture}
    if "hash" not in picture:
        refuse_undrawable(picture.get("product"), drawings.PRODUCTS)
        if type(picture["variation"]) is not int:
            raise RecordFault(("picture", "variation"), "a whole number is expected")
        picture["hash"] = f"{drawn_hash(picture['product'], picture['variation']):064x}"
    return picture


@lru_cache(maxsize=100_000)
def drawn_hash(product: str, variation: int) -> int:
    """The hash of a product's first view."""
    return difference_hash(drawings.draw(product, variation, 0))


def _type(record: Mapping[str, Any]) -> str:
    kind = str(record["kind"])
    if kind[:1] in ("U", "Y"):
        return "U"
    return "D" if kind[:1] == "S" or (not kind and record["picture"]) else "A"


def _days(record: Mapping[str, Any]) -> dict[str, Any]:
    """One day stands in for the other; a right that is not examined is issued when it is published."""
    apdt, pbdt = record.get("apdt"), record.get("pbdt")
    filed, published = apdt or pbdt or _DAY, pbdt or apdt or _DAY
    return {"apdt": filed, "pbdt": published, "isd": None if record["patent_type"] == "A" else published}


def _parties(record: Mapping[str, Any]) -> dict[str, Any]:
    original, current = record.get("original_assignee"), record.get("current_assignee")
    return {"original_assignee": original or current or "", "current_assignee": current or original or ""}

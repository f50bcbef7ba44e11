"""Words in several languages as the fixtures write them, and the little grammar that English needs.

It does not know what is said with them.
"""

import sys
from collections.abc import Mapping
from typing import Any

Words = dict[str, str]  # language → text; the languages are cn, en, jp and, for names of designs, ko

LANGUAGES = ("cn", "en", "jp")
_WRITTEN = (*LANGUAGES, "ko")
_ENDING_IN_S = ("lens", "chassis", "apparatus", "bus", "gas")
_BEFORE = (" for ", " with ", " and ", " of ", " in ", " having ")
_VOICED = "aeioAEFHILMNORSX"  # capitals read as letters: an LED lamp


def parse(written: str | Mapping[str, str]) -> Words:
    """`Chinese | English | Japanese`, and perhaps Korean. Raises ValueError for fewer than three."""
    if not isinstance(written, str):
        return dict(written)
    parts = [part.strip() for part in written.split(" | ")]
    if not len(LANGUAGES) <= len(parts) <= len(_WRITTEN) or not all(parts):
        raise ValueError(f"Chinese | English | Japanese is expected, not {written[:60]!r}")
    return dict(zip(_WRITTEN, map(sys.intern, parts), strict=False))


class Traditional:
    """Chinese in the signs that Taiwan prints, as far as the titles and names of the fixtures need them."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        self._words = dict(written["words"])
        self._signs = str.maketrans(dict(map(tuple, written["signs"].split())))
        self._made: dict[str, str] = {}

    def of(self, simplified: str) -> str:
        """The same words; the same string each time."""
        if simplified not in self._made:
            text = simplified
            for word, other in self._words.items():
                text = text.replace(word, other)
            self._made[simplified] = sys.intern(text.translate(self._signs))
        return self._made[simplified]


def said_of(part: Words, predicate: Words) -> Words:
    """A clause: what is said of a part. An English part that begins with @ is a plural."""
    many, english = part["en"].startswith("@"), part["en"].removeprefix("@")
    verb, _, rest = predicate["en"].partition(" ")
    verb = {"is": "are", "has": "have"}.get(verb, verb.removesuffix("s")) if many else verb
    return {
        "cn": part["cn"] + predicate["cn"],
        "en": f"the {english} {verb} {rest}",
        "jp": f"{part['jp']}は{predicate['jp']}",
    }


def listed(parts: list[Words]) -> Words:
    """Parts as something has them: all but the last with commas."""
    english = [with_article(part["en"].removeprefix("@")) for part in parts]
    chinese, japanese = [part["cn"] for part in parts], [part["jp"] for part in parts]
    return {
        "cn": "和".join(filter(None, ("、".join(chinese[:-1]), chinese[-1]))),
        "en": " and ".join(filter(None, (", ".join(english[:-1]), english[-1]))),
        "jp": "".join(f"{part}と、" for part in japanese[:-1]) + f"{japanese[-1]}と",
    }


def plural(name: str) -> str:
    """Of the thing named, not of what it is for."""
    head, rest = _head(name)
    if head.endswith("s") and not head.endswith(("ss", *_ENDING_IN_S)):
        return name
    if head.endswith("y") and head[-2] not in "aeiou":
        return f"{head[:-1]}ies{rest}"
    if head.endswith("shelf"):
        return f"{head[:-1]}ves{rest}"
    return head + ("es" if head.endswith(("ch", "sh", "x", "s")) else "s") + rest


def with_article(name: str) -> str:
    """An English name inside a sentence, with its article unless it is a plural."""
    lower, (head, _) = clause(name), _head(name)
    if head.endswith("s") and not head.endswith(("ss", *_ENDING_IN_S)):
        return lower
    return f"{'an' if _voiced(lower) else 'a'} {lower}"


def clause(text: str) -> str:
    """In lower case at the beginning, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


def _head(name: str) -> tuple[str, str]:
    end = min((name.find(word) for word in _BEFORE if word in name), default=len(name))
    return name[:end], name[end:]


def _voiced(name: str) -> bool:
    if name[1:2].isupper():
        return name[0] in _VOICED
    if name.startswith("hour"):
        return True
    return name[0] in "aeio" or (name[0] == "u" and name[1:2] in "mnp" and name[1:3] != "ni")

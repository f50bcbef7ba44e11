"""The corpus file read line by line, and what a search ought to find in it, written as plainly as possible.

A second opinion about every filter, about the search language and about order, that shares no code with the searches.
The texts themselves are put together by the emulator's own hand: whether they are right is not judged here.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise
from typing import Any

from emulator.corpus.grammar import FILES, Grammar
from emulator.corpus.patents import patent_of
from emulator.expressions.fields import TEXTS
from emulator.spec import yaml
from emulator.spec.loader import SHIPPED

Record = Mapping[str, Any]
_FOLDER = SHIPPED / "corpus"
GRAMMAR = Grammar(*(yaml.read(_FOLDER / f"{name}.yaml") for name in FILES))


def spelled_out(record: Record) -> Record:
    """A record with the texts that its subject stands for."""
    patent = patent_of(record, GRAMMAR)
    return {**record, **{name: getattr(patent, name) for name in TEXTS}}


PATENTS: tuple[Record, ...] = tuple(
    spelled_out(json.loads(line)) for line in (_FOLDER / "patents.jsonl").read_text(encoding="utf-8").splitlines()
)
BY_NUMBER = {patent["pn"]: patent for patent in PATENTS}
BY_ID = {patent["patent_id"]: patent for patent in PATENTS}
DATES = {"APD": "apdt", "PBD": "pbdt", "ISD": "isd"}


def pictured(patent_type: str) -> list[Record]:
    """What a search by picture can find at all."""
    return [one for one in PATENTS if one["patent_type"] == patent_type and one["picture"]]


def found(values: Mapping[str, Any], patent_type: str = "D") -> set[str]:
    """The numbers of the patents that pass every filter among the values."""
    chosen = [name for name in FILTERS if values.get(name)]
    return {one["pn"] for one in pictured(patent_type) if all(FILTERS[name](one, values[name]) for name in chosen)}


def _listed(text: Any) -> list[str]:
    return [part.strip() for part in text.split(",")] if isinstance(text, str) else list(text)


def _has_class(patent: Record, wanted: str) -> bool:
    return any(loc == wanted or loc[:2] == wanted for loc in patent["loc"])


TTL, ABST, CLMS, DESC = (frozenset({name}) for name in TEXTS)
TACD = frozenset(TEXTS)
ALL_AN = frozenset({"original_assignee", "current_assignee"})
MAINF = TACD | ALL_AN | {"pn", "apno", "inventors", "ipc", "loc"}
QUERY_FIELDS = {"TTL": TTL, "ABST": ABST, "CLMS": CLMS, "DESC": DESC, "TACD": TACD, "ALL_AN": ALL_AN, "PN": {"pn"}}


def _told(patent: Record, part: str) -> list[str]:
    """What stands in one part of a patent; texts by sentences, classes with those they lie in."""
    value = patent[part]
    if part in TEXTS:
        ends = re.compile(r"[。！？；!?;\n]|\.(?=\s|$)(?!\s*\d)")
        return [sentence for text in (value or {}).values() for sentence in ends.split(text)]
    if part == "ipc":
        return [form for ipc in value for form in (ipc, ipc.split("/")[0], ipc[:4])]
    return [value] if isinstance(value, str) else list(value)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _sentences(patent: Record, parts: Collection[str]) -> Iterator[str]:
    for part in parts:
        key = (patent["pn"], part)
        if key not in _SENTENCES:
            _SENTENCES[key] = [_folded(sentence) for sentence in _told(patent, part)]
        yield from _SENTENCES[key]


_SENTENCES: dict[tuple[str, str], list[str]] = {}


def _is_sign(atom: str) -> bool:
    """Of a script that does without blanks."""
    return unicodedata.name(atom[0], "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC"))


def atoms(text: str) -> list[str]:
    """Words, single signs of Chinese and its like, and a blank for whatever stands between."""
    found: list[str] = []
    for letter in text:
        last = found[-1] if found else " "
        if not (letter.isalnum() or letter in "*?"):
            found += [" "] if last != " " else []
        elif _is_sign(letter) or last == " " or _is_sign(last):
            found.append(letter)
        else:
            found[-1] += letter
    return found


def says(sentence: str, word: str) -> bool:
    """Whether a word, or several one behind the other, stand in a sentence; signs beside one another stay so."""
    text, wanted = atoms(sentence), " ".join(atoms(word)).split()
    apart = [not (_is_sign(one) and _is_sign(two) and one + two in word) for one, two in pairwise(wanted)]
    for at in range(len(text)):
        for atom, may_be_apart in zip(wanted, [False, *apart], strict=True):
            at += may_be_apart and text[at : at + 1] == [" "]
            if at >= len(text) or not fnmatchcase(text[at], atom):
                break
            at += 1
        else:
            return True
    return False


@lru_cache(maxsize=1000)
def _with_word(word: str, parts: frozenset[str]) -> frozenset[str]:
    """The numbers of the patents that have a word in some part."""
    word = _folded(word)
    hint = max(re.split(r"[*?\W]+", word), key=len)[:1]
    return frozenset(
        one["pn"]
        for one in PATENTS
        if any(hint in sentence and says(sentence, word) for sentence in _sentences(one, parts))
    )


def _query(patent: Record, text: str) -> bool:
    field, colon, rest = text.partition(":")
    parts = frozenset(QUERY_FIELDS[field.strip().upper()] if colon else MAINF)
    return holds(rest or text, lambda word: patent["pn"] in _with_word(word, parts))


FILTERS: Mapping[str, Callable[[Record, Any], bool]] = {
    "loc": lambda one, text: holds(text, lambda word: _has_class(one, word)),
    "main_field": lambda one, text: holds(text, lambda word: one["pn"] in _with_word(word, MAINF)),
    "query_text": _query,
    "assignees": lambda one, text: holds(text, lambda word: one["pn"] in _with_word(word, ALL_AN)),
    "country": lambda one, codes: one["authority"] in _listed(codes),
    "legal_status": lambda one, codes: any(str(code) in _listed(codes) for code in one["legal_status"]),
    "simple_legal_status": lambda one, codes: any(str(code) in _listed(codes) for code in one["simple_legal_status"]),
    "apply_start_time": lambda one, day: str(one["apdt"]) >= day,
    "apply_end_time": lambda one, day: str(one["apdt"]) <= day,
    "public_start_time": lambda one, day: str(one["pbdt"]) >= day,
    "public_end_time": lambda one, day: str(one["pbdt"]) <= day,
}


def holds(expression: str, matches: Callable[[str], bool]) -> bool:
    """Whether an expression of words, AND, OR, NOT and brackets is true; Python itself evaluates it."""
    narrow = expression.translate(str.maketrans("（）“”\u3000", '()"" '))
    tokens = re.findall(r'"[^"]*"|[()]|[^\s()]+', narrow)
    python: list[str] = []
    for token in tokens:
        lower = token.lower()
        operand = lower not in ("and", "or", ")")
        if python and operand and python[-1] not in ("and", "or", "not", "("):
            python.append("and")  # words beside one another, and `a NOT b`
        python.append(lower if lower in ("and", "or", "not", "(", ")") else str(matches(token.strip('"'))))
    return bool(eval(" ".join(python)))


@dataclass(frozen=True)
class Page:
    """What one answer of a search shows."""

    numbers: tuple[str, ...]
    total: int


def page(data: Mapping[str, Any]) -> Page:
    return Page(
        tuple(message["patent_pn"] for message in data["patent_messages"]), int(data["total_search_result_count"])
    )

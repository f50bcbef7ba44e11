"""The corpus file read line by line, and what a search ought to find in it, written as plainly as possible.

Shares no code with the emulator: a second opinion about every filter, about the search language and about order.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.corpus.grammar import FILES, Grammar
from emulator.corpus.patents import TEXTS, patent_of
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


def _words_of(patent: Record, *, with_names: bool) -> str:
    prose = [text for name in TEXTS for text in (patent[name] or {}).values()]
    names = [patent["pn"], patent["apno"], patent["original_assignee"], patent["current_assignee"]]
    names += [*patent["inventors"], *patent["loc"], *patent["ipc"]]
    return "\n".join([*prose, *names] if with_names else prose).lower()


def _contains(patent: Record, word: str) -> bool:
    return word.lower() in _words_of(patent, with_names=True)


def _query_contains(patent: Record, word: str) -> bool:
    return word.lower() in _words_of(patent, with_names=False)


FILTERS: Mapping[str, Callable[[Record, Any], bool]] = {
    "loc": lambda one, text: holds(text, lambda word: _has_class(one, word)),
    "main_field": lambda one, text: holds(text, lambda word: _contains(one, word)),
    "query_text": lambda one, text: holds(text.split(":")[-1], lambda word: _query_contains(one, word)),
    "assignees": lambda one, text: any(
        text.lower() in one[name].lower() for name in ("original_assignee", "current_assignee")
    ),
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
    tokens = re.findall(r'"[^"]*"|[()]|[^\s()]+', expression)
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

"""Choosing patents: the filters that searches share, likeness to pictures, order and pages.

Values come checked; a filter that is absent chooses everything. Which operation has which filters is its page's
business.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator import expressions
from emulator.behaviours.pictures import nearest_likeness
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent

Filter = Callable[[Patent], bool]
DATES: Mapping[str, Callable[[Patent], int | None]] = {
    "APD": lambda patent: patent.apdt,
    "PBD": lambda patent: patent.pbdt,
    "ISD": lambda patent: patent.isd,
}


@dataclass(frozen=True, slots=True)
class Hit:
    patent: Patent
    score: float


def found(corpus: Corpus, values: Mapping[str, Any], patent_type: str) -> list[Patent]:
    """The patents of a type that pass every filter among the values."""
    filters = [make(corpus, values[name]) for name, make in FILTERS.items() if values.get(name)]
    return [
        patent
        for patent in corpus.patents
        if patent.patent_type == patent_type
        and patent.picture is not None
        and all(passes(patent) for passes in filters)
    ]


def ranked(patents: Iterable[Patent], hashes: Sequence[int]) -> list[Hit]:
    """By falling likeness to the nearest of the pictures; equal ones by number, so that pages never overlap."""
    hits = [
        Hit(patent, round(nearest_likeness(patent.picture.hash, hashes), 7))
        for patent in patents
        if patent.picture is not None
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.patent.pn))


def ordered(hits: list[Hit], field: str | None, order: str) -> list[Hit]:
    """By a date or by score. Patents without the date come last in either order; ties keep their rank."""
    if field is None or field not in DATES:
        return hits if order == "desc" else hits[::-1]
    date = DATES[field]
    dated = [hit for hit in hits if date(hit.patent) is not None]
    undated = [hit for hit in hits if date(hit.patent) is None]
    return sorted(dated, key=lambda hit: date(hit.patent) or 0, reverse=order == "desc") + undated


def page(hits: Sequence[Hit], values: Mapping[str, Any]) -> Sequence[Hit]:
    """The part of the hits that `offset` and `limit` name."""
    start = values.get("offset", 0)
    return hits[start : start + values["limit"]]


def mentions(corpus: Corpus, main_field: str | None) -> Filter:
    """Whether a patent matches a `main_field` that may be absent, and then none does."""
    return _main_field(corpus, main_field) if main_field else lambda patent: False


def loc_matches(patent: Patent, word: str) -> bool:
    """Whether a patent has a Locarno class, or one below it."""
    return any(loc == word or loc.startswith(word + "-") for loc in patent.loc)


def _loc(corpus: Corpus, expression: str) -> Filter:
    tree = expressions.read(expression, "loc")
    return lambda patent: expressions.holds(tree, lambda word: loc_matches(patent, word))


def _main_field(corpus: Corpus, expression: str) -> Filter:
    tree = expressions.read(expression, "field")
    return lambda patent: expressions.holds(tree, lambda word: word.lower() in corpus.text_of(patent, Corpus.MAIN))


def _query_text(corpus: Corpus, text: str) -> Filter:
    tree = expressions.read_query(text)
    return lambda patent: expressions.holds(tree, lambda word: word.lower() in corpus.text_of(patent, Corpus.TEXTS))


def _assignees(corpus: Corpus, name: str) -> Filter:
    wanted = name.lower()
    return lambda patent: wanted in patent.original_assignee.lower() or wanted in patent.current_assignee.lower()


def _country(corpus: Corpus, codes: list[str]) -> Filter:
    return lambda patent: patent.authority in codes


def _legal_status(corpus: Corpus, codes: list[str]) -> Filter:
    wanted = {int(code) for code in codes}
    return lambda patent: not wanted.isdisjoint(patent.legal_status)


def _simple_legal_status(corpus: Corpus, codes: list[str]) -> Filter:
    wanted = {int(code) for code in codes}
    return lambda patent: not wanted.isdisjoint(patent.simple_legal_status)


def _loc_items(corpus: Corpus, classes: list[str]) -> Filter:
    wanted = frozenset(classes)
    return lambda patent: any(loc in wanted or loc.partition("-")[0] in wanted for loc in patent.loc)


FILTERS: Mapping[str, Callable[[Corpus, Any], Filter]] = {
    "loc": _loc,
    "loc_items": _loc_items,
    "main_field": _main_field,
    "query_text": _query_text,
    "assignees": _assignees,
    "country": _country,
    "legal_status": _legal_status,
    "simple_legal_status": _simple_legal_status,
    "apply_start_time": lambda corpus, day: lambda patent: patent.apdt >= int(day),
    "apply_end_time": lambda corpus, day: lambda patent: patent.apdt <= int(day),
    "public_start_time": lambda corpus, day: lambda patent: patent.pbdt >= int(day),
    "public_end_time": lambda corpus, day: lambda patent: patent.pbdt <= int(day),
}

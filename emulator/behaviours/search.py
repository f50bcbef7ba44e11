"""Choosing patents: the filters that searches share, likeness to pictures, order and pages.

Values come checked; a filter that is absent chooses everything. Which operation has which filters is its page's
business. A filter asks the index, which knows for each patent whether it passes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from emulator import expressions
from emulator.behaviours.pictures import likeness_at
from emulator.corpus.collection import Corpus
from emulator.corpus.collection import Hit as Hit
from emulator.corpus.patents import Patent
from emulator.expressions import Every, Not, Some, Tree, Word, fields
from emulator.expressions.words import sought

if TYPE_CHECKING:
    from emulator.corpus.index import Index
    from emulator.corpus.lines import Mask
    from emulator.corpus.selection import Column, Ranking, Selection

Filter = Callable[["Index"], "Mask"]
DATES: "Mapping[str, Column]" = {
    "APD": lambda index: index.columns.apdt,
    "PBD": lambda index: index.columns.pbdt,
    "ISD": lambda index: index.columns.isd,
}


def found(corpus: Corpus, values: Mapping[str, Any], patent_type: str) -> "Selection":
    """The patents of a type that have a picture and pass every filter among the values."""
    stems = values.get("stemming") == 1
    filters = [make(values[name], stems) for name, make in FILTERS.items() if values.get(name)]

    def passes(index: "Index") -> "Mask":
        return reduce(and_, (chooses(index) for chooses in filters), index.columns.shown(patent_type))

    return corpus.selected(passes)


def ranked(patents: "Selection", hashes: Sequence[int]) -> "Ranking":
    """By falling likeness to the nearest of the pictures; equal ones by number, so that pages never overlap."""
    return weighed(patents, [(hashes, 1.0)])


def weighed(
    patents: "Selection",
    looks: Sequence[tuple[Sequence[int], float]],
    others: tuple[Collection[str], float] | None = None,
) -> "Ranking":
    """By the best of several likenesses, each with its weight; `others` weighs patents of none of these classes."""
    from emulator.corpus.selection import Look

    classes, lesser = others or ((), 1.0)
    sights = [Look(hashes, _scores(weight), _scores(weight * lesser)) for hashes, weight in looks]
    return patents.ranked(sights, patents.column(lambda index: ~index.columns.loc.among(classes)) if others else None)


def latest(patents: "Selection", score: float) -> "Ranking":
    """The most recently published first, all with the same score."""
    alike = patents.scored(patents.column(lambda index: index.columns.apdt) * 0, [score])
    return alike.by_date(DATES["PBD"], falling=True)


def ordered(hits: "Ranking", field: str | None, order: str) -> "Ranking":
    """By a date or by score. Patents without the date come last in either order; ties keep their rank."""
    if field is None or field not in DATES:
        return hits if order == "desc" else hits.reversed()
    return hits.by_date(DATES[field], falling=order == "desc")


def page(hits: Sequence[Hit], values: Mapping[str, Any]) -> Sequence[Hit]:
    """The part of the hits that `offset` and `limit` name."""
    start = values.get("offset", 0)
    return hits[start : start + values["limit"]]


def mentions(corpus: Corpus, main_field: str | None) -> Callable[[Patent], bool]:
    """Whether a patent matches a `main_field` that may be absent, and then none does."""
    if not main_field:
        return lambda patent: False
    return corpus.selected(_main_field(main_field, False)).__contains__


@lru_cache(maxsize=64)
def _scores(weight: float) -> list[float]:
    """The score for each number of bits in which two hashes differ."""
    return [round(likeness_at(differing) * weight, 7) for differing in range(257)]


def _chosen(index: "Index", tree: Tree, one: "Callable[[Index, Word], Mask]") -> "Mask":
    """For which patents a tree is true, when `one` says for which a word is."""
    match tree:
        case Word():
            return one(index, tree)
        case Not(inner):
            return ~_chosen(index, inner, one)
        case Every(parts):
            return reduce(and_, (_chosen(index, part, one) for part in parts))
        case Some(parts):
            return reduce(or_, (_chosen(index, part, one) for part in parts))


def _loc(expression: str, stems: bool) -> Filter:
    tree = expressions.read(expression, "loc")
    return lambda index: _chosen(index, tree, _of_class)


def _of_class(index: "Index", word: Word) -> "Mask":
    """Which patents have a Locarno class, or one below it."""
    column = index.columns.loc
    return column.among(loc for loc in column if loc == word.text or loc.startswith(word.text + "-"))


def _words(expression: str, kind: expressions.Kind, unnamed: tuple[str, ...], stems: bool) -> Filter:
    """An expression whose words are looked for in the parts that their fields name, or else in the `unnamed` ones."""
    tree = expressions.read(expression, kind)

    def one(index: "Index", word: Word) -> "Mask":
        if word.field == "LOC":
            return _of_class(index, word)
        parts = fields.FIELDS[word.field] if word.field else unnamed
        return index.find(sought(word), parts, inflected=stems and not word.quoted)

    return lambda index: _chosen(index, tree, one)


def _main_field(expression: str, stems: bool) -> Filter:
    return _words(expression, "field", fields.MAIN, stems)


def _query_text(expression: str, stems: bool) -> Filter:
    return _words(expression, "query", fields.MAIN, stems)


def _assignees(expression: str, stems: bool) -> Filter:
    return _words(expression, "field", fields.ASSIGNEES, False)


FILTERS: Mapping[str, Callable[[Any, bool], Filter]] = {
    "loc": _loc,
    "loc_items": lambda classes, stems: (
        lambda index: index.columns.loc.among(
            loc for loc in index.columns.loc if loc in classes or loc.partition("-")[0] in classes
        )
    ),
    "main_field": _main_field,
    "query_text": _query_text,
    "assignees": _assignees,
    "country": lambda codes, stems: lambda index: index.columns.authority.among(codes),
    "legal_status": lambda codes, stems: lambda index: index.columns.legal_status.among(_numerals(codes)),
    "simple_legal_status": lambda codes, stems: lambda index: index.columns.simple_legal_status.among(_numerals(codes)),
    "apply_start_time": lambda day, stems: lambda index: index.columns.apdt >= int(day),
    "apply_end_time": lambda day, stems: lambda index: index.columns.apdt <= int(day),
    "public_start_time": lambda day, stems: lambda index: index.columns.pbdt >= int(day),
    "public_end_time": lambda day, stems: lambda index: index.columns.pbdt <= int(day),
}


def _numerals(codes: Sequence[Any]) -> list[str]:
    """However a code was written."""
    return [str(int(code)) for code in codes]

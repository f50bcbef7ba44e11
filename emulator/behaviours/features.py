"""Which features of a patent a picture shows too, which it lacks, and which nobody can tell from it.

A picture is known by the design that it nearly is, if there is one: what the drawings of both visibly have decides. The
picture is taken for a first view; what a first view does not show is left to the others. Likeness is not known here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from emulator.behaviours import drawings
from emulator.corpus.patents import Drawing, Patent

MOST = 3  # of a patent are spoken of
_MOST_LETTERS = 140  # of a sentence of an abstract that is taken for a feature
_SENTENCE_ENDS = {"cn": re.compile("[。；]"), "en": re.compile(r"\.(?:\s|$)")}


@dataclass(frozen=True, slots=True)
class Clause:
    """A feature in the language of a result, in English, and the traits of a drawing for which it is true.

    Without traits it is only known who says it.
    """

    text: str
    english: str
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """The features of a patent by what a picture tells of them: both have them, the patent alone has them, other views
    have to be looked at, or nothing can be said.
    """

    shared: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.shared, *self.apart, *self.elsewhere, *self.open)


def clauses(patent: Patent | None, language: str) -> tuple[Clause, ...]:
    """What marks a patent: its own features, or the sentences of its abstract without what begins and ends it."""
    if patent is None:
        return ()
    if own := patent.clauses():
        return tuple(Clause(words[language], words["en"], shown) for words, shown in own)
    parts = _SENTENCE_ENDS[language].split((patent.abstract or {}).get(language, ""))
    told = [part.strip() for part in parts if part.strip()][1:-1]
    return tuple(Clause(one[0].lower() + one[1:], "", {}) for one in told if len(one) <= _MOST_LETTERS)


def standing(
    patent: Patent | None, language: str, design: Patent | None, unseen: Mapping[str, Sequence[str]]
) -> Standing:
    """How a patent's features stand to a picture that nearly is the first view of a `design`, if of any.

    `unseen` has English words of features that the first view of a product does not show, by the name of its drawing,
    and under `any` those of what no drawing shows.
    """
    found: dict[str, list[str]] = {name: [] for name in ("shared", "apart", "elsewhere", "open")}
    for clause in clauses(patent, language)[:MOST]:
        found[_kind(clause, patent, design, unseen)].append(clause.text)
    return Standing(**{name: tuple(texts) for name, texts in found.items()})


def _kind(clause: Clause, patent: Patent | None, design: Patent | None, unseen: Mapping[str, Sequence[str]]) -> str:
    picture = patent.picture if patent else None
    if picture and any(word in clause.english for word in unseen.get(picture.product, ())):
        return "elsewhere"
    if picture is None or design is None or design.picture is None or picture.product != design.picture.product:
        return "open"
    if not clause.shown:
        visible = not any(word in clause.english for word in unseen.get("any", ()))
        return "shared" if visible and any(clause.english == own["en"] for own, _ in design.clauses()) else "open"
    if not has(picture, clause.shown):
        return "open"
    return "shared" if has(design.picture, clause.shown) else "apart"


def has(picture: Drawing, shown: Mapping[str, Any]) -> bool:
    """Whether a drawing has the traits for which a feature is true."""
    traits = _traits(picture.product, picture.variation)
    return all(
        traits.get(name) in (wanted if isinstance(wanted, (list, tuple)) else (wanted,))
        for name, wanted in shown.items()
    )


@lru_cache(maxsize=4096)
def _traits(product: str, variation: int) -> Mapping[str, str]:
    return drawings.traits(product, variation)

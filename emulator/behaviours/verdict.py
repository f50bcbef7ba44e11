"""What is said about one picture and one patent: the sentences of an infringement result.

Put together from the sentences of the documents and from what is known of the pair: its likeness, where the two
pictures differ, what marks the patent, its office, its class, its legal status. The same pair is always told alike.
Which risk a likeness is, and how the pictures are compared, is not known here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator import entropy
from emulator.behaviours import pictures
from emulator.corpus.patents import Patent

FIELDS = ("similar", "difference", "confusion", "risk_desc", "suggestion")
UNSEEN = "Unseen"  # in place of a level of risk, where no picture was submitted
MOST_FEATURES = 3  # of a patent are spoken of
_MOST_APART = 2  # of these as its own alone
_OUTSTANDING = 1.35  # so many times the usual share of differences makes a region the one where pictures differ
_MOST_LETTERS = 140  # of a sentence of an abstract that is quoted as a feature
_PLAIN = ("title", "number", "owner", "office", "country", "percent")
_WORDS = {  # further words, by the part of the documents that may use them
    "shared": ("features", "clauses"),
    "apart": ("features", "clauses"),
    "claimed": ("features", "clauses"),
    "difference": ("where", "points", "all"),
    "confusion": ("classes",),
    "family": ("relative",),
}
_SENTENCE_ENDS = {"cn": re.compile("[。；]"), "en": re.compile(r"\.(?:\s|$)")}


Region = Callable[[float, float], bool]
_THIRD, _TWO_THIRDS = 1 / 3, 2 / 3


def _bits(inside: Region) -> int:
    """The bits of a hash that look at places in a region."""
    bits = 0
    for place in pictures.places():
        bits = bits << 1 | (place is not None and inside(*place))
    return bits


_WHOLE = _bits(lambda right, down: True)
_REGIONS: Mapping[str, int] = {
    "upper": _bits(lambda right, down: down < _THIRD),
    "lower": _bits(lambda right, down: down > _TWO_THIRDS),
    "left": _bits(lambda right, down: right < _THIRD),
    "right": _bits(lambda right, down: right > _TWO_THIRDS),
    "middle": _bits(lambda right, down: _THIRD < right < _TWO_THIRDS and _THIRD < down < _TWO_THIRDS),
}


@dataclass(frozen=True, slots=True)
class Product:
    """What the pictures are taken to show: Locarno classes and features in the language of the result.

    Both are those of the design most like them, as far as it is like them; none where there is no such design.
    """

    classes: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture and a patent. `seen` and `shown` are hashes; without a submitted picture there is no `seen`.

    `patent` is None for one that the corpus does not know. `relative` is the number of a living member of a lapsed
    patent's family.
    """

    number: str
    title: str
    country: str
    score: float
    validity: str  # valid, invalid, pending, unknown
    patent: Patent | None = None
    seen: int | None = None
    shown: int | None = None
    relative: str | None = None


def told(texts: Mapping[str, Any], language: str, level: str, pair: Pair, product: Product) -> dict[str, str]:
    """The five texts of a comparison; `texts` are the sentences of one language."""
    space = "" if language == "cn" else " "
    return {field: space.join(parts) for field, parts in _Teller(texts, language, level, pair, product).fields()}


def unfit_sentences(texts: Mapping[str, Any]) -> Iterator[str]:
    """Which of one language's sentences are missing or ask for words that are not known there, as paths."""
    for path, sentence in _leaves(texts, ()):
        part = next((name for name in reversed(path) if name in _WORDS), "")
        words = dict.fromkeys((*_PLAIN, *_WORDS.get(part, ())), "")
        if not _fits(sentence, words):
            yield "/".join(path)


def where(seen: int, shown: int) -> str:
    """The region of the view in which two pictures differ most; `all` where none stands out."""
    different = (seen ^ shown) & _WHOLE
    usual = different.bit_count() / _WHOLE.bit_count()
    shares = {name: (different & bits).bit_count() / bits.bit_count() for name, bits in _REGIONS.items()}
    most = max(shares, key=lambda name: shares[name])
    return most if shares[most] > _OUTSTANDING * usual else "all"


def features(patent: Patent | None, language: str) -> tuple[str, ...]:
    """What marks a patent, as clauses: its own, or those of its abstract without what begins and ends it."""
    if patent is None:
        return ()
    if own := patent.features(language):
        return own
    parts = _SENTENCE_ENDS[language].split((patent.abstract or {}).get(language, ""))
    clauses = [part.strip() for part in parts if part.strip()][1:-1]
    return tuple(clause[0].lower() + clause[1:] for clause in clauses if len(clause) <= _MOST_LETTERS)


class _Teller:
    """Chooses and fills the sentences for one pair."""

    def __init__(self, texts: Mapping[str, Any], language: str, level: str, pair: Pair, product: Product) -> None:
        self._texts, self._sentences, self._pair, self._product = texts, texts[level], pair, product
        self._model = pair.patent is not None and pair.patent.patent_type == "U"
        self._office = texts["offices"].get(pair.country, texts["offices"]["other"])
        known = features(pair.patent, language)[:MOST_FEATURES]
        has = known if level == UNSEEN else product.features
        self._shared = () if self._model else tuple(clause for clause in known if clause in has)
        self._apart = tuple(clause for clause in known if clause not in self._shared)[:_MOST_APART]
        self._words = self._plain_words(language)

    def fields(self) -> Iterator[tuple[str, list[str]]]:
        yield "similar", [self._said("similar"), *self._about("shared", self._shared)]
        yield "difference", list(self._difference())
        yield "confusion", [self._said("confusion", self._kind())]
        yield "risk_desc", list(self._risk())
        yield "suggestion", [self._said("suggestion", self._pair.validity)]

    def _difference(self) -> Iterator[str]:
        pair = self._pair
        if pair.seen is None or pair.shown is None:
            yield self._said("difference")
            return
        points = ((pair.seen ^ pair.shown) & _WHOLE).bit_count()
        if points == 0 and "same" in self._sentences:
            yield self._said("same")
        else:
            place = self._texts["wheres"][where(pair.seen, pair.shown)]
            yield self._said("difference", where=place, points=points, all=_WHOLE.bit_count())
        if self._model:
            yield from self._claimed()
        else:
            yield from self._about("apart", self._apart)

    def _risk(self) -> Iterator[str]:
        pair = self._pair
        yield (self._texts["utility_model"] if self._model else self._office["standard"]).format_map(self._words)
        yield self._said("risk_desc")
        yield self._texts["status"][pair.validity].format_map(self._words)
        if pair.relative is not None:
            yield self._texts["family"].format_map({**self._words, "relative": pair.relative})

    def _claimed(self) -> Iterator[str]:
        if self._apart:
            yield self._texts["claimed"].format_map({**self._words, **self._joined(self._apart)})

    def _about(self, part: str, clauses: Sequence[str]) -> Iterator[str]:
        if clauses and part in self._sentences:
            yield self._said(part, **self._joined(clauses))

    def _joined(self, clauses: Sequence[str]) -> dict[str, str]:
        joined = self._texts["joined"]
        return {name: joined[name].join(clauses) for name in ("features", "clauses")}

    def _kind(self) -> str:
        classes, own = self._product.classes, self._pair.patent.loc if self._pair.patent else ()
        if not classes or not own:
            return "unclassed"
        return "same_kind" if any({loc, loc.partition("-")[0]} & classes for loc in own) else "other_kind"

    def _said(self, part: str, kind: str | None = None, **more: Any) -> str:
        """One of the sentences of a part, the same for the same pair."""
        options = self._sentences[part] if kind is None else self._sentences[part][kind]
        chance = entropy.draw(0, self._pair.number, f"{part} {self._pair.seen}", 0, 1)[0]
        sentence = str(options[chance % len(options)].format_map({**self._words, **more}))
        return sentence[:-1] if sentence.endswith("..") else sentence  # a company's name may end with a full stop

    def _plain_words(self, language: str) -> dict[str, Any]:
        pair = self._pair
        owner = pair.patent.current_assignee if pair.patent else ""
        named = owner and (language != "en" or owner.isascii())
        return {
            "title": pair.title,
            "number": pair.number,
            "owner": owner if named else self._texts["owner"],
            "country": pair.country,
            "office": self._office["name"].format_map({"country": pair.country}),
            "percent": round(pair.score * 100) if pair.seen == pair.shown else min(99, round(pair.score * 100)),
            "classes": self._texts["joined"]["classes"].join(pair.patent.loc if pair.patent else ()),
        }


def _leaves(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(node, Mapping) and node:
        for name, part in node.items():
            yield from _leaves(part, (*path, str(name)))
    elif isinstance(node, (list, tuple)) and node:
        for place, part in enumerate(node):
            yield from _leaves(part, (*path, str(place)))
    else:
        yield path, node


def _fits(sentence: Any, words: Mapping[str, str]) -> bool:
    try:
        return isinstance(sentence, str) and sentence != "" and isinstance(sentence.format_map(words), str)
    except (KeyError, ValueError, IndexError):
        return False

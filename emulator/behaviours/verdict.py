"""What is said about one picture and one patent: the sentences of an infringement result.

Put together from the sentences of the documents and from what is known of the pair: its likeness, where the two
pictures differ, what marks the patent, its office, its class, its legal status. The same pair is always told alike.
Which risk a likeness is, and how the pictures are compared, is not known here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator import entropy
from emulator.behaviours import pictures
from emulator.behaviours.features import Standing
from emulator.corpus.patents import Patent

FIELDS = ("similar", "difference", "confusion", "risk_desc", "suggestion")
UNSEEN = "Unseen"  # in place of a level of risk, where no picture was submitted
_OUTSTANDING = 1.35  # so many times the usual share of differences makes a region the one where pictures differ
_AMOUNTS = {"few": 0.06, "some": 0.16}  # of the places that are compared, as shares at most; more are many
_PLAIN = ("title", "number", "owner", "office", "country", "percent")
_WORDS = {  # further words, by the part of the documents that may use them
    "shared": ("features", "clauses"),
    "apart": ("features", "clauses"),
    "elsewhere": ("features", "clauses"),
    "open": ("features", "clauses"),
    "claimed": ("features", "clauses"),
    "difference": ("where", "amount"),
    "confusion": ("classes",),
    "family": ("relative",),
}

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
class Pair:
    """A picture and a patent. `seen` and `shown` are hashes; without a submitted picture there is no `seen`.

    `patent` is None for one that the corpus does not know. `relative` is the number of a living member of a lapsed
    patent's family.
    """

    number: str
    title: str
    country: str
    score: float
    validity: str  # valid, expired, invalid for other causes, pending, unknown
    patent: Patent | None = None
    seen: int | None = None
    shown: int | None = None
    relative: str | None = None


def told(
    texts: Mapping[str, Any], language: str, level: str, pair: Pair, classes: frozenset[str], standing: Standing
) -> dict[str, str]:
    """The five texts of a comparison; `texts` are the sentences of one language, `classes` those of the product."""
    space = "" if language == "cn" else " "
    teller = _Teller(texts, level, pair, classes, standing)
    return {field: space.join(parts) for field, parts in teller.fields()}


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


def how_much(seen: int, shown: int) -> str:
    """In how many of the places that are compared two pictures differ: few, some or many."""
    share = ((seen ^ shown) & _WHOLE).bit_count() / _WHOLE.bit_count()
    return next((amount for amount, most in _AMOUNTS.items() if share <= most), "many")


class _Teller:
    """Chooses and fills the sentences for one pair."""

    def __init__(
        self, texts: Mapping[str, Any], level: str, pair: Pair, classes: frozenset[str], standing: Standing
    ) -> None:
        self._texts, self._sentences, self._pair = texts, texts[level], pair
        self._classes, self._standing = classes, standing
        self._model = pair.patent is not None and pair.patent.patent_type == "U"
        self._office = texts["offices"].get(pair.country, texts["offices"]["other"])
        self._words = self._plain_words()

    @property
    def _same(self) -> bool:
        seen, shown = self._pair.seen, self._pair.shown
        return seen is not None and shown is not None and (seen ^ shown) & _WHOLE == 0

    def fields(self) -> Iterator[tuple[str, list[str]]]:
        yield "similar", [self._said("similar"), *self._alike()]
        yield "difference", list(self._difference())
        yield "confusion", [self._said("confusion", self._kind())]
        yield "risk_desc", list(self._risk())
        yield "suggestion", [self._said("suggestion", self._pair.validity)]

    def _alike(self) -> Iterator[str]:
        if not self._model:
            clauses = self._standing.all if self._pair.seen is None else self._standing.shared
            yield from self._about("shared", clauses)

    def _difference(self) -> Iterator[str]:
        pair = self._pair
        if pair.seen is None or pair.shown is None:
            yield self._said("difference")
            return
        if self._same and "same" in self._sentences:
            yield self._said("same")
        else:
            amount = self._texts["amounts"][how_much(pair.seen, pair.shown)]
            yield self._said("difference", where=self._texts["wheres"][where(pair.seen, pair.shown)], amount=amount)
        if self._model:
            yield from self._claimed()
        else:
            yield from self._not_shared()

    def _not_shared(self) -> Iterator[str]:
        elsewhere, unsaid = self._standing.elsewhere, self._standing.open
        if "elsewhere" not in self._sentences:
            elsewhere, unsaid = (), (*elsewhere, *unsaid)
        yield from self._about("apart", self._standing.apart)
        yield from self._about("elsewhere", elsewhere)
        yield from self._about("open", unsaid)

    def _risk(self) -> Iterator[str]:
        pair = self._pair
        yield (self._texts["utility_model"] if self._model else self._office["standard"]).format_map(self._words)
        yield self._said(self._weighed())
        yield self._texts["status"][pair.validity].format_map(self._words)
        if pair.relative is not None:
            yield self._texts["family"].format_map({**self._words, "relative": pair.relative})

    def _weighed(self) -> str:
        """Which sentences weigh what is alike against what differs."""
        if self._same and "risk_same" in self._sentences:
            return "risk_same"
        alone = self._standing.apart and not self._model
        return "risk_apart" if alone and "risk_apart" in self._sentences else "risk_desc"

    def _claimed(self) -> Iterator[str]:
        if clauses := self._standing.all:
            yield self._texts["claimed"].format_map({**self._words, **self._joined(clauses)})

    def _about(self, part: str, clauses: Sequence[str]) -> Iterator[str]:
        if clauses and part in self._sentences:
            yield self._said(part, **self._joined(clauses))

    def _joined(self, clauses: Sequence[str]) -> dict[str, str]:
        joined = self._texts["joined"]
        return {name: joined[name].join(clauses) for name in ("features", "clauses")}

    def _kind(self) -> str:
        classes, own = self._classes, self._pair.patent.loc if self._pair.patent else ()
        if not classes or not own:
            return "unclassed"
        return "same_kind" if any({loc, loc.partition("-")[0]} & classes for loc in own) else "other_kind"

    def _said(self, part: str, kind: str | None = None, **more: Any) -> str:
        """One of the sentences of a part, the same for the same pair."""
        options = self._sentences[part] if kind is None else self._sentences[part][kind]
        chance = entropy.draw(0, self._pair.number, f"{part} {self._pair.seen}", 0, 1)[0]
        sentence = str(options[chance % len(options)].format_map({**self._words, **more}))
        return sentence[:-1] if sentence.endswith("..") else sentence  # a company's name may end with a full stop

    def _plain_words(self) -> dict[str, Any]:
        pair = self._pair
        owner = pair.patent.current_assignee if pair.patent else ""
        return {
            "title": pair.title,
            "number": pair.number,
            "owner": owner or self._texts["owner"],
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

"""How pictures compare with patents: risk, words and counts, for all kinds of infringement result.

Scores come from the search; the thresholds of risk are decisions of the documents and the sentences are data, which
`verdict` puts together. Nothing here is legal advice, and nothing here knows tasks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.behaviours import features, search, verdict
from emulator.behaviours.pictures import Sight
from emulator.behaviours.verdict import UNSEEN, Pair
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import IN_FORCE, Patent

LEVELS = ("High", "Medium", "Low")
_EXPIRED = 15  # among the codes of the legal status
_INVALID, _PENDING = 2, 3
_VALIDITY = {
    IN_FORCE: 1,
    0: _INVALID,
}  # by simple legal status; any other is pending
_VALIDITIES = {1: "valid", _INVALID: "invalid", _PENDING: "pending"}


@dataclass(frozen=True, slots=True)
class Product:
    """What a picture is taken to show: the Locarno classes of the design most like it, as far as it is like it, and
    that design itself where it looks the same.
    """

    classes: frozenset[str] = frozenset()
    design: Patent | None = None


def risk_of(world: World, score: float) -> str:
    """High, Medium or Low."""
    thresholds = world.service.values.risk_levels
    if score >= thresholds.High:
        return "High"
    return "Medium" if score >= thresholds.Medium else "Low"


def pair(corpus: Corpus, patent: Patent, language: str, score: float, seen: int | None) -> Pair:
    """A picture and a patent of the corpus."""
    invalid = validity_of(patent) == _INVALID
    return Pair(
        number=patent.pn,
        title=patent.title[language],
        country=patent.authority,
        score=score,
        validity="expired" if invalid and _EXPIRED in patent.legal_status else _VALIDITIES[validity_of(patent)],
        patent=patent,
        seen=seen,
        shown=patent.picture.hash if patent.picture else None,
        relative=_living_relative(corpus, patent) if invalid else None,
    )


def product_of(world: World, corpus: Corpus, sight: Sight | None) -> Product:
    """What a picture is taken to show, whatever it is compared with: by the design of the whole corpus most like it."""
    hits = search.ranked(search.found(corpus, {}, "D"), sight.hashes)[:1] if sight else []
    if not hits or risk_of(world, hits[0].score) == "Low":
        return Product()
    design = hits[0].patent
    return Product(frozenset(design.loc), design if hits[0].score >= world.service.values.same_look else None)


def compare(world: World, language: str, pair: Pair, title: str, product: Product) -> dict[str, Any]:
    """The fields that all infringement results share: score, level and sentences in the asked language.

    `title` is the one that the result shows.
    """
    risk = risk_of(world, pair.score)
    level = risk if pair.seen is not None else UNSEEN
    standing = features.standing(pair.patent, language, product.design, world.service.values.first_view_hides)
    return {
        "score": pair.score,
        "title": title,
        "country": pair.country,
        "risk_level": risk,
        **verdict.told(world.texts["comparison"][language], language, level, pair, product.classes, standing),
    }


def _living_relative(corpus: Corpus, patent: Patent) -> str | None:
    living = (one.pn for one in corpus.relatives(patent) if one.in_force)
    return next(living, None)


def validity_of(patent: Patent | None) -> int:
    """1 valid, 2 invalid, 3 pending."""
    if patent is None:
        return _PENDING
    return _VALIDITY.get(patent.simple_legal_status[0], _PENDING)


def tally(comparisons: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The countries by risk and the count of suspects, which are those of high risk; invalid rights count for none."""
    levels: dict[str, list[str]] = {level: [] for level in LEVELS}
    for comparison in comparisons:
        if comparison["status"] != _INVALID:
            levels[comparison["risk_level"]].append(comparison["country"])
    high = _distinct(levels["High"])
    return {
        "high_risk_country": high,
        "middle_risk_country": [country for country in _distinct(levels["Medium"]) if country not in high],
        "suspected_infringement_count": len(levels["High"]),
        "suspected_infringement_country": high,
    }


def _distinct(countries: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(countries))

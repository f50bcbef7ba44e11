"""How one picture compares with one patent: risk, words and counts, for both kinds of infringement result.

Scores come from the search; the thresholds of risk are decisions of the documents and the sentences are data.
Nothing here is legal advice, and nothing here knows tasks.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from emulator.behaviours.world import World
from emulator.corpus.patents import Patent

LEVELS = ("High", "Medium", "Low")
_FIELDS = ("similar", "difference", "confusion", "risk_desc", "suggestion")
_VALIDITY = {1: 1, 0: 2}  # simple legal status: active is valid, inactive is not; anything else is pending
_PENDING = 3


def missing_sentences(texts: Mapping[str, Any]) -> Iterator[str]:
    """Which of one language's sentences are missing or ask for unknown words: `level/field`."""
    for level in LEVELS:
        sentences = texts.get(level)
        for field in _FIELDS:
            if not isinstance(sentences, Mapping) or not _fits(sentences.get(field)):
                yield f"{level}/{field}"


def _fits(sentence: Any) -> bool:
    """A text that asks for no other words than it is given."""
    try:
        return isinstance(sentence, str) and bool(sentence.format_map({"title": "", "country": "", "percent": 0}))
    except (KeyError, ValueError, IndexError):
        return False


def risk_of(world: World, score: float) -> str:
    """High, Medium or Low."""
    thresholds = world.service.values.risk_levels
    if score >= thresholds.High:
        return "High"
    return "Medium" if score >= thresholds.Medium else "Low"


def compare(world: World, language: str, *, title: str, country: str, score: float) -> dict[str, Any]:
    """The fields that both infringement results share: score, level and sentences in the asked language."""
    risk = risk_of(world, score)
    sentences = world.texts["comparison"][language][risk]
    words = {"title": title, "country": country, "percent": round(score * 100)}
    return {
        "score": score,
        "title": title,
        "country": country,
        "risk_level": risk,
        **{name: sentence.format_map(words) for name, sentence in sentences.items()},
    }


def validity_of(patent: Patent | None) -> int:
    """1 valid, 2 invalid, 3 pending."""
    if patent is None:
        return _PENDING
    return _VALIDITY.get(patent.simple_legal_status[0], _PENDING)


def tally(comparisons: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The countries by risk and the count of suspects, which are the comparisons of high risk."""
    levels: dict[str, list[str]] = {level: [] for level in LEVELS}
    for comparison in comparisons:
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

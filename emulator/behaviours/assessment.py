"""What an R003 report finds out about an invention: nine indices, three dimensions and the findings that follow.

Every figure comes from the submitted text, its maturity, the day and the similar patents that were found; nothing is
drawn. How a figure is told in words is not known here: an index and a finding carry the numbers their sentences need.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator.behaviours import similarity
from emulator.behaviours.similarity import Found
from emulator.corpus.collection import Corpus

NEAREST, FIELD = 5, 20  # how many similar patents stand for the closest art, and for the field
RECENT_YEARS = 5
ADVISED_WORDS = 200
ACTIVE = 1  # the simple legal status of a right in force
_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")


@dataclass(frozen=True)
class Index:
    """A figure from 0 to 100 of one dimension, and the numbers that its sentence tells.

    `case` chooses the sentence: "usual", or "none" where there was nothing to measure.
    """

    dimension: str
    name: str
    value: float
    case: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something to conclude, by the name of its sentence."""

    name: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    indices: tuple[Index, ...]
    dimensions: Mapping[str, float]
    overall: float
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Disclosure:
    """What was handed in: its text, the maturity from 1 to 10, and the year in which that was."""

    text: str
    maturity: int
    year: int

    @property
    def length(self) -> int:
        """In words; two Chinese characters count as one."""
        found = _WORD.findall(self.text)
        wide = sum(1 for word in found if "\u4e00" <= word <= "\u9fff")
        return len(found) - wide + wide // 2


def assessed(
    corpus: Corpus, disclosure: Disclosure, found: Found, weights: Mapping[str, Mapping[str, float]]
) -> Assessment:
    """The assessment; `weights` say what counts for how much: indices by dimension, and dimensions under `overall`."""
    own_share, own_words = similarity.apart(corpus, disclosure.text, [patent for _, patent in found[:NEAREST]])
    indices = (
        *_innovation(found, own_share, own_words),
        *_patentability(found, disclosure),
        *_transformation(found, disclosure),
    )
    values = {index.name: index.value for index in indices}
    dimensions = {name: _weighed(values, shares) for name, shares in weights.items() if name != "overall"}
    overall = _weighed(dimensions, weights["overall"])
    return Assessment(indices, dimensions, overall, _findings(disclosure, found, dimensions, overall, own_words))


def _innovation(found: Found, own_share: float, own_words: Sequence[str]) -> Iterable[Index]:
    case = "usual" if found else "none"
    first = found[0][0] if found else 0.0
    mean = _mean([score for score, _ in found[:NEAREST]])
    closest = {"number": found[0][1].pn, "closeness": first} if found else {}
    yield _index("innovation", "novelty", 1 - first, case, closest)
    yield _index("innovation", "prior_art_distance", 1 - mean, case, {"count": len(found[:NEAREST]), "closeness": mean})
    told = {"share": own_share, "words": own_words[:3]}
    yield _index("innovation", "own_features", own_share, "usual" if own_words else "none", told)


def _patentability(found: Found, disclosure: Disclosure) -> Iterable[Index]:
    field = [patent for _, patent in found[:FIELD]]
    case = "usual" if found else "none"
    crowd = sum(score >= found[0][0] * 2 / 3 for score, _ in found[:FIELD]) if found else 0
    in_force = sum(ACTIVE in patent.simple_legal_status for patent in field)
    told: dict[str, Any] = {"crowd": crowd, "count": len(field), "in_force": in_force}
    yield _index("patentability", "claim_breadth", 1 - crowd / FIELD, case, told)
    yield _index("patentability", "freedom", 1 - _share(in_force, field), case, told)
    length = disclosure.length
    told = {"length": length, "advised": ADVISED_WORDS}
    case = "usual" if length >= ADVISED_WORDS else "short"
    yield _index("patentability", "clarity", length / (length + ADVISED_WORDS / 3), case, told)


def _transformation(found: Found, disclosure: Disclosure) -> Iterable[Index]:
    field = [patent for _, patent in found[:FIELD]]
    case = "usual" if found else "none"
    yield _index("transformation", "maturity", disclosure.maturity / 10, "usual", {"maturity": disclosure.maturity})
    recent = sum(patent.pbdt // 10_000 > disclosure.year - RECENT_YEARS for patent in field)
    told: dict[str, Any] = {"recent": recent, "count": len(field), "years": RECENT_YEARS}
    yield _index("transformation", "market_activity", _share(recent, field), case, told)
    owners = Counter(patent.current_assignee for patent in field)
    owner, most = max(owners.items(), key=lambda one: (one[1], one[0])) if owners else ("", 0)
    told = {"owners": len(owners), "count": len(field), "owner": owner, "most": most}
    yield _index("transformation", "room", 1 - _share(most, field), case, told)


def _findings(
    disclosure: Disclosure, found: Found, dimensions: Mapping[str, float], overall: float, own_words: Sequence[str]
) -> tuple[Finding, ...]:
    best, worst = (choose(dimensions, key=dimensions.__getitem__) for choose in (max, min))
    findings = [Finding(_advice(overall), {"overall": overall, "best": best, "worst": worst})]
    if found:
        score, closest = found[0]
        name = "closest_near" if score >= 0.4 else "closest_far"
        findings.append(Finding(name, {"number": closest.pn, "closeness": score}))
    if own_words:
        findings.append(Finding("claim", {"words": own_words[:4]}))
    rights = [patent for _, patent in found[:FIELD] if ACTIVE in patent.simple_legal_status]
    if rights:
        offices = Counter(patent.authority for patent in rights)
        named = sorted(offices, key=lambda office: (-offices[office], office))[:3]
        findings.append(Finding("rights", {"count": len(rights), "offices": named}))
    findings.append(Finding(_stage(disclosure.maturity), {"maturity": disclosure.maturity}))
    if disclosure.length < ADVISED_WORDS:
        findings.append(Finding("short", {"length": disclosure.length, "advised": ADVISED_WORDS}))
    return tuple(findings)


def _stage(maturity: int) -> str:
    return "mature" if maturity >= 7 else "tried" if maturity >= 4 else "early"


def _advice(overall: float) -> str:
    return "file" if overall >= 65 else "sharpen" if overall >= 45 else "rework"


def _index(dimension: str, name: str, share: float, case: str, told: Mapping[str, Any]) -> Index:
    return Index(dimension, name, round(100 * min(1.0, max(0.0, share)), 1), case, told)


def _weighed(values: Mapping[str, float], shares: Mapping[str, float]) -> float:
    return round(sum(values[name] * share for name, share in shares.items()) / sum(shares.values()), 1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _share(count: int, whole: Sequence[object]) -> float:
    return count / len(whole) if whole else 0.0

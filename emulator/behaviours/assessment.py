"""What an R003 report finds out about an invention: nine indices, three dimensions and the findings that follow.

Every figure comes from the submitted text, its maturity, the day and the similar patents that were found; nothing is
drawn. How a figure is told in words is not known here: an index and a finding carry the numbers their sentences need.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from emulator.behaviours import field, similarity
from emulator.behaviours.field import hundred, reached, share
from emulator.behaviours.similarity import Found
from emulator.corpus.collection import Corpus
from emulator.spec.models import Values
from emulator.spec.report_rules import EvaluationRules

UNSURE = "unsure"  # the grade of what cannot be scored
_HANDED_IN = ("maturity", "clarity")  # indices that need no similar patents
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\u3040-\u30ff\u4e00-\u9fff]+")


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
    """`grades` are those of the dimensions: low, medium, high or unsure."""

    indices: tuple[Index, ...]
    dimensions: Mapping[str, float]
    grades: Mapping[str, str]
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
        return len(_WORD.findall(self.text)) + len(_WIDE.findall(self.text)) // 2


@dataclass(frozen=True)
class _Asked:
    """What an assessment is made of: what was handed in, the similar patents, and the rules."""

    disclosure: Disclosure
    found: Found
    values: Values

    @property
    def rules(self) -> EvaluationRules:
        return self.values.evaluation_rules

    @property
    def case(self) -> str:
        return "usual" if self.found else "none"


def assessed(corpus: Corpus, disclosure: Disclosure, found: Found, values: Values) -> Assessment:
    """The assessment of what was handed in beside all patents that are similar to it, however few are listed."""
    asked, weights = _Asked(disclosure, found, values), values.evaluation_weights
    sure = bool(found) and _is_known(corpus, disclosure.text, values.evaluation_rules)
    closest = [patent for _, patent in found[: values.nearness.closest]]
    own_share, own_words = similarity.apart(corpus, disclosure.text, closest)
    own_words = own_words if sure else ()
    indices = (*_innovation(asked, own_share, own_words), *_patentability(asked), *_transformation(asked))
    most = 100.0 if sure else values.evaluation_rules.unsure
    indices = indices if sure else tuple(_unsure(one, most) for one in indices)
    scores = {index.name: index.value for index in indices}
    dimensions = {name: min(most, _weighed(scores, shares)) for name, shares in weights.items() if name != "overall"}
    grades = {name: reached(asked.rules.grades, score) if sure else UNSURE for name, score in dimensions.items()}
    overall = _weighed(dimensions, weights["overall"])
    findings = _sure(asked, dimensions, grades, overall, own_words) if sure else [Finding(UNSURE, {"overall": overall})]
    return Assessment(indices, dimensions, grades, overall, (*findings, *_handed_in(asked)))


def _is_known(corpus: Corpus, text: str, rules: EvaluationRules) -> bool:
    """Whether enough of a text's words are words of patents."""
    known, all_of_them = similarity.known(corpus, text)
    return known >= max(rules.known_words, rules.known_share * all_of_them)


def _unsure(index: Index, most: float) -> Index:
    """An index that rests on patents that are hardly similar: in the middle, or below."""
    if index.name in _HANDED_IN:
        return index
    return replace(index, value=most if index.case == "none" else min(most, index.value))


def _innovation(asked: _Asked, own_share: float, own_words: Sequence[str]) -> Iterable[Index]:
    found, case, rules = asked.found, asked.case, asked.values.nearness
    first, mean = (found[0][0] if found else 0.0), field.closeness(found, rules)
    closest = {"number": found[0][1].pn, "closeness": first} if found else {}
    yield _index("innovation", "novelty", 1 - first, case, closest)
    told: dict[str, Any] = {"count": len(found[: rules.closest]), "closeness": mean}
    yield _index("innovation", "prior_art_distance", 1 - mean, case, told)
    told = {"share": own_share, "words": own_words[:3]}
    case = case if case == "none" else "usual" if own_words else "unnamed"
    yield _index("innovation", "own_features", own_share, case, told)


def _patentability(asked: _Asked) -> Iterable[Index]:
    """What stands in the way counts by how near it is: many patents far away leave room."""
    found, case, rules = asked.found[: asked.values.nearness.field], asked.case, asked.values.nearness
    first = found[0][0] if found else 0.0
    crowd = sum(score >= rules.near for score, _ in found)
    told: dict[str, Any] = {"closeness": first, "crowd": crowd, "count": len(found), "near": rules.near}
    yield _index("patentability", "claim_breadth", 1 - (first + crowd / rules.field) / 2, case, told)
    in_force = [score for score, patent in found if patent.in_force]
    told = {"in_force": len(in_force), "count": len(found), "near": sum(score >= rules.near for score in in_force)}
    yield _index("patentability", "freedom", 1 - sum(in_force) / rules.field, case, told)
    length, advised = asked.disclosure.length, asked.rules.advised
    case = "usual" if length >= advised else "short"
    yield _index("patentability", "clarity", length / (length + advised / 3), case, _length(asked))


def _length(asked: _Asked) -> dict[str, Any]:
    length, advised = asked.disclosure.length, asked.rules.advised
    return {"length": length, "advised": advised, "characters": 2 * length, "advised_characters": 2 * advised}


def _transformation(asked: _Asked) -> Iterable[Index]:
    case, rules, maturity = asked.case, asked.values.nearness, asked.disclosure.maturity
    some = field.patents(asked.found, rules)
    yield _index("transformation", "maturity", maturity / 10, "usual", {"maturity": maturity})
    recent = field.recent(some, asked.disclosure.year, rules)
    told: dict[str, Any] = {"recent": recent, "count": len(some), "years": rules.recent_years}
    yield _index("transformation", "market_activity", share(recent, some), case, told)
    owners = field.owners(some)
    owner, most = max(owners.items(), key=lambda one: (one[1], one[0])) if owners else ("", 0)
    told = {"owners": len(owners), "count": len(some), "owner": owner, "most": most}
    yield _index("transformation", "room", 1 - share(most, some), case, told)


def _sure(
    asked: _Asked,
    dimensions: Mapping[str, float],
    grades: Mapping[str, str],
    overall: float,
    own_words: Sequence[str],
) -> Iterable[Finding]:
    best, worst = (choose(dimensions, key=dimensions.__getitem__) for choose in (max, min))
    yield Finding(_advice(asked, grades, overall), {"overall": overall, "best": best, "worst": worst})
    score, closest = asked.found[0]
    name = "closest_near" if score >= asked.values.nearness.near else "closest_far"
    yield Finding(name, {"number": closest.pn, "closeness": score})
    if own_words:
        yield Finding("claim", {"words": own_words[:4]})
    some = field.patents(asked.found, asked.values.nearness)
    rights = [patent for patent in some if patent.in_force]
    if rights:
        offices = Counter(patent.authority for patent in rights)
        named = sorted(offices, key=lambda office: (-offices[office], office))[:3]
        yield Finding("rights", {"count": len(rights), "offices": named})


def _handed_in(asked: _Asked) -> Iterable[Finding]:
    """What maturity and text alone give to say."""
    maturity = asked.disclosure.maturity
    yield Finding(reached(asked.rules.stages, maturity), {"maturity": maturity})
    if asked.disclosure.length < asked.rules.advised:
        yield Finding("short", _length(asked))


def _advice(asked: _Asked, grades: Mapping[str, str], overall: float) -> str:
    """By the grade of the whole; nothing that is low in itself is ripe, whatever its prospects."""
    advice = {"high": "file", "medium": "sharpen", "low": "rework"}[reached(asked.rules.grades, overall)]
    return "sharpen" if advice == "file" and "low" in grades.values() else advice


def _index(dimension: str, name: str, part: float, case: str, told: Mapping[str, Any]) -> Index:
    return Index(dimension, name, hundred(part), case, told)


def _weighed(values: Mapping[str, float], shares: Mapping[str, float]) -> float:
    return round(sum(values[name] * part for name, part in shares.items()) / sum(shares.values()), 1)

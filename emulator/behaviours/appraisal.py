"""What an R002 report says a granted patent is worth: five dimensions, an estimate in money, and comparable patents.

Every figure follows from the record, its family, the patents near to it and the day; nothing is drawn. What the rules
weigh (bases, terms, offices, the rate of exchange) is data and handed in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from emulator.behaviours import field, similarity
from emulator.behaviours.field import hundred, share
from emulator.behaviours.similarity import Found
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.spec.report_rules import Nearness, ValuationRules

COMPARED = 8
DESIGN = "D"
_SUBCLASS = 4  # the first characters of a class of the IPC
_CLAIM = re.compile(r"^\s*(?:【請求項\s*\d+】|\d+\s*[.．、)])", re.MULTILINE)


@dataclass(frozen=True)
class Dimension:
    """A value from 0 to 100 by its name, and the numbers that its sentence tells."""

    name: str
    value: float
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Factor:
    """What the base is multiplied by, and the numbers that its sentence tells."""

    name: str
    factor: float
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Comparable:
    """A patent in force of another family, its nearness from 0 to 1 and its estimate in dollars."""

    nearness: float
    patent: Patent
    dollars: int


@dataclass(frozen=True)
class Life:
    """A right's term in years, how much of it is left on a day, and the day on which it ends (yyyymmdd)."""

    term: int
    left: float
    ends: int

    @property
    def share(self) -> float:
        return self.left / self.term


@dataclass(frozen=True)
class Appraisal:
    """`base` and the money are in dollars; `low` and `high` bound the estimate."""

    dimensions: tuple[Dimension, ...]
    overall: float
    base: int
    factors: tuple[Factor, ...]
    dollars: int
    low: int
    high: int
    life: Life
    family: tuple[Patent, ...]
    comparables: tuple[Comparable, ...]


def appraised(
    corpus: Corpus, patent: Patent, day: date, language: str, rules: ValuationRules, nearness: Nearness
) -> Appraisal:
    """The appraisal of a patent that was granted, on a day."""
    family = tuple(sorted([patent, *corpus.relatives(patent)], key=lambda one: (one.pbdt, one.pn)))
    near = [
        one
        for one in field.near(corpus, similarity.text_of(patent, language), nearness)
        if one[1].family_id != patent.family_id
    ]
    dimensions = tuple(_dimensions(patent, family, near, day, rules, nearness))
    factors = tuple(_factors(patent, family, day, rules))
    dollars = _estimate(patent, factors, rules)
    return Appraisal(
        dimensions=dimensions,
        overall=round(sum(one.value for one in dimensions) / len(dimensions), 1),
        base=rules.base[patent.patent_type],
        factors=factors,
        dollars=dollars,
        low=_rounded(dollars * (1 - rules.spread)),
        high=_rounded(dollars * (1 + rules.spread)),
        life=life_of(patent, day, rules),
        family=family,
        comparables=tuple(_comparables(corpus, patent, near, day, rules)),
    )


def may_be_valued(patent: Patent) -> bool:
    """Designs and what was not granted are not supported."""
    return patent.patent_type != DESIGN and patent.isd is not None


def life_of(patent: Patent, day: date, rules: ValuationRules) -> Life:
    """A term counts from filing; a right that is no longer in force has nothing left."""
    term = rules.term[patent.patent_type]
    age = (day - _date(patent.apdt)).days / 365.25
    left = max(0.0, min(float(term), term - age)) if patent.in_force or patent.is_pending else 0.0
    return Life(term, left, patent.apdt + term * 10_000)


def _dimensions(
    patent: Patent, family: Sequence[Patent], near: Found, day: date, rules: ValuationRules, nearness: Nearness
) -> Iterator[Dimension]:
    some = field.patents(near, nearness)
    offices, life, claims = _offices(family), life_of(patent, day, rules), _claims(patent)
    coverage = _coverage(offices, rules)
    recent = field.recent(some, day.year, nearness)
    told: dict[str, Any] = {"offices": offices, "recent": recent, "count": len(some)}
    yield _dimension("market", 0.6 * coverage + 0.4 * share(recent, some), told)
    mean = field.closeness(near, nearness)
    classes = len(set(patent.ipc) | set(patent.loc))
    told = {"closeness": mean, "classes": classes}
    yield _dimension("technology", 0.75 * (1 - mean) + 0.25 * min(1.0, classes / 4), told)
    owners = field.owners(some)
    own = owners[patent.current_assignee]
    told = {"members": len(family), "own": own, "count": len(some), "owners": len(owners)}
    yield _dimension("strategy", 0.6 * len(family) / (len(family) + 2) + 0.4 * min(1.0, own / 4), told)
    standing = 1.0 if patent.in_force else 0.0
    told = {"left": life.left, "term": life.term, "claims": claims}
    yield _dimension("legal", 0.5 * standing + 0.3 * life.share + 0.2 * claims / (claims + 5), told)
    told = {"left": life.left, "offices": offices}
    yield _dimension("economic", (life.share * coverage) ** 0.5, told)


def _factors(patent: Patent, family: Sequence[Patent], day: date, rules: ValuationRules) -> Iterator[Factor]:
    life, claims, offices = life_of(patent, day, rules), _claims(patent), _offices(family)
    yield Factor("life", round(0.05 + 0.95 * life.share, 2), {"left": life.left, "term": life.term})
    yield Factor("family", min(3.0, round(1 + 0.25 * (len(family) - 1), 2)), {"members": len(family)})
    yield Factor("offices", round(0.5 + 1.5 * _coverage(offices, rules), 2), {"offices": offices})
    yield Factor("claims", min(1.5, round(0.7 + 0.06 * claims, 2)), {"claims": claims})
    standing = "active" if patent.in_force else "ended"
    yield Factor("status", rules.standing[standing], {"standing": standing})


def _estimate(patent: Patent, factors: Sequence[Factor], rules: ValuationRules) -> int:
    dollars = float(rules.base[patent.patent_type])
    for one in factors:
        dollars *= one.factor
    return _rounded(dollars)


def _rounded(dollars: float) -> int:
    """To hundreds; an estimate is no more exact than that."""
    return round(dollars / 100) * 100


def _comparables(corpus: Corpus, patent: Patent, near: Found, day: date, rules: ValuationRules) -> Iterator[Comparable]:
    """The nearest granted patents in force that have a subclass in common: like words alone make nothing comparable."""
    own = _subclasses(patent)
    granted = [one for one in near if may_be_valued(one[1]) and one[1].in_force and own & _subclasses(one[1])]
    return (_compared(corpus, nearness, other, day, rules) for nearness, other in granted[:COMPARED])


def _subclasses(patent: Patent) -> set[str]:
    return {one[:_SUBCLASS] for one in patent.ipc}


def _compared(corpus: Corpus, nearness: float, patent: Patent, day: date, rules: ValuationRules) -> Comparable:
    factors = tuple(_factors(patent, [patent, *corpus.relatives(patent)], day, rules))
    return Comparable(nearness, patent, _estimate(patent, factors, rules))


def _offices(family: Sequence[Patent]) -> list[str]:
    return sorted({one.authority for one in family})


def _coverage(offices: Sequence[str], rules: ValuationRules) -> float:
    """The share of the market, by offices, that a family covers."""
    return min(1.0, sum(rules.offices.get(office, rules.offices["other"]) for office in offices) / 100)


def _claims(patent: Patent) -> int:
    """How many claims there are, counted in the language that has most to say."""
    text = max((patent.claims or {}).values(), key=len, default="")
    return max(1, len(_CLAIM.findall(text)))


def _dimension(name: str, part: float, told: Mapping[str, Any]) -> Dimension:
    return Dimension(name, hundred(part), told)


def _date(day: int) -> date:
    """A yyyymmdd as a date; the last day of its month for one that is not in the calendar."""
    year, month, number = day // 10_000, min(12, max(1, day // 100 % 100)), min(31, max(1, day % 100))
    for last in range(number, number - 4, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError(f"{day} is no day of any month")

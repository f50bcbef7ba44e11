"""Which patents belong together: the plan of the corpus before any record is written.

It answers, for a number of patents, how many fall to each office and type, which are filed as one family and for
what. It does not know numbers, texts or people.

Members of a family stand in the file with the most recent publication first. Whoever replaces a missing text by that
of a relative takes, by the same rule, the most recently published relative that has one; so the published example
comes out (US11205304B2 without an abstract is answered with that of CN103106923A of 2013, not of CN101595528B of
2012).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from emulator.behaviours.drawings import PRODUCTS

from .vocabulary import Vocabulary

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """One family to be: its type, its offices with the first filing in front, and the product or topic it is about."""

    patent_type: str
    offices: tuple[str, ...]
    key: str


def replacement_order(members: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Members as their texts stand in for a missing one: most recent publication first, then by number."""
    by_number = sorted(map(dict, members), key=lambda record: str(record["pn"]))
    return sorted(by_number, key=lambda record: -int(record["pbdt"]))


def plan(patents: int, vocabulary: Vocabulary, random: Random) -> list[Plan]:
    """Families that together have `patents` members."""
    types = vocabulary.offices["types"]
    subjects = Subjects(vocabulary, random)
    plans = []
    for patent_type, count in apportion(patents, {name: entry["share"] for name, entry in types.items()}).items():
        entry = types[patent_type]
        offices = [office for office, seats in apportion(count, entry["offices"]).items() for _ in range(seats)]
        random.shuffle(offices)
        for members in _group(offices, entry["family"], random):
            plans.append(Plan(patent_type, members, subjects.next(patent_type, members[0])))
    return plans


def apportion(seats: int, shares: dict[str, float]) -> dict[str, int]:
    """Seats by share, largest remainder first, so that the sum is exact."""
    total = sum(shares.values())
    exact = {name: seats * share / total for name, share in shares.items()}
    given = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: given[name] - exact[name])
    for name in by_remainder[: seats - sum(given.values())]:
        given[name] += 1
    return given


class Subjects:
    """Deals out products in proportion to their weights, office by office, so that none lacks a common product."""

    def __init__(self, vocabulary: Vocabulary, random: Random) -> None:
        self._random = random
        self._weights = {
            "D": {key: float(one["weight"]) for key, one in vocabulary.products.items() if one["drawing"] in PRODUCTS},
            **{
                type_: {key: 1.0 for key, topic in vocabulary.topics.items() if topic["type"] == type_}
                for type_ in "UA"
            },
        }
        self._credit: dict[tuple[str, str], dict[str, float]] = {}

    def next(self, patent_type: str, office: str) -> str:
        weights = self._weights[patent_type]
        credit = self._credit.setdefault((patent_type, office), {key: self._random.random() * 4 for key in weights})
        for key, weight in weights.items():
            credit[key] += weight * self._random.uniform(0.6, 1.4)
        chosen = max(credit, key=lambda key: credit[key])
        credit[chosen] -= sum(weights.values())
        return chosen


def _group(offices: list[str], chance: float, random: Random) -> Iterator[tuple[str, ...]]:
    """Single offices, and now and then two to five different ones taken together."""
    left, taken = Counter(offices), Counter[str]()
    for first in offices:
        if taken[first]:  # a member of an earlier family already
            taken[first] -= 1
            continue
        left[first] -= 1
        members = [first]
        others = [office for office in left if left[office] and office != first]
        if others and random.random() < chance:
            for office in random.sample(others, min(len(others), random.choice((1, 1, 2, 3, 4)))):
                left[office] -= 1
                taken[office] += 1
                members.append(office)
        yield tuple(members)

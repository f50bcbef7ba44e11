"""Records of patents: from a planned family to the finished lines of the corpus.

It joins numbers, dates, people, texts and pictures; the order of the keys is the order of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from emulator.expressions.fields import TEXTS

from . import calendar, legal, numbers, subjects
from .companies import Companies, Company, assignee
from .families import Plan, Record, replacement_order
from .people import People, Person, as_applicant, script, written
from .vocabulary import Vocabulary

IDENTITY = ("patent_id", "pn", "authority", "kind", "patent_type", "apno", "apdt", "pbdt", "isd")
CONTENT = ("subject", *TEXTS, "loc", "ipc")
PARTIES = ("original_assignee", "current_assignee", "inventors")
OPTIONAL = frozenset(TEXTS)  # where the subject does not say it all
KEYS = (*IDENTITY, *CONTENT, *PARTIES, "legal_status", "simple_legal_status", "family_id", "img_id", "picture")
ORIGINALS = {"CN": "cn", "HK": "cn", "TW": "tw", "JP": "jp", "KR": "ko"}
_BEFORE_THE_END = 100  # days; who would be granted in the last of them is a mere publication


@dataclass(frozen=True, slots=True)
class Family:
    """What all members share: who files what, since when, and the picture that shows it."""

    family_id: int
    source: Mapping[str, Any]
    subject: Record
    patent_type: str
    firm: Company
    later_owner: Company
    inventors: list[Person]
    picture: Record | None
    first_filing: int


class Maker:
    """Makes the records of families, one family after the other; all chance comes from one place."""

    def __init__(self, vocabulary: Vocabulary, companies: Companies, random: Random) -> None:
        self._vocabulary = vocabulary
        self._offices = vocabulary.offices
        self._numbers = vocabulary.numbers
        self._companies = companies
        self._people = People(vocabulary.people["people"])
        self._random = random

    def family(self, plan: Plan, family_id: int, picture: Record | None) -> list[Record]:
        """All members of one planned family, most recent publication first. `picture` lacks nothing but its views."""
        source, random = self._vocabulary.words.written(plan.key), self._random
        shown = {**picture, "views": random.choice((5, 6, 7, 7))} if picture else None
        firm, inventors = self._parties(plan, source)
        shared = Family(
            family_id,
            source,
            subjects.choose(self._vocabulary.words, plan.key, shown, random),
            plan.patent_type,
            firm,
            self._later_owner(firm, source["field"], plan),
            inventors,
            shown,
            self._first_filing(plan),
        )
        return replacement_order(self._member(shared, office, number) for number, office in enumerate(plan.offices))

    def _parties(self, plan: Plan, source: Mapping[str, Any]) -> tuple[Company, list[Person]]:
        """A company and its people, or somebody who files alone."""
        random = self._random
        firm = self._companies.draw(source["field"], plan.offices[0], random)
        while plan.patent_type == "D" and not firm.get("designs", True):
            firm = self._companies.draw(source["field"], plan.offices[0], random)
        if random.random() >= self._offices["without_company"][plan.patent_type]:
            return firm, self._people.several(firm["home"], random)
        person = self._people.draw(firm["home"], random)
        return {**as_applicant(person), "home": firm["home"]}, [person]

    def _later_owner(self, firm: Company, field: str, plan: Plan) -> Company:
        if self._random.random() >= self._offices["changed_assignee"]:
            return firm
        return self._companies.draw(field, plan.offices[0], self._random)

    def _member(self, shared: Family, authority: str, position: int) -> Record:
        random, home = self._random, shared.firm["home"]
        apdt = self._filing(shared, position)
        facts = self._dates_and_numbers(shared, authority, apdt)
        facts |= {
            "patent_id": str(UUID(int=random.getrandbits(128), version=4)),
            "loc": list(shared.source.get("loc", ())),
            "ipc": list(shared.source.get("ipc", ())),
            "original_assignee": self._printed(assignee(shared.firm, authority), authority),
            "current_assignee": self._printed(assignee(shared.later_owner, authority), authority),
            "inventors": [self._printed(written(person, authority), authority) for person in shared.inventors],
            "family_id": shared.family_id,
            "picture": dict(shared.picture) if shared.picture else None,
            "subject": {**shared.subject, "language": _language(authority, home)},
        }
        for name, share in self._offices["missing"][shared.patent_type].items():
            if random.random() < share:
                facts[name] = None
        return whole(facts)

    def _printed(self, name: str, authority: str) -> str:
        return self._vocabulary.words.sentences.traditional.of(name) if script(authority) == "tw" else name

    def _filing(self, shared: Family, position: int) -> int:
        """The first office on the first day, the others within the time of priority; nobody files on a weekend."""
        days = self._offices["days_of_priority"][shared.patent_type]
        day = calendar.later(shared.first_filing, self._random.randint(*days)) if position else shared.first_filing
        return calendar.on_weekday(day)

    def _first_filing(self, plan: Plan) -> int:
        """A day early enough for every member to be published before the corpus ends, and fit for all offices."""
        offices, shape = self._offices, self._offices["types"][plan.patent_type]
        forms = [self._numbers.of(office, plan.patent_type) or {} for office in plan.offices]
        first = max([shape["first_year"] * 10000 + 101, *(form.get("since", 0) for form in forms)])
        end = min(form.get("until", offices["last_day"]) for form in forms)
        wait = self._longest_wait(plan)
        most = calendar.between(first, offices["last_day"]) - wait
        if end < offices["last_day"]:
            most = min(most, calendar.between(first, end) - offices["days_of_priority"][plan.patent_type][1] - 3)
        return calendar.later(first, int(self._random.betavariate(*shape["recency"]) * most))

    def _longest_wait(self, plan: Plan) -> int:
        """Days from the first filing of a family until surely all its members are published."""
        offices, patent_type = self._offices, plan.patent_type
        priority: int = offices["days_of_priority"][patent_type][1] if len(plan.offices) > 1 else 0
        longest: int = max(offices["days_to_publication"][patent_type][office][1] for office in plan.offices)
        return priority + longest + 20

    def _dates_and_numbers(self, shared: Family, authority: str, apdt: int) -> Record:
        offices, random, patent_type = self._offices, self._random, shared.patent_type
        stage, pbdt = self._publication(patent_type, authority, apdt, shared.first_filing)
        form = self._numbers.form(authority, patent_type, stage, pbdt, random)
        pbdt = calendar.publication(offices["publication_days"], authority, form["kind"], pbdt)
        if pbdt > form.get("until", pbdt):  # the kind changed before the next day of publication
            form = self._numbers.form(authority, patent_type, stage, pbdt, random)
        apno = self._numbers.application(authority, patent_type, apdt, shared.firm["home"], random)
        facts: Record = {
            "authority": authority,
            "kind": form["kind"],
            "patent_type": patent_type,
            "apdt": apdt,
            "pbdt": pbdt,
            "isd": legal.issue_date(authority, stage, apdt, pbdt, offices["days_from_grant_to_bulletin"]),
            "apno": apno,
            "pn": self._numbers.publication(form, apno, apdt, pbdt, random),
        }
        facts["img_id"] = numbers.image(facts, random)
        facts["legal_status"] = legal.status(facts, stage, offices, random)
        facts["simple_legal_status"] = legal.simple(facts["legal_status"], self._vocabulary.simple_status)
        return facts

    def _publication(self, patent_type: str, authority: str, apdt: int, first_filing: int) -> tuple[str, int]:
        """The stage of this publication and its day; what would be granted at the very end is a mere publication.

        Inventions are published when their family is old enough, whenever this member was filed.
        """
        offices, random = self._offices, self._random
        described = self._numbers.of(authority, patent_type) or {}
        stage = legal.stage(patent_type, "granted" in described, random)
        days = random.randint(*offices["days_to_publication"][patent_type][authority])
        if patent_type != "A":
            return stage, calendar.later(apdt, days)
        published = max(calendar.later(first_filing, days), calendar.later(apdt, offices["days_until_published"]))
        if stage == "published":
            return stage, published
        granted = max(published, calendar.later(apdt, random.randint(*offices["days_to_grant"])))
        early = calendar.between(granted, offices["last_day"]) >= _BEFORE_THE_END
        return ("granted", granted) if early else ("published", published)


def whole(facts: Record) -> Record:
    """The fields in the order of the file."""
    return {key: facts[key] for key in KEYS if key not in OPTIONAL or key in facts}


def _language(authority: str, home: str) -> str:
    """The language of filing: the office's own, and at the international office the applicant's."""
    return ORIGINALS.get(home if authority == "WO" else authority, "en")

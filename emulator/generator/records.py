"""Records of patents: from a planned family to the finished lines of the corpus.

It joins numbers, dates, people, texts and pictures; the order of the keys is the order of the file.
"""

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from emulator.corpus.patents import TEXTS

from . import calendar, legal, numbers, people
from .drawn import picture_hash
from .families import Plan, Record, replacement_order
from .vocabulary import Vocabulary

LAST_DAY = 20251231

IDENTITY = ("patent_id", "pn", "authority", "kind", "patent_type", "apno", "apdt", "pbdt", "isd")
CONTENT = ("subject", *TEXTS, "loc", "ipc")
PARTIES = ("original_assignee", "current_assignee", "inventors")
OPTIONAL = frozenset(TEXTS)  # where the subject does not say it all
KEYS = (*IDENTITY, *CONTENT, *PARTIES, "legal_status", "simple_legal_status", "family_id", "img_id", "picture")
ORIGINALS = {"CN": "cn", "HK": "cn", "JP": "jp", "KR": "ko"}


@dataclass(frozen=True, slots=True)
class Family:
    """What all members share: who files what, since when, and the picture that shows it."""

    family_id: int
    source: dict[str, Any]
    subject: Record
    patent_type: str
    firm: dict[str, Any]
    later_owner: dict[str, Any]
    inventors: list[people.Person]
    picture: Record | None
    first_filing: int


def family(plan: Plan, family_id: int, vocabulary: Vocabulary, random: Random) -> list[Record]:
    """All members of one planned family, most recent publication first."""
    source = dict(vocabulary.words.written(plan.key))
    firm = people.company(vocabulary, source["field"], plan.patent_type, plan.offices[0], random)
    inventors = people.inventors(vocabulary, firm["home"], random)
    subject, views = _subject(plan, source, vocabulary, random)
    picture = _picture(source, views, random.randrange(10_000))
    owner = _later_owner(firm, source["field"], plan, vocabulary, random)
    first = _first_filing(plan, vocabulary, random)
    shared = Family(family_id, source, subject, plan.patent_type, firm, owner, inventors, picture, first)
    offices = enumerate(plan.offices)
    return replacement_order([_member(shared, office, number, vocabulary, random) for number, office in offices])


def _member(shared: Family, authority: str, position: int, vocabulary: Vocabulary, random: Random) -> Record:
    patent_type, home = shared.patent_type, shared.firm["home"]
    apdt = _filing(shared, position, vocabulary.offices["days_of_priority"][patent_type], random)
    facts = _dates_and_numbers(patent_type, authority, apdt, home, vocabulary.offices, random)
    facts |= {
        "patent_id": str(UUID(int=random.getrandbits(128), version=4)),
        "loc": list(shared.source.get("loc", ())),
        "ipc": list(shared.source.get("ipc", ())),
        "original_assignee": people.assignee(shared.firm, authority),
        "current_assignee": people.assignee(shared.later_owner, authority),
        "inventors": [people.written(person, authority) for person in shared.inventors],
        "family_id": shared.family_id,
        "picture": dict(shared.picture) if shared.picture else None,
    }
    facts["subject"] = {**shared.subject, "language": _language(authority, home)}
    if random.random() < vocabulary.offices["missing_abstract"][patent_type]:
        facts["abstract"] = None
    return whole(facts)


def whole(facts: Record) -> Record:
    """The fields in the order of the file."""
    return {key: facts[key] for key in KEYS if key not in OPTIONAL or key in facts}


def _filing(shared: Family, position: int, days: list[int], random: Random) -> int:
    """The first office on the first day, the others within the time of priority; nobody files on a weekend."""
    day = calendar.later(shared.first_filing, random.randint(*days)) if position else shared.first_filing
    return calendar.on_weekday(day, [0, 1, 2, 3, 4])


def _subject(plan: Plan, source: dict[str, Any], vocabulary: Vocabulary, random: Random) -> tuple[Record, int]:
    """What all members are about, and how many views show it."""
    words = vocabulary.words.source(plan.key)
    features = sorted(random.sample(range(len(words.features)), min(3, len(words.features))))
    return {
        "of": plan.key,
        "name": random.randrange(len(words.names)),
        "features": features,
        "conclusion": random.randrange(len(words.ends)),
    }, random.choice((5, 6, 7, 7))


def _language(authority: str, home: str) -> str:
    """The language of filing: the office's own, and at the international office the applicant's."""
    return ORIGINALS.get(home if authority == "WO" and home != "KR" else authority, "en")


def _picture(source: dict[str, Any], views: int, variation: int) -> Record | None:
    drawing = source.get("drawing")
    if drawing is None:
        return None
    return {"product": drawing, "variation": variation, "views": views, "hash": picture_hash(drawing, variation)}


def _later_owner(firm: Record, field: str, plan: Plan, vocabulary: Vocabulary, random: Random) -> Record:
    if random.random() >= vocabulary.offices["changed_assignee"]:
        return firm
    return people.company(vocabulary, field, plan.patent_type, plan.offices[0], random, other_than=firm["en"])


def _first_filing(plan: Plan, vocabulary: Vocabulary, random: Random) -> int:
    """A day early enough for every member to be published before the corpus ends."""
    starts = vocabulary.offices["office_first_year"]
    shape = vocabulary.offices["types"][plan.patent_type]
    first = max([shape["first_year"], *(starts.get(office, 0) for office in plan.offices)])
    days = calendar.between(first * 10000 + 101, LAST_DAY) - _longest_wait(plan, vocabulary.offices)
    return calendar.later(first * 10000 + 101, int(random.betavariate(*shape["recency"]) * days))


def _longest_wait(plan: Plan, offices: Record) -> int:
    """Days from the first filing of a family until surely all its members are published."""
    priority: int = offices["days_of_priority"][plan.patent_type][1] if len(plan.offices) > 1 else 0
    publication: int = max(offices["days_to_publication"][plan.patent_type][office][1] for office in plan.offices)
    return priority + publication + 14


def _dates_and_numbers(
    patent_type: str, authority: str, apdt: int, home: str, offices: Record, random: Random
) -> Record:
    stage, pbdt = _publication(patent_type, authority, apdt, offices, random)
    kinds = offices["kinds"][patent_type][authority]
    kind = kinds if isinstance(kinds, str) else kinds[stage]
    pbdt = calendar.on_weekday(pbdt, offices["weekdays"].get(f"{authority}/{kind}", offices["weekdays"][authority]))
    facts: Record = {
        "authority": authority,
        "kind": kind,
        "patent_type": patent_type,
        "apdt": apdt,
        "pbdt": pbdt,
        "isd": legal.issue_date(authority, stage, apdt, pbdt),
        "apno": numbers.application(authority, patent_type, apdt, home, offices["anchors"], random),
        "img_id": "",
    }
    facts["pn"] = numbers.publication(facts, offices["anchors"], random)
    facts["img_id"] = numbers.image(facts, random)
    facts["legal_status"] = legal.status(patent_type, authority, stage, apdt, pbdt, offices["legal_status"], random)
    facts["simple_legal_status"] = legal.simple(facts["legal_status"], offices["simple_legal_status"])
    return facts


def _publication(patent_type: str, authority: str, apdt: int, offices: Record, random: Random) -> tuple[str, int]:
    """The stage of this publication and its day; what would be granted after the corpus ends is a mere publication."""
    stage = legal.stage(patent_type, authority, random)
    published = calendar.later(apdt, random.randint(*offices["days_to_publication"][patent_type][authority]))
    if patent_type != "A" or stage == "published":
        return stage, published
    granted = max(published, calendar.later(apdt, random.randint(*offices["days_to_grant"])))
    return ("granted", granted) if granted <= LAST_DAY - 100 else ("published", published)

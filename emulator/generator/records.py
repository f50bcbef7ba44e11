"""Records of patents: from a planned family, or a documented example, to the finished lines of the corpus.

It joins numbers, dates, people, texts and pictures; the order of the keys is the order of the file.
"""

from random import Random
from typing import Any
from uuid import UUID

from . import calendar, legal, numbers, people, texts
from .drawn import picture_hash
from .families import Plan, Record, replacement_order
from .texts import Subject
from .vocabulary import Vocabulary

LAST_DAY = 20251231
KEYS = [
    "patent_id",
    "pn",
    "authority",
    "kind",
    "patent_type",
    "apno",
    "apdt",
    "pbdt",
    "isd",
    "title",
    "abstract",
    "claims",
    "description",
    "loc",
    "ipc",
    "original_assignee",
    "current_assignee",
    "inventors",
    "legal_status",
    "simple_legal_status",
    "family_id",
    "img_id",
    "picture",
]
ORIGINALS = {"CN": "cn", "HK": "cn", "JP": "jp", "KR": "ko"}


def documented(vocabulary: Vocabulary) -> list[Record]:
    """The examples of the published pages, their open fields filled in."""
    return [_filled(entry, vocabulary) for entry in vocabulary.documented["records"]]


def family(plan: Plan, family_id: int, vocabulary: Vocabulary, random: Random) -> list[Record]:
    """All members of one planned family, most recent publication first."""
    source = vocabulary.subject(plan.key)
    firm = people.company(vocabulary, source["field"], plan.patent_type, plan.offices[0], random)
    inventors = people.inventors(vocabulary, firm["home"], random)
    subject = _subject(plan, source, vocabulary, random)
    picture = _picture(source, subject.views, random.randrange(10_000))
    later_owner = _later_owner(firm, source["field"], plan, vocabulary, random)
    first = _first_filing(plan, vocabulary, random)
    records = []
    for position, authority in enumerate(plan.offices):
        facts = _dates_and_numbers(plan.patent_type, authority, first, position, firm["home"], vocabulary, random)
        facts |= {
            "patent_id": str(UUID(int=random.getrandbits(128), version=4)),
            "loc": list(source.get("loc", ())),
            "ipc": list(source.get("ipc", ())),
            "original_assignee": people.assignee(firm, authority),
            "current_assignee": people.assignee(later_owner, authority),
            "inventors": [people.written(person, authority) for person in inventors],
            "family_id": family_id,
            "picture": dict(picture) if picture else None,
        }
        facts |= _text(subject, _language(authority, firm["home"]), authority)
        if random.random() < vocabulary.offices["missing_abstract"][plan.patent_type]:
            facts["abstract"] = None
        records.append({key: facts[key] for key in KEYS})
    return replacement_order(records)


def _subject(plan: Plan, source: dict[str, Any], vocabulary: Vocabulary, random: Random) -> Subject:
    features = sorted(random.sample(range(len(source["features"])), min(3, len(source["features"]))))
    conclusions = source.get("effects") or vocabulary.grammar["design_points"]
    return Subject(
        plan.patent_type,
        random.choice(source["names"]),
        tuple(source["features"][index] for index in features),
        random.choice(conclusions),
        source.get("use"),
        random.choice((5, 6, 7, 7)),
    )


def _text(subject: Subject, language: str, authority: str) -> Record:
    return {
        "title": {
            "original": texts.title(subject, language, authority),
            **{name: texts.title(subject, name) for name in texts.LANGUAGES},
        },
        "abstract": texts.abstract(subject),
        "claims": texts.claims(subject, language),
        "description": texts.description(subject, language),
    }


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
    patent_type: str, authority: str, first: int, position: int, home: str, vocabulary: Vocabulary, random: Random
) -> Record:
    offices = vocabulary.offices
    apdt = calendar.later(first, random.randint(*offices["days_of_priority"][patent_type])) if position else first
    apdt = calendar.on_weekday(apdt, [0, 1, 2, 3, 4])
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


def _filled(entry: dict[str, Any], vocabulary: Vocabulary) -> Record:
    given, chosen = entry["record"], entry["subject"]
    source = vocabulary.subject(chosen["key"])
    patent_type = source.get("type", "D")
    picture = given.get("picture")
    conclusions = source.get("effects") or vocabulary.grammar["design_points"]
    features = tuple(source["features"][index] for index in chosen["features"])
    views = picture["views"] if picture else 0
    subject = Subject(patent_type, source["names"][chosen["name"]], features, conclusions[0], source.get("use"), views)
    authority = given["authority"]
    facts = {"loc": source.get("loc", []), "ipc": source.get("ipc", []), "patent_type": patent_type, "picture": None}
    facts |= _text(subject, ORIGINALS.get(authority, "en"), authority) | given
    facts["simple_legal_status"] = legal.simple(given["legal_status"], vocabulary.offices["simple_legal_status"])
    if picture:
        facts["picture"] = picture | {"hash": picture_hash(picture["product"], picture["variation"])}
    return {key: facts[key] for key in KEYS}

"""Who files: companies and inventors, written as the office in question writes names.

It knows names and scripts; it does not know what is filed.
"""

from random import Random
from typing import Any

from emulator.corpus.wording import Words

from .vocabulary import Vocabulary

Person = tuple[str, Words, Words]  # home, surname, given name
SCRIPTS = {"CN": "cn", "HK": "cn", "JP": "jp"}  # all other offices print Latin letters
FOREIGN_SHARE = {"CN": 0.12, "US": 0.5, "EU": 0.5, "JP": 0.2, "KR": 0.2, "AU": 0.4, "HK": 0.4, "WO": 1.0}


def script(authority: str) -> str:
    return SCRIPTS.get(authority, "en")


def company(
    vocabulary: Vocabulary, field: str, patent_type: str, authority: str, random: Random, *, other_than: str = ""
) -> dict[str, Any]:
    """A company that makes such things, more often than not from the country of the office."""
    makers = [firm for firm in vocabulary.people["companies"] if field in firm["fields"] and firm["en"] != other_than]
    makers = [firm for firm in makers if patent_type != "D" or firm.get("designs", True)]
    local = [firm for firm in makers if firm["home"] == authority]
    chosen = local if local and random.random() >= FOREIGN_SHARE[authority] else makers
    drawn: dict[str, Any] = random.choices(chosen, [firm.get("weight", 1) for firm in chosen])[0]
    return drawn


def assignee(firm: dict[str, Any], authority: str) -> str:
    """The company's name at that office; without a Japanese form the Latin one is printed."""
    return str(firm.get(script(authority), firm["en"]))


def inventors(vocabulary: Vocabulary, home: str, random: Random) -> list[Person]:
    """One to four people who live where the company does: home, surname, given name."""
    place = {"HK": "CN", "AU": "US"}.get(home, home)
    shelf = vocabulary.people["people"][place]
    surnames = random.choices(shelf["surnames"], k=random.choice((1, 2, 2, 3, 4)))
    given = random.sample(shelf["given"], len(surnames))
    return [(place, surname, name) for surname, name in zip(surnames, given, strict=True)]


def written(person: Person, authority: str) -> str:
    """A person's name in the script of the office: surname first in East Asia, with a comma in Latin letters."""
    place, surname, given = person
    match script(authority), place:
        case "en", _:
            return f"{surname['en']}, {given['en']}"
        case "cn", "CN" | "JP" | "KR":
            return surname["cn"] + given["cn"]
        case "cn", _:
            return f"{given['cn']}·{surname['cn']}"
        case _, "CN" | "JP":
            return f"{surname['jp']} {given['jp']}"
        case _, "KR":
            return f"{surname['jp']}・{given['jp']}"
        case _:
            return f"{given['jp']}・{surname['jp']}"

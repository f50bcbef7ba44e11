"""Inventors: people who live where the company does, written as the office in question writes names.

It knows names and scripts; it does not know what is invented.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from emulator.corpus.wording import Words, parse

Person = tuple[str, Words, Words]  # home, surname, given name
SCRIPTS = {"CN": "cn", "HK": "cn", "TW": "tw", "JP": "jp"}  # all other offices print Latin letters
_NEIGHBOURS = {"HK": "CN", "TW": "CN"}
_EAST = frozenset({"CN", "JP", "KR"})


def script(authority: str) -> str:
    return SCRIPTS.get(authority, "en")


class People:
    """Names of people by country, put together from the fixtures."""

    def __init__(self, written: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._shelves: dict[str, dict[str, list[Words]]] = {
            home: {name: [parse(words) for words in shelf] for name, shelf in shelves.items()}
            for home, shelves in written.items()
        }

    def draw(self, home: str, random: Random) -> Person:
        place = _NEIGHBOURS.get(home, home)
        shelf = self._shelves[place]
        surname = random.choice(shelf["surnames"])
        if "given" in shelf:
            return place, surname, random.choice(shelf["given"])
        first, second = random.choice(shelf["firsts"]), random.choice(shelf["seconds"])
        short = random.random() < 0.25  # given names of one sign
        return place, surname, second if short else {name: first[name] + second[name] for name in first}

    def several(self, home: str, random: Random) -> list[Person]:
        """One to four different people."""
        wanted = random.choice((1, 2, 2, 3, 4))
        found: dict[str, Person] = {}
        while len(found) < wanted:
            person = self.draw(home, random)
            found[written(person, "CN")] = person
        return list(found.values())


def written(person: Person, authority: str) -> str:
    """A person's name in the script of the office: surname first in East Asia, with a comma in Latin letters."""
    place, surname, given = person
    match script(authority):
        case "en":
            return f"{surname['en']}, {given['en']}"
        case "cn" | "tw":  # the traditional signs are put in afterwards
            return surname["cn"] + given["cn"] if place in _EAST else f"{given['cn']}·{surname['cn']}"
        case _ if place == "KR":
            return f"{surname['jp']}・{given['jp']}"
        case _ if place in _EAST:
            return f"{surname['jp']} {given['jp']}"
        case _:
            return f"{given['jp']}・{surname['jp']}"


def as_applicant(person: Person) -> Any:
    """Somebody who files in his own name, like a company."""
    forms: Mapping[str, Any] = {"home": person[0], "cn": written(person, "CN"), "jp": written(person, "JP")}
    return {**forms, "en": written(person, "US")}

"""Companies: those the fixtures name and many that are put together, each with its field, home and size.

A company has the same name in every script an office prints. It does not know patents.
"""

from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Any

from emulator.corpus.wording import Words, parse

from .people import script

Company = Mapping[str, Any]  # home, cn, en, perhaps jp
_ABROAD = {"CN": 0.12, "JP": 0.2, "KR": 0.2, "TW": 0.3, "DE": 0.3, "EU": 0.5, "US": 0.5, "WO": 1.0}
_USUALLY_ABROAD = 0.4
_HOMES = {"EP": "EU", "DE": "EU", "FR": "EU"}
_ATTEMPTS = 20
_NAMED = 3.0  # how many times as often the fixtures' own companies file


class Companies:
    """Who makes what where. The largest file many times as often as the smallest."""

    def __init__(self, written: Mapping[str, Any], fields: list[str], families: int, random: Random) -> None:
        self._random = random
        self._taken = {str(firm["en"]) for firm in written["companies"]}
        self._shelves: dict[tuple[str, str], _Shelf] = {}
        named = list(written["companies"])
        makers = written["makers"]
        whole = {home: {**makers.get(maker.get("like"), {}), **maker} for home, maker in makers.items()}
        made = {home: self._made(home, maker, fields, families) for home, maker in whole.items()}
        for field in fields:
            everywhere = _Shelf()
            for home, firms in made.items():
                shelf = self._shelves[field, home] = _Shelf()
                for firm, size in firms[field]:
                    shelf.add(firm, size)
                    everywhere.add(firm, size)
            for firm in named:
                if field in firm["fields"]:
                    size = _NAMED * firm.get("weight", 1)
                    self._shelves.setdefault((field, firm["home"]), _Shelf()).add(firm, size)
                    everywhere.add(firm, size)
            self._shelves[field, ""] = everywhere

    def draw(self, field: str, authority: str, random: Random) -> Company:
        """A company that makes such things, more often than not from the country of the office."""
        home = _HOMES.get(authority, authority)
        local = self._shelves.get((field, home))
        if local and local.firms and random.random() >= _ABROAD.get(authority, _USUALLY_ABROAD):
            return local.draw(random)
        return self._shelves[field, ""].draw(random)

    def _made(
        self, home: str, maker: Mapping[str, Any], fields: list[str], families: int
    ) -> dict[str, list[tuple[Company, float]]]:
        """Companies of one country by field, the first of each the largest."""
        count = max(1, round(maker["per_hundred"] * families / 100 / len(fields)))
        count = min(count, 20 + int(count**0.7))  # the more patents there are, the more of them each company has
        return {field: [self._company(home, maker, field, rank) for rank in range(count)] for field in fields}

    def _company(self, home: str, maker: Mapping[str, Any], field: str, rank: int) -> tuple[Company, float]:
        size = 1 / (rank + 1) ** 0.7
        for _ in range(_ATTEMPTS):
            firm = _put_together(home, maker, field, self._random)
            if firm["en"] not in self._taken:
                break
        self._taken.add(firm["en"])  # where all names are given away, a company works in several fields
        return firm, size


class _Shelf:
    """Companies with their weights, added up."""

    def __init__(self) -> None:
        self.firms: list[Company] = []
        self._sizes: list[float] = []
        self._sums: list[float] = []

    def add(self, firm: Company, size: float) -> None:
        self.firms.append(firm)
        self._sizes.append(size)
        self._sums = []

    def draw(self, random: Random) -> Company:
        if not self._sums:
            self._sums = list(accumulate(self._sizes))
        return random.choices(self.firms, cum_weights=self._sums)[0]


def _put_together(home: str, maker: Mapping[str, Any], field: str, random: Random) -> dict[str, Any]:
    """Place, brand, trade and form in every script they are written in."""
    trades = maker.get("trades", {}).get(field, maker.get("trades", {}).get("any", []))
    shelves = [maker.get("places", []), maker["firsts"], maker["seconds"], trades, maker["forms"]]
    place, first, second, trade, form = (_words(random.choice(shelf)) if shelf else {} for shelf in shelves)
    brand = _joined(first, second, maker.get("joined", ""))
    firm: dict[str, Any] = {"home": home, "cn": "".join(words.get("cn", "") for words in (place, brand, trade, form))}
    latin = [words["en"] for words in (place, brand, trade, form) if words]
    firm["en"] = " ".join(latin).replace(" ,", ",")
    if "jp" in form:
        firm["jp"] = "".join(words.get("jp", "") for words in (brand, trade, form))
    return firm


def _joined(first: Words, second: Words, between: str) -> Words:
    return {name: first[name] + (between if name == "en" else "") + second[name] for name in first}


def _words(written: str) -> Words:
    """As the fixtures write words, but perhaps without Japanese."""
    if written.count(" | ") > 1:
        return parse(written)
    chinese, _, latin = written.partition(" | ")
    return {"cn": chinese, "en": latin}


def assignee(firm: Company, authority: str) -> str:
    """The company's name at that office; without a Japanese form the Latin one is printed."""
    form = script(authority)
    return str(firm.get("cn" if form == "tw" else form, firm["en"]))

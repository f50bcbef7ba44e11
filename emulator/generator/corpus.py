"""The whole corpus: the documented examples first, then planned families until the number asked for is reached.

The same number, seed and data files give the same records, whatever machine makes them. Families are made one after
the other; what is kept of those that are gone are their numbers.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from . import documented
from .companies import Companies
from .drawn import Picture, Variations, hashes, reserved
from .families import Plan, Record, plan
from .records import Maker
from .vocabulary import SHIPPED, Vocabulary, load

FIRST_FAMILY_ID = 460_000_000


def generate(patents: int, seed: int, folder: Path = SHIPPED) -> Iterator[Record]:
    """That many patents, the documented ones among them; ValueError when the number is smaller than theirs."""
    vocabulary, random = load(folder), Random(seed)
    made = documented.records(vocabulary)
    if patents < len(made):
        raise ValueError(f"{patents} patents asked for, but the documented examples alone are {len(made)}")
    return _generated(patents, made, vocabulary, random)


def _generated(patents: int, made: list[Record], vocabulary: Vocabulary, random: Random) -> Iterator[Record]:
    yield from made
    plans = plan(patents - len(made), vocabulary, random)
    random.shuffle(plans)
    about = (*vocabulary.products.values(), *vocabulary.topics.values())
    fields = list(dict.fromkeys(str(one["field"]) for one in about))
    maker = Maker(vocabulary, Companies(vocabulary.people, fields, len(plans), random), random)
    shown = _shown(plans, vocabulary, random)
    drawn = hashes(picture for picture in shown if picture)
    taken = Taken(made)
    for number, (planned, picture) in enumerate(zip(plans, shown, strict=True)):
        family_id = FIRST_FAMILY_ID + number * 7 + random.randrange(7)
        told = {"product": picture[0], "variation": picture[1], "views": 0, "hash": drawn[picture]} if picture else None
        while not taken.accepts(members := maker.family(planned, family_id, told)):
            pass  # the registers are dense: a number is taken, the family is drawn again
        yield from members


def _shown(plans: list[Plan], vocabulary: Vocabulary, random: Random) -> list[Picture | None]:
    """What each family shows."""
    known = reserved(vocabulary.documented, vocabulary.known_pictures)
    variations = Variations(vocabulary.offices["variations"], known, random)
    drawings = (vocabulary.words.written(planned.key).get("drawing") for planned in plans)
    return [(drawing, variations.next(drawing)) if drawing else None for drawing in drawings]


class Taken:
    """The numbers already given away, so that none is given twice."""

    def __init__(self, made: list[Record]) -> None:
        self._seen = {name for record in made for name in _names(record)}

    def accepts(self, members: list[Record]) -> bool:
        wanted = [name for record in members for name in _names(record)]
        if len(set(wanted)) < len(wanted) or not self._seen.isdisjoint(wanted):
            return False
        self._seen.update(wanted)
        return True


def _names(record: Record) -> set[str]:
    return {str(record[key]) for key in ("pn", "apno", "img_id")}

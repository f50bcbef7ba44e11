"""The whole corpus: the documented examples first, then planned families until the number asked for is reached.

The same number, seed and data files give the same records, whatever machine makes them.
"""

from pathlib import Path
from random import Random

from . import documented, records
from .families import Plan, Record, plan
from .vocabulary import SHIPPED, Vocabulary, load

FIRST_FAMILY_ID = 460_000_000


def generate(patents: int, seed: int, folder: Path = SHIPPED) -> list[Record]:
    """That many patents, the documented ones among them; ValueError when the number is smaller than theirs."""
    vocabulary, random = load(folder), Random(seed)
    made = documented.records(vocabulary)
    if patents < len(made):
        raise ValueError(f"{patents} patents asked for, but the documented examples alone are {len(made)}")
    taken = Taken(made)
    plans = plan(patents - len(made), vocabulary, random)
    random.shuffle(plans)
    for number, planned in enumerate(plans):
        made += _family(planned, FIRST_FAMILY_ID + number * 7 + random.randrange(7), vocabulary, random, taken)
    return made


class Taken:
    """The numbers already given away, so that none is given twice."""

    def __init__(self, made: list[Record]) -> None:
        self._seen = {str(record[key]) for record in made for key in ("pn", "apno", "img_id")}

    def accepts(self, members: list[Record]) -> bool:
        wanted = [name for record in members for name in {str(record[key]) for key in ("pn", "apno", "img_id")}]
        if len(set(wanted)) < len(wanted) or not self._seen.isdisjoint(wanted):
            return False
        self._seen.update(wanted)
        return True


def _family(planned: Plan, family_id: int, vocabulary: Vocabulary, random: Random, taken: Taken) -> list[Record]:
    """Drawn again when a number is taken; the registers are dense, so this happens in large corpora."""
    while not taken.accepts(members := records.family(planned, family_id, vocabulary, random)):
        pass
    return members

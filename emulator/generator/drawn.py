"""The pictures of the corpus: which variation of a product each family shows, and the hash of its front view.

Drawing is the dear part of making a corpus, so every picture is drawn once, and many of them by several processes. It
does not know how pictures are drawn or compared.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import Any

from emulator.behaviours.patent_defaults import drawn_hash

ALL_VARIATIONS = 10_000
Picture = tuple[str, int]  # product, variation
_MANY = 4_000  # fewer are drawn sooner than processes start
_AT_ONCE = 100


class Variations:
    """Deals out variations of products; none comes twice before `most` have been dealt."""

    def __init__(self, most: int, reserved: Iterable[Picture], random: Random) -> None:
        self._most = most
        self._reserved = frozenset(reserved)
        self._random = random
        self._dealt: dict[str, list[int]] = {}
        self._waiting: dict[str, list[int]] = {}

    def next(self, product: str) -> int:
        if not self._waiting.get(product):
            self._waiting[product] = self._shuffled(product)
        return self._waiting[product].pop()

    def _shuffled(self, product: str) -> list[int]:
        if product not in self._dealt:
            free = [number for number in range(ALL_VARIATIONS) if (product, number) not in self._reserved]
            self._dealt[product] = self._random.sample(free, min(self._most, len(free)))
        return self._random.sample(self._dealt[product], len(self._dealt[product]))


def reserved(documented: Mapping[str, Any], known_pictures: Mapping[str, Mapping[str, Any]]) -> set[Picture]:
    """Pictures that the published pages show; nobody else has them."""
    shown = [entry["record"]["picture"] for entry in documented["records"] if entry["record"].get("picture")]
    return {(one["product"], one["variation"]) for one in [*shown, *known_pictures.values()]}


def hashes(pictures: Iterable[Picture]) -> dict[Picture, str]:
    """The hash of each picture, as the corpus writes it."""
    wanted = sorted(set(pictures))
    if len(wanted) < _MANY:
        return {picture: picture_hash(*picture) for picture in wanted}
    with ProcessPoolExecutor() as pool:
        return dict(zip(wanted, pool.map(_hash_of, wanted, chunksize=_AT_ONCE), strict=True))


def picture_hash(product: str, variation: int) -> str:
    """64 hexadecimal digits."""
    return f"{drawn_hash(product, variation):064x}"


def _hash_of(picture: Picture) -> str:
    return picture_hash(*picture)

"""What makes one variation of a product differ from another: named numbers and choices, fixed by product and variation
alone.

It draws on a digest, not on chance, so that no order of calls matters. It does not know what the traits are used for.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Choice = TypeVar("Choice")
Seen = dict[str, str]  # what a variation visibly has: name of a feature → its form


class Traits:
    """The traits of one variation; the same name always gives the same answer."""

    __slots__ = ("_key",)

    def __init__(self, product: str, variation: int) -> None:
        self._key = f"{product}/{variation}/".encode()

    def between(self, name: str, low: float, high: float) -> float:
        digest = blake2b(self._key + name.encode(), digest_size=4).digest()
        return low + (high - low) * int.from_bytes(digest) / 0xFFFFFFFF

    def count(self, name: str, least: int, most: int) -> int:
        return min(most, int(self.between(name, least, most + 1)))

    def pick(self, name: str, options: Sequence[Choice]) -> Choice:
        return options[self.count(name, 0, len(options) - 1)]

    def has(self, name: str, chance: float = 0.5) -> bool:
        return self.between(name, 0, 1) < chance

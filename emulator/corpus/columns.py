"""What patents are filtered and ordered by, as columns of numbers: one row for each patent, in their order.

Knows neither texts nor values of parameters.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from emulator.corpus.lines import Mask, gathered
from emulator.corpus.patents import Patent

Ordinals = NDArray[np.int64]


class Values:
    """Which rows have a value, of which each may have several."""

    def __init__(self, held: Iterable[Iterable[str]], size: int) -> None:
        self._rows: dict[str, array[int]] = dict(gathered(held))
        self._size = size

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def among(self, wanted: Iterable[str]) -> Mask:
        """The rows that have one of them."""
        mask = np.zeros(self._size, np.bool_)
        for value in wanted:
            if value in self._rows:
                mask[np.frombuffer(self._rows[value], np.int32)] = True
        return mask


class Columns:
    """The columns of some patents. A day that is missing is 0.

    `hashes` has four rows of 64 bits and a column for each hash that pictures have; `pictures` says which each patent
    has. Many patents show the same.
    """

    def __init__(self, patents: Sequence[Patent]) -> None:
        self._patents = patents
        size = len(patents)
        self.size = size
        self.apdt = np.fromiter((patent.apdt for patent in patents), np.int32, size)
        self.pbdt = np.fromiter((patent.pbdt for patent in patents), np.int32, size)
        self.isd = np.fromiter((patent.isd or 0 for patent in patents), np.int32, size)
        hashes: dict[int, int] = {}
        shown = (patent.picture.hash if patent.picture else 0 for patent in patents)
        self.pictures = np.fromiter((hashes.setdefault(one, len(hashes)) for one in shown), np.int32, size)
        self.hashes = _words(hashes)
        self.loc = Values((patent.loc for patent in patents), size)
        self.authority = Values(((patent.authority,) for patent in patents), size)
        self.legal_status = Values((map(str, patent.legal_status) for patent in patents), size)
        self.simple_legal_status = Values((map(str, patent.simple_legal_status) for patent in patents), size)
        self._shown = Values(((patent.patent_type,) if patent.picture else () for patent in patents), size)
        self._masks: dict[str, Mask] = {}

    def shown(self, patent_type: str) -> Mask:
        """The patents of a type that have a picture."""
        if patent_type not in self._masks:
            self._masks[patent_type] = self._shown.among([patent_type])
        return self._masks[patent_type]

    @cached_property
    def ranks(self) -> Ordinals:
        """The place of each patent when all are ordered by number."""
        ranks = np.empty(self.size, np.int64)
        ranks[np.array(self._by_number, np.int64)] = np.arange(self.size)
        return ranks

    def before(self, number: str) -> int:
        """How many have a lesser number."""
        return bisect_left(self._by_number, number, key=lambda row: self._patents[row].pn)

    @cached_property
    def _by_number(self) -> list[int]:
        return sorted(range(self.size), key=lambda row: self._patents[row].pn)


def _words(hashes: Iterable[int]) -> NDArray[np.uint64]:
    drawn = b"".join(one.to_bytes(32, "big") for one in hashes)
    return np.ascontiguousarray(np.frombuffer(drawn, ">u8").astype(np.uint64).reshape(-1, 4).T)

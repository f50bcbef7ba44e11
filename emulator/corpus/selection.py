"""Chosen patents, and their order: by likeness to pictures or by a date, ties by number, so that pages never overlap.

A row is the place of a patent where the layers of a corpus stand one behind the other. Nothing is put in order before
somebody looks at a part of it, and then no more than that part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from emulator.corpus.collection import Hit, Layer
from emulator.corpus.columns import Ordinals
from emulator.corpus.index import Index
from emulator.corpus.lines import Mask
from emulator.corpus.patents import Patent

Column = Callable[[Index], NDArray[Any]]
_RANK_BITS, _LEVEL_BITS = 25, 11  # in a key of 63 bits; dates are less than 2 ** 27
_LAST = 2**63 - 1
_AT_ONCE = 8192  # hashes compared at once: half a megabyte


@dataclass(frozen=True, slots=True)
class Look:
    """Hashes of which the nearest counts, and the scores for 0 to 256 differing bits: plain, and lowered."""

    hashes: Sequence[int]
    scores: Sequence[float]
    lowered: Sequence[float]


class Selection:
    """Some patents of a corpus, by rows in rising order."""

    def __init__(self, layers: Sequence[Layer], rows: Sequence[Ordinals]) -> None:
        self._layers = layers
        self._rows = rows

    @classmethod
    def of(cls, layers: Sequence[Layer], passes: Callable[[Index], Mask]) -> "Selection":
        rows = []
        for layer in layers:
            mask = passes(layer.index)
            if layer.hidden:
                mask = mask.copy()
                mask[list(layer.hidden)] = False
            rows.append(np.flatnonzero(mask))
        return cls(layers, rows)

    def __len__(self) -> int:
        return sum(map(len, self._rows))

    def __contains__(self, patent: Patent) -> bool:
        for layer, rows in zip(self._layers, self._rows, strict=True):
            row = layer.row_of(patent)
            if row is not None:
                place = int(np.searchsorted(rows, row))
                return place < len(rows) and bool(rows[place] == row)
        return False

    def column(self, of: Column) -> NDArray[Any]:
        """The values of the chosen patents in a column."""
        taken = [of(layer.index)[..., rows] for layer, rows in zip(self._layers, self._rows, strict=True)]
        return taken[0] if len(taken) == 1 else np.concatenate(taken, axis=-1)

    def at(self, place: int) -> Patent:
        """The patent at a place among the chosen."""
        for layer, rows in zip(self._layers, self._rows, strict=True):
            if place < len(rows):
                return layer.index.patents[int(rows[place])]
            place -= len(rows)
        raise IndexError(place)

    def ranks(self) -> Ordinals:
        """Numbers that order the chosen patents as their publication numbers do."""
        lower, *upper = zip(self._layers, self._rows, strict=True)
        ranks = lower[0].index.columns.ranks[lower[1]]
        if upper:
            ranks = self._interleaved(ranks, *upper[0])
        if len(ranks) and ranks.max() >> _RANK_BITS:
            ranks = np.unique(ranks, return_inverse=True)[1]
        return ranks

    def _interleaved(self, below: Ordinals, layer: Layer, rows: Ordinals) -> Ordinals:
        """Those of the upper layer get numbers between those of the lower, which keep theirs, spread out."""
        places = layer.index.columns.ranks[rows]
        before, step = self._layers[0].index.columns.before, layer.index.columns.size + 1
        slots = [before(layer.index.patents[row].pn) for row in rows.tolist()]
        return np.concatenate([below * step + (step - 1), np.array(slots, np.int64) * step + places])

    def ranked(self, looks: Sequence[Look], lowered: NDArray[np.bool_] | None = None) -> "Ranking":
        """By the best score that a patent has in one of the looks; some patents have the `lowered` scores."""
        tables = np.array([[look.scores, look.lowered] for look in looks])
        levels = np.unique(-tables, return_inverse=True)[1].reshape(tables.shape)
        found = []
        for look, level in zip(looks, levels, strict=True):
            bits = self._differing(look.hashes)
            found.append(level[0][bits] if lowered is None else level[lowered.astype(np.intp), bits])
        return Ranking(self, np.minimum.reduce(found), self.ranks(), -np.unique(-tables))

    def _differing(self, sought: Sequence[int]) -> NDArray[np.intp]:
        """In how many bits each of the chosen differs from the nearest hash; what many show is compared once."""
        found = []
        for layer, rows in zip(self._layers, self._rows, strict=True):
            columns = layer.index.columns
            pictures = columns.pictures[rows]
            wanted = np.zeros(columns.hashes.shape[1], np.bool_)
            wanted[pictures] = True
            bits = differing(columns.hashes[:, wanted], sought)
            found.append(bits[(np.cumsum(wanted) - 1)[pictures]])
        return found[0] if len(found) == 1 else np.concatenate(found)

    def scored(self, levels: NDArray[np.int64], scores: Sequence[float]) -> "Ranking":
        """By falling score, which each patent has by its level; those of one score by number."""
        table, order = np.unique(-np.array(scores), return_inverse=True)
        return Ranking(self, order[levels], self.ranks(), -table)


class Ranking(Sequence[Hit]):
    """Chosen patents in order. The score of each is that of its level, of which the first is the best."""

    def __init__(
        self,
        chosen: Selection,
        levels: NDArray[np.int64],
        ranks: Ordinals,
        scores: NDArray[np.float64],
        keys: Ordinals | None = None,
    ) -> None:
        self._chosen, self._levels, self._ranks, self._scores = chosen, levels, ranks, scores
        self._within = (levels << _RANK_BITS) | ranks  # the order by score and number
        self._keys = self._within if keys is None else keys
        self._order: Ordinals = np.empty(0, np.int64)

    def reversed(self) -> "Ranking":
        return self._by(_LAST - self._keys)

    def by_date(self, column: Column, *, falling: bool) -> "Ranking":
        """By a date, those without one last; what is of one day keeps its order."""
        assert len(self._scores) <= 2**_LEVEL_BITS, "levels have their place in the key"
        dates = self._chosen.column(column).astype(np.int64)
        days = np.where(dates == 0, 2**27 - 1, 10**8 - dates if falling else dates)
        keys = (days << (_RANK_BITS + _LEVEL_BITS)) | self._within
        return self._by(keys)

    def _by(self, keys: Ordinals) -> "Ranking":
        return Ranking(self._chosen, self._levels, self._ranks, self._scores, keys)

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return [self._hit(number) for number in self._first(max(start, stop))[start:stop:step].tolist()]
        number = range(len(self))[place]
        return self._hit(int(self._first(number + 1)[number]))

    def _hit(self, number: int) -> Hit:
        return Hit(self._chosen.at(number), float(self._scores[self._levels[number]]))

    def _first(self, count: int) -> Ordinals:
        """The first so many places in order."""
        if count > len(self._order):
            keys = self._keys
            near = np.argpartition(keys, count - 1)[:count] if count < len(keys) else np.arange(len(keys))
            self._order = near[np.argsort(keys[near])]
        return self._order


def differing(hashes: NDArray[np.uint64], sought: Sequence[int]) -> NDArray[np.intp]:
    """In how many bits each of the hashes, four rows of 64 bits, differs from the nearest of those sought.

    Some columns at a time, against all that are sought, so that what is counted stays near the processor.
    """
    words = np.frombuffer(b"".join(one.to_bytes(32, "big") for one in sought), ">u8")
    words = words.astype(np.uint64).reshape(-1, 4, 1)
    least = np.empty(hashes.shape[1], np.intp)
    for first in range(0, len(least), _AT_ONCE):
        least[first : first + _AT_ONCE] = _least(np.ascontiguousarray(hashes[:, first : first + _AT_ONCE]), words)
    return least


def _least(hashes: NDArray[np.uint64], words: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """The same for few hashes; nothing is allocated while counting."""
    size = hashes.shape[1]
    apart, counts = np.empty_like(hashes), np.empty((4, size), np.uint8)
    bits, least = np.empty(size, np.uint16), np.full(size, 256, np.uint16)
    for word in words:
        np.bitwise_count(np.bitwise_xor(hashes, word, out=apart), out=counts)
        three = np.add(counts[0], counts[1], out=counts[0])
        np.add(three, counts[2], out=three)  # 192 at most; all four may be 256
        np.add(three, counts[3], out=bits, dtype=np.uint16)
        np.minimum(least, bits, out=least)
    return least

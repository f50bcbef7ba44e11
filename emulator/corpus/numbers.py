"""The numbers of patents, one for each, and which of them a word stands in.

They are kept as one text, since hardly two patents share one. What the numbers mean is not known here.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from emulator.expressions.words import TOKEN, Sought, folded


class Numbers:
    """One number of each holder, its words with a blank on either side, ready to be searched."""

    def __init__(self, numbers: Iterable[str]) -> None:
        words = [TOKEN.findall(folded(number)) for number in numbers]
        rows = [f" {' '.join(row)} " for row in words]
        self._starts = np.cumsum([0, *(len(row) + 1 for row in rows)])
        self._text = "\n".join(rows)
        hashes = np.array([hash(word) for row in words for word in row], np.int64)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._rows = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in words])[order]

    def find(self, sought: Sought) -> NDArray[np.bool_]:
        """Whose number has the word."""
        plain = not any(piece.wild or piece.signs for piece in sought.pieces)
        mask = np.zeros(len(self._starts) - 1, np.bool_)
        mask[self._with_all(sought) if plain else self._with_parts(sought)] = True
        return mask

    def _with_all(self, sought: Sought) -> list[int]:
        """The rows in which whole words stand side by side, looked for where the rarest of them is."""
        ends = np.array([hash(piece.text) for piece in sought.pieces], np.int64)
        starts, stops = (np.searchsorted(self._hashes, ends, side) for side in ("left", "right"))
        rarest = int(np.argmin(stops - starts))
        literal = f" {' '.join(piece.text for piece in sought.pieces)} "
        rows = self._rows[starts[rarest] : stops[rarest]].tolist()
        return [row for row in rows if self._text.find(literal, *self._place(row)) >= 0]

    def _with_parts(self, sought: Sought) -> list[int]:
        """The rows that wildcards fit, looked for where the longest of what must stand there does."""
        literal = _surest(" ".join(piece.text for piece in sought.pieces))
        hits: list[int] = []
        at = self._text.find(literal)
        while at >= 0:
            row = int(np.searchsorted(self._starts, at, "right")) - 1
            start, end = self._place(row)
            if sought.whole.search(self._text, start, end):
                hits.append(row)
            at = self._text.find(literal, end)
        return hits

    def _place(self, row: int) -> tuple[int, int]:
        return int(self._starts[row]), int(self._starts[row + 1]) - 1


def _surest(words: str) -> str:
    """The longest part of the words that must stand in a row as it is."""
    for wildcard in "*?#":
        words = words.replace(wildcard, " ")
    return max(words.split(), key=len)

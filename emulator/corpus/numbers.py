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
        rows = [f" {' '.join(TOKEN.findall(folded(number)))} " for number in numbers]
        self._starts = np.cumsum([0, *(len(row) + 1 for row in rows)])
        self._text = "\n".join(rows)

    def find(self, sought: Sought) -> NDArray[np.bool_]:
        """Whose number has the word."""
        plain = not any(piece.wild or piece.signs for piece in sought.pieces)
        words = " ".join(piece.text for piece in sought.pieces)
        literal = f" {words} " if plain else _surest(words)
        hits: list[int] = []
        at = self._text.find(literal)
        while at >= 0:
            row = int(np.searchsorted(self._starts, at, "right")) - 1
            end = int(self._starts[row + 1]) - 1
            if plain or sought.whole.search(self._text, int(self._starts[row]), end):
                hits.append(row)
            at = self._text.find(literal, end)
        mask = np.zeros(len(self._starts) - 1, np.bool_)
        mask[hits] = True
        return mask


def _surest(words: str) -> str:
    """The longest part of the words that must stand in a row as it is."""
    for wildcard in "*?#":
        words = words.replace(wildcard, " ")
    return max(words.split(), key=len)

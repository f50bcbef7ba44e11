"""Which patents of a corpus hold a word of one language, in the layers of the corpus one behind the other.

A row is the place of a patent where the layers stand so; those that another patent lies over hold nothing. What a
word is, is told by `terms`; what it weighs is not known here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from emulator.behaviours.terms import Language, words
from emulator.corpus.collection import Corpus
from emulator.corpus.index import Index
from emulator.corpus.lines import gathered
from emulator.corpus.patents import Patent

Rows = NDArray[np.int64]
_NOBODY: Rows = np.empty(0, np.int64)
PARTS = ("title", "abstract", "claims")  # where words count
_JAPANESE = re.compile(r"[\u3040-\u30ff]")
_KOREAN = re.compile(r"[\uac00-\ud7af]")
_WIDE = re.compile(r"[\u4e00-\u9fff]")


class Holders:
    """The holders of words in all layers of a corpus."""

    def __init__(self, corpus: Corpus, language: Language) -> None:
        self._layers = [(layer.index, _held(layer.index, language), layer.hidden) for layer in corpus.layers]
        self.size = len(corpus)

    def rows(self, word: str) -> Rows:
        """The rows of the patents that hold a word, ascending."""
        found, before = [_NOBODY], 0
        for index, held, hidden in self._layers:
            rows = held.rows(word)
            found.append((np.setdiff1d(rows, hidden) if hidden else rows) + before)
            before += len(index.patents)
        return np.concatenate(found)

    def heaviest(self, bag: Mapping[str, float], most: int, looked_at: int) -> list[Patent]:
        """The patents that hold most of a bag's weight; its words in falling weight, until enough is `looked_at`."""
        weights = np.zeros(sum(len(index.patents) for index, _, _ in self._layers))
        seen = 0
        for word, weight in bag.items():
            rows = self.rows(word)
            seen += len(rows)
            if seen > looked_at and weights.any():
                break
            weights[rows] += weight
        holding = np.flatnonzero(weights)
        best = holding[np.lexsort((holding, -weights[holding]))][:most]
        return [self._at(row) for row in best.tolist()]

    def _at(self, row: int) -> Patent:
        for index, _, _ in self._layers:
            if row < len(index.patents):
                return index.patents[row]
            row -= len(index.patents)
        raise IndexError(row)


class _Held:
    """The holders of words among the patents of one index: sentences that many share are looked at once."""

    def __init__(self, patents: Sequence[Patent], language: Language) -> None:
        owners = gathered(patent.told.bundles(PARTS) for patent in patents)
        self._rows: dict[str, list[Rows]] = {}
        for bundle, holders in owners.items():
            rows = np.frombuffer(holders, np.int32).astype(np.int64)
            for word in _words(bundle, language):
                self._rows.setdefault(word, []).append(rows)

    def rows(self, word: str) -> Rows:
        return np.unique(np.concatenate([_NOBODY, *self._rows.get(word, ())]))


def _words(bundle: Sequence[str], language: Language) -> Iterator[str]:
    yield from dict.fromkeys(word for line in bundle if _spoken(line) == language for word in words(line))


def _spoken(line: str) -> str:
    """The language of a line, by its signs; Japanese without any kana counts as Chinese."""
    if _JAPANESE.search(line):
        return "jp"
    if _KOREAN.search(line):
        return "ko"
    return "cn" if _WIDE.search(line) else "en"


_INDEXES: "WeakKeyDictionary[Index, dict[Language, _Held]]" = WeakKeyDictionary()
_LOCK = Lock()


def _held(index: Index, language: Language) -> _Held:
    """The words of an index, made at first use by whoever comes first, and kept as long as the index."""
    with _LOCK:
        made = _INDEXES.setdefault(index, {})
        if language not in made:
            made[language] = _Held(index.patents, language)
        return made[language]

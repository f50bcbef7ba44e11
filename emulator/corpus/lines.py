"""Lines of text that many patents share: which of them a word stands in, and who has those.

A line is kept once, however many have it, and so is each list of those who do. Words of most scripts are looked up in a
table of all that occur; Chinese, Japanese and Korean ones among the distinct runs of such signs. What the lines are
is told by who gathers them.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from emulator.expressions.words import TOKEN, Piece, Sought, is_sign

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
Held = TypeVar("Held")
Bundle = tuple[str, ...]


def gathered(held: Iterable[Iterable[Held]]) -> dict[Held, "array[int]"]:
    """Which of the holders, counted from 0, have each thing."""
    owners: defaultdict[Held, array[int]] = defaultdict(lambda: array("i"))
    for holder, things in enumerate(held):
        for thing in things:
            owners[thing].append(holder)
    owners.default_factory = None
    return owners


class Lines:
    """Lines by the part of a patent they stand in, ready to be searched.

    They come in bundles of lines that the same holders have, of which there are `size`.
    """

    def __init__(
        self, size: int, parts: Mapping[str, Mapping[Bundle, "array[int]"]], folded: Callable[[str], str]
    ) -> None:
        self._size = size
        rows: dict[str, int] = {}
        lists: dict[bytes, int] = {}
        self._held: dict[str, tuple[Numbers, Numbers]] = {}
        for part, bundles in parts.items():
            pairs = array("i")  # a row, and the list of those who have it
            for bundle, holders in bundles.items():
                held = lists.setdefault(holders.tobytes(), len(lists))
                for line in bundle:
                    pairs.extend((rows.setdefault(line, len(rows)), held))
            both = np.frombuffer(pairs, np.int32).reshape(-1, 2).T.copy()
            self._held[part] = both[0], both[1]
        self._rows = [folded(line) for line in rows]
        self._tokens = gathered(set(TOKEN.findall(row)) for row in self._rows)
        lengths = np.fromiter((len(one) // 4 for one in lists), np.int64, len(lists))
        self._ends = np.cumsum(lengths)
        self._starts = self._ends - lengths
        self._holders = np.frombuffer(b"".join(lists), np.int32)

    def prepare(self) -> None:
        """Make what is otherwise made at the first search."""
        self._words, self._runs  # noqa: B018

    def find(self, sought: Sought, parts: Iterable[str], *, inflected: bool) -> Mask:
        """Who has the word in one of the parts; with other English forms of it if it shall be `inflected`."""
        mask = np.zeros(self._size, np.bool_)
        wanted = np.zeros(len(self._rows), np.bool_)
        wanted[self._rows_with(sought, inflected)] = True
        held = np.zeros(len(self._starts), np.bool_)
        for rows, lists in map(self._held.__getitem__, parts):
            held[lists[wanted[rows]]] = True
        for number in np.flatnonzero(held).tolist():
            mask[self._holders[self._starts[number] : self._ends[number]]] = True
        return mask

    def _rows_with(self, sought: Sought, inflected: bool) -> Numbers:
        if len(sought.pieces) == 1:
            return self._rows_of(self._tokens_like(sought.pieces[0], inflected))
        found: set[int] | None = None
        for piece in sought.pieces:
            rows = set(self._rows_of(self._tokens_like(piece, False)).tolist())
            found = rows if found is None else found & rows
            if not found:
                break
        whole = sought.whole.search
        return np.array(sorted(row for row in found or () if whole(self._rows[row])), np.int32)

    def _rows_of(self, tokens: Iterable[str]) -> Numbers:
        rows = [np.frombuffer(self._tokens[token], np.int32) for token in tokens]
        return np.unique(np.concatenate(rows)) if rows else np.empty(0, np.int32)

    def _tokens_like(self, piece: Piece, inflected: bool) -> Iterator[str]:
        """The distinct words, or runs of signs, in which the piece is found."""
        if piece.signs:
            yield from self._runs_with(piece)
        elif piece.wild:
            yield from re.findall(f"(?m)^{piece.expression}$", self._words)
        elif inflected and piece.text.isascii() and piece.text.isalpha():
            yield from self._forms_of(piece.text)
        elif piece.text in self._tokens:
            yield piece.text

    def _forms_of(self, word: str) -> Iterator[str]:
        """The words with the same stem. Its first letter is the word's, and so is the second, but for die and dying."""
        import snowballstemmer  # type: ignore[import-untyped]

        stem = snowballstemmer.stemmer("english").stemWord
        second = "[iy]" if word[1:2] in ("i", "y") else word[1:2]
        like = re.findall(f"(?m)^{word[0]}{second}[a-z]*$", self._words)
        yield from (other for other in like if stem(other) == stem(word))

    def _runs_with(self, piece: Piece) -> Iterator[str]:
        runs = self._runs
        search = re.compile(piece.expression).search if piece.wild else None
        literal = piece.text.strip("*?#").partition("*")[0].partition("?")[0].partition("#")[0]
        at = runs.find(literal)
        while at >= 0:
            start, end = runs.rfind("\n", 0, at) + 1, runs.find("\n", at)
            if search is None or search(runs, start, end):
                yield runs[start:end]
            at = runs.find(literal, end)

    @cached_property
    def _words(self) -> str:
        return "\n".join(token for token in self._tokens if not is_sign(token[0]))

    @cached_property
    def _runs(self) -> str:
        return "".join(f"{token}\n" for token in self._tokens if is_sign(token[0]))

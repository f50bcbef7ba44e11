"""An index of some patents: what is found without looking at each of them.

Columns, words of texts, names and numbers, and families; each is made when it is first asked for. Which patents
somebody sees, and what a parameter means, is not known here.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from emulator.corpus.columns import Columns
from emulator.corpus.lines import Lines, Mask, gathered
from emulator.corpus.number_index import NumberIndex
from emulator.corpus.numbers import Numbers
from emulator.corpus.patents import Patent
from emulator.expressions.fields import NAMES, TEXTS
from emulator.expressions.words import Sought, folded, sentences

_KEPT = 256  # answers for words that are kept, one bit a patent
_CLASSES = ("ipc", "loc")


class Index:
    """The index of patents in their order."""

    def __init__(self, patents: Sequence[Patent]) -> None:
        self.patents = patents
        self._found: OrderedDict[tuple[Sought, tuple[str, ...], bool], NDArray[np.uint8]] = OrderedDict()
        self._lock = Lock()

    def find(self, sought: Sought, parts: tuple[str, ...], *, inflected: bool) -> Mask:
        """Who has a word in one of these parts; other English forms of it count in texts only."""
        key = (sought, parts, inflected)
        with self._lock:
            kept = self._found.get(key)
            if kept is not None:
                self._found.move_to_end(key)
                return np.unpackbits(kept, count=len(self.patents)).view(np.bool_)
        mask = self._look(sought, parts, inflected)
        with self._lock:
            self._found[key] = np.packbits(mask)
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return mask

    def _look(self, sought: Sought, parts: tuple[str, ...], inflected: bool) -> Mask:
        mask = np.zeros(len(self.patents), np.bool_)
        if texts := [part for part in parts if part in TEXTS]:
            mask |= self.texts.find(sought, texts, inflected=inflected)
        if names := [part for part in parts if part in (*NAMES, *_CLASSES)]:
            mask |= self.names.find(sought, names, inflected=False)
        if "pn" in parts:
            mask |= self.publication_numbers.find(sought)
        if "apno" in parts:
            mask |= self.application_numbers.find(sought)
        return mask

    def prepare(self) -> None:
        """Make all that searches need, so that the first is as quick as others."""
        for part in (self.texts, self.names):
            part.prepare()
        self.columns.ranks, self.publication_numbers, self.application_numbers, self._families  # noqa: B018

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.patents)

    @cached_property
    def texts(self) -> Lines:
        """Every sentence of the texts, in all their languages."""
        parts = {part: gathered(patent.told.bundles((part,)) for patent in self.patents) for part in TEXTS}
        return Lines(len(self.patents), parts, lambda passage: "\n".join(sentences(passage)))

    @cached_property
    def names(self) -> Lines:
        """Names of people and companies, and classes."""
        held = {
            "original_assignee": (((patent.original_assignee,),) for patent in self.patents),
            "current_assignee": (((patent.current_assignee,),) for patent in self.patents),
            "inventors": (zip(patent.inventors) for patent in self.patents),
            "ipc": ((_with_broader(patent.ipc),) for patent in self.patents),
            "loc": ((patent.loc,) for patent in self.patents),
        }
        return Lines(len(self.patents), {part: gathered(lines) for part, lines in held.items()}, folded)

    @cached_property
    def written_numbers(self) -> NumberIndex:
        return NumberIndex(self.patents)

    @cached_property
    def publication_numbers(self) -> Numbers:
        return Numbers(patent.pn for patent in self.patents)

    @cached_property
    def application_numbers(self) -> Numbers:
        return Numbers(patent.apno for patent in self.patents)

    def family(self, family_id: int) -> Iterator[tuple[int, Patent]]:
        """The patents of a family, with their rows."""
        order, ids = self._families
        start, end = np.searchsorted(ids, np.array([family_id, family_id + 1], object))
        return ((row, self.patents[row]) for row in order[start:end].tolist())

    @cached_property
    def _families(self) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        ids = np.array([patent.family_id for patent in self.patents], object)  # of any size, as records have them
        order = np.argsort(ids, kind="stable")
        return order, ids[order]


def _with_broader(classes: tuple[str, ...]) -> tuple[str, ...]:
    """Classes with those they lie in, so that `G11C` and `G11C16` find `G11C16/02`."""
    return tuple(line for ipc in classes for line in (ipc[:4], ipc.partition("/")[0], ipc))

"""Patents that users bring: kept in the store beside the shipped ones, and laid over them when somebody asks.

A space holds its patents in one record, and a mark that changes with them in another: who looks whether there are
any reads marks alone. Knows nothing of accounts; which spaces a call sees, the particular last, is told by others.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import orjson

from emulator.behaviours.patent_defaults import completed
from emulator.corpus.collection import Corpus
from emulator.corpus.consistency import Consistency
from emulator.corpus.form import Names, PatentForm, RecordFault
from emulator.corpus.grammar import Grammar
from emulator.corpus.patents import patent_of
from emulator.store.base import Record, Store

TABLE = "patents"
_MARK, _RECORDS = "mark", "records"
_NOTHING: Record = {"mark": "", "records": []}
_CACHED, _CACHED_PATENTS = 64, 20_000  # merged corpora that are kept ready, and users' patents in all of them


class OwnPatents:
    """The patents of any store's spaces over the `shipped` ones. What is merged depends on contents alone."""

    def __init__(self, shipped: Corpus, form: PatentForm, grammar: Grammar, consistency: Consistency) -> None:
        self._shipped = shipped
        self._form = form
        self.grammar = grammar
        self._consistency = consistency
        self._merged: OrderedDict[tuple[str, ...], tuple[Corpus, int]] = OrderedDict()
        self._lock = Lock()

    def corpus(self, store: Store, *spaces: str) -> Corpus:
        """What is seen by somebody who sees these spaces."""
        marks = tuple(_mark(store, space) for space in spaces)
        if not any(marks):
            return self._shipped
        with self._lock:
            if marks in self._merged:
                self._merged.move_to_end(marks)
                return self._merged[marks][0]
        return self._merge([_kept(store, space) for space in spaces])

    def judged(self, given: Sequence[Any]) -> list[dict[str, Any]]:
        """Whole records, or RecordFault whose first step is the number of the wrong one. Takes long for pictures."""
        names = Names(known=self._shipped.has)
        return [self._judged(number, record, names) for number, record in enumerate(given)]

    def keep(self, store: Store, space: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Keep judged records in place of all that the space had."""
        mark = hashlib.sha256(orjson.dumps(records)).hexdigest()
        store.put(space, TABLE, _RECORDS, {"mark": mark, "records": list(records)})
        store.put(space, TABLE, _MARK, {"mark": mark})

    def kept(self, store: Store, space: str) -> list[dict[str, Any]]:
        """The records of a space, whole."""
        return list(_kept(store, space)["records"])

    def forget(self, store: Store, space: str) -> int:
        """How many there were."""
        count = len(_kept(store, space)["records"])
        store.clear(space, frozenset({TABLE}))
        return count

    def _judged(self, number: int, given: Any, names: Names) -> dict[str, Any]:
        try:
            if not isinstance(given, Mapping):
                raise RecordFault((), "an object is expected")
            self._form.refuse_unknown(given)
            record = completed(given)
            self._form.check(record, given)
            names.take(record)
            patent_of(record, self.grammar)
            self._consistency.refuse(record)
        except RecordFault as fault:
            raise RecordFault((number, *fault.steps), fault.reason) from fault
        return {field: record[field] for field in self._form.fields if field in record}

    def _merge(self, layers: Sequence[Record]) -> Corpus:
        """The marks are read off the records themselves, which may have changed since somebody looked."""
        marks = tuple(str(layer["mark"]) for layer in layers)
        records = [record for layer in layers for record in layer["records"]]
        merged = self._shipped.overlaid(patent_of(record, self.grammar) for record in records)
        with self._lock:
            self._merged[marks] = merged, len(records)
            while len(self._merged) > 1 and self._holds_too_much():
                self._merged.popitem(last=False)
        return merged

    def _holds_too_much(self) -> bool:
        return len(self._merged) > _CACHED or sum(count for _, count in self._merged.values()) > _CACHED_PATENTS


def _mark(store: Store, space: str) -> str:
    record = store.get(space, TABLE, _MARK)
    return str(record["mark"]) if record else ""


def _kept(store: Store, space: str) -> Record:
    return store.get(space, TABLE, _RECORDS) or _NOTHING

"""Consistency of a corpus: what must be true of any patent, then of one in a believable world, then of all together."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from emulator.behaviours.patent_defaults import drawn_hash
from emulator.corpus.consistency import Consistency, is_day

from . import record_rules
from .family_rules import Families, Names
from .faults import Fault, Record
from .records import KEYS, OPTIONAL
from .vocabulary import Vocabulary, load


class Checker:
    """Sees the records of one corpus one after the other.

    What is `invented` need not be as real offices would have it: numbers, days, terms, families.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, *, invented: bool = False) -> None:
        self._vocabulary = vocabulary or load()
        self._consistency = Consistency(self._vocabulary.simple_status, drawn_hash)
        self._names = Names()
        self._families = Families(self._vocabulary.offices["priority"], self._vocabulary.documented_numbers)
        self._invented = invented

    def faults(self, line: int, record: Record) -> Iterator[Fault]:
        """What is wrong with the next record; one that lacks keys is not looked at further."""
        number = str(record.get("pn"))
        for field, reason in self._findings(line, record):
            yield Fault(line, number, field, reason)

    def _findings(self, line: int, record: Record) -> Iterator[tuple[str, str]]:
        if not self._invented and not is_whole(record):
            odd = sorted((set(KEYS) ^ set(record)) - OPTIONAL) or ["order"]
            yield ", ".join(odd), "keys are not those of a patent in their order"
            return
        for fault in self._consistency.contradictions(record):
            yield "/".join(map(str, fault.steps)), fault.reason
        yield from self._names.findings(line, record)
        if not self._invented and all(is_day(record[field]) for field in ("apdt", "pbdt")):
            for rule in record_rules.RULES:
                yield from rule(record, self._vocabulary)
            yield from self._families.findings(record)


def is_whole(record: Mapping[str, Any]) -> bool:
    return tuple(record) == tuple(key for key in KEYS if key in record or key not in OPTIONAL)


def check(records: Iterable[Record]) -> list[Fault]:
    """All faults of a corpus."""
    checker = Checker()
    return [fault for line, record in zip(count(1), records, strict=False) for fault in checker.faults(line, record)]

"""The file of a corpus: written line by line as patents are made, read line by line to be checked."""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from emulator.corpus.form import PatentForm, RecordFault
from emulator.corpus.grammar import Grammar
from emulator.corpus.patents import patent_of

from .faults import Fault, Record
from .rules import Checker

NAME = "patents.jsonl"


def write(records: Iterable[Record], folder: Path, checker: Checker) -> Iterator[Fault]:
    """`patents.jsonl` with one JSON object a line, keys in the order of the record; what is wrong comes meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("wb") as file:
        for line, record in enumerate(records, 1):
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            yield from checker.faults(line, record)


def check(file: Path, form: PatentForm, grammar: Grammar, checker: Checker) -> Iterator[Fault]:
    """All that is wrong with a file, line by line. Raises OSError when it cannot be read."""
    with file.open("rb") as lines:
        for line, text in zip(count(1), lines, strict=False):
            try:
                record: Any = orjson.loads(text)
                form.check(record)
                patent_of(record, grammar)
            except orjson.JSONDecodeError as error:
                yield Fault(line, "", "", f"is not JSON: {error}")
            except RecordFault as fault:
                number = str(record.get("pn", "")) if isinstance(record, dict) else ""
                yield Fault(line, number, "/".join(map(str, fault.steps)), fault.reason)
            else:
                yield from checker.faults(line, record)

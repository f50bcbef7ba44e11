"""The corpus as it is read from its file, once, or a refusal that names file, line and field."""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from emulator.corpus.collection import Corpus
from emulator.corpus.consistency import Consistency
from emulator.corpus.form import Names, PatentForm, RecordFault
from emulator.corpus.grammar import Grammar
from emulator.corpus.patents import Patent, patent_of

_MOST_AT_LEISURE = 5000  # more patents have their index made at once, and not while the first search waits
_SHARED = ("authority", "kind", "patent_type", "original_assignee", "current_assignee", "apdt", "pbdt", "isd")
_SHARED_LISTS = ("loc", "ipc", "inventors", "legal_status", "simple_legal_status")


class CorpusFault(Exception):
    """A file of patents that cannot be used: which file, which line, why."""


def read(
    patents_file: Path,
    form: PatentForm,
    consistency: Consistency,
    grammar: Grammar,
    known_pictures: Mapping[str, Mapping[str, Any]],
) -> Corpus:
    """The corpus of a file with one JSON object a line. Raises CorpusFault naming file, line, field and reason.

    Whether a hash is that of its picture is left to `fixtures check`: drawing them takes a hundred times as long.
    """
    fingerprint = hashlib.sha256()
    patents: list[Patent] = []
    names, shared = Names(), _Shared()
    try:
        with patents_file.open("rb") as lines, _uncollected():
            for number, line in enumerate(lines, 1):
                line = line.rstrip(b"\r\n")
                fingerprint.update(line + b"\n")
                try:
                    record = orjson.loads(line)
                    form.check(record)
                    names.take(record)
                    for fault in consistency.of_facts(record):
                        raise fault
                    patents.append(patent_of(shared.record(record), grammar))
                except RecordFault as fault:
                    raise CorpusFault(f"{patents_file.name}: line {number}: {fault}") from fault
                except orjson.JSONDecodeError as error:
                    raise CorpusFault(f"{patents_file.name}: line {number}: is not JSON: {error}") from error
    except OSError as error:
        raise CorpusFault(f"{patents_file.name}: whole file: {error.strerror}") from error
    fingerprint.update(_told(known_pictures))
    corpus = Corpus(patents, known_pictures, fingerprint.hexdigest())
    if len(corpus) > _MOST_AT_LEISURE:
        with _uncollected():
            corpus.index.prepare()
        gc.freeze()  # or each full collection would walk through all of them, for half a second
    return corpus


class _Shared:
    """Values that many records have alike, each kept once."""

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        keep = self._values.setdefault
        for field in _SHARED:
            value = record[field]
            record[field] = keep(value, value)
        for field in _SHARED_LISTS:
            values = tuple([keep(value, value) for value in record[field]])
            record[field] = keep(values, values)
        return record


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is read makes a cycle, and looking for some again and again takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _told(known_pictures: Mapping[str, Mapping[str, Any]]) -> bytes:
    return repr(
        sorted((str(url), drawing["product"], drawing["variation"]) for url, drawing in known_pictures.items())
    ).encode()

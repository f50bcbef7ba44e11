"""The corpus as it is read from its file, once, or a refusal that names file, line and field."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from emulator.corpus.collection import Corpus
from emulator.corpus.form import Names, PatentForm, RecordFault
from emulator.corpus.grammar import Grammar
from emulator.corpus.patents import Patent, patent_of


class CorpusFault(Exception):
    """A file of patents that cannot be used: which file, which line, why."""


def read(
    patents_file: Path, form: PatentForm, grammar: Grammar, known_pictures: Mapping[str, Mapping[str, Any]]
) -> Corpus:
    """The corpus of a file with one JSON object a line. Raises CorpusFault naming file, line, field and reason."""
    try:
        lines = patents_file.read_bytes().splitlines()
    except OSError as error:
        raise CorpusFault(f"{patents_file.name}: whole file: {error.strerror}") from error
    patents: list[Patent] = []
    names = Names()
    for number, line in enumerate(lines, 1):
        try:
            record = orjson.loads(line)
            form.check(record)
            names.take(record)
            patents.append(patent_of(record, grammar))
        except RecordFault as fault:
            raise CorpusFault(f"{patents_file.name}: line {number}: {fault}") from fault
        except orjson.JSONDecodeError as error:
            raise CorpusFault(f"{patents_file.name}: line {number}: is not JSON: {error}") from error
    return Corpus(patents, known_pictures, _fingerprint(lines, known_pictures))


def _fingerprint(lines: Iterable[bytes], known_pictures: Mapping[str, Mapping[str, Any]]) -> str:
    shown = sorted((str(url), drawing["product"], drawing["variation"]) for url, drawing in known_pictures.items())
    return hashlib.sha256(b"\n".join([*lines, repr(shown).encode()])).hexdigest()

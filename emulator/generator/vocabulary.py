"""What the corpus is made of: the grammar, the offices, who files and the documented examples, read from YAML into
plain mappings.

It answers which words there are; it does not know how they are put together.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from emulator.corpus.grammar import FILES, Grammar
from emulator.spec import yaml
from emulator.spec.loader import SHIPPED as FIXTURES

from .numbers import Numbers

SHIPPED = FIXTURES / "corpus"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The data files of one folder, as they stand there, and the grammar made of them."""

    products: dict[str, Any]
    topics: dict[str, Any]
    documented: dict[str, Any]
    offices: dict[str, Any]
    people: dict[str, Any]
    known_pictures: dict[str, Any]
    simple_status: dict[int, list[int]]
    numbers: Numbers
    words: Grammar

    @property
    def documented_numbers(self) -> frozenset[str]:
        return frozenset(entry["record"]["pn"] for entry in self.documented["records"])


@cache
def load(folder: Path = SHIPPED) -> Vocabulary:
    """The data of a folder; of files that are not there the shipped ones."""
    vocabulary, topics, documented, sentences = (_read(folder, name) for name in FILES)
    offices, people, known = (_read(folder, name) for name in ("offices", "people", "known_pictures"))
    simple = _read(folder, "status")["simple_legal_status"]
    numbers = Numbers(_read(folder, "numbers"))
    words = Grammar(vocabulary, topics, documented, sentences)
    return Vocabulary(
        vocabulary["products"], topics["topics"], documented, offices, people, known, simple, numbers, words
    )


def _read(folder: Path, name: str) -> dict[str, Any]:
    file = folder / f"{name}.yaml"
    return dict(yaml.read(file if file.exists() else SHIPPED / file.name))

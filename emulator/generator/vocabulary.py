"""What the corpus is made of: the grammar, the offices and the documented examples, read from YAML into plain
mappings.

It answers which words there are; it does not know how they are put together.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from emulator.corpus.grammar import Grammar

_INSTALLED = Path(__file__).parents[1] / "_fixtures"  # in a wheel the fixtures travel inside the package
SHIPPED = (_INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "fixtures") / "corpus"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The data files of one folder, as they stand there."""

    grammar: dict[str, Any]
    offices: dict[str, Any]
    documented: dict[str, Any]
    known_pictures: dict[str, Any]
    words: Grammar


@cache
def load(folder: Path = SHIPPED) -> Vocabulary:
    names = ("vocabulary", "offices", "documented", "known_pictures")
    grammar, offices, documented, known_pictures = (_read(folder / f"{name}.yaml") for name in names)
    return Vocabulary(grammar, offices, documented, known_pictures, Grammar(grammar, documented))


def _read(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds no mapping")
    return content


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)

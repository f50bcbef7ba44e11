"""What the corpus is made of: the grammar, the offices and the documented examples, read from YAML into plain
mappings.

It answers which words there are; it does not know how they are put together.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_INSTALLED = Path(__file__).parents[1] / "_fixtures"  # in a wheel the fixtures travel inside the package
SHIPPED = (_INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "fixtures") / "corpus"
Words = dict[str, str]  # language → text; the languages are cn, en, jp and, for names of designs, ko


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The data files of one folder, as they stand there."""

    grammar: dict[str, Any]
    offices: dict[str, Any]
    documented: dict[str, Any]
    known_pictures: dict[str, Any]

    def subject(self, key: str) -> dict[str, Any]:
        """The product or topic of that name, wherever it is kept."""
        for shelf in (self.grammar["products"], self.grammar["topics"], self.documented["subjects"]):
            if key in shelf:
                found: dict[str, Any] = shelf[key]
                return found
        raise KeyError(f"no product or topic is called {key!r}")


@cache
def load(folder: Path = SHIPPED) -> Vocabulary:
    names = ("vocabulary", "offices", "documented", "known_pictures")
    return Vocabulary(*(_read(folder / f"{name}.yaml") for name in names))


def _read(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds no mapping")
    return content


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)

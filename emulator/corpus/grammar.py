"""What patents are about: products and topics with their names, features and effects, and how a record refers to them.

A record's `subject` names a product or topic (`of`) and counts from 0 which of its names, features and conclusions
are meant, and the language of filing. How words become sentences is the business of `texts`.
"""

from collections.abc import Mapping
from typing import Any

from emulator.corpus.form import RecordFault
from emulator.corpus.texts import Subject


class Grammar:
    """All products and topics, and the ends of abstracts that all designs share."""

    def __init__(self, vocabulary: Mapping[str, Any], documented: Mapping[str, Any]) -> None:
        self._sources = {**vocabulary["products"], **vocabulary["topics"], **documented["subjects"]}
        self._design_points = vocabulary["design_points"]

    def source(self, key: str) -> Mapping[str, Any]:
        """The product or topic of that name. Raises KeyError."""
        found: Mapping[str, Any] = self._sources[key]
        return found

    def conclusions(self, key: str) -> list[dict[str, str]]:
        """How abstracts about it may end: effects of a topic, design points of a product."""
        found: list[dict[str, str]] = self.source(key).get("effects") or self._design_points
        return found

    def subject(self, record: Mapping[str, Any]) -> Subject:
        """What a record is about. Raises RecordFault for words the grammar does not have."""
        chosen = record["subject"]
        source = self._sources.get(chosen["of"])
        if source is None:
            raise RecordFault(("subject", "of"), f"nothing is called {chosen['of'][:60]!r}")
        picture = record["picture"]
        return Subject(
            record["patent_type"],
            _one(source["names"], chosen, "name"),
            tuple(_pick(source["features"], number, "features") for number in chosen["features"]),
            _one(self.conclusions(chosen["of"]), chosen, "conclusion"),
            source.get("use"),
            picture["views"] if picture else 0,
            chosen["language"],
            record["authority"],
        )


def _one(words: list[dict[str, str]], chosen: Mapping[str, Any], field: str) -> dict[str, str]:
    return _pick(words, chosen[field], field)


def _pick(words: list[dict[str, str]], number: int, field: str) -> dict[str, str]:
    if number >= len(words):
        raise RecordFault(("subject", field), f"{number} is beyond the last, {len(words) - 1}")
    return words[number]

"""What patents are about: products and topics with their names, features and effects, and how a record refers to them.

A record's `subject` names a product or topic (`of`) and counts from 0 which of its names, features and conclusions
are meant, and the language of filing. How words become sentences is the business of `texts`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator.corpus.form import RecordFault
from emulator.corpus.texts import Sentences, Subject
from emulator.corpus.wording import LANGUAGES, Words, listed, parse, said_of

FILES = ("vocabulary", "topics", "documented", "sentences")


@dataclass(frozen=True, slots=True)
class Feature:
    """One clause, and the traits that a drawing has to have for it to be true: name → one value or several."""

    words: Words
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One product or topic, all its words spelled out.

    Features are its own, then what is said of its parts, then what holds for all things of its style.
    """

    style: str
    patent_type: str
    names: tuple[Words, ...]
    claimed: Words | None  # what claims speak of where it is not the name
    features: tuple[Feature, ...]
    ends: tuple[Words, ...]
    use: Words | None
    parts: Words | None
    problem: Words | None


class Grammar:
    """All products and topics, each spelled out when it is first asked for. Raises KeyError where something lacks."""

    def __init__(
        self,
        vocabulary: Mapping[str, Any],
        topics: Mapping[str, Any],
        documented: Mapping[str, Any],
        sentences: Mapping[str, Any],
    ) -> None:
        self._written: dict[str, Mapping[str, Any]] = {
            **{name: {"style": "design", **product} for name, product in vocabulary["products"].items()},
            **topics["topics"],
            **documented["subjects"],
        }
        self._points = tuple(map(parse, vocabulary["design_points"]))
        self._looks, self._builds = vocabulary.get("looks", {}), topics.get("builds", {})
        self._refinements = topics.get("refinements", ())
        self._sources: dict[str, Source] = {}
        self.sentences = Sentences.of(sentences)

    def source(self, name: str) -> Source:
        """The product or topic of that name. Raises KeyError."""
        if name not in self._sources:
            self._sources[name] = self._spelled_out(self._written[name])
        return self._sources[name]

    def written(self, name: str) -> Mapping[str, Any]:
        """As the fixtures have it."""
        return self._written[name]

    def subject(self, record: Mapping[str, Any]) -> Subject:
        """What a record is about. Raises RecordFault for words the grammar does not have."""
        chosen, picture = record["subject"], record["picture"]
        if chosen["of"] not in self._written:
            raise RecordFault(("subject", "of"), f"nothing is called {chosen['of'][:60]!r}")
        source = self.source(chosen["of"])
        if source.patent_type != record["patent_type"]:
            reason = f"{chosen['of']!r} is of type {source.patent_type}, not {record['patent_type']}"
            raise RecordFault(("subject", "of"), reason)
        features = [_pick(source.features, number, "features") for number in chosen["features"]]
        name = _pick(source.names, chosen["name"], "name")
        figures = self.sentences.figures(picture["product"])[: picture["views"]] if picture else ()
        return Subject(
            source.style,
            record["patent_type"],
            name,
            source.claimed or name,
            tuple(feature.words for feature in features),
            _pick(source.ends, chosen["conclusion"], "conclusion"),
            source.use,
            source.parts,
            source.problem,
            figures,
            chosen["language"],
            record["authority"],
            self.sentences,
            tuple(feature.shown for feature in features),
        )

    def _spelled_out(self, written: Mapping[str, Any]) -> Source:
        parts = dict(written.get("parts", {}))
        style = written.get("style") or ("device" if parts else "plain")
        return Source(
            style,
            written.get("type", "D"),
            tuple(map(parse, written["names"])),
            _optional(written, "claimed"),
            tuple(self._features(written, parts, style)),
            tuple(map(parse, written["effects"])) if "effects" in written else self._points,
            _optional(written, "use"),
            listed([parse(part) for part in parts]) if parts and style != "design" else None,
            _optional(written, "problem"),
        )

    def _features(self, written: Mapping[str, Any], parts: Mapping[str, str], style: str) -> Iterator[Feature]:
        for given in written["features"]:
            own = given if isinstance(given, Mapping) else {"says": given}
            yield Feature(parse(own["says"]), own.get("shown", {}))
        predicates = self._looks if style == "design" else self._builds
        for part, said in parts.items():
            for name in said.split():
                yield Feature(said_of(parse(part), parse(predicates[name])), {})
        for refinement in self._refinements if style == "method" else ():
            yield Feature(parse(refinement), {})


def _optional(written: Mapping[str, Any], name: str) -> Words | None:
    return parse(written[name]) if name in written else None


def _pick(words: Sequence[Any], number: int, field: str) -> Any:
    if number >= len(words):
        raise RecordFault(("subject", field), f"{number} is beyond the last, {len(words) - 1}")
    return words[number]


__all__ = ["FILES", "LANGUAGES", "Feature", "Grammar", "Source"]

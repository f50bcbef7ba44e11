"""One patent: its facts as the record has them, and its texts, told by the record or put together from the grammar.

Knows neither files nor searches.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.corpus.grammar import Grammar
from emulator.corpus.passages import bundles
from emulator.corpus.texts import Subject
from emulator.corpus.wording import LANGUAGES, Words
from emulator.expressions.fields import TEXTS

_ENDS = re.compile(r"(?<=[。；！？\n])|(?<=[.;!?]) ")  # where a sentence of a told text ends
_NONE: Mapping[str, Words | None] = {}
IN_FORCE, _PENDING = 1, 2  # codes of the simple legal status, as the pages publish them
_LISTS = ("loc", "ipc", "inventors", "legal_status", "simple_legal_status")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a patent shows: the product drawn, its variation, how many views, and the difference hash of the first."""

    product: str
    variation: int
    views: int
    hash: int


@dataclass(frozen=True, slots=True)
class Told:
    """Texts as a record has them, and the subject that says what it leaves out. An abstract of None is missing."""

    own: Mapping[str, Words | None]
    subject: Subject | None

    def text(self, name: str) -> Words | None:
        if name in self.own or self.subject is None:
            return self.own.get(name)
        return self.subject.sentences.text(self.subject, name)

    def passages(self, names: tuple[str, ...]) -> Iterator[str]:
        for text in map(self.own.get, names):
            for told in (text or {}).values():
                yield from _ENDS.split(told)
        for bundle in self._composed(names):
            yield from bundle

    def bundles(self, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The sentences of these texts by the words they depend on; told texts are left whole."""
        for text in map(self.own.get, names):
            if text:
                yield tuple(text.values())
        yield from self._composed(names)

    def _composed(self, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        left = tuple([name for name in names if name not in self.own]) if self.own else names
        return bundles(self.subject, left) if self.subject and left else iter(())


@dataclass(frozen=True, slots=True, eq=False)
class Patent:
    """One publication. Dates are yyyymmdd as numbers; `patent_type` is D, U or A (invention).

    `title` has the languages original, cn, en and jp; `abstract`, `claims` and `description` have cn, en and jp, or are
    missing.
    """

    patent_id: str
    pn: str
    authority: str
    kind: str
    patent_type: str
    apno: str
    apdt: int
    pbdt: int
    isd: int | None
    told: Told
    loc: tuple[str, ...]
    ipc: tuple[str, ...]
    original_assignee: str
    current_assignee: str
    inventors: tuple[str, ...]
    legal_status: tuple[int, ...]
    simple_legal_status: tuple[int, ...]
    family_id: int
    img_id: str
    picture: Drawing | None

    @property
    def title(self) -> Words:
        title = self.told.text("title")
        assert title is not None, "the form of a record wants a title or a subject"
        return title

    @property
    def abstract(self) -> Words | None:
        return self.told.text("abstract")

    @property
    def claims(self) -> Words | None:
        return self.told.text("claims")

    @property
    def description(self) -> Words | None:
        return self.told.text("description")

    @property
    def in_force(self) -> bool:
        return IN_FORCE in self.simple_legal_status

    @property
    def is_pending(self) -> bool:
        return _PENDING in self.simple_legal_status

    def features(self, language: str) -> tuple[str, ...]:
        """What is special about it, as clauses without a full stop; none where a record tells its texts itself."""
        subject = self.told.subject
        return tuple(clause[language] for clause in subject.features) if subject else ()

    def clauses(self) -> tuple[tuple[Words, Mapping[str, Any]], ...]:
        """Its features in all languages, each with the traits of a drawing for which it is true, if any are known."""
        subject = self.told.subject
        return tuple(zip(subject.features, subject.shown, strict=True)) if subject else ()

    def prose(self) -> Iterator[str]:
        """Titles, abstracts, claims and descriptions, in all their languages."""
        for name in TEXTS:
            yield from (self.told.text(name) or {}).values()

    def passages(self, *names: str) -> Iterator[str]:
        """The sentences of these texts, or of all, in all their languages.

        What two patents put together alike is the same string; none is left out, some may come twice.
        """
        yield from self.told.passages(names or TEXTS)


def patent_of(record: Mapping[str, Any], grammar: Grammar) -> Patent:
    """A whole record as a Patent. Raises RecordFault when its subject is none of the grammar."""
    facts = {name: value for name, value in record.items() if name not in (*TEXTS, "subject")}
    facts |= {name: tuple(record[name]) for name in _LISTS}
    picture = record["picture"]
    facts["picture"] = Drawing(**{**picture, "hash": int(picture["hash"], 16)}) if picture else None
    subject = grammar.subject(record) if record.get("subject") else None
    own = {name: _whole(record[name]) for name in TEXTS if name in record} or _NONE
    return Patent(told=Told(own, subject), **facts)


def _whole(text: Any) -> Words | None:
    """No text at all is a missing one."""
    return text if text and any(text.get(language) for language in LANGUAGES) else None

"""Titles, abstracts, claims and descriptions that say the same thing in every language they are asked for.

It knows how the sentences of the fixtures are filled with the words of a subject, and makes each of them once: what
two patents say alike is the same string. It does not know offices, dates or names of people.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from emulator.corpus.wording import LANGUAGES, Traditional, Words, clause, parse, plural, with_article

__all__ = ["LANGUAGES", "Sentences", "Subject", "Words"]

_BETWEEN = {"cn": "", "en": " ", "jp": ""}  # sentences of a paragraph
_SLOT = re.compile(r"\{(\w+)\}")
_NO_STYLES = ("rights", "views", "figures", "traditional")
_COUNTED = ("feature", "other", "view")
_WORDS = {"name", "use", "parts", "end", "problem", "right", "figure"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What one patent is about: the words chosen for it, the views that show it, and the language of filing.

    `style` says which sentences speak of it: design, device, method or plain. `claimed` is the thing that is claimed,
    usually the name; some titles name no thing.
    """

    style: str
    patent_type: str
    name: Words
    claimed: Words
    features: tuple[Words, ...]
    conclusion: Words  # the design point of a design, the effect of an invention
    use: Words | None
    parts: Words | None
    problem: Words | None
    views: tuple[Words, ...]
    language: str
    authority: str
    sentences: "Sentences" = field(repr=False)
    shown: tuple[Mapping[str, Any], ...] = ()  # for each feature the traits of a drawing that has it


class Line:
    """One sentence of the fixtures: how it is filled is worked out once, and what it is filled with is kept."""

    def __init__(self, written: str) -> None:
        self._templates = parse(written)
        slots = {name.lower().removeprefix("a_") for text in self._templates.values() for name in _SLOT.findall(text)}
        self.counted = next((slot for slot in _COUNTED if slot in slots), None)
        self.first, self.numbered = "first" in slots, bool({"number", "last", "next"} & slots)
        self.words = tuple(sorted(slots & _WORDS))
        self._made: dict[tuple[int, ...], Words] = {}

    def fill(self, chosen: Sequence[Words], special: Words | None, numbers: tuple[int, int]) -> Words:
        """The sentence in all languages. `special` is the feature or view it speaks of; numbers are its own and the
        last.
        """
        key = (*map(id, chosen), id(special), *(numbers if self.numbered else ()))
        made = self._made.get(key)
        if made is None:
            slots = dict(zip(self.words, chosen, strict=True))
            if special is not None:
                slots[self.counted or "first"] = special
            filled = {one: _filled(self._templates[one], one, slots, numbers) for one in LANGUAGES}
            made = self._made[key] = {language: sys.intern(text) for language, text in filled.items()}
        return made


Paragraphs = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Sentences:
    """All sentences that texts are made of, by style, text and office."""

    rights: Mapping[str, Words]
    views: Mapping[str, tuple[Words, ...]]  # by drawing; that of all others is under no name
    traditional: Traditional
    texts: Mapping[str, Mapping[str, Mapping[str, Paragraphs]]] = field(repr=False)

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Sentences":
        """As the fixtures write them."""
        styles = {name: style for name, style in written.items() if name not in _NO_STYLES}
        line = cache(Line)  # a sentence that several texts have is one
        texts = {
            style: {
                name: {office: _lines(given, line) for office, given in text.items()} for name, text in told.items()
            }
            for style, told in styles.items()
        }
        rights = {name: parse(words) for name, words in written["rights"].items()}
        return cls(rights, _figures(written), Traditional(written["traditional"]), texts)

    def figures(self, drawing: str) -> tuple[Words, ...]:
        """The views that the pictures of such a drawing show, in their order."""
        return self.views.get(drawing) or self.views[""]

    def lines(self, style: str, authority: str, name: str) -> Paragraphs:
        """The sentences of one text as that office likes them, not yet filled."""
        offices = self.texts[style][name]
        return offices.get(authority) or offices["any"]

    def chosen(self, subject: Subject) -> dict[str, Words | None]:
        """What fills the slots, by their names."""
        return {
            "name": subject.claimed,
            "use": subject.use,
            "parts": subject.parts,
            "end": subject.conclusion,
            "problem": subject.problem,
            "right": self.rights[subject.patent_type],
            "figure": subject.views[0] if subject.views else None,
        }

    def text(self, subject: Subject, name: str) -> Words:
        """A whole text, paragraphs on lines of their own."""
        if name == "title":
            return title(subject)
        chosen = self.chosen(subject)
        paragraphs = [
            paragraph
            for lines in self.lines(subject.style, subject.authority, name)
            for paragraph in self._paragraphs(lines, subject, chosen)
        ]
        return {
            language: "\n".join(_BETWEEN[language].join(one[language] for one in told) for told in paragraphs)
            for language in LANGUAGES
        }

    def spoken_of(self, line: Line, subject: Subject) -> Iterator[tuple[Words | None, int]]:
        """What a sentence stands for, once for each: a feature or view with its number, or nothing special."""
        match line.counted:
            case "feature":
                yield from zip(subject.features, count(1), strict=False)
            case "other":
                yield from zip(subject.features[1:], count(2), strict=False)
            case "view":
                yield from zip(subject.views[1:], count(2), strict=False)
            case _ if not line.first:
                yield None, 0
            case _ if subject.features:
                yield subject.features[0], 1

    def _paragraphs(
        self, lines: tuple[Line, ...], subject: Subject, chosen: Mapping[str, Words | None]
    ) -> Iterator[list[Words]]:
        """One; claims and figures, which are numbered, stand on lines of their own."""
        last, told = len(subject.features), []
        for line in lines:
            words = [found for found in map(chosen.get, line.words) if found is not None]
            if len(words) == len(line.words):
                told += [line.fill(words, one, (number, last)) for one, number in self.spoken_of(line, subject)]
        if any(line.counted and line.numbered for line in lines):
            yield from ([sentence] for sentence in told)
        elif told:
            yield told


def title(subject: Subject) -> Words:
    """The name of the product; the European office registers designs under a plural."""
    name = subject.name
    if subject.authority == "EU":
        original = sys.intern(plural(name["en"]))
    elif subject.language == "tw":
        original = subject.sentences.traditional.of(name["cn"])
    else:
        original = name.get(subject.language, name["en"])
    return {"original": original, **{language: name[language] for language in LANGUAGES}}


def _figures(written: Mapping[str, Any]) -> dict[str, tuple[Words, ...]]:
    words = {name: parse(view) for name, view in written["views"].items()}
    return {
        drawing: tuple(words[view] for view in shown["views"])
        for shown in written["figures"]
        for drawing in shown.get("drawings", [""])
    }


def _lines(paragraphs: Sequence[Sequence[str]], line: Callable[[str], Line]) -> Paragraphs:
    return tuple(tuple(map(line, paragraph)) for paragraph in paragraphs)


def _filled(template: str, language: str, slots: Mapping[str, Words], numbers: tuple[int, int]) -> str:
    """A capital asks for the beginning of a sentence, `a_` for an article."""

    number, last = numbers
    counted = {"number": number, "before": number - 1, "last": last, "next": last + 1}

    def filled(found: re.Match[str]) -> str:
        asked = found[1]
        slot = asked.lower().removeprefix("a_")
        if slot in counted:
            return str(counted[slot])
        text = slots[slot][language]
        if language == "en":
            text = with_article(text) if asked.lower().startswith("a_") else clause(text)
        return text[0].upper() + text[1:] if asked[0].isupper() else text

    return _SLOT.sub(filled, template)

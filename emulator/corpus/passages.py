"""The sentences of patents one by one, for who wants to look words up in what many patents say alike.

They are the sentences that texts are put together from, in all languages; what two patents share is the same string.
Sentences that depend on the same words are kept together, so that those of a patent are found with few steps.
"""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from emulator.corpus.texts import Line, Sentences, Subject, title

_PLAIN, _FIRST = "", "first"


class _Passages:
    """The sentences of some texts of one style at one office."""

    def __init__(self, sentences: Sentences, style: str, authority: str, names: tuple[str, ...]) -> None:
        self._sentences = sentences
        self._titled = "title" in names
        told = [sentences.lines(style, authority, name) for name in names if name != "title"]
        lines = dict.fromkeys(line for paragraphs in told for paragraph in paragraphs for line in paragraph)
        self._groups: dict[str, list[Line]] = {}
        for line in lines:
            self._groups.setdefault(line.counted or (_FIRST if line.first else _PLAIN), []).append(line)
        self._words = {kind: sorted({word for line in of for word in line.words}) for kind, of in self._groups.items()}
        self._numbered = {kind: any(line.numbered for line in of) for kind, of in self._groups.items()}
        self._made: dict[tuple[Any, ...], tuple[str, ...]] = {}

    def of(self, subject: Subject) -> Iterator[tuple[str, ...]]:
        chosen, last = self._sentences.chosen(subject), len(subject.features)
        if self._titled:
            yield self._title(subject)
        for kind, lines in self._groups.items():
            words = tuple([id(chosen[word]) for word in self._words[kind]])
            for special, number in self._sentences.spoken_of(lines[0], subject):
                key = (kind, words, id(special), (number, last) if self._numbered[kind] else None)
                made = self._made.get(key)
                if made is None:
                    made = self._made[key] = tuple(self._filled(lines, chosen, special, (number, last)))
                yield made

    def _title(self, subject: Subject) -> tuple[str, ...]:
        key = ("title", id(subject.name), subject.language, subject.authority == "EU")
        if key not in self._made:
            self._made[key] = tuple(dict.fromkeys(title(subject).values()))
        return self._made[key]

    def _filled(self, lines: list[Line], chosen: Any, special: Any, numbers: tuple[int, int]) -> Iterator[str]:
        for line in lines:
            words = [found for found in map(chosen.get, line.words) if found is not None]
            if len(words) == len(line.words):
                yield from line.fill(words, special, numbers).values()


_KNOWN: WeakKeyDictionary[Sentences, dict[tuple[Any, ...], _Passages]] = WeakKeyDictionary()


def bundles(subject: Subject, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The sentences of the texts of these names, in every language: those that depend on the same words together."""
    known = _KNOWN.setdefault(subject.sentences, {})
    key = (subject.style, subject.authority, names)
    if key not in known:
        known[key] = _Passages(subject.sentences, *key)
    return known[key].of(subject)

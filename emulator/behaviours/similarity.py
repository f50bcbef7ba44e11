"""How near patents come to a text: the words they share, each weighing the more the fewer patents have it.

The nearness is the root of the cosine between two bags of weighed words: 1 for the same words, one half for a quarter
of the weight in common, 0 for none. What a word is, is told by `terms`, and which patents hold it by `word_holders`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from emulator.behaviours.phrases import phrases
from emulator.behaviours.terms import Language, language_of, words
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.corpus.texts import Words

if TYPE_CHECKING:
    from emulator.behaviours.word_holders import Holders

Found = Sequence[tuple[float, Patent]]  # nearest first
_WEIGHED = 400  # words of a text that are looked up, the weightiest first
_LOOKED_AT = 300_000  # entries of the index that are added up for one text
_PHRASES = 6  # that are named of a text
_SHORT_LIST = 150  # patents that are compared word by word


def similar(corpus: Corpus, text: str, limit: int) -> list[tuple[float, Patent]]:
    """At most `limit` patents that share words with a text, nearest first, each with its nearness from 0 to 1.

    Of a family only the nearest member is listed.
    """
    language = language_of(text)
    scale = scale_of(corpus, language)
    bag = scale.weighed(words(text))
    short = scale.holders.heaviest(bag, max(_SHORT_LIST, 3 * limit), _LOOKED_AT)
    scored = [(nearness, patent) for patent in short if (nearness := _nearness(bag, scale.bag(patent, language))) > 0]
    nearest: dict[int, tuple[float, Patent]] = {}
    for one in sorted(scored, key=lambda one: (-one[0], one[1].pn)):
        nearest.setdefault(one[1].family_id, one)
    return list(islice(nearest.values(), limit))


class Scale:
    """What words weigh in one corpus and language."""

    def __init__(self, holders: "Holders") -> None:
        self.holders = holders
        self._rarities: dict[str, float] = {}

    def weighed(self, counted: Mapping[str, int]) -> dict[str, float]:
        """The weightiest words and their weights, in falling order."""
        weights = {word: (1 + math.log(count)) * self._rarity(word) for word, count in counted.items()}
        falling = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return dict(falling[:_WEIGHED])

    def bag(self, patent: Patent, language: Language) -> dict[str, float]:
        return self.weighed(words(text_of(patent, language)))

    def _rarity(self, word: str) -> float:
        """A word that no patent has weighs little less than one that a single patent has: it may be a slip."""
        if word not in self._rarities:
            self._rarities[word] = math.log(1 + self.holders.size / (1 + len(self.holders.rows(word))))
        return self._rarities[word]


def scale_of(corpus: Corpus, language: Language) -> Scale:
    """The weights of words in a corpus and language."""
    from emulator.behaviours.word_holders import Holders  # numpy is loaded when somebody compares

    return Scale(Holders(corpus, language))


def text_of(patent: Patent, language: Language) -> str:
    """What a patent says in a language: title, abstract and claims, as far as it has them."""
    return "\n".join(excerpt(text, language) for text in (patent.title, patent.abstract, patent.claims))


def excerpt(texts: Words | None, language: Language) -> str:
    """One text of a patent, which may be missing."""
    return (texts or {}).get(language, "")


def known(corpus: Corpus, text: str) -> tuple[int, int]:
    """How many of a text's words some patent has too, and how many words it has."""
    holders, own = scale_of(corpus, language_of(text)).holders, words(text)
    return sum(len(holders.rows(word)) > 0 for word in own), len(own)


def apart(corpus: Corpus, text: str, patents: Iterable[Patent]) -> tuple[float, tuple[str, ...]]:
    """The share of a text's weight that none of these patents holds, and what the text calls it."""
    language = language_of(text)
    bag = scale_of(corpus, language).weighed(words(text))
    held = {word for patent in patents for word in words(text_of(patent, language))}
    own = {word: weight for word, weight in bag.items() if word not in held}
    return sum(own.values()) / (sum(bag.values()) or 1), phrases(text, own, _PHRASES)


def shared(corpus: Corpus, text: str, patent: Patent) -> tuple[str, ...]:
    """What a text calls the words that it has in common with a patent, the weightiest first."""
    language = language_of(text)
    held = words(text_of(patent, language))
    bag = scale_of(corpus, language).weighed(words(text))
    return phrases(text, {word: weight for word, weight in bag.items() if word in held}, _PHRASES, least=1)


def _nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    length = math.sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return math.sqrt(min(1.0, shared / length)) if length else 0.0

"""How near patents come to a text: the words they share, each weighing the more the fewer patents have it.

A word is an English word without its ending, or two neighbouring Chinese characters. The nearness is the root of the
cosine between two bags of weighed words: 1 for the same words, one half for a quarter of the weight in common, 0 for
none. What the patents hold is asked of a `WordIndex`; how one is made for a corpus stands at the end.
"""

import functools
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol
from weakref import WeakKeyDictionary

from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.corpus.texts import Words

Language = str  # "cn" or "en"
Found = Sequence[tuple[float, Patent]]  # nearest first
_WORD = re.compile(r"([a-z]{3,})|(?=([\u4e00-\u9fff]{2}))")  # English words; Chinese pairs, overlapping
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ings?|ed|es|s|ly|e)$")
# Words that say nothing of what a text is about, and Chinese characters that join words rather than make them.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """the and that with this these those from which have has had each such when then than are was were for can its
        not but being been through into over within under between during before after above below while where what
        whether they them their there here other both only more most same also very well thus hence according invention
        present wherein said per about out off without upon itself all any may must used using arranged provided known
        one two three four five six seven eight nine ten twelve twenty thirty forty fifty ninety hundred cent too far
        late day does therefore
        发明 明公 公开 包括 其中 特征 技术 术方 方案 现有 根据 要求 求所 设置 设有 实用 用新 新型 开一""",
    )
)
_JOINING = frozenset("的了和与其及将为于该所被由且也则当以本一在即仍使并或等至从有可仅对者通过不无已百分之")
_EMPTY: Sequence[int] = ()
_WEIGHED = 400  # words of a text that are looked up, the weightiest first
_LOOKED_AT = 300_000  # entries of the index that are added up for one text
_LONGEST, _LONGEST_WIDE = 28, 6  # characters of a phrase, in letters and in Chinese
_LONGEST_NAMED = 40  # one that is longer is no word of any language
_PHRASES = 6  # that are named of a text
_SHORT_LIST = 150  # patents that are compared word by word


class WordIndex(Protocol):
    """Which patents of a corpus hold a word, by their places in `Corpus.patents`, ascending."""

    def holders(self, word: str) -> Sequence[int]: ...


def language_of(text: str) -> Language:
    """ "cn" when most letters of a text are Chinese characters, else "en"."""
    letters = [character for character in text if character.isalpha()]
    return "cn" if 2 * sum("\u4e00" <= letter <= "\u9fff" for letter in letters) > len(letters) else "en"


def words(text: str) -> Counter[str]:
    """The words of a text, as they are compared, and how often each stands in it."""
    counted = Counter(_stem(latin or wide) for latin, wide in _WORD.findall(text.lower()))
    del counted[""]
    return counted


@functools.lru_cache(1 << 16)
def _stem(word: str) -> str:
    """A word without its ending; nothing for one that says nothing."""
    return "" if word in _COMMON or not _JOINING.isdisjoint(word) else _ENDING.sub("", word)


def similar(corpus: Corpus, text: str, limit: int) -> list[tuple[float, Patent]]:
    """At most `limit` patents that share words with a text, nearest first, each with its nearness from 0 to 1.

    Of a family only the nearest member is listed.
    """
    language = language_of(text)
    scale = scale_of(corpus, language)
    bag = scale.weighed(words(text))
    short = [corpus.patents[place] for place in _short_list(scale, bag, max(_SHORT_LIST, 3 * limit))]
    scored = [(nearness, patent) for patent in short if (nearness := _nearness(bag, scale.bag(patent, language))) > 0]
    nearest: dict[int, tuple[float, Patent]] = {}
    for one in sorted(scored, key=lambda one: (-one[0], one[1].pn)):
        nearest.setdefault(one[1].family_id, one)
    return list(islice(nearest.values(), limit))


class Scale:
    """What words weigh in one corpus and language."""

    def __init__(self, size: int, index: WordIndex) -> None:
        self._size, self._index = size, index

    def holders(self, word: str) -> Sequence[int]:
        return self._index.holders(word)

    def weighed(self, counted: Mapping[str, int]) -> dict[str, float]:
        """The weightiest words and their weights, in falling order."""
        weights = {word: (1 + math.log(count)) * self._rarity(word) for word, count in counted.items()}
        falling = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return dict(falling[:_WEIGHED])

    def bag(self, patent: Patent, language: Language) -> dict[str, float]:
        return self.weighed(words(text_of(patent, language)))

    def _rarity(self, word: str) -> float:
        """A word that no patent has weighs little less than one that a single patent has: it may be a slip."""
        return math.log(1 + self._size / (1 + len(self._index.holders(word))))


def scale_of(corpus: Corpus, language: Language) -> Scale:
    """The weights of words in a corpus and language."""
    return Scale(len(corpus.patents), index_of(corpus, language))


def text_of(patent: Patent, language: Language) -> str:
    """What a patent says in a language: title, abstract and claims, as far as it has them."""
    return "\n".join(excerpt(text, language) for text in (patent.title, patent.abstract, patent.claims))


def excerpt(texts: Words | None, language: Language) -> str:
    """One text of a patent, which may be missing."""
    return (texts or {}).get(language, "")


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
    return phrases(text, {word: weight for word, weight in bag.items() if word in held}, _PHRASES)


def phrases(text: str, wanted: Mapping[str, float], most: int) -> tuple[str, ...]:
    """What a text calls the wanted words, neighbours joined to phrases, the weightiest first."""
    heard: dict[str, float] = {}
    for start, end, weight in _runs(text, wanted):
        if end - start <= _LONGEST_NAMED:
            heard.setdefault(text[start:end].lower(), weight)
    kept: list[tuple[str, set[str]]] = []
    for phrase in sorted(heard, key=lambda phrase: (-heard[phrase], phrase)):
        stems = set(words(phrase))
        if not any(stems <= others or others <= stems for _, others in kept):
            kept.append((phrase, stems))
    return tuple(phrase for phrase, _ in kept[:most])


def _runs(text: str, wanted: Mapping[str, float]) -> Iterator[tuple[int, int, float]]:
    """Where wanted words follow each other: from, to, and what they weigh together."""
    start = end = -1
    weight = 0.0
    for match in _WORD.finditer(text.lower()[: len(text)]):
        word = match[1] or match[2]
        first, last = match.start(), match.start() + len(word)
        gain = wanted.get(_stem(word), 0.0)
        joins = first < end or text[end:first] == " "
        if gain and weight and joins and last - start <= (_LONGEST_WIDE if match[2] else _LONGEST):
            end, weight = last, weight + gain
            continue
        if weight:
            yield start, end, weight
        start, end, weight = first, last, gain
    if weight:
        yield start, end, weight


def _short_list(scale: Scale, bag: Mapping[str, float], most: int) -> list[int]:
    """The places of the patents that hold the most weight of a bag; common words are left out when there are many."""
    held: dict[int, float] = {}
    looked_at = 0
    for word, weight in bag.items():
        holders = scale.holders(word)
        looked_at += len(holders)
        if held and looked_at > _LOOKED_AT:
            break
        for place in holders:
            held[place] = held.get(place, 0.0) + weight
    return sorted(held, key=lambda place: (-held[place], place))[:most]


def _nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    length = math.sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return math.sqrt(min(1.0, shared / length)) if length else 0.0


class WordsHeld:
    """A `WordIndex` made by reading every patent once; four bytes for each word of each patent."""

    def __init__(self, patents: Iterable[Patent], language: Language) -> None:
        self._holders: dict[str, array[int]] = {}
        for place, patent in enumerate(patents):
            for word in words(text_of(patent, language)):
                self._holders.setdefault(word, array("I")).append(place)

    def holders(self, word: str) -> Sequence[int]:
        return self._holders.get(word, _EMPTY)


_indices: "WeakKeyDictionary[Corpus, dict[Language, WordsHeld]]" = WeakKeyDictionary()


def index_of(corpus: Corpus, language: Language) -> WordIndex:
    """The index of a corpus, made at first use and kept as long as the corpus."""
    made = _indices.setdefault(corpus, {})
    if language not in made:
        made[language] = WordsHeld(corpus.patents, language)
    return made[language]

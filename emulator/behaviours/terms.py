"""The words of a text, as texts are compared: English words without their endings, pairs of Chinese characters.

Words that say nothing of what a text is about are none. What words weigh and who else has them is not known here.
"""

import functools
import re
from collections import Counter

Language = str  # "cn" or "en"
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

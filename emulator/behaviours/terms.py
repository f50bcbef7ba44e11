"""The words of a text, as texts are compared: English words without endings, pairs of Chinese characters, katakana.

Words that say nothing of what a text is about are none. What words weigh and who else has them is not known here.
"""

import functools
import re
from collections import Counter

Language = str  # "cn", "en" or "jp"
# English words; words in katakana; pairs of Chinese characters, overlapping, which Japanese is written with too.
_WORD = re.compile(r"([a-z]{3,}|[\u30a1-\u30fa\u30fc]{2,})|(?=([\u4e00-\u9fff]{2}))")
_WIDE = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
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
    """ "cn" or "jp" when most letters are Chinese characters or kana, "jp" if more than a tenth are kana; else "en"."""
    letters = sum(map(str.isalpha, text))
    kana, wide = len(_KANA.findall(text)), len(_WIDE.findall(text))
    if 2 * (wide + kana) <= letters:
        return "en"
    return "jp" if 10 * kana > letters else "cn"


def words(text: str) -> Counter[str]:
    """The words of a text, as they are compared, and how often each stands in it."""
    counted = Counter(_stem(latin or wide) for latin, wide in _WORD.findall(text.lower()))
    del counted[""]
    return counted


@functools.lru_cache(1 << 16)
def _stem(word: str) -> str:
    """A word without its ending; nothing for one that says nothing."""
    return "" if word in _COMMON or not _JOINING.isdisjoint(word) else _ENDING.sub("", word)

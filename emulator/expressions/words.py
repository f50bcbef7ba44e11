"""What a word of an expression matches in a text: whole words of most scripts, any part of a run of Chinese signs.

A text is cut into sentences, and a word that has several pieces, such as `14-03`, `USB接口` or "mobile phone", is
found where they stand one behind the other in one sentence, with nothing but blanks and punctuation between them.
Letter case does not matter, nor whether signs are wide or narrow.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from emulator.expressions.tree import SHOWN, ExpressionFault, Word

# Scripts whose words are not parted by blanks, or not only: Han, kana, Hangul.
_UNPARTED = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u3099-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
SIGN, LETTER = f"[{_UNPARTED}]", rf"[^\W_{_UNPARTED}]"
TOKEN = re.compile(rf"{SIGN}+|{LETTER}+")
_PIECE = re.compile(rf"[*?#]*{SIGN}(?:{SIGN}|[*?#])*|[*?#]*{LETTER}(?:{LETTER}|[*?#])*|[*?#]+")
_BETWEEN = r"(?:[^\w\n]|_)*"  # sentences stand in lines
_SENTENCE_END = re.compile(r"[。！？；!?;\n]+|\.(?=\s|$)(?!\s*\d)")
_WILD = {"*": "{0,64}", "?": "", "#": "?"}  # any rest as long as words are, one sign, one or none
_MOST_STARS, _MOST_SINGLE, _FEWEST_BEHIND, _FEWEST_LETTERS = 2, 16, 3, 2
_MOST_PIECES = 250  # of a quotation: each is looked for wherever the first one stands


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word in one script. `signs`: it may stand inside a run; otherwise it is a whole word."""

    text: str
    signs: bool

    @property
    def wild(self) -> bool:
        return not _WILD.keys().isdisjoint(self.text)

    @property
    def expression(self) -> str:
        """What it matches, as a regular expression for folded text."""
        kind = SIGN if self.signs else LETTER
        inner = "".join(kind + _WILD[sign] if sign in _WILD else re.escape(sign) for sign in self.text)
        return inner if self.signs else f"(?<!{LETTER}){inner}(?!{LETTER})"


@dataclass(frozen=True, slots=True)
class Sought:
    """A word ready for the search: its pieces, which stand one behind the other."""

    pieces: tuple[Piece, ...]

    @property
    def whole(self) -> re.Pattern[str]:
        """Finds all of it in folded text."""
        return _compiled(self.pieces)


def folded(text: str) -> str:
    """Letter case and width taken out."""
    return unicodedata.normalize("NFKC", text).casefold()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, folded; nothing is found across their ends."""
    return (folded(part) for part in _SENTENCE_END.split(text) if part.strip())


@lru_cache(maxsize=2048)
def sought(word: Word) -> Sought:
    """Raises ExpressionFault for a word without a letter and for wildcards where none may stand."""
    text = folded(word.text)
    if word.quoted:
        pieces = tuple(Piece(token, is_sign(token[0])) for token in TOKEN.findall(text))
    else:
        pieces = tuple(_piece(found, word) for found in _PIECE.findall(text))
    if not pieces:
        raise ExpressionFault(f"{word.text[:SHOWN]!r} has neither a letter nor a digit, at column {word.column}")
    if len(pieces) > _MOST_PIECES:
        raise ExpressionFault(f"{word.text[:SHOWN]!r} has more than {_MOST_PIECES} pieces, at column {word.column}")
    return Sought(pieces)


@lru_cache(maxsize=256)
def _compiled(pieces: tuple[Piece, ...]) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(piece.expression for piece in pieces))


def _piece(text: str, word: Word) -> Piece:
    letters = text.translate(_WITHOUT_WILDCARDS)
    piece = Piece(text, bool(letters) and is_sign(letters[0]))
    if reason := _misplaced(text, letters, piece.signs):
        raise ExpressionFault(f"{word.text[:SHOWN]!r} {reason}, at column {_column(text, word)}")
    return piece


def _misplaced(text: str, letters: str, signs: bool) -> str | None:
    """What is wrong with the wildcards of a piece; the limits are those of the platform's own search."""
    used = {sign for sign in text if sign in _WILD}
    if not used:
        return None
    if len(used) > 1:
        return "mixes wildcards of several kinds"
    if text.count("*") > _MOST_STARS or text.count("#") > 1 or text.count("?") > _MOST_SINGLE:
        return f"has more than {_MOST_STARS} '*', one '#' or {_MOST_SINGLE} '?'"
    if signs:
        return None
    if text.startswith("*") and len(letters) < _FEWEST_BEHIND:
        return f"needs {_FEWEST_BEHIND} letters behind a wildcard that leads"
    return None if len(letters) >= _FEWEST_LETTERS else f"needs {_FEWEST_LETTERS} letters beside its wildcards"


def _column(text: str, word: Word) -> int:
    """Where the first wildcard of the piece stands in the expression."""
    start = max(folded(word.text).find(text), 0)
    return word.column + start + next((at for at, sign in enumerate(text) if sign in _WILD), 0)


def is_sign(letter: str) -> bool:
    """Whether it is of a script whose words are not parted by blanks."""
    return _SIGN.match(letter) is not None


_SIGN = re.compile(SIGN)
_WITHOUT_WILDCARDS = dict.fromkeys(map(ord, _WILD))

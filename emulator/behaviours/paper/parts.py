"""What reports are made of: headings, paragraphs, tables, charts and cards, as plain data in reading order.

A story (`evaluation`, `valuation`) is written in parts; `flow` turns them into a PDF, `word` into a Word file. Strings
may be of any length and hold anything; numbers are drawn, and one off its scale is drawn at its end.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

_WIDE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_APART = re.compile(f"(?<={_WIDE}) (?={_WIDE})")
Words: TypeAlias = Mapping[str, Any]  # one language of a file in fixtures/texts
Tone = Literal["body", "lead", "faint", "caption"]


@dataclass(frozen=True)
class Chapter:
    """A numbered heading, shown in the reader's outline. `opens` begins a page."""

    text: str
    opens: bool = False


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = "body"


@dataclass(frozen=True)
class Points:
    """Short paragraphs, each with a mark before it."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names and what they are."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Meter:
    """A value from 0 to 100 as a bar in a cell."""

    value: float


@dataclass(frozen=True)
class Column:
    """A column's head and its share of the width; numbers stand on the right."""

    head: str
    width: float
    number: bool = False


@dataclass(frozen=True)
class Grid:
    """A table under a head that is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Meter, ...], ...]


@dataclass(frozen=True)
class Score:
    """One dimension: its name, 0 to 100, the grade in a word, a sentence."""

    name: str
    value: float
    grade: str
    text: str


@dataclass(frozen=True)
class Scores:
    """Dimensions side by side."""

    scores: tuple[Score, ...]


@dataclass(frozen=True)
class Figures:
    """Short figures side by side in large letters, each with what it is below it."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Radar:
    """Three or more values from 0 to 100 on axes around a middle."""

    axes: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Columns:
    """Upright bars under a caption, with a label below each; what they count is written above them."""

    caption: str
    bars: tuple[tuple[str, float], ...]
    form: str = "{:.0f}"


@dataclass(frozen=True)
class Pair:
    """Two charts side by side."""

    left: Columns
    right: Columns


@dataclass(frozen=True)
class Ladder:
    """Steps 1 to 10, filled up to one of them."""

    index: int


@dataclass(frozen=True)
class Card:
    """A publication: a head line, a fainter line of facts, some text, and a picture (PNG) where there is one."""

    head: str
    line: str
    texts: tuple[str, ...]
    picture: bytes | None = None


Chart: TypeAlias = Scores | Figures | Radar | Columns | Pair | Ladder
Part: TypeAlias = Chapter | Paragraph | Points | Facts | Grid | Card | Chart


@dataclass(frozen=True)
class Report:
    """A whole report: what stands on its cover and on every page, and its parts.

    `words` are the report's texts in its language: `kind`, `notice`, `mark`, `page` and `created` are read here.
    `cover` stands on the cover below the name.
    """

    name: str
    language: str
    created: datetime.date
    words: Words
    cover: tuple[Part, ...]
    parts: tuple[Part, ...]

    @property
    def day(self) -> str:
        """The day of creation, as the language writes it."""
        day = self.created
        return str(self.words["date"].format(year=day.year, month=day.month, day=day.day))


def band(bands: list[Words], value: float) -> Words:
    """The last band that starts at or below the value; the first one for a value below them all, or for no number."""
    reached = [one for one in bands if one["from"] <= value]
    return reached[-1] if reached else bands[0]


def filled(sentence: str, told: Mapping[str, Any], words: Words, names: Mapping[str, str]) -> str:
    """A sentence with its numbers; lists are joined, what has a name is named, and Chinese words are not kept apart."""
    shown = {
        name: words["comma"].join(value)
        if isinstance(value, tuple | list)
        else names.get(value, value)
        if isinstance(value, str)
        else value
        for name, value in told.items()
    }
    return _APART.sub("", sentence.format(**shown))


def day(digits: int) -> str:
    """yyyymmdd as yyyy-mm-dd."""
    text = str(digits)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 else text


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words where there are blanks, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > length * 0.7 else cut).rstrip(" ,;，；、") + "…"

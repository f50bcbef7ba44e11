"""Plain text on a page: breaks it into lines, draws them, and divides them between two pages.

It knows no markup, so nothing can be mistaken for it. reportlab's own paragraph does not serve here: in its
CJK mode a full-width comma may begin a line, and a text that runs over a page loses blanks between words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from emulator.behaviours.paper.typeface import Typeface

WIDE = "\u2e80-\uffff\U00020000-\U0003ffff□"
OPENING = "“‘（〔［｛〈《「『【"
CLOSING = "”’…—、。，．：；！？％）〕］｝〉》」』】・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
WORD = rf"[^\s{WIDE}{OPENING}]"
# A word ends where no character of a word follows, and after a hyphen or slash between letters.
BREAK = rf"(?<=[A-Za-z][-/])(?=[A-Za-z])|(?!{WORD})"
# What stays together: an ideograph or a word, with brackets before and stops after it; a run of blanks.
# The brackets are counted so that a text of nothing else does not take quadratic time.
UNIT = re.compile(rf"\s+|[{OPENING}]{{0,3}}(?:[{WIDE}]|{WORD}+?(?:{BREAK}))[{CLOSING}]*|.")


@dataclass(frozen=True)
class Style:
    """How a passage looks; sizes in points, `align` one of left, centre, right."""

    size: float
    colour: Color
    align: str = "left"
    leading: float = 1.5
    before: float = 0
    after: float = 0


class Passage(Flowable):
    """Legible text in one style, on as many lines as it needs."""

    def __init__(self, text: str, face: Typeface, style: Style) -> None:
        super().__init__()
        self.text, self.face, self.style = text, face, style
        self.lines: tuple[str, ...] = ()
        self.broken_at = 0.0
        self.line_height = style.size * style.leading
        self.spaceBefore, self.spaceAfter = style.before, style.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (reportlab's names)
        if abs(aW - self.broken_at) > 0.01:  # a table adds up the width of a cell in another order than we do
            self.lines, self.broken_at = tuple(broken(self.text, aW, self._measure)), aW
        self.width, self.height = aW, len(self.lines) * self.line_height
        return self.width, self.height

    def split(self, aW: float, aH: float, /) -> list[Flowable]:  # noqa: N803
        """Two passages, neither of them a single line; or none, if this one has to move as a whole."""
        self.wrap(aW, aH)
        first = min(int(aH / self.line_height + 1e-6), len(self.lines) - 2)
        return [self._part(0, first), self._part(first, None)] if first >= 2 else []

    def slices(self, width: float, height: int) -> list["Passage"]:
        """The passage as it is at this width, in parts of at most `height` lines."""
        self.wrap(width, 0)
        return [self._part(start, start + height) for start in range(0, len(self.lines), height)]

    def draw(self) -> None:
        put, edge = {
            "left": (self.canv.drawString, 0.0),
            "centre": (self.canv.drawCentredString, self.width / 2),
            "right": (self.canv.drawRightString, self.width),
        }[self.style.align]
        self.canv.setFillColor(self.style.colour)
        self.canv.setFont(self.face.name, self.style.size)
        # Letters stand in the middle of the height of their line.
        below = (self.line_height - 0.72 * self.style.size) / 2
        for number, line in enumerate(self.lines, 1):
            put(edge, self.height - number * self.line_height + below, line)

    def _measure(self, text: str) -> float:
        return self.face.width(text, self.style.size)

    def _part(self, start: int, end: int | None) -> "Passage":
        part = Passage(self.text, self.face, self.style)
        part.lines, part.broken_at = self.lines[start:end], self.broken_at
        part.wrap(self.broken_at, 0)
        return part


def broken(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The lines of a text, at most `width` wide by `measure`; a word wider than that is cut anywhere."""
    line, room = "", width
    for unit in UNIT.findall(text):
        if line and measure(unit) > room:
            yield line.rstrip()
            line, room = "", width
            if unit.isspace():
                continue
        if measure(unit) > width:
            *full, unit = [" "] if unit.isspace() else _cut(unit, width, measure)
            yield from full
        line, room = line + unit, room - measure(unit)
    yield line.rstrip()


def _cut(word: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    start, room = 0, width
    for end, char in enumerate(word):
        if measure(char) > room and end > start:
            yield word[start:end]
            start, room = end, width
        room -= measure(char)
    yield word[start:]

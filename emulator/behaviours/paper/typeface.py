"""The font of the reports: loads it once, and turns any string into one that it can draw.

It knows nothing of pages or styles. The font is one weight of one family; emphasis is size and colour.
"""

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BOX = "□"


@dataclass(frozen=True)
class Typeface:
    """A font reportlab knows under `name`, and the characters it can draw."""

    name: str
    characters: frozenset[str]

    def legible(self, text: str) -> str:
        """The text without characters the font lacks: their plain form, a space, nothing or a box instead."""
        composed = unicodedata.normalize("NFC", text)
        return composed.translate({ord(char): self._stand_in(char) for char in set(composed)})

    def width(self, text: str, size: float) -> float:
        """How wide the text is on one line, in points."""
        return float(pdfmetrics.stringWidth(text, self.name, size))

    def clipped(self, text: str, size: float, width: float) -> str:
        """The legible text on one line, cut with an ellipsis where it is wider than `width` points."""
        line = " ".join(self.legible(text[:400]).split())
        if self.width(line, size) <= width:
            return line
        while line and self.width(line + "…", size) > width:
            line = line[:-1]
        return line.rstrip() + "…"

    def _stand_in(self, char: str) -> str:
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            return " "
        if category == "Cf":  # joiners, soft hyphens, direction marks: seen by nobody, drawn as rubbish
            return ""
        if char in self.characters:
            return char
        plain = unicodedata.normalize("NFKC", char)  # ㎏ is kg, 𝑥 is x
        return plain if set(plain) <= self.characters else BOX


@functools.cache
def load(font: Path) -> Typeface:
    """The font file, parsed once per process. Raises reportlab's TTFError if it is no TrueType font."""
    loaded = TTFont(str(font), str(font))
    pdfmetrics.registerFont(loaded)
    return Typeface(loaded.fontName, frozenset(map(chr, loaded.face.charToGlyph)))

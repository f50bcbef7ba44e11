"""Text set in columns of a terminal: lines broken to a width, cells filled up, where some signs take two places."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_LAST = 20  # places that the last column has at least


def width(text: str) -> int:
    """How many places a text takes: two for a Chinese sign, none for an accent of its own."""
    if text.isascii():
        return len(text)
    return sum(_places(sign) for sign in text)


def _places(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def broken(text: str, places: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most so many places, behind `first` and then behind `rest` (as wide a blank)."""
    rest = " " * width(first) if rest is None else rest
    lines: list[str] = []
    line = first
    for word in _words(text, places - max(width(first), width(rest))):
        if line in (first, rest) and (line == first or lines):
            line += word
        elif width(line) + 1 + width(word) <= places:
            line += f" {word}"
        else:
            lines.append(line)
            line = rest + word
    return [*lines, line]


def _words(text: str, places: int) -> Iterator[str]:
    """The words of a text, those that fit in no line cut; Chinese breaks anywhere."""
    for piece in text.split():
        while width(piece) > places:
            head = cut(piece, places)
            yield head
            piece = piece[len(head) :]
        if piece:
            yield piece


def cut(text: str, places: int) -> str:
    """As much of a text as fits, at least one sign."""
    if text.isascii():
        return text[: max(places, 1)]
    taken = 0
    for index, sign in enumerate(text):
        taken += _places(sign)
        if taken > places and index:
            return text[:index]
    return text


def short(text: str, places: int) -> str:
    """One line that fits, its end left out if need be."""
    text = text if width(text) <= places and "\n" not in text else " ".join(text.split())
    return text if width(text) <= places else cut(text, places - 1) + "…"


def filled(text: str, places: int) -> str:
    return text + " " * max(places - width(text), 0)


def table(rows: Sequence[Sequence[str]], places: int) -> Iterable[list[str]]:
    """Rows as lines of cells filled to their columns and cut to fit; the last column is broken over further lines."""
    wide = [max(width(row[index]) for row in rows) for index in range(len(rows[0]) - 1)]
    while places - sum(wide) - 2 * len(wide) < _LAST:
        wide[wide.index(max(wide))] -= 1
    blanks = [" " * size for size in wide]
    for row in rows:
        lines = broken(row[-1], places - sum(wide) - 2 * len(wide))
        cells = [filled(short(cell, size), size) for cell, size in zip(row, wide, strict=False)]
        yield ["  ".join([*(blanks if place else cells), line]).rstrip() for place, line in enumerate(lines)]

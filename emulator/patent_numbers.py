"""How people write numbers of patents: one or several in a text, with blanks, points and slashes as they please.

Pure text. Which patents have a number is not known here, nor what offices mean by its parts.
"""

import re

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_BETWEEN = re.compile(r"(?<=\s)OR(?=\s)|[,;、\r\n]")
_NARROW = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}  # full-width letters, digits and signs
_OPERATOR = re.compile(r"\b(AND|NOT)\b")
_WILDCARD = re.compile(r"[*?]")


class NumberFault(Exception):
    """A text that is no list of numbers; the sentence continues 'the text ...'."""


def read(text: str) -> list[str]:
    """The numbers of a text in plain form, each once, in their order. Raises NumberFault.

    Commas, semicolons, line ends and OR stand between numbers; a comma before exactly three digits is part of one.
    """
    text = _in_capitals(text)
    if found := _WILDCARD.search(text):
        raise NumberFault(f"has the wildcard {found[0]}; numbers are looked up whole")
    if found := _OPERATOR.search(text):
        raise NumberFault(f"has the operator {found[0]}; numbers are listed with commas, semicolons or OR")
    parts = _BETWEEN.split(_THOUSANDS.sub("", text))
    numbers = list(dict.fromkeys(number for part in parts if (number := plain(part))))
    if not numbers:
        raise NumberFault("holds no number")
    return numbers


def plain(number: str) -> str:
    """Letters and digits alone, in capitals: US11205304B2 for `us 11,205,304 b2`."""
    number = _in_capitals(number)
    return number if number.isalnum() else "".join(filter(str.isalnum, number))


def without_kind(number: str, kind: str) -> str:
    """A publication number in plain form without its kind code."""
    return plain(number).removesuffix(plain(kind))


def without_check_digit(number: str) -> str:
    """An application number in plain form without what follows its point, as CN and HK print it."""
    return plain(number.partition(".")[0])


def _in_capitals(text: str) -> str:
    return (text if text.isascii() else text.translate(_NARROW)).upper()

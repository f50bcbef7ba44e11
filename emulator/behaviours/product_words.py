"""Which product the address of a picture names, in its file name or in its path.

It knows what products are called, in all languages of the vocabulary, and nothing of what an address leads to.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote, urlsplit

from emulator.behaviours.drawings import PRODUCTS
from emulator.corpus.grammar import Grammar
from emulator.corpus.patents import Drawing
from emulator.corpus.wording import plural

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def named(grammar: Grammar, address: str) -> str | None:
    """The product that can be drawn and is named last in the file name, or else in the folder nearest to it.

    English names are whole words, one or many of the thing; others may stand within a text.
    """
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:  # a bracket in the host that none closes
        return None
    for part in reversed(path.split("/")):
        text = _words(part)
        found = [
            (text.rfind(name) + len(name), len(name), product) for name, product in _names(grammar) if name in text
        ]
        if found:
            return max(found)[2]
    return None


def steered(shown: Sequence[Drawing], first: int, product: str | None) -> Drawing:
    """The drawing at a place, or the next of a product if there is one."""
    following = chain(range(first, len(shown)), range(first)) if product else ()
    return shown[next((place for place in following if shown[place].product == product), first)]


@lru_cache(maxsize=4)
def _names(grammar: Grammar) -> tuple[tuple[str, str], ...]:
    """What each product is called; of two with one name the first has it."""
    names: dict[str, str] = {}
    for product in PRODUCTS:
        for name in (product, *_written(grammar, product)):
            for form in (name, plural(name), name.removesuffix("s")) if name.isascii() else (name,):
                words = _words(form)
                names.setdefault(words if name.isascii() else words.strip(), product)
    return tuple(names.items())


def _written(grammar: Grammar, product: str) -> list[str]:
    """In all languages; a vocabulary of one's own may lack a product."""
    try:
        return [word for name in grammar.source(product).names for word in name.values()]
    except KeyError:
        return []


def _words(text: str) -> str:
    """Small letters, with a space between words and at both ends."""
    text = _HUMP.sub(" ", unicodedata.normalize("NFKC", text))
    return f" {_NO_LETTERS.sub(' ', text).strip().lower()} "

"""What somebody probably meant who mistyped a name."""

import difflib
from collections.abc import Iterable


def likely(word: str, known: Iterable[str]) -> str:
    """'; did you mean ...?' for a typo, '; known are ...' otherwise."""
    names = list(known)
    same = [name for name in names if name.lower() == word.lower()]
    begun = same or [name for name in names if word and name.lower().startswith(word.lower())]
    if begun:
        return f"; did you mean {' or '.join(begun)}?"
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; known are {', '.join(names)}" if names else ""

"""What an expression is once it is read: words, and how AND, OR and NOT join them."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

SHOWN = 16  # signs of an expression that a refusal quotes: a header holds few Chinese ones, and the column comes last


class ExpressionFault(ValueError):
    """What is wrong with an expression, with the column (from 1) where it is."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, without its quotation marks; the field it is searched in, if one was named.

    A quoted one is matched as it stands: it has no wildcards and no other forms.
    """

    text: str
    quoted: bool = False
    field: str | None = None
    column: int = dataclasses.field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    inner: "Tree"


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple["Tree", ...]


Tree = Word | Not | Every | Some


def holds(tree: Tree, matches: Callable[[Word], bool]) -> bool:
    """Whether the tree is true when `matches` says which words are."""
    match tree:
        case Word():
            return matches(tree)
        case Not(inner):
            return not holds(inner, matches)
        case Every(parts):
            return all(holds(part, matches) for part in parts)
        case Some(parts):
            return any(holds(part, matches) for part in parts)


def words(tree: Tree) -> tuple[Word, ...]:
    """All words of a tree, those under NOT too."""
    match tree:
        case Word():
            return (tree,)
        case Not(inner):
            return words(inner)
        case Every(parts) | Some(parts):
            return tuple(word for part in parts for word in words(part))

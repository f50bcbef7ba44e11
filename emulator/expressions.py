"""The small search language: words joined by AND, OR and NOT, with brackets.

Reads a Locarno expression such as `(14-01 OR 14-02)` or a field expression such as `(phones or 手机)` into a
tree, and says whether a tree holds for something, given a function that answers for one word. What a word
means, and what is searched, is not known here.

Rules nobody published, so ours: AND binds tighter than OR; `a NOT b` means `a AND NOT b`; operators are read in any
case; words beside one another are joined by AND in a field expression and refused in a Locarno expression.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

DEEPEST = 64
QUERY_FIELDS = "TACD"
_GRAMMAR = r"""
start: some
?some: every (OR every)*
?every: one (joint one)*
joint: AND NOT? | NOT | JOIN_RULE
?one: word | "(" some ")" | NOT one -> inverse
word: WORD | QUOTED
AND.3: /and(?=[\s()"]|$)/i
OR.3: /or(?=[\s()"]|$)/i
NOT.3: /not(?=[\s()"]|$)/i
QUOTED: /"[^"]*"/
WORD.1: /(?!(?:and|or|not)(?:[\s()"]|$))[^\s()"]+/i
%ignore /[\s\u3000]+/
"""
Kind = Literal["loc", "field"]


class ExpressionFault(ValueError):
    """What is wrong with an expression, with the column (from 1) where it is."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str


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


def holds(tree: Tree, matches: Callable[[str], bool]) -> bool:
    """Whether the tree is true when `matches` says which words are."""
    match tree:
        case Word(text):
            return matches(text)
        case Not(inner):
            return not holds(inner, matches)
        case Every(parts):
            return all(holds(part, matches) for part in parts)
        case Some(parts):
            return any(holds(part, matches) for part in parts)


def words(tree: Tree) -> tuple[str, ...]:
    """All words of a tree, those under NOT too."""
    match tree:
        case Word(text):
            return (text,)
        case Not(inner):
            return words(inner)
        case Every(parts) | Some(parts):
            return tuple(word for part in parts for word in words(part))


@lru_cache(maxsize=512)
def read(text: str, kind: Kind) -> Tree:
    """The tree of an expression. Raises ExpressionFault naming the column."""
    _refuse_depth(text)
    parser, lark_error = _parser(kind)
    try:
        tree: Tree = parser.parse(text)
    except lark_error as error:
        raise ExpressionFault(_explain(error, text)) from None
    return tree


def read_query(text: str) -> Tree:
    """The tree of a query with the prefix `TACD:` (title, abstract, claims, description), which may be left out."""
    prefix, colon, rest = text.partition(":")
    if colon and prefix.strip().upper() != QUERY_FIELDS:
        raise ExpressionFault(f"the field {prefix.strip()!r} is not emulated, only {QUERY_FIELDS} is")
    return read(rest if colon else text, "field")


def _refuse_depth(text: str) -> None:
    depth = 0
    for column, character in enumerate(text, 1):
        depth += (character == "(") - (character == ")")
        if depth > DEEPEST:
            raise ExpressionFault(f"brackets nest deeper than {DEEPEST} at column {column}")
    if sum(1 for piece in text.lower().split() if piece.strip("(") == "not") > DEEPEST * 4:
        raise ExpressionFault("NOT occurs too often")


def _explain(error: Any, text: str) -> str:
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        return f"it ends too early, at column {len(text) + 1}"
    start = error.pos_in_stream
    return f"{text[start:].split()[0]!r} is not expected at column {start + 1}"


@lru_cache(maxsize=2)
def _parser(kind: Kind) -> tuple[Any, Any]:
    """The compiled grammar; lark is imported when the first expression comes."""
    import lark

    joined = "AND NOT? | NOT" + ("|" if kind == "field" else "")
    grammar = _GRAMMAR.replace("AND NOT? | NOT | JOIN_RULE", joined)
    return lark.Lark(grammar, parser="lalr", transformer=_builder(lark)), lark.exceptions.UnexpectedInput


def _builder(lark: Any) -> Any:
    class Builder(lark.Transformer):  # type: ignore[misc]
        def start(self, parts: list[Tree]) -> Tree:
            return parts[0]

        def word(self, parts: list[str]) -> Tree:
            return Word(str(parts[0]).strip('"'))

        def inverse(self, parts: list[Any]) -> Tree:
            return Not(parts[-1])

        def joint(self, parts: list[Any]) -> bool:
            return any(part.type == "NOT" for part in parts)

        def every(self, parts: list[Any]) -> Tree:
            first, rest = parts[0], parts[1:]
            others = [Not(part) if inverted else part for inverted, part in zip(rest[::2], rest[1::2], strict=True)]
            return Every((first, *others))

        def some(self, parts: list[Any]) -> Tree:
            return Some(tuple(part for part in parts if not isinstance(part, lark.Token)))

    return Builder()

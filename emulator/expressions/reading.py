"""An expression such as `(14-01 OR 14-02)`, `(phones or 手机)` or `TTL: lamp AND ALL_AN: 华为` read into a tree.

Rules that no page of the API tells: AND binds tighter than OR, and NOT tightest; `a NOT b` means `a AND NOT b`;
operators are read in any case; words beside one another are joined by AND, and refused between Locarno classes. A
field's name counts for all that follows it between the same brackets, up to the next name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from emulator.expressions.fields import FIELDS
from emulator.expressions.tree import SHOWN, Every, ExpressionFault, Not, Some, Tree, Word, words
from emulator.expressions.words import sought

_MOST_WILD = 32
DEEPEST = 64  # brackets and NOTs within one another
_GRAMMAR = r"""
start: some
?some: every (OR every)*
?every: one (joint one)*
joint: AND NOT? | NOT | JOIN_RULE
?one: WORD | QUOTED | "(" some ")" | NOT one -> inverse
AND.3: /and(?=[\s()"]|$)/i
OR.3: /or(?=[\s()"]|$)/i
NOT.3: /not(?=[\s()"]|$)/i
FIELD.2: /[a-z]+(_[a-z]+)*\s*:/i
QUOTED: /"[^"]*"/
WORD.1: /(?!(?:and|or|not)(?:[\s()"]|$))[^\s()"]+/i
%ignore /\s+/

"""
Kind = Literal["loc", "field", "query"]
# What is typed with a Chinese keyboard, each sign for one, so that columns stay.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "“”„‟"), '"')
_MARKERS = re.compile(r"\$(?:w\d*|ws|pre\d*|sen|para|freq\d*)|gand|tree@.*", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=512)
def read(text: str, kind: Kind) -> Tree:
    """The tree of an expression; only a `query` names fields. Raises ExpressionFault naming the column."""
    text = text.translate(_NARROW)
    parser, lark_error = _parser(kind)
    try:
        tree: Tree = parser.parse(text)
    except lark_error as error:
        raise ExpressionFault(_explain(error, text)) from None
    for word in words(tree):
        if kind != "loc" and not word.quoted:
            _refuse_markers(word, kind)
        sought(word)
    _refuse_many_wild(tree)
    return tree


def _refuse_markers(word: Word, kind: Kind) -> None:
    """What the platform's own search understands, and this one does not, is not passed off as a word."""
    ranged = next((at for at, sign in enumerate(word.text) if sign in "[]"), None) if kind == "query" else None
    if ranged is not None or _MARKERS.fullmatch(word.text):
        what = "ranges are" if ranged is not None else f"{word.text[:SHOWN]!r} is"
        raise ExpressionFault(f"{what} not emulated, at column {word.column + (ranged or 0)}")


def _refuse_many_wild(tree: Tree) -> None:
    """Each is held against all words there are."""
    wild = [word for word in words(tree) if any(piece.wild for piece in sought(word).pieces)]
    if len(wild) > _MOST_WILD:
        raise ExpressionFault(f"more than {_MOST_WILD} words have wildcards, at column {wild[_MOST_WILD].column}")


def _explain(error: Any, text: str) -> str:
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        return f"it ends too early, at column {len(text) + 1}"
    start = error.pos_in_stream
    if text[start] == '"' and token is None:
        return f"a quotation has no end, at column {start + 1}"
    return f"{text[start : start + SHOWN].split()[0]!r} is not expected at column {start + 1}"


class _Scopes:
    """Looks at the signs of an expression on their way to the parser.

    Gives each word the field that is named for it, drops the names, and refuses what nests too deep for whatever
    walks the tree.
    """

    always_accept = ("FIELD",)

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        fields: list[str | None] = [None]
        levels = [0]  # brackets and NOTs around what comes, by open bracket
        nots, named = 0, None
        for token in stream:
            column = token.start_pos + 1
            if named is not None and token.type in ("FIELD", "AND", "OR", "RPAR"):
                break
            named = None
            match token.type:
                case "FIELD" if self._names_field(token, column):
                    named, fields[-1] = token, _name(token)
                    continue
                case "LPAR":
                    fields.append(fields[-1])
                    levels.append(levels[-1] + nots + 1)
                    nots = 0
                case "RPAR":
                    if len(levels) > 1:
                        fields.pop()
                        levels.pop()
                case "NOT":
                    nots += 1
                case "AND" | "OR":
                    nots = 0
                case _:
                    type_ = "WORD" if token.type == "FIELD" else token.type
                    token = token.update(type_, (str(token), fields[-1], column))
                    nots = 0
            if levels[-1] + nots > DEEPEST:
                raise ExpressionFault(f"brackets and NOTs nest deeper than {DEEPEST} at column {column}")
            yield token
        if named is not None:
            raise ExpressionFault(f"the field {_name(named)} names no words, at column {named.start_pos + 1}")

    def _names_field(self, token: Any, column: int) -> bool:
        """Outside of queries a word with a colon is a word, unless it looks meant for a query."""
        name = _name(token)
        if self._kind == "query" and name not in FIELDS:
            raise ExpressionFault(f"the field {name[:SHOWN]!r} is not emulated, at column {column}; {_OFFERED}")
        if self._kind != "query" and name in FIELDS:
            raise ExpressionFault(f"{name + ':'!r} names a field, which only a query can, at column {column}")
        return self._kind == "query"


def _name(token: Any) -> str:
    return str(token)[:-1].strip().upper()


_OFFERED = f"there are {', '.join(name for name in FIELDS if not name.endswith('_ALL'))}"


@lru_cache(maxsize=3)
def _parser(kind: Kind) -> tuple[Any, Any]:
    """The compiled grammar; lark is imported when the first expression comes."""
    import lark

    joined = "AND NOT? | NOT" + ("" if kind == "loc" else "|")
    grammar = _GRAMMAR.replace("AND NOT? | NOT | JOIN_RULE", joined)
    parser = lark.Lark(grammar, parser="lalr", lexer="basic", postlex=_Scopes(kind), transformer=_builder(lark))
    return parser, lark.exceptions.UnexpectedInput


def _builder(lark: Any) -> Any:
    class Builder(lark.Transformer):  # type: ignore[misc]
        def start(self, parts: list[Tree]) -> Tree:
            return parts[0]

        def WORD(self, token: Any) -> Tree:  # noqa: N802
            text, field, column = token.value
            return Word(text, False, field, column)

        def QUOTED(self, token: Any) -> Tree:  # noqa: N802
            text, field, column = token.value
            return Word(text[1:-1], True, field, column)

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

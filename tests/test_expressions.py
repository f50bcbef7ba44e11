"""The search language: what binds how, what is refused and where, and that no text is slow or deep enough to hurt."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import expressions
from emulator.expressions import DEEPEST, Every, ExpressionFault, Kind, Not, Some, Tree, Word, holds

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("(a)", A),
        ("((a))", A),
        ("a AND b", Every((A, B))),
        ("a OR b", Some((A, B))),
        ("a NOT b", Every((A, Not(B)))),
        ("a AND NOT b", Every((A, Not(B)))),
        ("NOT a", Not(A)),
        ("NOT NOT a", Not(Not(A))),
        ("a OR b AND c", Some((A, Every((B, C))))),
        ("a AND b OR c", Some((Every((A, B)), C))),
        ("(a OR b) AND c", Every((Some((A, B)), C))),
        ("NOT a OR b", Some((Not(A), B))),
        ("NOT (a OR b)", Not(Some((A, B)))),
        ("a NOT b OR c", Some((Every((A, Not(B))), C))),
        ("a or b", Some((A, B))),
        ("a And b", Every((A, B))),
        ("a nOt b", Every((A, Not(B)))),
        ("  a\tAND\nb ", Every((A, B))),
        ("a\u3000AND\u3000b", Every((A, B))),
        ("(a)OR(b)", Some((A, B))),
        ("NOT(a)", Not(A)),
    ],
)
@pytest.mark.parametrize("kind", ["loc", "field"])
def test_an_expression_is_read_into_its_tree(text: str, tree: Tree, kind: Kind) -> None:
    assert expressions.read(text, kind) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", Every((A, B))),
        ("a b OR c", Some((Every((A, B)), C))),
        ("(phones or 手机)", Some((Word("phones"), Word("手机")))),
        ('"smart watch" AND b', Every((Word("smart watch"), B))),
        ('"a AND b"', Word("a AND b")),
        ("android", Word("android")),
        ("orange notebook", Every((Word("orange"), Word("notebook")))),
        ("R&D", Word("R&D")),
        ("not-so", Word("not-so")),
        ("14-01,or-b", Word("14-01,or-b")),
    ],
)
def test_a_field_expression_joins_words_that_stand_side_by_side(text: str, tree: Tree) -> None:
    assert expressions.read(text, "field") == tree


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("14-01 14-02", "loc", "'14-02' is not expected at column 7"),
        ("", "loc", "too early, at column 1"),
        ("   ", "field", "too early, at column 4"),
        ("(a", "field", "too early, at column 3"),
        ("a AND", "field", "too early, at column 6"),
        ("a)", "field", "')' is not expected at column 2"),
        ("AND a", "field", "'AND' is not expected at column 1"),
        ("a OR OR b", "field", "'OR' is not expected at column 6"),
        ("()", "field", "')' is not expected at column 2"),
        ('"a', "field", "is not expected at column 1"),
        ('a "b', "field", "is not expected at column 3"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(text: str, kind: Kind, sentence: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        expressions.read(text, kind)
    assert sentence in str(caught.value)


def test_brackets_nest_to_a_bound_and_no_deeper() -> None:
    assert expressions.read("(" * DEEPEST + "a" + ")" * DEEPEST, "field") == A
    with pytest.raises(ExpressionFault, match=f"deeper than {DEEPEST} at column {DEEPEST + 1}"):
        expressions.read("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "field")


@pytest.mark.parametrize(
    "text",
    ["NOT " * 100_000 + "a", "NOT(" * 30_000 + "a" + ")" * 30_000, "(" * 100_000, ")" * 100_000, "a (NOT " * 50_000],
    ids=["nots", "not brackets", "open", "close", "mixed"],
)
@pytest.mark.timeout(10)
def test_depth_that_would_break_a_stack_is_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        expressions.read(text, "field")


def test_nots_within_the_bound_can_be_evaluated() -> None:
    assert holds(expressions.read("NOT " * (DEEPEST * 4) + "a", "field"), lambda word: True) is True


@pytest.mark.timeout(10)
def test_a_long_expression_is_quick() -> None:
    tree = expressions.read(" OR ".join(f"w{number}" for number in range(20_000)), "field")
    assert len(expressions.words(tree)) == 20_000
    assert holds(tree, lambda word: word == "w19999")


def test_words_under_not_count_as_words() -> None:
    assert expressions.words(expressions.read("a NOT (b OR c)", "loc")) == ("a", "b", "c")


@pytest.mark.parametrize(("text", "tree"), [("TACD: a", A), ("tacd:a AND b", Every((A, B))), ("a", A), (" TACD :a", A)])
def test_a_query_may_name_its_field(text: str, tree: Tree) -> None:
    assert expressions.read_query(text) == tree


def test_a_field_that_is_not_emulated_is_refused() -> None:
    with pytest.raises(ExpressionFault, match="'TTL' is not emulated, only TACD is"):
        expressions.read_query("TTL: a")


# --- Against a naive evaluator ----------------------------------------------------------------------------

texts = st.recursive(
    st.sampled_from("abc"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " NOT ", " and not ", " Or "]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"NOT {text}"),
    ),
    max_leaves=8,
)


def naive(text: str, true: dict[str, bool]) -> bool:
    """Python's own `and`, `or`, `not` bind as ours do; a binary NOT is `and not`."""
    pieces: list[str] = []
    for word in text.replace("(", " ( ").replace(")", " ) ").lower().split():
        follows_value = bool(pieces) and (pieces[-1] == ")" or pieces[-1] in ("True", "False"))
        if word == "not" and follows_value:
            pieces.append("and")
        pieces.append(str(true[word]) if word in true else word)
    return bool(eval(" ".join(pieces)))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_expression_holds_exactly_when_a_naive_evaluator_says(text: str) -> None:
    tree = expressions.read(text, "loc")
    for values in product([False, True], repeat=3):
        true = dict(zip("abc", values, strict=True))
        assert holds(tree, true.__getitem__) == naive(text, true)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab ()"ANDORTandort&\u3000\n\u00a0\x1c', max_size=30), st.sampled_from(["loc", "field"]))
def test_any_text_is_read_or_refused_in_one_line(text: str, kind: Kind) -> None:
    assert refusal(text, kind).isprintable()


def refusal(text: str, kind: Kind) -> str:
    try:
        expressions.read(text, kind)
    except ExpressionFault as fault:
        return str(fault)
    return ""

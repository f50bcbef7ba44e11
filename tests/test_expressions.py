"""The search language: what binds how, what is refused and where, and that no text is slow or deep enough to hurt."""

from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator import expressions
from emulator.expressions import DEEPEST, Every, ExpressionFault, Kind, Not, Some, Tree, Word, holds
from emulator.spec.models import Service

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
        ("（a）ＯＲ（b）", Some((A, B))),
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
        ('"smart watch" AND b', Every((Word("smart watch", quoted=True), B))),
        ("“smart watch” b", Every((Word("smart watch", quoted=True), B))),
        ('"a (((b" c', Every((Word("a (((b", quoted=True), C))),
        ('"a AND b"', Word("a AND b", quoted=True)),
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
        ('"a', "field", "a quotation has no end, at column 1"),
        ('a "b', "field", "a quotation has no end, at column 3"),
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
    [
        "NOT " * 100_000 + "a",
        "NOT " * (DEEPEST + 1) + "a",
        "NOT(" * 30_000 + "a" + ")" * 30_000,
        "(" * 100_000,
        ")" * 100_000,
        "a (NOT " * 50_000,
    ],
    ids=["nots", "one not too many", "not brackets", "open", "close", "mixed"],
)
@pytest.mark.timeout(10)
def test_depth_that_would_break_a_stack_is_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        expressions.read(text, "field")


def test_nots_within_the_bound_can_be_evaluated() -> None:
    assert holds(expressions.read("NOT " * DEEPEST + "a", "field"), lambda word: True) is True


def test_brackets_in_a_quotation_and_nots_side_by_side_nest_nothing() -> None:
    assert expressions.read(f'"{"(" * 500}a"', "field") == Word("(" * 500 + "a", quoted=True)
    assert len(expressions.words(expressions.read("a" + " NOT b" * 500, "field"))) == 501


@pytest.mark.timeout(10)
def test_a_long_expression_is_quick() -> None:
    tree = expressions.read(" OR ".join(f"w{number}" for number in range(20_000)), "field")
    assert len(expressions.words(tree)) == 20_000
    assert holds(tree, lambda word: word.text == "w19999")


def test_words_under_not_count_as_words() -> None:
    assert expressions.words(expressions.read("a NOT (b OR c)", "loc")) == (A, B, C)


def named(text: str, field: str | None) -> Word:
    return Word(text, field=field)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("TACD: a", named("a", "TACD")),
        ("tacd:a AND b", Every((named("a", "TACD"), named("b", "TACD")))),
        (" TACD :a", named("a", "TACD")),
        ("TACD：a", named("a", "TACD")),
        ("TTL: a OR ALL_AN: b", Some((named("a", "TTL"), named("b", "ALL_AN")))),
        ("TTL: (a OR b) AND c", Every((Some((named("a", "TTL"), named("b", "TTL"))), named("c", "TTL")))),
        ("(TTL: a b) c", Every((Every((named("a", "TTL"), named("b", "TTL"))), C))),
        ("NOT TTL: a", Not(named("a", "TTL"))),
        ("TTL: NOT a", Not(named("a", "TTL"))),
        ("9:30", Word("9:30")),
    ],
)
def test_a_field_counts_up_to_the_next_between_the_same_brackets(text: str, tree: Tree) -> None:
    assert expressions.read(text, "query") == tree


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("ICL: a", "query", "the field 'ICL' is not emulated, at column 1; there are TTL, "),
        ("a AND APD: b", "query", "the field 'APD' is not emulated, at column 7"),
        ("TTL:", "query", "the field TTL names no words, at column 1"),
        ("a (TTL: ) b", "query", "the field TTL names no words, at column 4"),
        ("TTL: PN: a", "query", "the field TTL names no words, at column 1"),
        ("TTL: OR a", "query", "the field TTL names no words, at column 1"),
        ("a TTL: b", "field", "'TTL:' names a field, which only a query can, at column 3"),
        ("PN:[1 TO 2]", "query", "ranges are not emulated, at column 4"),
        ("a $W2 b", "field", "'$W2' is not emulated, at column 3"),
        ("a gand b", "query", "'gand' is not emulated, at column 3"),
        ("ALL_AN:(TREE@x)", "query", "'TREE@x' is not emulated, at column 9"),
    ],
)
def test_what_the_platform_has_and_the_emulator_has_not_is_refused(text: str, kind: Kind, sentence: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        expressions.read(text, kind)
    assert sentence in str(caught.value)


def test_a_word_with_a_colon_is_a_word_where_no_field_is_meant() -> None:
    assert expressions.read("note: a", "field") == Every((Word("note:"), A))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a &&& b", "'&&&' has neither a letter nor a digit, at column 3"),
        ('a ""', "'' has neither a letter nor a digit, at column 3"),
        ("phone c*", "'c*' needs 2 letters beside its wildcards, at column 8"),
        ("*ab", "'*ab' needs 3 letters behind a wildcard that leads, at column 1"),
        ("ab*c*d*", "'ab*c*d*' has more than 2 '*', one '#' or 16 '?', at column 3"),
        ("手" + "?" * 3800 + "机", "has more than 2 '*', one '#' or 16 '?', at column 2"),
        (" OR ".join(["ab*"] * 33), "more than 32 words have wildcards, at column 225"),
        ("ab*c?", "'ab*c?' mixes wildcards of several kinds, at column 3"),
        ("x ???", "'???' needs 2 letters beside its wildcards, at column 3"),
        ("x " + "a-" * 251, "has more than 250 pieces, at column 3"),
        ("T-*", "'T-*' needs 3 letters behind a wildcard that leads, at column 3"),
    ],
)
def test_a_word_that_says_nothing_is_told_with_its_column(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        expressions.read(text, "field")
    assert sentence in str(caught.value)


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


def _true(true: dict[str, bool], word: Word) -> bool:
    return true[word.text]


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
        assert holds(tree, partial(_true, true)) == naive(text, true)


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


@pytest.mark.parametrize("name", ["loc", "main_field", "assignees", "query_text"])
def test_every_operation_reads_an_expression_as_one(service: Service, name: str) -> None:
    read = [one for operation in service.operations.values() if (one := operation.parameter(name)) is not None]
    meant = {"loc": "loc-expression", "query_text": "query-text"}.get(name, "field-expression")
    assert read
    assert {one.schema_.get("format") for one in read} == {meant}

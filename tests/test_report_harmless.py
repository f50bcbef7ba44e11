"""Whatever a client sends: no form of a report carries a secret, an unseen sign or a text without end."""

import json as stdlib
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.verifier.report import github, html, json, junit, terminal
from emulator.verifier.report.columns import width
from emulator.verifier.report.harmless import LONGEST, Harmless, harmless, plain, without_bodies
from emulator.verifier.report.indented import indented
from emulator.verifier.report.model import CaseOutcome
from tests import sample_reports

FORMS: dict[str, Callable[[Harmless], str]] = {
    "terminal": terminal.form,
    "json": json.form,
    "junit": junit.form,
    "github": github.form,
    "html": html.form,
}
HIDDEN = ("abcdefghijklmnop0123456789", "Ab3Cd5Ef7Gh9", "5f0e6a2d", "planted-secret")


@pytest.fixture(scope="module")
def hostile() -> Harmless:
    return harmless(sample_reports.hostile())


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_of_a_hostile_report_is_harmless(form: Callable[[Harmless], str], hostile: Harmless) -> None:
    text = form(hostile)
    assert not [secret for secret in HIDDEN if secret in text]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", text)
    assert len(text.encode()) < 500_000


_ODD = st.sampled_from(["<script>", "</script>", "]]>", "\n::error::x", "%0A", "&#0;", "一", "`<b>`", "{{7*7}}", " "])
_ANY = st.lists(st.one_of(st.characters(exclude_categories=()), _ODD), max_size=60).map("".join)


@settings(max_examples=60)
@given(_ANY, _ANY)
def test_any_text_anywhere_leaves_every_form_readable(one: str, other: str) -> None:
    finding = replace(sample_reports.FINDINGS[0], rule=one, sentence=other, operation=one, calls=(other,))
    call = sample_reports.exchange(1, id=other, path=one, query=other, request=one, answer=other, reason=one)
    drill = replace(sample_reports.drill().drills[2], name=one, sentence=other, stdout=one, exchanges=(call,))
    case = replace(sample_reports.conformance().cases[0], id=one, rule=other, operation=one, sentence=other)
    report = harmless(
        replace(
            sample_reports.verify(),
            subject=one,
            findings=(finding,),
            exchanges=(call,),
            drills=(drill,),
            cases=(replace(case, outcome=CaseOutcome.BREACHED),),
            notes=(other,),
        )
    )
    ElementTree.fromstring(junit.form(report).encode())
    stdlib.loads(json.form(report).encode())
    assert all(line.startswith("::") for line in github.form(report).split("\n"))
    assert html.form(report).encode().count(b"<script") == 1
    assert max(map(width, terminal.form(report).split("\n"))) <= 80


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_unscrubbed_call_is_scrubbed(form: Callable[[Harmless], str]) -> None:
    bare = sample_reports.exchange(
        3,
        query="apikey=planted-secret&lang=en",
        request='{"client_secret": "planted-secret"}',
        answer='{"token": "Ab3Cd5Ef7Gh9Ij1Kl3Mn5Op7Qr9St1Uv"}',
        reason="no sk-abcdefghijklmnop0123456789",
    )
    text = form(harmless(replace(sample_reports.verify(), exchanges=(bare,))))
    assert not [secret for secret in HIDDEN if secret in text]


def test_a_terminal_shows_no_bodies_so_none_need_be_looked_through() -> None:
    for report in (sample_reports.verify(), sample_reports.drill(), sample_reports.conformance()):
        assert terminal.form(harmless(without_bodies(report))) == terminal.form(harmless(report))


def test_a_text_is_cut_and_says_so() -> None:
    cut = plain("x" * 1_000_000)
    assert len(cut) < LONGEST + 100
    assert cut.endswith("<1000000 characters in all>")


def test_signs_that_cannot_be_seen_are_written_out() -> None:
    assert plain("a\x1b[31mb\u202ec\ud800d\U000e0041\r\ne\tf") == "a\\x1b[31mb\\u202ec\\ud800d\\U000e0041\ne\tf"


def test_what_people_write_stays_as_it_is() -> None:
    assert plain("摘要翻译, héhé, 👍 €5") == "摘要翻译, héhé, 👍 €5"


@given(st.text(max_size=300))
def test_any_text_can_be_stored(text: str) -> None:
    plain(text).encode()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            '{"a":10.0,"a":[1,{}],"b":"x,{"}',
            ["{", '  "a": 10.0,', '  "a": [', "    1,", "    {}", "  ],", '  "b": "x,{"', "}"],
        ),
        ('{"a": "cut of', ["{", '  "a": "cut of']),
        ("plain, text", ["plain, text"]),
        ("[]", ["[]"]),
    ],
)
def test_json_is_set_out_as_it_was_written(text: str, lines: list[str]) -> None:
    assert indented(text).split("\n") == lines


@given(st.text(alphabet='{}[]",:\\a1 \n', max_size=200))
def test_setting_out_loses_only_blanks(text: str) -> None:
    assert re.sub(r"\s", "", indented(text)) == re.sub(r"\s", "", text)


def test_deep_nesting_does_not_grow_without_end() -> None:
    assert len(indented("[" * 16_000)) < 600_000

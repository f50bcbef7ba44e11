"""Whatever a client sends: no form of a report carries a secret, an unseen sign or a text without end."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.verifier.report import github, html, json, junit, terminal
from emulator.verifier.report.harmless import LONGEST, Harmless, harmless, plain
from emulator.verifier.report.indented import indented
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

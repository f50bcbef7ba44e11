"""What the terminal, JSON and GitHub forms of a report say."""

import json as stdlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest

from emulator.contract.finding import Severity
from emulator.verifier import run_rules
from emulator.verifier.child import Ran
from emulator.verifier.report import github, html, json, junit, terminal
from emulator.verifier.report import told as words
from emulator.verifier.report.columns import broken, width
from emulator.verifier.report.harmless import harmless
from emulator.verifier.report.model import Bill, DrillResult, DrillVerdict, Report
from emulator.verifier.report.verdict import counts, failed
from tests import sample_reports

CALL = sample_reports.exchange(1)
FAILED = tuple(run_rules.findings_of(Ran(3, None, False, "", "", 1.0), 0, [CALL], True, ["slack.example:443"]))
DEAR = tuple(run_rules.over_budget(Bill(5, 0, budget=4)))
VERIFY = harmless(sample_reports.verify())
ALL = {**sample_reports.ALL, "hostile": sample_reports.hostile}


@pytest.mark.parametrize("name", ALL)
def test_the_terminal_form_is_eighty_columns_wide(name: str) -> None:
    lines = terminal.form(harmless(ALL[name]())).split("\n")
    assert [line for line in lines if width(line) > 80] == []


def test_the_terminal_tells_what_to_do_and_how_we_know() -> None:
    page = terminal.form(VERIFY)
    for told in (
        "Errors (2)",
        "do:    When 67200009 comes, ask for one new token",
        "known: documented: vendor tutorial getStart",
        "00:00:01.500 401, code 67200009 ← GET",
        "and 3 more calls",
        "This run would have cost 214 credits, 3 of them for nothing.",
        "- The clock stood still",
    ):
        assert told in page
    assert page.endswith("\n2 errors, 1 warning, 1 note")


def test_the_terminal_says_when_nothing_is_wrong() -> None:
    assert terminal.form(harmless(sample_reports.clean())).endswith("\nNothing to mend")


def test_drills_are_a_table_and_failed_ones_show_their_calls() -> None:
    page = terminal.form(harmless(sample_reports.drill()))
    assert "✓  token_expires     survived         It asked for one new token and went on." in page
    assert "✗ slow_drip: Drill of slow drip" in page
    assert "this one was ended after 6.2 s and 6 calls, at last:" in page
    assert "✗ token_expires" not in page
    assert "  known: documented: vendor tutorial getStart (a token lives 30 minutes)" in page
    assert "  the last refusal: P043 was answered 67200003: the token ended" in page
    assert "2 drills came out well, 3 failed, 1 in question, 1 not met" in page
    assert "?  clock_behind      gave up cleanly" in page
    assert page.endswith("\n3 of 7 drills failed, 1 drill in question, 1 error")


CALM = DrillResult("calm", "Nothing happens", "ends with 0", DrillVerdict.SURVIVED, True, "", 0, 1.0)


def test_the_calm_run_is_no_drill() -> None:
    report = sample_reports.drill()
    both = replace(report, drills=(CALM, *report.drills))
    assert (words.drills(both), words.headline(both)) == (words.drills(report), words.headline(report))
    alone = replace(report, drills=(replace(CALM, verdict=DrillVerdict.FELL, fine=False),))
    assert words.drills(alone) == "The calm run failed, so nothing was drilled"
    assert words.headline(alone) == "The calm run failed"


def test_every_form_says_how_a_mishap_is_known_and_why_the_client_was_refused() -> None:
    report = harmless(sample_reports.drill())
    one = json.record(report)["drills"][2]
    assert one["evidence"]["title"] == "vendor tutorial getStart"
    for page in (one["refusal"], html.form(report), junit.form(report), github.form(report)):
        assert "it means 67200009, which this page does not list" in page
    for page in (html.form(report), junit.form(report), github.form(report)):
        assert "a token lives 30 minutes" in page


def test_cases_are_counted_by_operation_and_rule() -> None:
    page = terminal.form(harmless(sample_reports.conformance()))
    assert re.search(r"^P043 +23 +1 +at_most 1$", page, re.MULTILINE)
    assert "● P043/at_most/0: breached" in page


def test_colours_are_there_only_when_asked_for() -> None:
    assert "\x1b[31m" in terminal.form(VERIFY, colour=True)
    assert "\x1b" not in terminal.form(VERIFY)


def test_chinese_takes_two_places_and_breaks_anywhere() -> None:
    assert broken("一二三四五六", 8, "> ") == ["> 一二三", "  四五六"]


def _closed(schema: Any) -> Any:
    """The same schema, that refuses members it does not name."""
    if isinstance(schema, dict):
        closed = {name: _closed(part) for name, part in schema.items()}
        return {**closed, "additionalProperties": False} if "properties" in schema else closed
    return [_closed(part) for part in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("name", ALL)
def test_json_keeps_to_its_schema_and_the_schema_names_everything(name: str) -> None:
    told = stdlib.loads(json.form(harmless(ALL[name]())))
    jsonschema_rs.validator_for(_closed(json.schema())).validate(told)


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _objects(part)
    if isinstance(schema, dict) and "properties" in schema and "required" in schema:
        yield schema


def test_every_member_of_the_json_form_is_always_there() -> None:
    objects = list(_objects(json.schema()))
    assert len(objects) == 10
    assert all(set(one["required"]) == set(one["properties"]) for one in objects)


def test_json_carries_the_title_of_the_page() -> None:
    finding = json.record(VERIFY)["findings"][1]
    assert finding["evidence"]["title"] == "vendor page [AI39-2] Appearance Anti-Infringement Search - Get Result"
    assert finding["calls"][0] in {call["id"] for call in json.record(VERIFY)["calls"]}


def test_annotations_are_escaped() -> None:
    odd = replace(VERIFY.findings[0], rule="a:b,c%d\ne", sentence="50%\nnext::error::x", severity=Severity.NOTE)
    line = github.form(harmless(replace(VERIFY, findings=(odd,))))
    assert line.startswith("::notice title=a%3Ab%2Cc%25d%0Ae::P043: 50%25%0Anext::error::x%0A")
    assert "\n" not in line


def test_ten_annotations_of_a_kind_and_no_more() -> None:
    many = replace(VERIFY, findings=(VERIFY.findings[0],) * 25 + VERIFY.findings[2:3])
    lines = github.form(harmless(many)).split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning"]
    assert "title=16 more::" in lines[9]


def test_nothing_inside_a_shield_ends_it() -> None:
    text = "\n".join(("::error::planted", "::stop-commands::x", "::x::"))
    first, *inside, last = github.shielded(text).split("\n")
    word = first.removeprefix("::stop-commands::")
    assert last == f"::{word}::"
    assert not [line for line in inside if word in line]


@pytest.mark.parametrize(
    ("report", "fails_on"),
    [
        (sample_reports.clean(), set()),
        (sample_reports.verify(), {"error", "warning"}),
        (replace(sample_reports.verify(), findings=sample_reports.FINDINGS[2:]), {"warning"}),
        (replace(sample_reports.verify(), findings=sample_reports.FINDINGS[3:]), set()),
        (sample_reports.drill(), {"error", "warning"}),
        (replace(sample_reports.drill(), drills=sample_reports.drill().drills[-1:]), {"warning"}),
        (sample_reports.conformance(), {"error", "warning"}),
        (replace(sample_reports.conformance(), cases=sample_reports.conformance().cases[-6:-3]), {"warning"}),
        (replace(sample_reports.clean(), findings=DEAR), {"error", "warning"}),
        (replace(sample_reports.clean(), findings=FAILED), {"error", "warning"}),
    ],
    ids=[
        "clean",
        "errors",
        "warning",
        "note",
        "drills",
        "drill in question",
        "cases",
        "question",
        "budget",
        "client failed",
    ],
)
def test_what_fails(report: Report, fails_on: set[str]) -> None:
    assert {word for word in ("error", "warning", "never") if failed(report, word)} == fails_on


def test_every_way_to_fail_is_said_in_words() -> None:
    report = replace(sample_reports.clean(), exit_code=3, findings=(*FAILED, *DEAR))
    text = terminal.form(harmless(report))
    assert counts(report) == {"error": 2}
    assert text.split("\n")[-1] == "2 errors"
    assert "The client ended with exit code 3 (it had been refused slack.example:443)." in " ".join(text.split())
    assert "The bill of 5 is above the budget of 4." in text


def test_what_was_never_met_is_listed_where_it_is_asked_for() -> None:
    state, code = "states success, failed: AI39-2-report", "code 67200002 (too many calls in one second): every"
    missed = (state, code)
    short, long = terminal.form(VERIFY), terminal.form(VERIFY, missed=True)
    assert [told for told in missed if told not in long] == []
    assert [told for told in missed if told in short] == []
    assert "`--coverage` or the HTML page lists the rest" in short
    assert len(short.split("\n\nCoverage\n")[1].split("\n\n")[0].split("\n")) <= 3

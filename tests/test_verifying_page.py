"""`docs/verifying.md` is true: its table of rules is that of the documents, its options are those of the program."""

from pathlib import Path

import click
import pytest

from contract_tests.documents import SERVICE
from emulator.cli.reporting import report_options
from emulator.verifier.report import json
from emulator.verifier.report.told import GRADES
from emulator.verifier.report.verdict import FAILING

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "verifying.md").read_text("utf-8")
MARK = "<!-- generated from fixtures/rules.yaml -->\n"


def rules() -> str:
    """The table as it must stand in the page."""
    lines = ["", "| rule | severity | fires when | what to do | known |", "|---|---|---|---|---|"]
    for name, rule in SERVICE.client_rules.rules.items():
        cells = (f"`{name}`", rule.severity, rule.title, rule.advice, str(rule.evidence.grade))
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join([*lines, ""])


def test_the_table_of_rules_is_that_of_the_documents() -> None:
    assert PAGE.partition(MARK)[2] == rules()


@pytest.mark.parametrize(
    "option", [option for one in click.command()(report_options(lambda **_: None)).params for option in one.opts]
)
def test_every_option_of_reports_is_in_the_page(option: str) -> None:
    assert f"`{option}" in PAGE


@pytest.mark.parametrize("word", [*GRADES, "error", "warning", "note"])
def test_every_grade_and_severity_is_explained(word: str) -> None:
    assert f"\n| {word} | " in PAGE


def test_the_words_of_fail_on_and_the_version_of_json_are_named() -> None:
    assert all(f"`--fail-on {word}`" in PAGE or f"`{word}`" in PAGE for word in FAILING)
    assert f"`version` {json.VERSION}," in PAGE


def test_what_the_page_links_to_in_the_repository_is_there() -> None:
    assert (ROOT / "docs" / "../emulator/verifier/report/report.schema.json").exists()

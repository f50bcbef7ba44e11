"""The options that the verifier's commands share, and how those commands end."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from emulator.cli.reporting import ReportOptions, finish, report_options
from emulator.verifier.report.model import Report
from tests import sample_reports


def run(report: Report, *arguments: str, **environment: str | None) -> Any:
    """A command that ends in this report."""

    @click.command()
    @click.option("--seed", type=int, default=1)
    @report_options
    def command(seed: int, options: ReportOptions) -> None:
        finish(report, options)

    return CliRunner().invoke(command, arguments, env={"GITHUB_ACTIONS": None, **environment})


def test_it_prints_what_a_person_reads_and_ends_with_one_or_nought() -> None:
    result = run(sample_reports.verify())
    assert result.exit_code == 1
    assert result.stdout.endswith("2 errors, 1 warning, 1 note\n")
    assert "\x1b" not in result.stdout
    assert run(sample_reports.clean()).exit_code == 0


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on_says_what_ends_with_one(fail_on: str, code: int) -> None:
    assert run(sample_reports.verify(), "--fail-on", fail_on).exit_code == code


def test_files_are_written(tmp_path: Path) -> None:
    run(sample_reports.verify(), *(f"--{kind}={tmp_path / kind}" for kind in ("json", "junit", "html")))
    assert json.loads((tmp_path / "json").read_text("utf-8"))["kind"] == "verify"
    assert (tmp_path / "junit").read_text("utf-8").startswith("<?xml")
    assert (tmp_path / "html").read_text("utf-8").startswith("<!doctype html>")


def test_json_on_stdout_stands_alone() -> None:
    result = run(sample_reports.verify(), "--json", "-")
    assert json.loads(result.stdout)["version"] == 1
    assert "2 errors, 1 warning, 1 note" in result.stderr


def test_a_file_that_cannot_be_written_is_refused_before_the_run(tmp_path: Path) -> None:
    result = run(sample_reports.clean(), "--html", str(tmp_path / "nowhere" / "report.html"))
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr
    assert result.stdout == ""


def test_annotations_come_when_asked_for_and_in_actions_by_themselves() -> None:
    assert "::error " not in run(sample_reports.verify()).stdout
    for result in (run(sample_reports.verify(), "--github"), run(sample_reports.verify(), GITHUB_ACTIONS="true")):
        assert "\n::error title=token_used_after_its_end::" in result.stdout
        assert result.stdout.startswith("::stop-commands::")


def test_a_stream_that_knows_only_ascii_gets_what_it_can_show() -> None:
    runner = CliRunner(charset="ascii")
    command = click.command()(lambda: finish(sample_reports.drill(), ReportOptions()))
    result = runner.invoke(command)
    assert result.exit_code == 1
    assert "survived" in result.stdout

"""The options that every command of the verifier shares, and how each of them ends. A stand-in: only the exit code."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from emulator.verifier.report.model import Report


@dataclass(frozen=True, slots=True)
class ReportOptions:
    json: Path | None = None
    fail_on: str = "error"


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    @click.option("--json", "report_json", type=click.Path(path_type=Path))
    @click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error")
    @wraps(command)
    def gathered(*arguments: Any, report_json: Path | None, fail_on: str, **others: Any) -> Any:
        return command(*arguments, options=ReportOptions(report_json, fail_on), **others)

    return gathered


def finish(report: "Report", options: ReportOptions) -> NoReturn:
    outcomes = Counter(str(case.outcome) for case in report.cases)
    click.echo("\n".join([*report.notes, json.dumps(outcomes)]))
    for case in report.cases:
        if str(case.outcome) in ("breached", "question", "broken"):
            click.echo(f"{case.outcome}: {case.id}: {case.sentence}")
    bad = outcomes["breached"] + outcomes["broken"] + (outcomes["question"] if options.fail_on == "warning" else 0)
    sys.exit(1 if bad and options.fail_on != "never" else 0)

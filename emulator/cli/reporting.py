"""The options that every command of the verifier shares, and how each of them ends: reports written, exit code said.

Knows files and streams; what a report says and how it looks is the business of `verifier.report`.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from emulator.verifier.report.harmless import Harmless
    from emulator.verifier.report.model import Report
    from emulator.verifier.report.verdict import FailOn

FINDINGS, WRONG_USAGE = 1, 2


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Where reports go; `-` is stdout. A command that has `report_options` is handed this as `options`."""

    json: Path | None = None
    junit: Path | None = None
    html: Path | None = None
    har: Path | None = None
    github: bool = False
    fail_on: "FailOn" = "error"
    coverage: bool = False


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of every report to a command, which takes them as `options: ReportOptions`."""

    @wraps(command)
    def gathered(
        *arguments: Any,
        report_json: Path | None,
        report_junit: Path | None,
        report_html: Path | None,
        report_har: Path | None,
        github: bool,
        fail_on: "FailOn",
        coverage: bool,
        **others: Any,
    ) -> Any:
        files = (report_json, report_junit, report_html, report_har)
        options = ReportOptions(*files, github or _in_actions(), fail_on, coverage)
        return command(*arguments, options=options, **others)

    for option in reversed(_OPTIONS):
        option(gathered)
    return gathered


def finish(report: "Report", options: ReportOptions) -> NoReturn:
    """Print what a person reads, write the files that were asked for, and end with 0 or 1, as --fail-on says."""
    from emulator.verifier.report import github, terminal
    from emulator.verifier.report.harmless import harmless, without_bodies
    from emulator.verifier.report.verdict import failed

    wanted = {name: path for name in (*_FORMS, "har") if (path := getattr(options, name)) is not None}
    shown = harmless(report if wanted else without_bodies(report))
    to_stderr = "-" in map(str, wanted.values())
    colour = _in_colour(sys.stderr if to_stderr else sys.stdout)
    page = terminal.form(shown, colour=colour, missed=options.coverage)
    _print(github.shielded(page) if options.github else page, to_stderr)
    if options.github and (annotations := github.form(shown)):
        _print(annotations, to_stderr)
    for name, path in wanted.items():
        _write(path, _har(report, shown) if name == "har" else _FORMS[name](shown, options))
    sys.exit(FINDINGS if failed(report, options.fail_on) else 0)


def _json(report: "Harmless", options: ReportOptions) -> str:
    from emulator.verifier.report import json

    return json.form(report)


def _junit(report: "Harmless", options: ReportOptions) -> str:
    from emulator.verifier.report import junit

    return junit.form(report, options.fail_on)


def _html(report: "Harmless", options: ReportOptions) -> str:
    from emulator.verifier.report import html

    return html.form(report)


def _har(report: "Report", shown: "Harmless") -> str:
    """The calls as they are shown, but with their bodies as long as they were kept; `har` takes the secrets out."""
    import json

    from emulator.verifier.recording.har import har
    from emulator.verifier.report.told import exchanges

    pairs = zip(exchanges(shown), exchanges(report), strict=True)
    whole = (replace(one, request=kept.request, answer=kept.answer) for one, kept in pairs)
    return json.dumps(har(whole), indent=1) + "\n"


_FORMS: dict[str, "Callable[[Harmless, ReportOptions], str]"] = {
    "json": _json,
    "junit": _junit,
    "html": _html,
}


def _write(path: Path, text: str) -> None:
    """Write a file, or stdout; one that cannot be written is told, and is wrong usage."""
    try:
        with click.open_file(str(path), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        click.echo(f"patsnap-emulator: {path}: {error.strerror}", err=True)
        sys.exit(WRONG_USAGE)


def _print(text: str, to_stderr: bool) -> None:
    """To a stream that may not know every character."""
    stream = sys.stderr if to_stderr else sys.stdout
    encoding = stream.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=to_stderr, color=True)


def _in_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _writable(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse before the run what could not be written after it."""
    if value is not None and str(value) != "-" and not value.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(value.parent)!r}", context, parameter)
    return value


def _file(name: str, told: str) -> Callable[..., Any]:
    kind = click.Path(dir_okay=False, writable=True, allow_dash=True, path_type=Path)
    return click.option(f"--{name}", f"report_{name}", type=kind, metavar="FILE", callback=_writable, help=told)


_OPTIONS = (
    _file("json", "Write the report as JSON; - is stdout."),
    _file("junit", "Write the report as JUnit XML."),
    _file("html", "Write the report as one HTML page that stands alone."),
    _file("har", "Write the calls as an HTTP archive."),
    click.option(
        "--github", is_flag=True, help="Annotate on stdout for GitHub Actions.  [default: when GITHUB_ACTIONS=true]"
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "never"]),
        default="error",
        show_default=True,
        help="The least severity that ends with exit code 1.",
    ),
    click.option("--coverage", is_flag=True, help="List what the client never met."),
)

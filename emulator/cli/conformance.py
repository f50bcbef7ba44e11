"""`conformance`: play the cases that the documents imply against a server."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from emulator import clock
from emulator.cli.failures import COULD_NOT_START, stop, told_plainly
from emulator.cli.replay import replayed
from emulator.cli.reporting import ReportOptions, finish, report_options

if TYPE_CHECKING:
    from emulator.spec.models import Service
    from emulator.verifier.conformance.case import Case
    from emulator.verifier.conformance.stage import House
    from emulator.verifier.report.model import CaseResult, Report


def _address(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """An address of a server, without a slash at its end."""
    from emulator.verifier.proxy.upstream import Address, NoAddress

    try:
        return None if value is None else str(Address.of(value))
    except NoAddress as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.command("conformance", short_help="Hold a server against the documents.")
@click.option("--target", metavar="URL", callback=_address, help="The server.  [default: an emulator of our own]")
@click.option("--plan", is_flag=True, help="Print the cases with their calls and prices, and send nothing.")
@click.option(
    "--only", multiple=True, metavar="WORD", help="Cases of an operation, a rule, or an id; may be given again."
)
@click.option(
    "--spend", type=click.IntRange(min=0), default=0, metavar="N",
    help="Credits that a server that is no emulator may take.  [default: 0]",
)  # fmt: skip
@click.option(
    "--wire", type=click.Choice(["documented", "live"]),
    help="The profile that answers are held against.  [default: the emulator's own, else documented]",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), help="Cases at once, on an emulator.  [default: as many as cores]")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the accounts, on an emulator.")
@click.option("--control-token", metavar="T", help="What the emulator's control API demands.")
@click.option("--follow-links", is_flag=True, help="Follow links to other hosts of the vendor, without credentials.")
@click.option(
    "--replay", type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE",
    help="Send recorded calls again, of a folder or a HAR file, and say where the answers differ.",
)  # fmt: skip
@report_options
def command(
    target: str | None,
    plan: bool,
    only: tuple[str, ...],
    spend: int,
    wire: str | None,
    jobs: int | None,
    seed: int,
    control_token: str | None,
    follow_links: bool,
    replay: Path | None,
    options: ReportOptions,
) -> None:
    """Play the cases that the documents imply against a server, and tell which promises it keeps.

    A server that is no emulator is asked with PATSNAP_CLIENT_ID and PATSNAP_CLIENT_SECRET, or PATSNAP_API_KEY, and
    only what costs nothing, unless --spend allows more.
    """
    service = _service()
    if replay is not None:
        with _interrupted_early():
            report = replayed(service, target, replay, spend, control_token)
        finish(report, options)
    cases = _chosen(service, only)
    if plan:
        from emulator.verifier.conformance.plan import told

        click.echo("\n".join(told(cases)))
        return
    from emulator.verifier.conformance.run import Run, conformance

    started = clock.real_now()
    with _interrupted_early(), _house(target, service, wire, seed, control_token, follow_links) as house:
        run = Run(house, spend, jobs or os.cpu_count() or 1, _Progress(len(cases)).told)
        report = conformance(service, run, cases, subject=target or "an emulator of our own", started=started)
    _end(report, run.faults, options)


def _end(report: "Report", faults: list[str], options: ReportOptions) -> NoReturn:
    """Tell the report; a case with a fault of its own proves nothing, and so the run does not end well."""
    for fault in faults:
        click.echo(f"patsnap-emulator: a fault of ours in {fault}", err=True)
    try:
        finish(report, options)
    finally:
        if faults:
            sys.exit(COULD_NOT_START)


def _service() -> "Service":
    with told_plainly():
        from emulator.spec import loader

        return loader.load()


def _chosen(service: "Service", only: tuple[str, ...]) -> "tuple[Case, ...]":
    from emulator.spec.typos import likely
    from emulator.verifier.conformance import table

    every = table.cases(service)
    for word in only:
        if not table.chosen(every, [word]):
            known = {name for case in every for name in (case.operation, case.rule)}
            meant = likely(word, known).split("; known")[0]
            told = f"no case is called {word!r}{meant}; --plan lists them all"
            raise click.BadParameter(told, param_hint="--only")
    return table.chosen(every, only)


@contextmanager
def _house(
    target: str | None, service: "Service", wire: str | None, seed: int, token: str | None, follow_links: bool
) -> "Iterator[House]":
    """The house at the target, or at an emulator that is started for this run."""
    from emulator.verifier.conformance.houses import house_at
    from emulator.verifier.conformance.target import Unreachable
    from emulator.verifier.private import CouldNotStart, private
    from emulator.verifier.standing import LetsNobodyIn, NoEntry

    try:
        if target is not None:
            with house_at(
                target, service, wire=wire, seed=seed, control_token=token, follow_links=follow_links
            ) as house:
                yield house
        else:
            with (
                private("--freeze", "--wire", wire or "documented") as control,
                house_at(control.base_url, service, wire=wire, seed=seed, own=True) as house,
            ):
                yield house
    except NoEntry as closed:
        raise click.UsageError(str(closed)) from closed
    except (Unreachable, LetsNobodyIn, CouldNotStart) as error:
        stop(str(error))


@contextmanager
def _interrupted_early() -> Iterator[None]:
    """Signals interrupt what is inside; a run tells what it did until then, and before it there is nothing to tell."""
    from emulator.verifier.child import interruptible

    try:
        with interruptible():
            yield
    except KeyboardInterrupt:
        stop("it was interrupted before there was anything to tell")


class _Progress:
    """How far the run is, on a terminal alone."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._done = 0
        self._shown = sys.stderr.isatty()

    def told(self, result: "CaseResult") -> None:
        self._done += 1
        if self._shown and self._done % 20 == 0:
            click.echo(f"\r{self._done} of {self._number} cases", nl=False, err=True)
        if self._shown and self._done == self._number:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)

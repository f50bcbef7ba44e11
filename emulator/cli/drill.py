"""`drill`: take a client through prepared mishaps, and say how it came through each."""

import os
from typing import TYPE_CHECKING, Any

import click

from emulator.cli.failures import stop, told_plainly
from emulator.cli.options import duration, emulator_options, passed_on, settings_of
from emulator.cli.reporting import ReportOptions, finish, report_options

if TYPE_CHECKING:
    from emulator.settings import Settings
    from emulator.spec.drills import Drills
    from emulator.spec.models import Service
    from emulator.verifier.drills.drilling import Drilling
    from emulator.verifier.report.model import DrillResult, Report

_WAITING = 2  # runs for each core: what a run does most is to wait


@emulator_options
@click.command(
    short_help="Take a client through mishaps.",
    options_metavar="[OPTIONS] --",
    context_settings={"allow_interspersed_args": False},
)
@click.option("--only", multiple=True, metavar="NAME", help="This drill alone; may be given more than once.")
@click.option("--list", "listed", is_flag=True, help="List the drills and run none.")
@click.option("--jobs", type=click.IntRange(min=1), help="Runs at the same time.  [default: two for each core]")
@click.option(
    "--limit",
    metavar="DURATION",
    callback=duration,
    default="60s",
    show_default=True,
    help="How long one run may take; in the drill hang 1.5 times as long.",
)
@click.option(
    "--intercept", is_flag=True, help="Answer for the vendor's hosts, too, where they are written into a client."
)
@report_options
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def drill(
    context: click.Context,
    /,
    *,
    command: tuple[str, ...],
    only: tuple[str, ...],
    listed: bool,
    jobs: int | None,
    limit: int,
    intercept: bool,
    options: ReportOptions,
    **_: Any,
) -> None:
    """Run COMMAND in calm twice, then once for each mishap, for instance

        patsnap-emulator drill -- python client.py

    Every run has an emulator of its own, named by PATSNAP_BASE_URL, PATSNAP_CLIENT_ID, PATSNAP_CLIENT_SECRET and
    PATSNAP_API_KEY. The table says of each mishap whether the client survived it, gave up cleanly, did something
    wrong, fell over or hung.
    """
    drills, service, settings = _read(context, only)
    if listed:
        click.echo("\n".join(f"{name:<28} {one.title}" for name, one in drills.drills.items()))
        return
    if not command:
        raise click.UsageError("a command is missing: patsnap-emulator drill -- python client.py")
    from emulator.app import credentials_of, listed_accounts
    from emulator.cli.client import variables
    from emulator.verifier.drills.drilling import Drilling
    from emulator.verifier.drills.running import Client

    first = credentials_of(listed_accounts(settings, service)[0], settings, service)
    client = Client(service, command, variables(first), passed_on(context), limit / 1000, intercept)
    drilling = Drilling(drills, client, _tell, jobs or _WAITING * (os.cpu_count() or 1))
    finish(_drilled(drilling, settings.seed), options)


def _read(context: click.Context, only: tuple[str, ...]) -> "tuple[Drills, Service, Settings]":
    with told_plainly():
        from emulator.spec import loader

        settings = settings_of(context)
        overlays = [settings.fixtures] if settings.fixtures else []
        service = loader.load(*overlays)
        return _chosen(loader.drills(service, *overlays), only), service, settings


def _drilled(drilling: "Drilling", seed: int) -> "Report":
    import httpx2

    from emulator.verifier.child import CouldNotRun, interruptible
    from emulator.verifier.drills.drilling import report
    from emulator.verifier.private import CouldNotStart

    try:
        with interruptible():
            return report(drilling, seed)
    except (CouldNotRun, CouldNotStart) as refusal:
        stop(str(refusal))
    except httpx2.HTTPError as error:
        stop(f"an emulator could not be asked what happened ({error}); did the command end it?")


def _chosen(drills: "Drills", names: tuple[str, ...]) -> "Drills":
    """These alone, in the order of the documents; all without names."""
    from emulator.spec.typos import likely

    for name in names:
        if name not in drills.drills:
            raise click.UsageError(f"--only {name}: there is no such drill{likely(name, drills.drills)}")
    chosen = {name: one for name, one in drills.drills.items() if not names or name in names}
    return drills.model_copy(update={"drills": chosen})


def _tell(result: "DrillResult") -> None:
    """One line on stderr as soon as a run is over: the whole comes at the end."""
    click.echo(f"{result.name:<28} {result.verdict} ({result.seconds:.1f} s)", err=True)

"""`verify`: run a client against an emulator of its own, and say what it did wrong."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.cli.failures import stop, told_plainly
from emulator.cli.options import duration, emulator_options, passed_on, settings_of
from emulator.cli.reporting import ReportOptions, finish, report_options

if TYPE_CHECKING:
    from emulator.spec.models import Service
    from emulator.verifier.report.model import Report
    from emulator.verifier.verify import Run

_JOURNAL = 10_000  # calls of each account, where nothing is said: a long run of a busy client
_LONG_BODY = 1_048_576  # bytes of a body that an archive is to have


@emulator_options
@click.command(
    short_help="Run a client and judge what it does.",
    options_metavar="[OPTIONS] --",
    context_settings={"allow_interspersed_args": False},
)
@click.option(
    "--limit",
    metavar="DURATION",
    callback=duration,
    default="10m",
    show_default=True,
    help="How long the command may take.",
)
@click.option("--budget", type=click.IntRange(min=0), metavar="N", help="Credits the run may cost; more is an error.")
@click.option(
    "--intercept", is_flag=True, help="Answer for the vendor's hosts, too, where they are written into a client."
)
@click.option(
    "--from",
    "archive",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.har",
    help="Judge the calls of an HTTP archive in place of a command's.",
)
@report_options
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def verify(
    context: click.Context,
    /,
    *,
    command: tuple[str, ...],
    limit: int,
    budget: int | None,
    intercept: bool,
    archive: Path | None,
    options: ReportOptions,
    **_: Any,
) -> None:
    """Run COMMAND against an emulator of its own and judge what it did, for instance

        patsnap-emulator verify -- python client.py

    The command finds the address and credentials in PATSNAP_BASE_URL, PATSNAP_CLIENT_ID, PATSNAP_CLIENT_SECRET and
    PATSNAP_API_KEY. Every call of every account is judged; the journal keeps 10 000 of each unless --journal says
    otherwise. Ctrl-C ends the command, and what it did until then is judged.
    """
    if (archive is None) is not bool(command):
        raise click.UsageError("give a command after --, or --from FILE.har")
    if archive is not None:
        finish(_of_archive(settings_of(context).fixtures, archive), options)
    with told_plainly():
        from emulator.app import credentials_of, listed_accounts
        from emulator.cli.client import variables
        from emulator.spec import loader
        from emulator.verifier.verify import Run

        settings = settings_of(context)
        service = loader.load(*([settings.fixtures] if settings.fixtures else ()))
        first = credentials_of(listed_accounts(settings, service)[0], settings, service)
    bodies = ("--journal-bodies", str(_LONG_BODY)) if options.har else ()
    serve_options = ("--journal", str(_JOURNAL), *bodies, *passed_on(context))
    run = Run(command, variables(first), serve_options, settings.seed, limit, budget, intercept)
    report = _verified(service, run)
    click.echo(err=str(options.json) == "-")  # the client's last line may not have ended
    finish(report, options)


def _of_archive(fixtures: Path | None, archive: Path) -> "Report":
    """What was recorded elsewhere, judged alike."""
    from emulator.spec import loader
    from emulator.verifier.recording.har_in import Unreadable
    from emulator.verifier.recording.judged import judged

    with told_plainly():
        service = loader.load(*([fixtures] if fixtures else ()))
    try:
        return judged(service, archive)
    except Unreadable as error:
        raise click.UsageError(str(error)) from error


def _verified(service: "Service", run: "Run") -> "Report":
    import httpx2

    from emulator.verifier.child import CouldNotRun, interruptible
    from emulator.verifier.private import CouldNotStart
    from emulator.verifier.verify import verify as verified

    try:
        with interruptible():
            return verified(service, run)
    except (CouldNotRun, CouldNotStart) as refusal:
        stop(str(refusal))
    except httpx2.HTTPError as error:
        stop(f"the emulator could not be asked what happened ({error}); did the command end it?")

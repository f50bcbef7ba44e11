"""What `conformance --replay` does: recorded calls sent to a server that was named."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from emulator.cli.failures import stop, told_plainly

if TYPE_CHECKING:
    from emulator.spec.models import Service
    from emulator.verifier.report.model import Report


def replayed(service: "Service", target: str | None, source: Path, spend: int, token: str | None) -> "Report":
    """The report of a replay; wrong usage where there is no target, no call in the recording or no credentials."""
    from emulator.verifier.recording.har_in import Unreadable
    from emulator.verifier.recording.replaying import NothingToSend, replay_at
    from emulator.verifier.recording.target import NoCredentials, Unreachable
    from emulator.verifier.standing import LetsNobodyIn, NoEntry

    if target is None:
        raise click.UsageError("--replay needs --target, the server that the calls are sent to")
    try:
        with told_plainly():
            return replay_at(target, source, service, spend=spend, environment=os.environ, token=token)
    except (Unreadable, NothingToSend, NoCredentials, NoEntry) as error:
        raise click.UsageError(str(error)) from error
    except (LetsNobodyIn, Unreachable) as error:
        stop(str(error))

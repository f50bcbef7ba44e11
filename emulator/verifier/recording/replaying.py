"""A recording sent to a server by its address: with an account of this run's own on an emulator, else with the user's.

On an emulator time is moved where a task has to come further; elsewhere it is waited for.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import httpx2

from emulator import clock
from emulator.spec.models import Service
from emulator.verifier.control import Control
from emulator.verifier.recording import recorded_traffic
from emulator.verifier.recording.replay import replay
from emulator.verifier.recording.target import Credentials, Target, Unreachable
from emulator.verifier.report.model import Report
from emulator.verifier.standing import account_of_its_own


class NothingToSend(Exception):
    """The recording has no call that could be sent again; the text says so."""


def replay_at(
    url: str, source: Path, service: Service, *, spend: int, environment: Mapping[str, str], token: str | None = None
) -> Report:
    """Raises SpecFault or har_in.Unreadable of the recording, NothingToSend, NoCredentials of the environment.

    Raises NoEntry, LetsNobodyIn and Unreachable of the server.
    """
    recordings = recorded_traffic.read(source, service)
    if not recordings.each:
        raise NothingToSend("; ".join((f"there is no call to the service in {source}", *recordings.notes)))
    with Control(url, token=token) as control:
        own = _account_of_its_own(control)
        credentials = own or Credentials.of_environment(environment)
        wait = _moving(control, credentials.client_id) if own else None
        with Target(url, service, credentials) as target:
            target.enter()
            return replay(recordings, target, service, spend=None if own else spend, wait=wait)


def _account_of_its_own(control: Control) -> Credentials | None:
    """A fresh account, so that no earlier run is in the way; None where no emulator stands."""
    name = f"replay-{clock.compact(clock.real_now())}-{clock.real_now() % 1000:03d}"
    try:
        return Credentials(name, name) if account_of_its_own(control, name, {"secret": name}) else None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unreachable(f"{control.base_url} cannot be reached: {error or type(error).__name__}") from error


def _moving(control: Control, account: str) -> Callable[[float], object]:
    return lambda seconds: control.of(account, "POST", "/clock", {"advance": f"{seconds:g}s"})

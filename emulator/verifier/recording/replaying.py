"""A recording sent to a server by its address: with an account of this run's own on an emulator, else with the user's.

On an emulator time is moved where a task has to come further; elsewhere it is waited for.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import httpx2

from emulator import clock
from emulator.spec.models import Service
from emulator.verifier.control import Control, Refused
from emulator.verifier.recording import recorded_traffic
from emulator.verifier.recording.replay import replay
from emulator.verifier.recording.target import Credentials, Target
from emulator.verifier.report.model import Report


def replay_at(
    url: str, source: Path, service: Service, *, spend: int, environment: Mapping[str, str], token: str | None = None
) -> Report:
    """Raises SpecFault or har_in.Unreadable of the recording, NoCredentials of the environment."""
    recordings = recorded_traffic.read(source, service)
    with Control(url, token=token) as control:
        own = _account_of_its_own(control)
        credentials = own or Credentials.of_environment(environment)
        wait = _moving(control, credentials.client_id) if own else None
        with Target(url, service, credentials) as target:
            return replay(recordings, target, service, spend=spend, wait=wait)


def _account_of_its_own(control: Control) -> Credentials | None:
    """A fresh account, so that no earlier run is in the way; None where the server cannot be steered."""
    name = f"replay-{clock.compact(clock.real_now())}-{clock.real_now() % 1000:03d}"
    try:
        control.ask("PUT", f"/accounts/{name}", {"secret": name})
    except (Refused, httpx2.HTTPError, ValueError, AttributeError):
        return None
    return Credentials(name, name)


def _moving(control: Control, account: str) -> Callable[[float], object]:
    return lambda seconds: control.of(account, "POST", "/clock", {"advance": f"{seconds:g}s"})

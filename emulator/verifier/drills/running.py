"""One run of a client against an emulator of its own: prepared, run to its end or its limit, its calls read.

Knows nothing of what the run is judged by.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from emulator.contract.exchange import Exchange
from emulator.spec.models import Service
from emulator.verifier import calls, child
from emulator.verifier.drills.preparing import Prepared
from emulator.verifier.private import private
from emulator.verifier.verify import BASE_URL, around, inherited

_JOURNAL = "5000"  # calls that are kept; of a client that calls more often the last


@dataclass(frozen=True, slots=True)
class Run:
    """`met` tells whether any planned fault had a call, or none was planned; `dropped` calls are not known any more."""

    ran: child.Ran
    exchanges: tuple[Exchange, ...]
    met: bool = True
    dropped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Client:
    """A command, the variables with its credentials, options of `serve`. Setting `stopped` ends what is running."""

    service: Service
    command: Sequence[str]
    credentials: Mapping[str, str]
    serve_options: tuple[str, ...]
    limit_s: float
    intercept: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(value for name, value in self.credentials.items() if name != "PATSNAP_CLIENT_ID")


def once(client: Client, prepared: Prepared, limit_times: float = 1.0) -> Run:
    """The client's run, which may take so many times the usual limit. Raises CouldNotRun, CouldNotStart."""
    with around(client.service, intercept=client.intercept) as surroundings:
        options = ("--journal", _JOURNAL, *client.serve_options, *prepared.options, *surroundings.serve_options)
        with private(*options) as control:
            surroundings.lead_to(control.base_url)
            control.ask("PUT", "/plan", prepared.plan)
            planned = [control.ask("POST", "/faults", fault)["id"] for fault in prepared.faults]
            ours = {BASE_URL: control.base_url, **client.credentials}
            environment = {**inherited(), **ours, **surroundings.environment}
            limit_s = client.limit_s * limit_times
            ran = child.run(client.command, environment, limit_s, capture=True, stopped=client.stopped)
            told = calls.read(control)
            met = any(control.ask("GET", f"/faults/{name}")["met"] for name in planned)
            notes = surroundings.notes()
    return Run(ran, told.exchanges, met or not planned, told.dropped, notes)

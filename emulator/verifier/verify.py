"""A client run against an emulator of its own, and judged by what it did there.

Starts the emulator, gives the client its address and credentials, waits for the client's end, reads the journal of all
accounts and lets the rules of the contract judge it. Who typed the command and how a report looks is not known here.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Protocol

from emulator import __version__, clock
from emulator.spec.models import Service
from emulator.verifier import calls, child, judgement, run_rules, subject
from emulator.verifier.calls import Calls
from emulator.verifier.child import Ran
from emulator.verifier.control import Control
from emulator.verifier.private import private
from emulator.verifier.report.model import Bill, Report

BASE_URL = "PATSNAP_BASE_URL"
_OURS = (BASE_URL, "PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET", "PATSNAP_API_KEY")
_LOCAL = "127.0.0.1,localhost"  # a proxy that the machine is set to would never find the emulator


@dataclass(frozen=True, slots=True)
class Run:
    """A command, the variables with its credentials, options of `serve`, what it may take: time and money.

    `intercept` also answers a client that has the vendor's hosts written into it.
    """

    command: tuple[str, ...]
    credentials: Mapping[str, str]
    serve_options: tuple[str, ...]
    seed: int
    limit_ms: int
    budget: int | None = None
    intercept: bool = False


class Elsewhere(Protocol):
    """Something that a client wanted to reach and could not, as `host:port` or in words."""

    @property
    def wanted(self) -> str: ...


class Surroundings(Protocol):
    """What else a client is led by: more variables, more options of `serve`, and a way once the emulator is up."""

    @property
    def environment(self) -> Mapping[str, str]: ...
    @property
    def serve_options(self) -> tuple[str, ...]: ...
    @property
    def refused(self) -> Sequence[Elsewhere]: ...
    def lead_to(self, base_url: str) -> None: ...
    def notes(self) -> tuple[str, ...]:
        """Sentences for the report, at the end."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Nothing else: a client that reads its address from the environment."""

    environment: Mapping[str, str] = field(default_factory=dict)
    serve_options: tuple[str, ...] = ()
    refused: tuple[Elsewhere, ...] = ()

    def lead_to(self, base_url: str) -> None: ...

    def notes(self) -> tuple[str, ...]:
        return ()


def verify(service: Service, run: Run) -> Report:
    """Run it and judge it. Raises CouldNotStart of the emulator, CouldNotRun of the command."""
    started = clock.iso(clock.real_now())
    around_it = around(service, intercept=run.intercept)
    with around_it as surroundings, private(*run.serve_options, *surroundings.serve_options) as control:
        surroundings.lead_to(control.base_url)
        environment = {**inherited(), BASE_URL: control.base_url, **run.credentials, **surroundings.environment}
        ran = _ran(run, environment)
        happened, bill = calls.read(control), _bill(control, run)
        notes, refused = surroundings.notes(), tuple(one.wanted for one in surroundings.refused)
    return _report(service, run, started, ran, happened, bill, notes, refused)


def around(service: Service, *, intercept: bool) -> AbstractContextManager[Surroundings]:
    """What a client's run is surrounded by; new for each."""
    if not intercept:
        return nullcontext(Plain())
    from emulator.verifier.intercept import intercepting  # certificates are for those who need them

    return intercepting(service)


def inherited() -> dict[str, str]:
    """The caller's environment, but for what a client might take for its own, and no proxy on the way to us."""
    mine = {name: value for name, value in os.environ.items() if name not in _OURS}
    spared = {name: ",".join(filter(None, (mine.get(name), _LOCAL))) for name in ("NO_PROXY", "no_proxy")}
    return {**mine, **spared}


def _ran(run: Run, environment: Mapping[str, str]) -> Ran | None:
    """None when somebody interrupted it: a client that serves has no other end, and what it did counts."""
    try:
        return child.run(run.command, environment, run.limit_ms / 1000, capture=False)
    except KeyboardInterrupt:
        return None


def _bill(control: Control, run: Run) -> Bill:
    charged = calls.credits_by_operation(control)
    return Bill(sum(charged.values()), 0, run.budget, charged)


def _report(
    service: Service,
    run: Run,
    started: str,
    ran: Ran | None,
    happened: Calls,
    bill: Bill,
    notes: tuple[str, ...],
    refused: tuple[str, ...],
) -> Report:
    secrets = [value for name, value in run.credentials.items() if name != "PATSNAP_CLIENT_ID"]
    told = judged(service, subject.told(run.command, secrets), started, happened)
    of_run = run_rules.findings_of(ran, run.limit_ms, happened.exchanges, run.intercept, refused)
    return replace(
        told,
        seed=run.seed,
        exit_code=run_rules.exit_code(ran),
        findings=(*of_run, *run_rules.over_budget(bill), *told.findings),
        bill=replace(bill, for_nothing=told.bill.for_nothing if told.bill else 0),
        notes=(*_notes(ran, happened), *notes),
        judged=(*run_rules.RULES, *told.judged),
    )


def judged(service: Service, subject: str, started: str, happened: Calls) -> Report:
    """A report on calls alone, whoever wrote them down; its bill is the sum of what each is known to have cost."""
    found = judgement.of(service, happened.exchanges, happened.dropped)
    return Report(
        kind="verify",
        subject=subject,
        version=__version__,
        started=started,
        findings=found.findings,
        exchanges=happened.exchanges,
        dropped=happened.dropped,
        bill=Bill(sum(exchange.cost for exchange in happened.exchanges), found.for_nothing),
        coverage=found.coverage,
        judged=found.rules,
        documents={name: source.title for name, source in service.sources.items()},
    )


def _notes(ran: Ran | None, happened: Calls) -> Iterator[str]:
    if ran is None:
        yield "The run was interrupted; what the client had done until then is judged."
    elif ran.signal is not None:
        yield f"The client was ended by {ran.signal}, which is told as exit code {run_rules.exit_code(ran)}."
    if happened.dropped:
        yield "The journal was too short for this run: --journal N makes it longer."
    faults = [exchange for exchange in happened.exchanges if exchange.fault]
    if faults:
        yield f"A fault of the emulator, not of the client, answered {len(faults)} of the calls; please report it."

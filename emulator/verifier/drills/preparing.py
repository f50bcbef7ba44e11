"""A drill made ready for one client: options of its emulator, how tasks run, faults at the places of its calm run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.spec.drills import Drill, DrillFault, Role
from emulator.verifier.drills.roles import Cast, Target

_ROLES_TOLD: Mapping[Role, str] = {
    "call": "calls the service",
    "token": "fetches a token",
    "read": "calls an operation that only reads",
    "search": "searches",
    "poll": "asks about a task that it made",
    "creation": "makes a task",
    "upload": "uploads a picture",
    "paid": "calls an operation that costs something",
    "link": "follows a link",
    "download": "follows a link",
}


@dataclass(frozen=True)
class Prepared:
    """What is set before the client starts: options of `serve`, and bodies of the control API's plan and faults."""

    options: tuple[str, ...] = ()
    plan: Any = None
    faults: tuple[Mapping[str, Any], ...] = ()


def not_met(drill: Drill, cast: Cast) -> str | None:
    """Why a client cannot meet a drill; None if it can."""
    for role in (*drill.needs, *(fault.on for fault in drill.faults)):
        if not cast.of(role):
            return f"the client never {_ROLES_TOLD[role]}"
    if drill.ends and not any(exchange.cost for exchange in cast.exchanges):
        return "the client never paid for anything"
    return None


def prepared(drill: Drill, plan: Any, cast: Cast) -> Prepared:
    """A drill that the client can meet, made ready; `plan` is how tasks run where the drill does not say."""
    options = [part for name, value in drill.settings.items() for part in (f"--{name}", value)]
    if drill.ends:
        options += [f"--{drill.ends.replace('_', '-')}", str(_inside_the_dearest(cast.exchanges))]
    if drill.client_ahead or drill.client_behind:
        now = clock.real_now() - drill.client_ahead + drill.client_behind
        options += ["--now", clock.iso(now)]
    faults = tuple(body for fault in drill.faults for body in _bodies(fault, cast))
    return Prepared(tuple(options), drill.plan or plan, faults)


def _inside_the_dearest(exchanges: Sequence[Exchange]) -> int:
    """What is enough for all before the dearest call, and for half of that."""
    dearest = max(exchanges, key=lambda exchange: exchange.cost)
    before = sum(exchange.cost for exchange in exchanges[: exchanges.index(dearest)])
    return before + dearest.cost // 2


def _bodies(fault: DrillFault, cast: Cast) -> Iterator[dict[str, Any]]:
    for target in _targets(fault, cast.of(fault.on)):
        where = {"after": target.after_any} if fault.of_any else {"operation": target.operation, "after": target.after}
        if fault.of_any and fault.at == "first":
            where = {}
        yield {**where, **fault.effect()}


def _targets(fault: DrillFault, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    if fault.each:
        return tuple({target.operation: target for target in reversed(targets)}.values())
    return (targets[len(targets) // 2 if fault.at == "middle" else 0],)

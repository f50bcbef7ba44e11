"""What a client does when nothing happens: learnt from two runs, so that what differs by itself is known."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emulator.contract.exchange import Exchange
from emulator.spec.models import FILE, Operation, Service
from emulator.verifier.drills import saying
from emulator.verifier.drills.roles import Cast
from emulator.verifier.drills.running import Run

_RUNNING, _FAILED = "running", "failed"


@dataclass(frozen=True)
class Calm:
    """`lines` are those that two runs had in common, `done` the work, `bought` how often a thing was paid for.

    `falls` are the exceptions, masked, that either run told of though it ended well.
    """

    cast: Cast
    lines: Counter[str]
    done: Mapping[str, int]
    bought: Mapping[tuple[str, str], int]
    seconds: float
    falls: frozenset[str] = frozenset()


def learnt(service: Service, first: Run, second: Run) -> Calm:
    """What two runs agree in."""
    one, other = done(service, first.exchanges), done(service, second.exchanges)
    return Calm(
        cast=Cast(service, first.exchanges),
        lines=saying.lines(first.ran.stdout) & saying.lines(second.ran.stdout),
        done={name: min(count, other.get(name, 0)) for name, count in one.items()},
        bought=bought(first.exchanges),
        seconds=max(first.ran.seconds, second.ran.seconds),
        falls=frozenset(saying.masked(line) for run in (first, second) for line in saying.falls(run.ran.output)),
    )


def done(service: Service, exchanges: Iterable[Exchange]) -> Mapping[str, int]:
    """The work of a run: for each operation how many different requests came to a good end.

    A repeated request counts once; one about a task that has not succeeded, or whose answer broke off, not at all.
    """
    reached = {
        (exchange.operation, _asked(exchange))
        for exchange in exchanges
        if exchange.operation is not None and _came_through(service.operations.get(exchange.operation), exchange)
    }
    return Counter(operation for operation, _ in reached)


def bought(exchanges: Iterable[Exchange]) -> Mapping[tuple[str, str], int]:
    """How often each request was paid for."""
    return Counter((exchange.operation or "", _asked(exchange)) for exchange in exchanges if exchange.cost)


def _came_through(operation: Operation | None, exchange: Exchange) -> bool:
    if exchange.facts.get("lost"):
        return False
    if exchange.operation == FILE:
        return exchange.status == 200
    if operation is None or operation.security != "shared" or not exchange.succeeded:
        return False
    return exchange.facts.get("state") not in (_RUNNING, _FAILED)


def _asked(exchange: Exchange) -> str:
    """What tells a request from others; the signature of a link does not."""
    if exchange.operation == FILE:
        return exchange.path
    return str(exchange.facts.get("same") or f"{exchange.query}\n{exchange.request or ''}")

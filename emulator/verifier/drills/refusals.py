"""The last refusal that a client met: what it was told by, and whether its code stands in for another.

A page that does not list the code of a cause gets a listed one from the emulator, which is a guess of ours.
"""

from collections.abc import Sequence

from emulator.contract.exchange import Exchange
from emulator.spec.models import FILE, Service


def last(exchanges: Sequence[Exchange]) -> Exchange | None:
    """The last call that was refused."""
    return next((one for one in reversed(exchanges) if one.code or (one.status or 0) >= 400), None)


def told(exchange: Exchange) -> str:
    """`P043 was answered 67200003: the bearer token has expired`."""
    answer = f"{named(exchange)} was answered {exchange.code or f'HTTP {exchange.status}'}"
    return f"{answer}: {exchange.reason}" if exchange.reason else answer


def named(exchange: Exchange) -> str:
    """What was called, in a sentence."""
    return work(exchange.operation) if exchange.operation else f"{exchange.method} {exchange.path}"


def work(operation: str) -> str:
    """An operation in a sentence; files are no operation."""
    return "the download" if operation == FILE else operation


def stands_in(service: Service, exchange: Exchange) -> bool:
    """Whether the code is another than the one that its cause has on pages that list it, and on the live service."""
    for code, error in service.errors.codes.items():
        if exchange.cause in error.causes:
            return exchange.code not in (code, error.causes[exchange.cause].live)
    return False

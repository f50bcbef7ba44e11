"""Credits spent for nothing: on what a client had already, or bought and never asked for.

Works on calls and what they cost; whether that breaks a rule is not its business.
"""

from collections.abc import Iterable, Iterator

from emulator.contract.client_rules.run import Run
from emulator.contract.exchange import Exchange
from emulator.spec.models import Service


def for_nothing(service: Service, exchanges: Iterable[Exchange]) -> int:
    """Credits of calls that a sound client would not have paid: of each account, each call counted once.

    What was lost on its way may be bought again, and what failed is given back and is no waste of the client's.
    """
    by_account: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_account.setdefault(exchange.account, []).append(exchange)
    return sum(one.cost for calls in by_account.values() for one in _wasted(Run(service, calls)))


def _wasted(run: Run) -> Iterator[Exchange]:
    had: set[tuple[str | None, str]] = set()
    useless = {creation.id for made, creation in run.made.items() if _never_read(run, made, creation)}
    for exchange in run.exchanges:
        if not exchange.cost or not exchange.succeeded:
            continue
        bought = exchange.operation, str(exchange.facts.get("same"))
        if exchange.id in useless or bought in had:
            yield exchange
        if exchange.got:
            had.add(bought)


def _never_read(run: Run, made: tuple[str, str], creation: Exchange) -> bool:
    operation = run.operation(creation)
    return operation is not None and operation.makes_tasks and made not in run.asks

"""Rules on where a client calls: paths that no operation has, methods that a path does not take."""

from collections.abc import Iterator
from typing import Any

from emulator.contract.client_rules.run import Blame, Run, grouped, ids
from emulator.contract.exchange import Exchange


def path_unknown(run: Run) -> Iterator[Blame]:
    """A path of nothing."""
    yield from _refused(run, "path_unknown")


def method_wrong(run: Run) -> Iterator[Blame]:
    """A known path, called in another way."""
    yield from _refused(run, "method_wrong")


def _refused(run: Run, rule: str) -> Iterator[Blame]:
    codes = run.rule(rule).codes

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        known = exchange.cause == rule or (exchange.cause is None and exchange.code in codes)
        stray = exchange.path in run.service.client_rules.fields.stray_paths and not exchange.facts.get("kind")
        if known and not exchange.trouble and not stray:
            yield exchange.method, exchange.path

    for (method, path), exchanges in grouped(run, keys):
        told = f"no operation has the path {path}" if rule == "path_unknown" else f"{path} is not called with {method}"
        hint = (exchanges[0].reason or "").partition("; ")[2] if rule == "path_unknown" else ""
        yield Blame(ids(exchanges), exchanges[0].operation, told + (f"; {hint}" if hint else ""))

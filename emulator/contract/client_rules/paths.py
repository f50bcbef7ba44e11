"""Rules on where a client calls: paths that no operation has, methods that a path does not take."""

from collections.abc import Iterator
from typing import Any

from emulator.contract.client_rules.run import Blame, Run, grouped, ids
from emulator.contract.exchange import Exchange
from emulator.spec.models import Service


def path_unknown(run: Run) -> Iterator[Blame]:
    """A path of nothing."""
    yield from _refused(run, "path_unknown")


def method_wrong(run: Run) -> Iterator[Blame]:
    """A known path, called in another way."""
    yield from _refused(run, "method_wrong")


def wanted(service: Service) -> dict[str, str]:
    """By path, the method that its page wants, `GET or POST` where there are two."""
    methods: dict[str, list[str]] = {}
    for operation in service.operations.values():
        methods.setdefault(operation.path, []).append(operation.method)
    return {path: " or ".join(each) for path, each in methods.items()}


def _refused(run: Run, rule: str) -> Iterator[Blame]:
    codes, methods = run.rule(rule).codes, wanted(run.service)

    def keys(exchange: Exchange) -> Iterator[tuple[Any, ...]]:
        known = exchange.cause == rule or (exchange.cause is None and exchange.code in codes)
        stray = exchange.path in run.service.client_rules.fields.stray_paths and not exchange.facts.get("kind")
        if known and not exchange.trouble and not stray:
            yield exchange.method, exchange.path

    for (method, path), exchanges in grouped(run, keys):
        told = _strange(path, exchanges[0]) if rule == "path_unknown" else _other(method, path, methods.get(path))
        yield Blame(ids(exchanges), exchanges[0].operation, told)


def _strange(path: str, exchange: Exchange) -> str:
    hint = (exchange.reason or "").partition("; ")[2]
    return f"no operation has the path {path}" + (f"; {hint}" if hint else "")


def _other(method: str, path: str, wanted: str | None) -> str:
    return f"{method} {path}: the page wants {wanted or 'another method'}"

"""What a client did wrong in a run: every rule over every account's calls, as findings.

Knows neither where calls were written down nor how findings are shown.
"""

from collections.abc import Iterable, Iterator, Mapping

from emulator.contract.client_rules.run import Blame, Run
from emulator.contract.client_rules.table import RULES
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.spec.models import Service

__all__ = ["blind", "judge"]


def judge(
    service: Service, exchanges: Iterable[Exchange], *, dropped: Mapping[str, int] | int = 0
) -> tuple[Finding, ...]:
    """Every finding about these calls, in the order of the last call of each.

    `dropped` calls, by account or in all, came before these and are not known any more: rules that conclude from what
    is not there are silent then, and `blind` says which. What was our own fault is not judged.
    """
    calls = list(exchanges)
    order = {exchange.id: place for place, exchange in enumerate(calls)}
    found = [finding for run in _runs(service, calls, dropped) for finding in _findings(run)]
    return tuple(sorted(found, key=lambda finding: max(order[call] for call in finding.calls)))


def blind(
    service: Service, exchanges: Iterable[Exchange], *, dropped: Mapping[str, int] | int = 0
) -> Mapping[str, str]:
    """The rules that cannot judge, for one account at least, because calls are missing, and why."""
    if all(run.whole for run in _runs(service, exchanges, dropped)):
        return {}
    return {name: rule.blind for name, rule in service.client_rules.rules.items() if rule.blind is not None}


def _runs(service: Service, exchanges: Iterable[Exchange], dropped: Mapping[str, int] | int) -> Iterator[Run]:
    by_account: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        if not exchange.fault:
            by_account.setdefault(exchange.account, []).append(exchange)
    for account, calls in by_account.items():
        lost = dropped if isinstance(dropped, int) else dropped.get(account, 0)
        yield Run(service, calls, whole=not lost and not any(one.facts.get("unread") for one in calls))


def _findings(run: Run) -> Iterator[Finding]:
    for name, rule in run.service.client_rules.rules.items():
        for blame in RULES[name](run):
            yield _finding(name, Severity(rule.severity), blame, rule.advice, rule.evidence.model_dump())


def _finding(name: str, severity: Severity, blame: Blame, advice: str, known: Mapping[str, object]) -> Finding:
    evidence = blame.evidence or known
    if blame.evidence is not None and evidence["grade"] == "assumed" and severity is Severity.ERROR:
        severity = Severity.WARNING  # nobody has written this rule down
    return Finding(name, severity, blame.operation, blame.calls, blame.sentence, advice, evidence)

"""Money and quota: prices off by one, other units, what is free billed, what costs given away, counters that miss."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from emulator.behaviours import meter, quota, tasks
from emulator.behaviours.quota import Quota
from emulator.server.pipeline import Pipeline
from emulator.spec.models import Operation, Service
from tests.mutants.documents import changed_operation
from tests.mutants.mutant import Mutant, Patch, touched

RULES = ("bill", "price", "amount", "quota", "limit", "money")


def price(service: Service) -> list[Mutant]:
    """Each operation a credit dearer and a credit cheaper."""
    return [
        _document("price off by one", operation, f"{step:+}", credits=operation.price.credits + step)
        for operation in service.operations.values()
        for step in (1, -1)
        if operation.price.credits + step >= 0 and operation.price.per != "nothing"
    ]


def units(service: Service) -> list[Mutant]:
    """Items billed by call and the reverse, images by task, what costs given away, what is free billed."""
    others = {"item": "non_empty_call", "non_empty_call": "item", "image": "task", "task": "item", "nothing": "task"}
    found = []
    for operation in service.operations.values():
        per = others[operation.price.per]
        credits = operation.price.credits or 1
        if operation.price.per == "task":
            per = "nothing"
        found.append(
            _document(
                "billed by another unit", operation, f"per {per}", per=per, credits=0 if per == "nothing" else credits
            )
        )
    return found


def empty(service: Service) -> list[Mutant]:
    """An answer without results billed like one with a result."""
    return [
        Mutant(
            "empty answer billed",
            operation.id,
            touched(operation),
            ("bill", "empty", *RULES),
            patches=(Patch(Pipeline, "_charge", _at_least_one(operation)),),
        )
        for operation in service.operations.values()
        if operation.price.per in ("item", "non_empty_call", "image")
    ]


def failures(service: Service) -> list[Mutant]:
    """Refusals of an operation that costs something billed: in the header, or on the account."""
    found = []
    for operation in service.operations.values():
        if operation.price.per != "nothing":
            found.append(
                _mutant("failure billed", operation, "amount told", Patch(Pipeline, "_failed", _told_amount(operation)))
            )
            found.append(
                _mutant("failure billed", operation, "charged", Patch(Pipeline, "_failed", _charged_failure(operation)))
            )
        if operation.makes_tasks and operation.price.per in ("task", "image"):
            found.append(
                _mutant("failure billed", operation, "task kept", Patch(tasks, "has_failed", _never_failed(operation)))
            )
    return found


def counted(service: Service) -> list[Mutant]:
    """Successes of each operation that are not counted, counted twice, or of which only the header is wrong."""
    found = []
    for operation in service.operations.values():
        if operation.price.per == "nothing":
            continue
        for name, make in (
            ("not counted", _times(operation, 0)),
            ("counted twice", _times(operation, 2)),
        ):
            found.append(_mutant("quota counted wrong", operation, name, Patch(meter, "charge", make)))
        found.append(
            _mutant("quota counted wrong", operation, "told twice", Patch(Quota, "charge", _told(operation, 2)))
        )
        found.append(
            _mutant("quota counted wrong", operation, "told as nothing", Patch(Quota, "charge", _told(operation, 0)))
        )
    return found


def limits(service: Service) -> list[Mutant]:
    """The limits of an account and of all: not looked at, one off, counted by call, on the wrong day."""
    return [
        _limit("the daily limit is one more", Patch(Quota, "_refuse_quota", _more("daily_limit", 1))),
        _limit("the daily limit is one less", Patch(Quota, "_refuse_quota", _more("daily_limit", -1))),
        _limit("the total limit is one more", Patch(Quota, "_refuse_quota", _more("total_limit", 1))),
        _limit("the total limit is one less", Patch(Quota, "_refuse_quota", _more("total_limit", -1))),
        _limit("the daily limit is not looked at", Patch(Quota, "_refuse_quota", _more("daily_limit", None))),
        _limit("the total limit is not looked at", Patch(Quota, "_refuse_quota", _more("total_limit", None))),
        _limit("the balance is not looked at", Patch(quota, "_refuse_balance", _nothing)),
        _limit("the balance is one more", Patch(quota, "_refuse_balance", _richer(1))),
        _limit("the balance is one less", Patch(quota, "_refuse_balance", _richer(-1))),
        _limit("the balance is looked at for one unit only", Patch(quota, "_refuse_balance", _one_unit)),
        _limit("one call more a second", Patch(Quota, "_count", _rate(1))),
        _limit("one call less a second", Patch(Quota, "_count", _rate(-1))),
        _limit("a second of two seconds", Patch(Quota, "_count", _slow)),
        _limit("the platform's limit is not looked at", Patch(Quota, "_refuse_platform", _nothing)),
        _limit("quota falls by calls, not by items", Patch(meter, "charge", _one_unit_charged)),
        _limit("a day never ends", Patch(meter, "clock", _one_day)),
    ]


def _document(kind: str, operation: Operation, how: str, **update: Any) -> Mutant:
    changed = changed_operation(operation.id, price=operation.price.model_copy(update=update))
    return Mutant(kind, f"{operation.id}:{how}", touched(operation), RULES, service=changed)


def _mutant(kind: str, operation: Operation, how: str, patch: Patch) -> Mutant:
    return Mutant(kind, f"{operation.id}:{how}", touched(operation), RULES, patches=(patch,))


def _limit(name: str, patch: Patch) -> Mutant:
    return Mutant("limit of an account wrong", name, rules=RULES, patches=(patch,))


def _nothing(true: Any) -> Any:
    return lambda *given, **named: None


def _at_least_one(operation: Operation) -> Any:
    def make(charge: Any) -> Any:
        def act(self: Pipeline, called: Operation, outcome: Any, visit: Any) -> None:
            billed = replace(outcome, found=max(1, outcome.found)) if called.id == operation.id else outcome
            charge(self, called, billed, visit)

        return act

    return make


def _told_amount(operation: Operation) -> Any:
    def make(failed: Any) -> Any:
        def act(self: Pipeline, visit: Any, *given: Any) -> Any:
            verdict = failed(self, visit, *given)
            if visit.operation is not None and visit.operation.id == operation.id:
                visit.cost = operation.price.credits
            return verdict

        return act

    return make


def _charged_failure(operation: Operation) -> Any:
    def make(failed: Any) -> Any:
        def act(self: Pipeline, visit: Any, *given: Any) -> Any:
            if visit.operation is not None and visit.operation.id == operation.id and visit.account.id:
                price, zone = operation.price.credits, self._world.service.values.day_zone
                meter.charge(self._world.store, visit.account.id, operation.id, 1, price, visit.now, zone)
            return failed(self, visit, *given)

        return act

    return make


def _never_failed(operation: Operation) -> Any:
    return lambda true: lambda task, now: task["operation"] != operation.id and true(task, now)


def _times(operation: Operation, times: int) -> Any:
    def make(charge: Any) -> Any:
        def act(store: Any, account: str, called: str, units: int, credits: int, now: int, zone: int) -> Any:
            factor = times if called == operation.id else 1
            return charge(store, account, called, units * factor, credits * factor, now, zone)

        return act

    return make


def _told(operation: Operation, times: int) -> Any:
    def make(charge: Any) -> Any:
        def act(self: Quota, account: Any, called: Operation, *given: Any) -> int:
            credits: int = charge(self, account, called, *given)
            return credits * times if called.id == operation.id else credits

        return act

    return make


def _more(name: str, step: int | None) -> Any:
    """A limit of an account that is so many more, or none."""

    def make(refuse: Any) -> Any:
        def act(self: Quota, account: Any, *given: Any) -> None:
            limit = getattr(account, name)
            other = None if step is None or limit is None else limit + step
            refuse(self, replace(account, **{name: other}), *given)

        return act

    return make


def _richer(step: int) -> Any:
    def make(refuse: Any) -> Any:
        def act(account: Any, *given: Any) -> None:
            refuse(account if account.balance is None else replace(account, balance=account.balance + step), *given)

        return act

    return make


def _one_unit(refuse: Any) -> Any:
    return lambda account, used, tariff, units: refuse(account, used, tariff, 1)


def _rate(step: int) -> Any:
    return lambda count: lambda self, space, qps, *given: count(self, space, qps + step, *given)


def _slow(count: Any) -> Any:
    return lambda self, space, qps, now, *given: count(self, space, qps, now // 2, *given)


def _one_unit_charged(charge: Any) -> Any:
    def act(store: Any, account: str, called: str, units: int, credits: int, now: int, zone: int) -> Any:
        return charge(store, account, called, 1, credits, now, zone)

    return act


def _one_day(true: Any) -> Any:
    return SimpleNamespace(day=lambda now, zone: "2026-01-01")

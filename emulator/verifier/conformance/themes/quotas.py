"""What stops an account: no permission, too many calls, a day's or a total limit, no credits, an ended term.

Every operation, by its real cause; the account and, on a server of one's own, all accounts together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from emulator import clock
from emulator.errors import Cause
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance import judging
from emulator.verifier.conformance.answers import Answer
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage

RULE = "quota"
_SECOND, _DAY = 1000, 86_400_000


@dataclass(frozen=True)
class Stop:
    """Settings that stop the next call, and those with which it goes through again."""

    cause: Cause
    title: str
    settings: dict[str, Any]
    lifted: dict[str, Any]


STOPS = (
    Stop(
        Cause.CLIENT_DISABLED, "a client that is disabled is refused", {"enabled": False}, {"enabled": True}
    ),
    Stop(
        Cause.PERMISSION_MISSING, "an operation without permission is refused", {"permissions": []},
        {"permissions": None},
    ),
    Stop(Cause.RATE_EXCEEDED, "more calls in a second than allowed are refused", {"qps": 0}, {"qps": None}),
    Stop(
        Cause.DAILY_LIMIT_REACHED, "beyond the day's limit calls are refused", {"daily_limit": 0},
        {"daily_limit": None},
    ),
    Stop(
        Cause.TOTAL_LIMIT_REACHED, "beyond the total limit calls are refused", {"total_limit": 0},
        {"total_limit": None},
    ),
    Stop(Cause.BALANCE_INSUFFICIENT, "without credits a call is refused", {"balance": 0}, {"balance": 100_000}),
)  # fmt: skip


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            for stop in STOPS:
                yield _stopped(operation, stop)
            yield _term(operation)
            yield _permitted(operation, service)
    call = service.operations["P043"]
    yield from (_rate(call), _of_the_day(call, service), _total(call), _token(service), _failures(call))
    yield from (_platform(call, "qps"), _platform(call, "total_limit"))


def _paying(operation: Operation) -> dict[str, Any]:
    """Prices with which limits and balance concern the operation."""
    return {"prices": {operation.id: max(1, operation.price.credits)}}


def _stopped(operation: Operation, stop: Stop) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.account.token  # noqa: B018 - while it may still ask for one
        stage.configure(**_paying(operation), **stop.settings)
        refused = stage.account.call(operation, least(operation))
        yield from judging.refused(stage, operation, refused, stop.cause)
        if stage.bill():
            yield f"{stage.bill()} credits were billed"
        stage.configure(**stop.lifted)
        answer = stage.account.call(operation, least(operation))
        if answer.code != 0:
            yield f"afterwards it is refused with {answer.told}"

    return case(
        RULE, operation, str(stop.cause), stop.title, script,
        calls=2, credits=max(1, price(operation, least(operation))), needs=(Need.CONTROL,),
    )  # fmt: skip


def _term(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        own = stage.account
        token = own.token
        stage.configure(valid_until=clock.iso(stage.now() + 10 * _SECOND))

        def asked() -> Answer:
            return own.request(operation, least(operation), apikey=own.client_id, bearer=token)

        stage.advance(10 * _SECOND - 1)
        asked().wanted(0)
        stage.advance(1)
        yield from judging.refused(stage, operation, asked(), Cause.CLIENT_EXPIRED)

    title = "a client's term ends at its instant"
    cost = price(operation, least(operation))
    return case(RULE, operation, "term", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))


def _permitted(operation: Operation, service: Service) -> Case:
    others = [one for one in service.operations if one != operation.id]

    def script(stage: Stage) -> Iterator[str]:
        stage.configure(permissions=[operation.id])
        stage.account.call(operation, least(operation)).wanted(0)
        stage.configure(permissions=others)
        refused = stage.account.call(operation, least(operation))
        yield from judging.refused(stage, operation, refused, Cause.PERMISSION_MISSING)

    title = "each operation has a permission of its own"
    cost = price(operation, least(operation))
    return case(RULE, operation, "permission", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))


# --- Counting, on one operation that is paid by the item ------------------------------------------------------


def _counted(title: str, about: str, operation: Operation, script: Callable[[Stage], Iterator[str]]) -> Case:
    return case(RULE, operation, about, title, script, calls=8, credits=8, needs=(Need.CONTROL,))


def _one(operation: Operation) -> dict[str, Any]:
    """A request for one item."""
    return {"patent_number": operation.parameter("patent_number").example}  # type: ignore[union-attr]


def _two(operation: Operation) -> dict[str, Any]:
    """A request for two items."""
    return {"patent_id": operation.parameter("patent_id").example}  # type: ignore[union-attr]


def _rate(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.account.token  # noqa: B018 - token calls count as well
        stage.advance_keeping(_SECOND)
        stage.configure(qps=2)
        for _ in range(2):
            stage.account.call(operation, _one(operation)).wanted(0)
        for wait in (0, _SECOND - 1):
            stage.advance_keeping(wait)
            refused = stage.account.call(operation, _one(operation))
            yield from judging.refused(stage, operation, refused, Cause.RATE_EXCEEDED)
        stage.advance_keeping(1)
        stage.account.call(operation, _one(operation)).wanted(0)

    return _counted("so many calls in a second and no more, and in the next as many", "rate", operation, script)


def _of_the_day(operation: Operation, service: Service) -> Case:
    zone = service.values.day_zone

    def script(stage: Stage) -> Iterator[str]:
        midnight = clock.next_time(stage.now(), 0, zone)
        stage.advance(midnight - stage.now() - 1)
        stage.configure(daily_limit=2)
        stage.account.call(operation, _two(operation)).wanted(0)
        refused = stage.account.call(operation, _one(operation))
        yield from judging.refused(stage, operation, refused, Cause.DAILY_LIMIT_REACHED)
        stage.advance_keeping(1)
        stage.account.call(operation, _one(operation)).wanted(0)
        refused = stage.account.call(operation, _two(operation))
        yield from judging.refused(stage, operation, refused, Cause.DAILY_LIMIT_REACHED)
        stage.account.call(operation, _one(operation)).wanted(0)

    title = "a day's limit counts items, and ends at midnight in Beijing"
    return _counted(title, "day", operation, script)


def _total(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.configure(total_limit=3)
        stage.account.call(operation, _two(operation)).wanted(0)
        refused = stage.account.call(operation, _two(operation))
        yield from judging.refused(stage, operation, refused, Cause.TOTAL_LIMIT_REACHED)
        stage.account.call(operation, _one(operation)).wanted(0)
        stage.advance(400 * _DAY)
        refused = stage.account.call(operation, _one(operation))
        yield from judging.refused(stage, operation, refused, Cause.TOTAL_LIMIT_REACHED)

    return _counted("a total limit counts items, and never ends", "total", operation, script)


def _failures(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.configure(daily_limit=1, total_limit=1)
        for _ in range(2):
            refused = stage.account.call(operation, {})
            yield from judging.refused(stage, operation, refused, Cause.PARAMETER_INVALID)
        stage.account.call(operation, _one(operation)).wanted(0)

    return _counted("failures use up nothing", "failures", operation, script)


def _token(service: Service) -> Case:
    token = service.operations["token"]

    def script(stage: Stage) -> Iterator[str]:
        for settings, cause in (
            ({"qps": 0}, Cause.RATE_EXCEEDED),
            ({"qps": None, "enabled": False}, Cause.CLIENT_DISABLED),
            ({"enabled": True, "valid_until": clock.iso(stage.now())}, Cause.CLIENT_EXPIRED),
        ):
            stage.configure(**settings)
            yield from judging.refused(stage, token, stage.account.token_call(), cause)

    title = "token calls are refused to who calls too often, is disabled or whose term has ended"
    return case(RULE, token, "", title, script, calls=3, needs=(Need.CONTROL,))


def _platform(operation: Operation, limit: str) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.account.token  # noqa: B018 - before the limit stands
        stage.control.ask("PUT", "/limits", {limit: 0})
        try:
            refused = stage.account.call(operation, _one(operation))
        finally:
            stage.control.ask("PUT", "/limits", {})
        yield from judging.refused(stage, operation, refused, Cause.PLATFORM_LIMIT_REACHED)
        stage.account.call(operation, _one(operation)).wanted(0)

    title = f"the {limit} of all accounts together refuses each of them"
    return case(
        RULE, operation, f"platform {limit}", title, script,
        calls=2, credits=1, needs=(Need.CONTROL, Need.SERVER),
    )  # fmt: skip

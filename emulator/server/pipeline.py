"""The path of one request, from routing to the journal.

`_through` is the whole of it: the order of its lines is the order in which errors win, and a test pins it. What a
line checks is known by the module it calls; what an error looks like, by `envelope`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator import clock, entropy
from emulator.behaviours import stubs
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.table import Does
from emulator.behaviours.world import Account, Call, Outcome, World
from emulator.contract.request import CheckedRequest, RequestChecker
from emulator.errors import ApiError, Cause, RequestedError
from emulator.server import credentials, reading, trouble
from emulator.server.envelope import Envelope, fault_told
from emulator.server.journal import Entry, Journal
from emulator.server.messages import Answer, Request
from emulator.server.routing import Routes
from emulator.server.visit import CORRELATION, Visit
from emulator.spec.models import Operation, Price

_log = logging.getLogger("emulator")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a visit ended. `code` is None where the answer is none of the service's."""

    status: int
    body: bytes
    code: int | None = 0
    cause: Cause | None = None
    reason: str | None = None


class Pipeline:
    def __init__(
        self,
        world: World,
        accounts: Accounts,
        clocks: Clocks,
        journal: Journal,
        checkers: Mapping[str, RequestChecker],
        does: Mapping[str, Does],
        defaults: Account,
        public_url: str | None,
    ) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._journal = journal
        self._does = does
        self._stranger = defaults
        self._public_url = public_url
        self._routes = Routes(world.service.operations.values())
        self._checkers = checkers
        self._envelope = Envelope(world.service)

    def respond(self, request: Request) -> Answer:
        """The answer to a request, already in the journal."""
        visit = Visit(self._stranger, self._clocks.moment())
        try:
            verdict = Verdict(*self._through(request, visit))
        except trouble.UnknownWish as wish:
            verdict = Verdict(*trouble.refused(wish), code=None, reason=wish.sentence)
        except RequestedError as wish:
            visit.delay = wish.delay
            verdict = self._failed(visit, wish.code, None, f"asked for by the header {trouble.ERROR_HEADER}")
        except ApiError as error:
            verdict = self._refused(visit, error.cause, error.reason)
        except Exception as error:
            _log.exception("fault of the emulator in %s %s", request.method, request.path)
            visit.fault = True
            verdict = self._refused(visit, Cause.EMULATOR_FAULT, fault_told(error))
        return self._recorded(request, visit, verdict)

    def _through(self, request: Request, visit: Visit) -> tuple[int, bytes]:
        visit.account = credentials.claimed(request, self._accounts) or visit.account  # whose refusal it would be
        visit.operation = self._routes.at(request.path)  # 67200101
        operation = visit.operation = self._routes.called(request.method, request.path)  # 67200012
        visit.delay = trouble.wished(request, self._world.service.errors.codes)  # what a header asks for
        account = credentials.admit(operation, request, self._accounts, visit.now_of)  # 67200008, 67200009, 67200003
        visit.account = account if account.opened else visit.account
        _refuse_disabled(account)  # 67200003
        _refuse_after_term(account, visit.now)  # 67200006
        _refuse_without_permission(account, operation)  # 67200004
        raw = reading.read(operation, request, self._world.service.bounds)  # 68300007
        checked = self._checkers[operation.id].check(raw)
        _refuse_parameters(checked, account, visit)  # 68300004
        outcome = self._behave(request, operation, account, visit, checked.values)  # 68300010, 68300004
        visit.cost = cost_of(operation.price, outcome)
        return self._envelope.success(operation, account, outcome)

    def _behave(
        self, request: Request, operation: Operation, account: Account, visit: Visit, values: Mapping[str, Any]
    ) -> Outcome:
        base_url = request.base_url(self._public_url)
        call = Call(self._world, operation, account, visit.now_of(account.id), values, base_url, remarks=visit.remarks)
        outcome = stubs.answer(call) or self._does[operation.behaviour](call)
        visit.account = account
        return outcome

    def _refused(self, visit: Visit, cause: Cause, reason: str) -> Verdict:
        code = self._envelope.code_of(cause, visit.operation, visit.account.wire)
        return self._failed(visit, code, cause, reason)

    def _failed(self, visit: Visit, code: int, cause: Cause | None, reason: str) -> Verdict:
        visit.cost = 0
        return Verdict(*self._envelope.failure(code, visit.operation, visit.account), code, cause, reason)

    def _recorded(self, request: Request, visit: Visit, verdict: Verdict) -> Answer:
        correlation = entropy.dashed(self._world.draw(visit.account, CORRELATION))
        answer = self._envelope.answer(verdict.status, verdict.body, visit, correlation, verdict.reason)
        operation = visit.operation
        name = operation.id if operation else None
        entry = Entry.of(visit, name, correlation, code=verdict.code, cause=verdict.cause, reason=verdict.reason)
        self._journal.add(entry, request, answer)
        return answer


def cost_of(price: Price, outcome: Outcome) -> int:
    """Credits for a success."""
    match price.per:
        case "nothing":
            return 0
        case "item":
            return price.credits * outcome.found
        case "non_empty_call":
            return price.credits * (outcome.found > 0)
        case "task":
            return price.credits


def _refuse_disabled(account: Account) -> None:
    if not account.enabled:
        raise ApiError(Cause.CLIENT_DISABLED, "the account's setting `enabled` is false")


def _refuse_after_term(account: Account, now: int) -> None:
    if account.valid_until is not None and now >= account.valid_until:
        raise ApiError(Cause.CLIENT_EXPIRED, f"the account's term ended at {clock.iso(account.valid_until)}")


def _refuse_without_permission(account: Account, operation: Operation) -> None:
    if account.permissions is not None and operation.security == "shared" and operation.id not in account.permissions:
        raise ApiError(Cause.PERMISSION_MISSING, f"{operation.id} is not among the account's permissions")


def _refuse_parameters(checked: CheckedRequest, account: Account, visit: Visit) -> None:
    for violation in checked.violations:
        raise ApiError(violation.cause, str(violation))
    for name in checked.undocumented:
        if account.strict:
            raise ApiError(Cause.PARAMETER_INVALID, f"no page documents the parameter {name[:60]!r} (strict account)")
        visit.remarks.append(f"no page documents the parameter {name[:60]!r}; it was ignored")

"""The path of one request, from routing to the journal.

`_through` is the whole of it: the order of its lines is the order in which errors win, and a test pins it. What a
line checks is known by the module it calls; what an error looks like, by `envelope`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator import clock, entropy
from emulator.behaviours.access import token
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.table import BEHAVIOURS
from emulator.behaviours.world import Account, Call, Outcome, World
from emulator.contract.request import CheckedRequest, RequestChecker
from emulator.errors import ApiError, Cause, RequestedError
from emulator.server import credentials, reading, trouble
from emulator.server.envelope import Envelope
from emulator.server.journal import Entry, Journal
from emulator.server.messages import Answer, Request
from emulator.server.routing import Routes
from emulator.spec.models import Operation, Price

_log = logging.getLogger("emulator")
_ALLOWED_ANYWHERE = frozenset({"apikey"})
_CORRELATION = "correlation"


@dataclass
class Visit:
    """What is known of a request so far: enough to answer and to keep a record, wherever it ends."""

    account: Account
    now: int
    operation: Operation | None = None
    cost: int = 0
    delay: int = 0
    remarks: list[str] = field(default_factory=list)
    fault: bool = False


class Pipeline:
    def __init__(
        self,
        world: World,
        accounts: Accounts,
        clocks: Clocks,
        journal: Journal,
        defaults: Account,
        public_url: str | None,
    ) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._journal = journal
        self._stranger = defaults
        self._public_url = public_url
        operations = world.service.operations.values()
        self._routes = Routes(operations)
        self._checkers = {operation.id: RequestChecker(operation, _ALLOWED_ANYWHERE) for operation in operations}
        self._envelope = Envelope(world.service)

    def respond(self, request: Request) -> Answer:
        """The answer to a request, already in the journal."""
        visit = Visit(self._stranger, self._clocks.now())
        code: int | None = 0
        cause = reason = None
        try:
            status, body = self._through(request, visit)
        except trouble.UnknownWish as wish:
            code, reason = None, wish.sentence
            status, body = trouble.refused(wish)
        except RequestedError as wish:
            visit.delay = wish.delay
            code, reason = wish.code, f"asked for by the header {trouble.ERROR_HEADER}"
        except ApiError as error:
            code, cause, reason = (
                self._envelope.code_of(error.cause, visit.operation, visit.account.wire),
                error.cause,
                error.reason,
            )
        except Exception as error:
            _log.exception("fault of the emulator in %s %s", request.method, request.path)
            visit.fault, cause = True, Cause.EMULATOR_FAULT
            reason = f"a fault of the emulator, not of the service: {type(error).__name__}; its log has the traceback"
            code = self._envelope.code_of(cause, visit.operation, visit.account.wire)
        if code:
            visit.cost = 0
            status, body = self._envelope.failure(code, visit.operation, visit.account)
        return self._recorded(request, visit, status, body, code, cause, reason)

    def _through(self, request: Request, visit: Visit) -> tuple[int, bytes]:
        operation = visit.operation = self._routes.find(request.method, request.path)  # 67200101, 67200012
        visit.delay = trouble.wished(request, self._world.service.errors.codes)  # what a header asks for
        self._expect(request, operation, visit)
        account = credentials.admit(
            operation, request, self._accounts, self._clocks.now
        )  # 67200008, 67200009, 67200003
        self._recognise(account, visit)
        _refuse_disabled(account)  # 67200003
        _refuse_after_term(account, visit.now)  # 67200006
        _refuse_without_permission(account, operation)  # 67200004
        raw = reading.read(operation, request, self._world.service.bounds)  # 68300007
        checked = self._checkers[operation.id].check(raw)
        _refuse_parameters(checked, account, visit)  # 68300004
        outcome = self._behave(request, visit, checked.values)  # 68300010, 68300004
        visit.cost = cost_of(operation.price, outcome)
        return self._envelope.success(operation, account, outcome)

    def _expect(self, request: Request, operation: Operation, visit: Visit) -> None:
        """Until credentials are proved, a refusal belongs to the account they claim, if there is one."""
        claimed = credentials.claimed(operation, request)
        account = self._accounts.find(claimed) if claimed else None
        if account is not None:
            self._recognise(account, visit)

    def _recognise(self, account: Account, visit: Visit) -> None:
        visit.account, visit.now = account, self._clocks.now(account.id)

    def _behave(self, request: Request, visit: Visit, values: Mapping[str, object]) -> Outcome:
        assert visit.operation is not None
        call = Call(
            self._world,
            visit.operation,
            visit.account,
            visit.now,
            values,
            request.base_url(self._public_url),
            remarks=visit.remarks,
        )
        if visit.operation.behaviour == "token":
            return token(call, self._accounts)
        return BEHAVIOURS[visit.operation.behaviour](call)

    def _recorded(
        self,
        request: Request,
        visit: Visit,
        status: int,
        body: bytes,
        code: int | None,
        cause: Cause | None,
        reason: str | None,
    ) -> Answer:
        correlation = entropy.dashed(self._world.draw(visit.account, _CORRELATION))
        answer = self._envelope.answer(
            status,
            body,
            visit.account,
            visit.now,
            correlation,
            visit.cost,
            reason,
            fault=visit.fault,
            delay=visit.delay,
        )
        operation = visit.operation
        self._journal.add(
            Entry(
                account=visit.account.id,
                operation=operation.id if operation else None,
                now=visit.now,
                correlation=correlation,
                code=code,
                cause=cause,
                reason=reason,
                cost=visit.cost,
                remarks=tuple(visit.remarks),
                fault=visit.fault,
                secret=operation is not None and operation.security == "clientSecret",
            ),
            request,
            answer,
        )
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
    if (
        account.permissions is not None
        and operation.security == "clientToken"
        and operation.id not in account.permissions
    ):
        raise ApiError(Cause.PERMISSION_MISSING, f"{operation.id} is not among the account's permissions")


def _refuse_parameters(checked: CheckedRequest, account: Account, visit: Visit) -> None:
    for violation in checked.violations:
        raise ApiError(violation.cause, str(violation))
    for name in checked.undocumented:
        if account.strict:
            raise ApiError(Cause.PARAMETER_INVALID, f"no page documents the parameter {name[:60]!r} (strict account)")
        visit.remarks.append(f"no page documents the parameter {name[:60]!r}; it was ignored")

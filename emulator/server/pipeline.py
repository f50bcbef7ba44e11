"""The path of one request, from routing to the journal.

`_through` is the whole of it: the order of its lines is the order in which errors win, and a test pins it. What a
line checks is known by the module it calls; what an error looks like, by `envelope`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from emulator import clock
from emulator.behaviours import images, reserved, stubs
from emulator.behaviours.answer_forms import formed
from emulator.behaviours.prices import tariff_of
from emulator.behaviours.recordings import Recordings
from emulator.behaviours.table import Does
from emulator.behaviours.world import Account, Asked, Call, Outcome
from emulator.contract.request import CheckedRequest, RequestChecker
from emulator.errors import ApiError, Cause, RequestedError
from emulator.server import credentials, reading, trouble
from emulator.server.envelope import Envelope, fault_told
from emulator.server.facts import Facts
from emulator.server.journal import Entry
from emulator.server.messages import Answer, Request
from emulator.server.parts import Parts
from emulator.server.routing import Routes
from emulator.server.visit import Visit
from emulator.spec.models import Operation

_log = logging.getLogger("emulator")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a visit ended. `code` is None where the answer is none of the service's, and then `kind` is its media type.

    The status is 0 where nothing is answered at all.
    """

    status: int
    body: bytes
    code: int | None = 0
    cause: Cause | None = None
    reason: str | None = None
    kind: str | None = None


class Pipeline:
    def __init__(
        self,
        parts: Parts,
        checkers: Mapping[str, RequestChecker],
        does: Mapping[str, Does],
        recordings: Recordings,
    ) -> None:
        world = parts.world
        self._world = world
        self._accounts = parts.accounts
        self._clocks = parts.clocks
        self._journal = parts.journal
        self._faults = parts.faults
        self._quota = parts.quota
        self._stranger = parts.stranger
        self._public_url = parts.settings.public_url
        self._latency = parts.settings.latency
        self._does = does
        self._recordings = recordings
        self._routes = Routes(world.service.operations.values())
        self._checkers = checkers
        self._envelope = Envelope(world.service)
        self._codes = world.service.errors.codes
        self._facts = Facts(world.service, checkers)

    def respond(self, request: Request) -> Answer:
        """The answer to a request, already in the journal."""
        moment = self._clocks.moment()
        visit = Visit(self._stranger, moment, moment.real)
        try:
            verdict = Verdict(*self._through(request, visit))
        except trouble.UnknownWish as wish:
            verdict = Verdict(*trouble.refused(wish), code=None, reason=wish.sentence)
        except trouble.OtherAnswer as other:
            body = trouble.page_of(other.status)
            verdict = Verdict(other.status or 0, body, code=None, reason=other.asked, kind=trouble.PAGE)
        except RequestedError as wish:
            verdict = self._failed(visit, wish.code, None, wish.asked)
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
        visit.delay = visit.usual = self._usual_wait(operation)
        trouble.heed_headers(request, visit, self._codes)  # what headers ask for
        account = credentials.admit(operation, request, self._accounts, visit.now_of)  # 67200008, 67200009, 67200003
        visit.account = account if account.opened else visit.account
        _refuse_disabled(account)  # 67200003
        _refuse_after_term(account, visit.now)  # 67200006
        trouble.heed_fault(self._faults.met(account, operation.id), visit)  # what was planned
        _refuse_without_permission(account, operation)  # 67200004
        self._quota.admit(account, operation, visit.now_of, counts=visit.counts)  # 67200002, ...07, ...00, ...01, ...05
        raw = reading.read(operation, request, self._world.service.bounds)  # 68300007
        checked = visit.checked = self._checkers[operation.id].check(raw)
        _refuse_parameters(checked, account, visit)  # 68300004
        values = images.looked_at(self._world, operation, checked.values)  # 68300010
        asked = reserved.asked(self._world.service, operation, values)
        trouble.heed_words(asked, visit, self._codes)  # what reserved words ask for
        self._refuse_late(operation, visit)  # 67200100
        call = self._call(request, operation, account, visit, values, asked)
        outcome = self._pinned(call) or self._does[operation.behaviour](call)  # 68300004
        visit.account = account  # opened by now
        if visit.form is not None:
            outcome = formed(visit.form, self._world.service, operation, outcome)
        told = self._envelope.success(operation, account, outcome)
        self._charge(operation, outcome, visit)  # 67200007, 67200000, 67200001, 67200005
        if outcome.keep is not None:
            outcome.keep()
        visit.data, visit.answered = outcome.data, True
        return told

    def _call(
        self,
        request: Request,
        operation: Operation,
        account: Account,
        visit: Visit,
        values: Mapping[str, Any],
        asked: Asked,
    ) -> Call:
        return Call(
            self._world,
            operation,
            account,
            visit.now_of(account.id),
            values,
            request.base_url(self._public_url),
            remarks=visit.remarks,
            id=partial(visit.id, self._world),
            price=tariff_of(account, operation).credits,
            asked=asked,
            counts=visit.counts,
        )

    def _pinned(self, call: Call) -> Outcome | None:
        """What somebody wants answered, or what was recorded."""
        return stubs.answer(call) or self._recordings.answer(call)

    def _usual_wait(self, operation: Operation) -> int:
        if self._latency == "documented":
            return self._world.service.usual_answer(operation)
        return 0 if self._latency == "off" else self._latency

    def _refuse_late(self, operation: Operation, visit: Visit) -> None:
        """The service gives up at the longest an answer may take, and so does the wait."""
        longest = self._world.service.longest_answer(operation)
        if visit.delay > longest:
            told = f"the answer would take {clock.seconds(visit.delay)}, and {clock.seconds(longest)} is the most"
            visit.delay = longest
            raise ApiError(Cause.BUSY, told)

    def _charge(self, operation: Operation, outcome: Outcome, visit: Visit) -> None:
        if visit.counts:
            call_id = partial(visit.id, self._world)
            visit.cost = self._quota.charge(visit.account, operation, outcome.found, visit.now, call_id)

    def _refused(self, visit: Visit, cause: Cause, reason: str) -> Verdict:
        code = self._envelope.code_of(cause, visit.operation, visit.account.wire)
        meant = self._envelope.code_of(cause, None, visit.account.wire)
        told = reason if code == meant else f"{reason}; it means {meant}, which this page does not list"
        return self._failed(visit, code, cause, told)

    def _failed(self, visit: Visit, code: int, cause: Cause | None, reason: str) -> Verdict:
        visit.cost = 0
        status, body = self._envelope.failure(code, visit.operation, visit.account)
        return Verdict(visit.status or status, body, code, cause, reason)

    def _recorded(self, request: Request, visit: Visit, verdict: Verdict) -> Answer:
        correlation = visit.id(self._world)
        answer = self._envelope.answer(verdict.status, verdict.body, visit, correlation, verdict.reason, verdict.kind)
        operation = visit.operation
        name = operation.id if operation else None
        facts = self._facts.of_call(request, visit)
        entry = Entry.of(visit, name, correlation, facts, code=verdict.code, cause=verdict.cause, reason=verdict.reason)
        self._journal.add(entry, request, answer)
        trouble.let_time_go_by(visit, self._clocks)
        return answer


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

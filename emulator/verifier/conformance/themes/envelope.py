"""Around every answer: an id of its own, the time of the account, and HTTP 201 where that is wished and listed."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.examples import needs

RULE = "envelope"
_HOURS_30 = 30 * 3_600_000


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.security == "shared":
            yield _correlations(operation, service)
            yield _date(operation)
            if operation.method == "POST":
                yield _created(operation)


def _correlations(operation: Operation, service: Service) -> Case:
    header = service.envelope.correlation_header

    def script(stage: Stage) -> Iterator[str]:
        answers = [stage.account.call(operation, values) for values in (least(operation), {}, {})]
        told = [answer.header(header) for answer in answers]
        if len(set(told)) < len(told):
            yield f"two answers have the same {header}"

    title = f"every answer has a {header} of its own"
    cost = price(operation, least(operation))
    return case(
        RULE, operation, "correlation", title, script,
        evidence=service.envelope.evidence, calls=3, credits=cost, needs=needs(operation),
    )  # fmt: skip


def _date(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.advance(_HOURS_30)
        now = stage.now() // 1000
        for values in (least(operation), {}):
            answer = stage.account.call(operation, values)
            if int(parsedate_to_datetime(answer.header("date") or "").timestamp()) != now:
                yield f"the Date {answer.header('date')} is not the account's time"

    title = "the one Date is the account's"
    cost = price(operation, least(operation))
    return case(RULE, operation, "date", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))


def _created(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.configure(created_status=201)
        listed = 201 in operation.statuses and stage.service.errors.wire[stage.wire].http == "by_code"
        answer = stage.account.call(operation, least(operation))
        if answer.status != (201 if listed else 200):
            yield f"a success comes with HTTP {answer.status}"
        refused = stage.account.call(operation, {})
        if refused.status == 201:
            yield "a failure comes with HTTP 201"

    title = "where it is wished, and the page lists it, a success comes with HTTP 201"
    cost = price(operation, least(operation))
    return case(RULE, operation, "created", title, script, calls=2, credits=cost, needs=(Need.CONTROL,))

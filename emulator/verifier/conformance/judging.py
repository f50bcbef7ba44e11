"""One answer held against the documents: its envelope, its data, its status, its text and its headers.

The checks themselves are those of `contract`; here stands only which of them an answer on the wire has to pass.
"""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from emulator.errors import Cause
from emulator.spec.evidence import OURS
from emulator.spec.models import Operation
from emulator.verifier.conformance.answers import Answer
from emulator.verifier.conformance.case import Breach

if TYPE_CHECKING:
    from emulator.verifier.conformance.stage import Stage


def judged(stage: "Stage", operation: Operation, answer: Answer) -> Iterator[str]:
    """Every breach of an answer, a success or a refusal alike."""
    body = answer.json
    for violation in stage.house.knowledge.checker(operation.id).check(body):
        if not (violation.rule == "listed" and not _page_lists(stage)):
            yield Breach(f"{operation.id}: {violation.sentence}", violation.evidence)
    if answer.code == 0:
        yield from _success(stage, operation, answer)
    else:
        yield from refusal(stage, operation, answer)
    yield from headers(stage, answer)


def refused(stage: "Stage", operation: Operation | None, answer: Answer, cause: Cause, *names: str) -> Iterator[str]:
    """Whether a call was refused for this cause: by its code, with its text and its status.

    An emulator also tells the reason, and it names what was wrong.
    """
    wanted = stage.refusals.code_of(cause, operation, stage.wire)
    if answer.code != wanted:
        yield f"{wanted} was expected, and {answer.told} came"
        return
    if answer.price:
        yield f"a refusal cost {answer.price} credits"
    unnamed = [name for name in names if name not in answer.reason]
    if unnamed and stage.house.control:
        yield Breach(f"the reason, {answer.reason!r}, does not name {', '.join(unnamed)}", OURS)
    yield from refusal(stage, operation, answer)
    yield from headers(stage, answer)


def _page_lists(stage: "Stage") -> bool:
    """Whether codes are those of the page's table: the live service answers others as well."""
    return stage.service.errors.wire[stage.wire].nearest


def _success(stage: "Stage", operation: Operation, answer: Answer) -> Iterator[str]:
    statuses = {200} | ({201} & set(operation.statuses) if operation.method == "POST" else set())
    if answer.status not in statuses:
        yield f"a success came with HTTP {answer.status}"
    envelope = stage.service.envelope
    if operation.security == "shared" and list(answer.json) != list(envelope.success_keys):
        proof = envelope.evidence.model_dump()
        yield Breach(f"a success has {', '.join(envelope.success_keys)}; here {', '.join(answer.json)} came", proof)


def refusal(stage: "Stage", operation: Operation | None, answer: Answer) -> Iterator[str]:
    """The form of a refusal: its keys, its status and its text."""
    profile = stage.service.errors.wire[stage.wire]
    proof = profile.evidence.model_dump()
    keys = list(answer.json)
    if keys != list(profile.failure_keys):
        yield Breach(f"a failure has {', '.join(profile.failure_keys)}; here {', '.join(keys)} came", proof)
    if answer.code not in stage.service.errors.codes:
        yield f"{answer.code} is no code of the service"
        return
    status = stage.refusals.status_of(answer.code, operation, stage.wire)
    if answer.status != status:
        yield Breach(f"{answer.code} comes with HTTP {status}, and {answer.status} came", proof)
    languages = ("en",) if stage.house.control else ("en", "cn")
    texts = [stage.refusals.text_of(answer.code, operation, stage.wire, language) for language in languages]
    if answer.json.get("error_msg") not in texts:
        known = stage.service.errors.codes[answer.code].evidence.model_dump()
        yield Breach(f"{answer.code} says {' or '.join(texts)!r}, and {answer.json.get('error_msg')!r} came", known)
    if answer.json.get("status") is not False:
        yield f"a failure has status false, and {answer.json.get('status')!r} came"


def headers(stage: "Stage", answer: Answer) -> Iterator[str]:
    """The headers that every answer has."""
    envelope, profile = stage.service.envelope, stage.service.errors.wire[stage.wire]
    proof = envelope.evidence.model_dump()
    if (kind := answer.header("content-type") or "").replace(" ", "").lower() != envelope.content_type.replace(" ", ""):
        yield Breach(f"the content type is {kind!r}, not {envelope.content_type!r}", proof)
    if len(answer.headers_named(envelope.correlation_header)) != 1:
        yield Breach(f"one {envelope.correlation_header} was expected", proof)
    amounts = answer.headers_named(envelope.amount_header)
    if profile.amount_header and (len(amounts) != 1 or answer.price is None):
        yield Breach(f"{envelope.amount_header} tells the price once, and {amounts} came", proof)
    if not profile.amount_header and amounts:
        yield Breach(f"{envelope.amount_header} is not there on this wire, and {amounts} came", proof)
    if answer.header("x-emulator-fault"):
        yield f"a fault of the emulator: {answer.reason}"
    yield from _dated(answer)


def _dated(answer: Answer) -> Iterator[str]:
    dates = answer.headers_named("date")
    try:
        fine = len(dates) == 1 and bool(parsedate_to_datetime(dates[0]))
    except ValueError:
        fine = False
    if not fine:
        yield f"one Date was expected, and {dates} came"

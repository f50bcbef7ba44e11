"""The exact bytes of every refusal: each code on each page, in both wires and both languages.

The texts are looked for in orders written down here again, so that neither a text nor an order changes unseen; those of
the contract pages are compared with the pages' transcription.
"""

import hashlib
import json
from itertools import product
from typing import Any

import pytest

from contract_tests.published_facts import PAGES
from emulator.behaviours.world import Account, Outcome
from emulator.errors import Cause
from emulator.server.envelope import Envelope, header_text
from emulator.server.messages import Answer
from emulator.server.visit import Visit
from emulator.spec import loader
from emulator.spec.models import Operation

SERVICE = loader.load()
ENVELOPE = Envelope(SERVICE)
OPERATIONS: list[Operation | None] = [None, *SERVICE.operations.values()]
OLD = {"P009-results", "P009-search", "P009-search-id", "P010"}
MEASURED_FIRST = {"en": ("measured", "old", "new"), "cn": ("cn", "measured", "old", "new")}


def order(operation: Operation | None, wire: str, language: str) -> tuple[str, ...]:
    if wire == "live":
        return MEASURED_FIRST[language]
    own = ("old", "new", "measured") if operation and operation.id in OLD else ("new", "measured")
    return own if language == "en" else ("cn", *own)


def expected(code: int, operation: Operation | None, wire: str, language: str) -> bytes:
    texts = SERVICE.errors.codes[code].texts
    text = next(texts[name] for name in order(operation, wire, language) if texts.get(name))
    parts: dict[str, Any] = {"status": False, "error_code": code, "error_msg": text}
    keys = sorted(parts) if wire == "live" else parts
    return json.dumps({key: parts[key] for key in keys}, ensure_ascii=False, separators=(",", ":")).encode()


def account(wire: Any = "documented", language: Any = "en", **more: Any) -> Account:
    return Account("a", wire=wire, language=language, **more)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id if one else "nowhere")
def test_every_code_has_its_exact_bytes(operation: Operation | None) -> None:
    for code, wire, language in product(SERVICE.errors.codes, ("documented", "live"), ("en", "cn")):
        status, body = ENVELOPE.failure(code, operation, account(wire, language))
        assert body == expected(code, operation, wire, language)
        own = SERVICE.errors.codes[code].http
        listed = operation is None or own in operation.statuses
        assert status == (own if wire == "documented" and listed else 200)


@pytest.mark.parametrize("page_id", PAGES)
def test_a_contract_page_refuses_in_its_own_words(page_id: str) -> None:
    page, operation = PAGES[page_id], SERVICE.operations[page_id]
    for code, text in {**page.business_errors, **page.platform_errors}.items():
        _, body = ENVELOPE.failure(code, operation, account(language=page.language))
        assert body == f'{{"status":false,"error_code":{code},"error_msg":"{text}"}}'.encode()


def test_the_one_live_refusal_known_byte_for_byte_is_that() -> None:
    for operation in OPERATIONS:
        status, body = ENVELOPE.failure(67200004, operation, account("live"))
        assert status == 200
        assert hashlib.sha256(body).hexdigest() == "1373786f22793a81616e400d5c7580364caad57f8db2d883a76e54d31c950c96"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (67200003, 401),
        (67200008, 401),
        (67200009, 401),
        (67200004, 403),
        (67200005, 403),
        (67200006, 403),
        (67200007, 403),
        (67200101, 404),
        (67200002, 200),
        (68300004, 200),
        (67200012, 200),
    ],
)
def test_the_status_follows_from_the_code_where_the_page_lists_it(code: int, status: int) -> None:
    assert ENVELOPE.failure(code, SERVICE.operations["P043"], account())[0] == status
    assert ENVELOPE.failure(code, SERVICE.operations["P009-results"], account())[0] == 200
    assert ENVELOPE.failure(code, SERVICE.operations["P010"], account())[0] == 200


NEAREST = {
    "P009": {
        67200000: 67200001,
        67200007: 67200002,
        67200100: 68300008,
        67200008: 67200003,
        67200009: 67200003,
        67200012: 68300007,
    },
    "P010": {67200000: 67200001, 67200100: 68300008, 67200008: 67200003, 67200009: 67200003, 67200012: 68300007},
    "P043": {67200000: 67200001, 67200100: 68300008, 67200008: 67200003, 67200009: 67200003, 67200012: 68300007},
}
MEANT = {
    Cause.PATH_UNKNOWN: (67200101, 67200101),
    Cause.METHOD_WRONG: (67200012, 67200012),
    Cause.KEY_MISSING: (67200008, 67200008),
    Cause.KEY_REJECTED: (67200009, 67200202),
    Cause.TOKEN_REJECTED: (67200009, 67200009),
    Cause.SECRET_WRONG: (67200003, 67200003),
    Cause.GRANT_TYPE_WRONG: (67200015, 67200015),
    Cause.CLIENT_DISABLED: (67200003, 67200003),
    Cause.CLIENT_EXPIRED: (67200006, 67200006),
    Cause.PERMISSION_MISSING: (67200004, 67200004),
    Cause.RATE_EXCEEDED: (67200002, 67200002),
    Cause.DAILY_LIMIT_REACHED: (67200007, 67200007),
    Cause.TOTAL_LIMIT_REACHED: (67200000, 67200000),
    Cause.PLATFORM_LIMIT_REACHED: (67200001, 67200001),
    Cause.BALANCE_INSUFFICIENT: (67200005, 67200005),
    Cause.BUSY: (67200100, 67200100),
    Cause.BODY_UNREADABLE: (68300007, 68300007),
    Cause.PARAMETER_INVALID: (68300004, 68300004),
    Cause.FILE_REFUSED: (68300010, 68300010),
    Cause.EMULATOR_FAULT: (68300008, 68300008),
}


@pytest.mark.parametrize("cause", list(Cause))
def test_a_cause_has_its_code_or_the_nearest_one_of_the_page(cause: Cause) -> None:
    documented, live = MEANT[cause]
    for operation in OPERATIONS:
        near = NEAREST.get(operation.error_table if operation else "", {}).get(documented, documented)
        assert ENVELOPE.code_of(cause, operation, "documented") == near
        assert ENVELOPE.code_of(cause, operation, "live") == live


def test_the_stand_ins_of_the_pages_are_these() -> None:
    same = {67200000: 67200001, 67200008: 67200003, 67200009: 67200003, 67200012: 68300007, 67200100: 68300008}
    tables = SERVICE.errors.tables
    assert tables["P010"].nearest == tables["P043"].nearest == same
    assert tables["P009"].nearest == {**same, 67200007: 67200002}
    assert tables["new"].nearest == tables["token"].nearest == {}


def test_a_success_is_data_status_and_code() -> None:
    outcome = Outcome({"task_id": "x"})
    body = b'{"data":{"task_id":"x"},"status":true,"error_code":0}'
    operation = SERVICE.operations["AI39-1-submit"]
    assert ENVELOPE.success(operation, account(), outcome) == (200, body)
    assert ENVELOPE.success(operation, account("live"), outcome) == (200, body)
    assert ENVELOPE.success(operation, account(created_status=201), outcome) == (201, body)


@pytest.mark.parametrize("operation_id", ["P043", "P010", "R003-export", "P009-results"])
def test_created_is_answered_only_where_the_page_lists_it(operation_id: str) -> None:
    status, _ = ENVELOPE.success(SERVICE.operations[operation_id], account(created_status=201), Outcome([]))
    assert status == 200


def answer(wire: str = "documented", reason: str | None = None, fault: bool = False) -> Answer:
    visit = Visit(account(wire), lambda name: 1_767_225_600_000, cost=3, delay=7, fault=fault)
    return ENVELOPE.answer(200, b"{}", visit, "some-id", reason)


def test_the_headers_of_an_answer_are_these() -> None:
    plain = (
        ("content-type", "application/json; charset=utf-8"),
        ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("x-correlation-id", "some-id"),
    )
    assert answer().headers == (*plain, ("x-openapi-amount", "3"))
    assert answer("live").headers == plain
    assert answer("live", "why", True).headers == (*plain, ("X-Emulator-Reason", "why"), ("X-Emulator-Fault", "true"))
    assert answer().delay == 7


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("plain", "plain"),
        ("手机", "\\u624b\\u673a"),
        ("a\r\nSet-Cookie: b", "a\\x0d\\x0aSet-Cookie: b"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 297 + "..."),
        ("\ud800", "\\ud800"),
    ],
)
def test_a_reason_is_one_line_of_ascii_of_at_most_300_bytes(reason: str, line: str) -> None:
    assert header_text(reason) == line

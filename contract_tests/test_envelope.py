"""Every answer is wrapped as published: keys and their order, texts by page and language, HTTP status, and headers.

Both wire profiles are swept over every operation and every code by conformance cases; here are the texts as pages print
them. One failure of the live service is known byte for byte, and the profile `live` answers exactly that.
"""

import re
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer, Target
from contract_tests.documents import CALLS, OPERATIONS, SERVICE, least
from contract_tests.published_facts import PAGES, Page
from emulator.spec.models import Operation

_PRINTED = [
    pytest.param(page, code, text, id=f"{page.id}-{code}")
    for page in PAGES.values()
    for code, text in {**page.business_errors, **page.platform_errors}.items()
]
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_LIVE_FAILURE = (
    b'{"error_code":67200004,"error_msg":"No permission or API package quota has exceeded the limit!","status":false}'
)


def _asked_for(account: Account, operation: Operation, code: int) -> Answer:
    headers = {"X-Emulator-Error": str(code)}
    if operation.security == "clientSecret":
        return account.target.call(operation.id, {}, basic=(account.client_id, account.secret), headers=headers)
    return account.send(operation.id, {}, headers=headers)


@pytest.mark.parametrize(("page", "code", "text"), _PRINTED)
@pytest.mark.emulator_only
def test_texts_are_those_the_page_prints(account: Account, page: Page, code: int, text: str) -> None:
    operation = next(one for one in OPERATIONS if (one.method, one.path) == (page.method, page.path))
    account.configure(language=page.language)
    answer = _asked_for(account, operation, code)
    assert answer.json()["error_msg"] == text
    assert "charset=utf-8" in (answer.header("content-type") or "")


@pytest.mark.parametrize("language", ["en", "cn"])
@pytest.mark.parametrize("wire", ["documented", "live"])
@pytest.mark.emulator_only
def test_both_languages_in_both_profiles(account: Account, wire: str, language: str) -> None:
    account.configure(wire=wire, language=language)
    answer = account.call("P043", patent_number="CN101595528B", lang="fr")
    assert answer.code == 68300004
    assert answer.json()["error_msg"] == {"en": "Invalid parameter!", "cn": "请求参数异常!"}[language]


@pytest.mark.emulator_only
def test_the_one_live_failure_known_byte_for_byte(account: Account) -> None:
    account.configure(wire="live", permissions=[])
    for operation in CALLS:
        answer = account.send(operation.id, least(operation))
        assert (answer.status, answer.body) == (200, _LIVE_FAILURE)


@pytest.mark.emulator_only
def test_a_live_success_has_no_price(account: Account) -> None:
    account.configure(wire="live")
    answer = account.call("P043", patent_number="CN101595528B")
    assert answer.code == 0
    assert answer.header("x-openapi-amount") is None
    assert answer.header("x-correlation-id")


@pytest.mark.parametrize("operation", [pytest.param(one, id=one.id) for one in CALLS if one.method == "POST"])
@pytest.mark.emulator_only
def test_created_is_answered_where_it_is_wished_and_listed(account: Account, operation: Operation) -> None:
    account.configure(created_status=201)
    assert account.send(operation.id, least(operation)).status == (201 if 201 in operation.statuses else 200)
    refused = account.send_body(operation.id, b"{")
    assert (refused.status, refused.code) == (200, 68300007)


@pytest.mark.emulator_only
def test_every_answer_has_a_correlation_of_its_own(account: Account) -> None:
    answers = [account.call("P043", patent_number="CN101595528B") for _ in range(3)]
    answers += [account.call("P043"), account.target.send("GET", "/nowhere")]
    correlations = [answer.header("x-correlation-id") or "" for answer in answers]
    assert all(_UUID.fullmatch(correlation) for correlation in correlations)
    assert len(set(correlations)) == len(correlations)


@pytest.mark.needs_clock
def test_the_one_date_is_the_accounts(account: Account) -> None:
    account.advance("30h")
    now = account.steer("GET", "clock").json()["now"]
    for answer in (account.call("P043", patent_number="CN101595528B"), account.call("P043")):
        (date,) = answer.headers_named("date")
        assert parsedate_to_datetime(date).strftime("%Y-%m-%dT%H:%M:%S.000Z") == now
        assert answer.headers_named("server") == []


@pytest.mark.parametrize("text", ["é" * 400, "a\r\nX-Smuggled: 1", "\x00\x1b[31m", "手机" * 90, "\u2028"])
@pytest.mark.emulator_only
def test_a_reason_is_one_short_line_of_ascii(account: Account, text: str) -> None:
    answer = account.call("P060", **{**least(SERVICE.operations["P060"]), "patent_type": text})
    assert answer.code == 68300004
    assert answer.reason.startswith("patent_type ")
    assert answer.reason.isascii()
    assert answer.reason.isprintable()
    assert len(answer.reason) <= 300
    assert answer.header("x-smuggled") is None
    assert b"patent_type" not in answer.body


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/image-search/results/", "/image-search/results"),
        ("/Image-Search/Results", "/image-search/results"),
        ("/image-search/results/v2", "/image-search/results"),
        ("/v2/image-search/results", "/image-search/results"),
        ("/image-search/result", "/image-search/results"),
        ("/ai/image-search/submitt", "/ai/image-search/submit"),
    ],
)
@pytest.mark.emulator_only
def test_an_unknown_path_is_answered_with_a_hint(target: Target, path: str, near: str) -> None:
    answer = target.send("GET", path)
    assert (answer.status, answer.code) == (404, 67200101)
    assert answer.reason.endswith(f"{near} is near")
    assert list(answer.json()) == ["status", "error_code", "error_msg"]


@pytest.mark.parametrize("path", ["/", "/nothing/of/the/kind", "//", "/%00", "/" + "x" * 4000])
def test_a_path_nobody_means_is_unknown_too(target: Target, path: str) -> None:
    answer = target.send("GET", path)
    assert (answer.status, answer.code) == (404, 67200101)


@pytest.mark.parametrize("wish", ["67200999", "abc", "", "-1", "6.72e7"])
@pytest.mark.emulator_only
def test_a_wish_for_an_unknown_code_is_told_plainly(account: Account, wish: str) -> None:
    answer = account.send("P043", {}, headers={"X-Emulator-Error": wish})
    body: dict[str, Any] = answer.json()
    assert answer.status == 400
    assert list(body) == ["error"]
    assert "X-Emulator-Error" in body["error"]

"""Whatever comes in, a documented code goes out: never HTTP 500, never a fault of the emulator, and it lives on.

Bytes that are no text, texts that are no JSON, JSON that is no request, and more of each than anyone would read.
"""

import json

import pytest

from contract_tests.account import Account
from contract_tests.documents import CALLS, INVALID, SERVICE, UNREADABLE, is_documented, least
from emulator.spec.models import Operation

pytestmark = pytest.mark.emulator_only
_JSON = [
    pytest.param(one, id=one.id) for one in CALLS if one.body is not None and one.body.media_type == "application/json"
]
_IN_QUERY = [pytest.param(one, id=one.id) for one in CALLS if one.body is None]
_UNREADABLE = {
    "garbage": b"\xff\xfe\x00\x01garbage",
    "half": b'{"url": "x',
    "two": b"{}{}",
    "single-quotes": b"{'url': 1}",
    "comment": b'{"url": 1} // no',
    "trailing-comma": b'{"url": 1,}',
    "nan": b'{"limit": NaN}',
    "infinity": b'{"limit": -Infinity}',
    "lone-surrogate": b'{"url": "\\ud800"}',
    "raw-surrogate": b'{"url": "\xed\xa0\x80"}',
    "latin-1": '{"url": "é"}'.encode("latin-1"),
    "utf-16": '{"url": "x"}'.encode("utf-16"),
    "control-character": b'{"url": "\x00"}',
    "deep-array": b'{"url": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep-object": b'{"url":' * 5_000 + b"1" + b"}" * 5_000,
    "unclosed": b"[" * 2_000_000,
    "ten-megabytes": b'{"url": "' + b"x" * 10_000_000 + b'"}',
    "far-over": b"x" * 20_000_000,
}
_NO_OBJECT = {"array": b"[]", "string": b'"text"', "number": b"7", "null": b"null", "true": b"true", "nested": b"[{}]"}


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in _UNREADABLE.items()])
@pytest.mark.parametrize("operation", _JSON)
def test_a_body_that_cannot_be_read_is_a_bad_request(account: Account, operation: Operation, body: bytes) -> None:
    answer = account.send_body(operation.id, body)
    is_documented(answer, operation)
    assert answer.code == UNREADABLE


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in _NO_OBJECT.items()])
@pytest.mark.parametrize("operation", _JSON)
def test_json_that_is_no_object_is_an_invalid_parameter(account: Account, operation: Operation, body: bytes) -> None:
    answer = account.send_body(operation.id, body)
    is_documented(answer, operation)
    assert answer.code == INVALID


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded", "nonsense"],
)
@pytest.mark.parametrize("operation", _JSON)
def test_another_content_type_is_a_bad_request(account: Account, operation: Operation, media_type: str) -> None:
    body = json.dumps(least(operation)).encode()
    assert account.send_body(operation.id, body, media_type).code == UNREADABLE
    for fitting in (
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.x+json",
        "",
    ):
        assert account.send_body(operation.id, body, fitting).code == 0


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", "9" * 400, "1" + "0" * 4000, "1.0e0", "18446744073709551616", "-0.0"]
)
def test_a_huge_number_is_an_invalid_parameter(account: Account, number: str) -> None:
    request = json.dumps({**least(SERVICE.operations["P060"]), "limit": "HERE"}).replace('"HERE"', number)
    answer = account.send_body("P060", request.encode())
    is_documented(answer, SERVICE.operations["P060"])
    assert answer.code in (INVALID, UNREADABLE)


@pytest.mark.parametrize("text", ["9" * 400, "1" * 21, "-" * 50, "٣", "１０", "1_0", "0b1", "\x00", " 5", "5 "])
@pytest.mark.parametrize("operation", ["P009-results", "P009-search-id", "P009-search"])
def test_a_query_number_is_digits_and_no_more(account: Account, operation: str, text: str) -> None:
    request = {**least(SERVICE.operations[operation]), "limit": text}
    answer = account.send(operation, request)
    is_documented(answer, SERVICE.operations[operation])
    assert answer.code == INVALID


@pytest.mark.parametrize("operation", _IN_QUERY)
@pytest.mark.parametrize(
    "query",
    [
        "a=%ff",
        "a=%C3%28",
        "%ff=1",
        "=",
        "&&&",
        "a" * 20_000,
        "&".join(["a=1"] * 900),
        "&".join(f"a{i}=1" for i in range(2000)),
    ],
)
def test_a_query_nobody_can_read_is_told_so(account: Account, operation: Operation, query: str) -> None:
    headers = {"Authorization": f"Bearer {account.token}"}
    answer = account.target.send("GET", f"{operation.path}?apikey={account.client_id}&{query}", headers=headers)
    assert answer.header("x-emulator-fault") is None, answer.reason
    assert answer.status in (200, 401)
    assert answer.code != 0


@pytest.mark.parametrize("key", ["url", "colour", "__proto__", "", "\u0000", "task_id"])
def test_a_key_that_comes_twice_is_refused_wherever_it_stands(account: Account, key: str) -> None:
    name = json.dumps(key)
    nested = json.dumps(least(SERVICE.operations["P060"]))[:-1] + f', "more": {{{name}: 1, {name}: 1}}}}'
    answer = account.send_body("P060", nested.encode())
    assert answer.code == INVALID
    assert "twice" in answer.reason


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param('"u\\u0072l": "x", "url": "x"', id="escaped-letter"),
        pytest.param('"url": "\\"", "url": "x"', id="escaped-quote"),
        pytest.param('"url": ":", "url": "\\":"', id="colon-in-a-text"),
        pytest.param('"url": "x", "url": "\\u0022:"', id="escaped-key-end-in-a-text"),
        pytest.param('"url" : "x", "url": "x"', id="blank-before-the-colon"),
        pytest.param('"url": "x", "url"\n: "x"', id="line-end-before-the-colon"),
    ],
)
def test_a_doubled_key_cannot_hide(account: Account, pair: str) -> None:
    body = '{"patent_type": "D", "model": 1, ' + pair + "}"
    assert account.send_body("P060", body.encode()).code == INVALID


@pytest.mark.parametrize(
    "name", ["Authorization", "Content-Type", "Host", "X-Emulator-Delay", "X-Forwarded-For", "Cookie"]
)
@pytest.mark.parametrize("value", ["", "x" * 8000, "Bearer", "Basic ====", ";;;", "a, b"])
def test_no_header_breaks_a_call(account: Account, name: str, value: str) -> None:
    query = [("apikey", account.client_id), ("patent_number", "CN101595528B")]
    headers = {"Authorization": f"Bearer {account.token}", name: value}
    answer = account.target.send("GET", SERVICE.operations["P043"].path, query=query, headers=headers)
    assert answer.status in (200, 400, 401)
    assert answer.header("x-emulator-fault") is None

"""Requests that would break a careless program: each is answered by the service, none by a fault of ours."""

from typing import Any

import pytest

from tests.conftest import Caller

P043, SUBMIT = "/basic-patent-data/abstract-data-translated", "/ai/image-search/submit"
KNOWN = {"patent_number": "CN101595528B"}


def code(answer: Any) -> int:
    return int(answer.json()["error_code"])


HOSTILE: list[dict[str, Any]] = [
    {"params": {"patent_id": ","}},
    {"params": {"patent_id": " , ", "lang": "en"}},
    {"params": {"patent_number": "\x00"}},
    {"params": {"patent_number": "手机" * 2000}},
    {"params": {"replace_by_related": "9" * 5000, **KNOWN}},
    {"params": {"patent_id": "a" * 60_000}},
]


@pytest.mark.parametrize("more", HOSTILE)
def test_no_query_makes_a_fault(caller: Caller, more: dict[str, Any]) -> None:
    assert code(caller.call("GET", P043, **more)) in (0, 68300004)


BODIES: list[bytes] = [
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"country":["US"],"lang":"en","main_field":"\\ud800"}',
    b'{"country":["US"],"lang":"en","url":"\\ud800"}',
    b'{"country":["US"],"lang":"en","url":"http://[::1"}',
    b'{"country":["US"],"lang":"en","url":"http://127.0.0.1:8390/files/%ff/%ff/%ff?X-Amz-Signature=%ff"}',
    b'{"country":["US"],"lang":"en","main_field":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"country":["US"],"lang":"en","main_field":NaN}',
    b'{"country":[' + b'"US",' * 50_000 + b'"US"],"lang":"en","main_field":"a"}',
    b'{"lang":{},"country":{},"url":{},"main_field":{},"loc_items":{}}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_body_makes_a_fault(caller: Caller, body: bytes) -> None:
    answer = caller.call("POST", SUBMIT, content=body, headers={"Content-Type": "application/json"})
    assert code(answer) in (0, 68300004, 68300007)
    assert "X-Emulator-Fault" not in answer.headers


@pytest.mark.parametrize("kind", [[], {}, "X", None])
@pytest.mark.parametrize("model", [[], {}, 1, None])
def test_no_pair_of_values_makes_a_fault(caller: Caller, kind: Any, model: Any) -> None:
    body = {"url": "https://static-open.zhihuiya.com/sample/common_demo.png", "patent_type": kind, "model": model}
    assert code(caller.call("POST", "/search/patent/image-single", json=body)) == 68300004


@pytest.mark.parametrize(
    "body",
    [
        b'{"country":["US"],"lang":"en","lang":"cn","main_field":"a"}',
        b'{"country":["US"],"lang" :"en","lang":"cn","main_field":"a"}',
        b'{"country":["US"],"l\\u0061ng":"en","lang":"cn","main_field":"a"}',
        b'{"country":["US"],"lang"\n:"en","lang"\t:"cn","main_field":"a"}',
    ],
)
def test_a_key_that_comes_twice_in_a_body_is_refused(caller: Caller, body: bytes) -> None:
    answer = caller.call("POST", SUBMIT, content=body, headers={"Content-Type": "application/json"})
    assert code(answer) == 68300004
    assert "'lang' occurs twice" in answer.headers["X-Emulator-Reason"]


def test_a_query_that_is_no_text_is_refused(caller: Caller) -> None:
    caller.call("GET", P043, KNOWN)
    answer = caller.send(
        "GET",
        f"{P043}?apikey={caller.client_id}&patent_number=%ff",
        headers={"Authorization": f"Bearer {caller.token()}"},
    )
    assert code(answer) in (68300004, 67200003)  # the apikey cannot be read either
    assert "X-Emulator-Fault" not in answer.headers

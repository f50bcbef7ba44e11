"""The journal tells each call once, keeps no secret in any form, and is bounded."""

import json
from urllib.parse import quote

import pytest

from emulator.contract.secrecy import without_secrets
from emulator.server.journal import Entry, Journal
from emulator.server.messages import Answer, Request
from emulator.store.base import Record
from emulator.store.memory import MemoryStore
from tests.conftest import Caller

KEY = "sk-" + "a1B2" * 12
SIGNATURE = "0123456789abcdef" * 4
LINK = f"http://h/files/a/images/x.png?X-Amz-Date=1&X-Amz-Signature={SIGNATURE}"


def entry(**changes: object) -> Entry:
    usual = {"account": "a", "operation": "P043", "now": 0, "correlation": "id", "code": 0, "cause": None}
    more = {
        "reason": None,
        "cost": 1,
        "remarks": (),
        "trouble": (),
        "fault": False,
        "secret": False,
        "facts": {"same": "1"},
    }
    return Entry(**{**usual, **more, **changes})  # type: ignore[arg-type]


def request(**changes: object) -> Request:
    usual = {"method": "GET", "path": "/p", "raw_query": "a=b", "headers": {}, "body": b""}
    return Request(**{**usual, **changes})  # type: ignore[arg-type]


def record(entry_: Entry | None = None, request_: Request | None = None, answer: bytes = b'{"data":[]}') -> Record:
    journal = Journal(MemoryStore(), 10)
    journal.add(entry_ or entry(), request_ or request(), Answer(200, answer))
    return next(iter(journal.read("a")))


def test_an_entry_tells_the_exchange_and_its_verdict() -> None:
    assert record(entry(code=68300004, cause="parameter_invalid", reason="why", cost=0, remarks=("hm",))) == {
        **{"id": "id", "at": "1970-01-01T00:00:00.000Z", "account": "a", "operation": "P043", "method": "GET"},
        **{"path": "/p", "query": "a=b", "status": 200, "error_code": 68300004, "cause": "parameter_invalid"},
        **{
            "reason": "why",
            "cost": 0,
            "remarks": ["hm"],
            "trouble": [],
            "fault": False,
            "facts": {"same": "1"},
            "request": None,
            "answer": '{"data":[]}',
        },
    }


def test_a_call_with_credentials_shows_no_bodies() -> None:
    body = request(body=b"client_secret=x&grant_type=y", headers={"content-type": "application/x-www-form-urlencoded"})
    shown = record(entry(secret=True), body, b'{"token":"t"}')
    assert (shown["request"], shown["answer"]) == (None, None)


def test_a_body_that_is_no_text_is_told_by_its_size() -> None:
    shown = record(request_=request(body=b"\xff" * 9, headers={"content-type": "multipart/form-data; boundary=x"}))
    assert shown["request"] == "<9 bytes of multipart/form-data>"


def test_a_long_body_is_cut_and_told_so() -> None:
    shown = record(answer=b"x" * 20_000)["answer"]
    assert shown.endswith("x ... <20000 bytes in all>")
    assert 1000 < len(shown) < 10_000


def test_long_paths_and_queries_are_cut() -> None:
    shown = record(request_=request(method="M" * 99, path="/" * 9999, raw_query="q" * 99_999))
    assert (len(shown["method"]), len(shown["path"]), len(shown["query"])) == (20, 500, 4000)


HIDDEN = [
    ("query", request(raw_query=f"apikey={KEY}"), KEY[3:]),
    ("query", request(raw_query="client_secret=hush&x=1"), "hush"),
    ("query", request(raw_query=f"url={quote(LINK, safe='')}"), SIGNATURE),
    ("query", request(raw_query=f"x=1&X-Amz-Signature={SIGNATURE}"), SIGNATURE),
    ("query", request(raw_query=f"apikey={quote(KEY, safe='')}".replace("sk-", "sk%2D")), KEY[3:]),
    ("path", request(path=f"/{KEY}"), KEY[3:]),
    ("request", request(body=json.dumps({"url": LINK}).encode()), SIGNATURE),
    ("request", request(body=json.dumps({"client_secret": "hush"}).encode()), "hush"),
    ("request", request(body=json.dumps({"apikey": KEY}).encode()), KEY[3:]),
    (
        "request",
        request(body=b"client_secret=hush", headers={"content-type": "application/x-www-form-urlencoded"}),
        "hush",
    ),
]


@pytest.mark.parametrize(
    ("part", "asked", "secret"), HIDDEN, ids=[f"{part}-{number}" for number, (part, *_) in enumerate(HIDDEN)]
)
def test_no_secret_key_or_signature_of_a_request_is_kept(part: str, asked: Request, secret: str) -> None:
    assert secret not in str(record(request_=asked))
    assert record(request_=asked)[part]


def test_no_signature_of_an_answer_is_kept_but_all_else_is() -> None:
    answer = json.dumps({"data": [{"url": LINK, "score": 0.5, "patent_pn": f"CN{n}"} for n in range(3)]}).encode()
    shown = record(answer=answer)["answer"]
    assert SIGNATURE not in shown
    assert [f"CN{n}" in shown for n in range(3)] == [True] * 3
    assert json.loads(shown)["data"][2]["score"] == 0.5


def test_no_secret_stands_in_a_reason() -> None:
    shown = str(record(entry(reason=f"no page documents the parameter {KEY!r}", remarks=(f"{KEY} was ignored",))))
    assert KEY[3:] not in shown


def test_the_same_key_is_known_again_without_being_told() -> None:
    assert without_secrets(KEY) == without_secrets(KEY) != without_secrets(KEY + "x")
    assert without_secrets("nothing to hide & nothing hidden=1") == "nothing to hide & nothing hidden=1"


def test_only_the_last_are_kept_and_the_lost_are_counted() -> None:
    journal = Journal(MemoryStore(), 3)
    for number in range(5):
        journal.add(entry(correlation=str(number)), request(), Answer(200, b""))
    journal.add(entry(account="b", correlation="b"), request(), Answer(200, b""))
    assert [one["id"] for one in journal.read("a")] == ["2", "3", "4"]
    assert [one["id"] for one in journal.read()] == ["2", "3", "4", "b"]
    assert (journal.dropped("a"), journal.dropped("b")) == (2, 0)
    journal.forget("a")
    assert ([one["id"] for one in journal.read()], journal.dropped("a")) == (["b"], 0)


def test_nothing_a_client_proved_itself_with_survives_a_day_of_calls(caller: Caller) -> None:
    token = caller.token()
    key = caller.steer("PUT", "", {})["api_key"]
    path = "/basic-patent-data/abstract-data-translated"
    asked = {"patent_number": "CN101595528B"}
    caller.call("GET", path, asked)
    caller.send("GET", path, params={**asked, "apikey": key})
    caller.send(
        "GET",
        path,
        params={**asked, "apikey": caller.client_id, "access_token": token},
        headers={"Authorization": f"Bearer {token}"},
    )
    caller.send("GET", path, params={**asked, "apikey": caller.client_id, "client_secret": caller.secret})
    caller.send(
        "POST",
        "/oauth/token",
        params={"grant_type": "client_credentials"},
        data={"client_id": caller.client_id, "client_secret": caller.secret},
    )
    caller.send(
        "POST", "/oauth/token", json={"client_secret": caller.secret}, auth=(caller.client_id, "another secret")
    )
    everything = (
        json.dumps(caller.journal()) + json.dumps(caller.steer("GET", "")) + json.dumps(caller.steer("GET", "/tokens"))
    )
    for secret in (token, key[3:], caller.secret, "another secret"):
        assert secret not in everything, secret
    assert len(caller.journal()) >= 6

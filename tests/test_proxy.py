"""The proxy: bytes as they were, failures told as ours, broken answers broken off, breaches marked, one host alone."""

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import trustme

from emulator.contract.finding import Severity
from emulator.spec.models import Service
from emulator.verifier.proxy.application import AT_ONCE, KEPT, Proxy
from emulator.verifier.proxy.upstream import Address, NoAddress, Upstream
from emulator.verifier.proxy.watcher import Watcher
from tests.standing import Script, says, scripted, speak, standing

P043 = "/basic-patent-data/abstract-data-translated"
FOUND = b'{"data":[],"status":true,"error_code":0}'
CLOSE = b"Connection: close\r\n"


class Place:
    """A proxy in front of a scripted upstream, and what its watcher keeps."""

    def __init__(self, port: int, watcher: Watcher, upstream: int) -> None:
        self.port, self.watcher, self.upstream = port, watcher, upstream

    def get(self, path: str = P043, *headers: bytes, method: bytes = b"GET", body: bytes = b"") -> bytes:
        lines = [method + b" " + path.encode() + b" HTTP/1.1", b"Host: proxy", b"Connection: close", *headers]
        return speak(self.port, b"\r\n".join(lines) + b"\r\n\r\n" + body)


@contextmanager
def placed(service: Service, script: Script, *, patience: float = 10.0) -> Iterator[Place]:
    with scripted(script) as upstream, proxied(service, f"http://127.0.0.1:{upstream}", patience) as (port, watcher):
        yield Place(port, watcher, upstream)


@contextmanager
def proxied(service: Service, url: str, patience: float = 10.0) -> Iterator[tuple[int, Watcher]]:
    address = Address.of(url)
    watcher = Watcher(service, url, keep=100)
    with standing(Proxy(Upstream(address, patience=patience), watcher)) as port:
        yield port, watcher


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = [b"HTTP/1.1 " + status, b"Content-Type: application/json", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


# --- byte by byte ------------------------------------------------------------------------------------------


def test_a_request_goes_on_as_it_came_but_for_the_host(service: Service) -> None:
    seen: list[bytes] = []

    def script(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        connection.sendall(answer(FOUND))

    body = bytes(range(256)) * 3
    with placed(service, script) as place:
        path = f"{P043}/%7e%2Fa%20b?x=1&x=%e4&y=a+b&&z"
        headers = (b"X-B: 2", b"X-A: 1", b"X-B: 3", b"Content-Length: 768", b"Connection: close, X-Hop", b"X-Hop: no")
        place.get(path, *headers, method=b"PUT", body=body)
        place.get("/chunked", b"Transfer-Encoding: chunked", method=b"POST", body=b"3\r\nabc\r\n0\r\n\r\n")
    head, _, sent = seen[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"PUT " + path.encode() + b" HTTP/1.1"
    assert lines[1].lower() == b"host: 127.0.0.1:%d" % place.upstream
    assert [line.lower() for line in lines[2:]] == [b"x-b: 2", b"x-a: 1", b"x-b: 3", b"content-length: 768"]
    assert sent == body
    assert seen[1].endswith(b"\r\n\r\n3\r\nabc\r\n0\r\n\r\n")


def test_an_answer_comes_back_as_it_was(service: Service) -> None:
    folded = gzip.compress(FOUND)
    headers = (b"Content-Encoding: gzip", b"Set-Cookie: a=1", b"X-Z: 1", b"Set-Cookie: b=2", b"Keep-Alive: 5")
    with placed(service, says(answer(folded, *headers, status=b"418 No"))) as place:
        got = place.get(P043 + "?patent_number=CN1")
        head, _, body = got.partition(b"\r\n\r\n")
        assert body == folded
        assert head.split(b"\r\n")[0].startswith(b"HTTP/1.1 418 ")
        names = [line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:]]
        assert [name for name in names if name not in (b"connection", b"x-emulator-breach")] == [
            b"content-type", b"content-length", b"content-encoding", b"set-cookie", b"x-z", b"set-cookie"
        ]  # fmt: skip
        assert place.get(method=b"HEAD").endswith(b"\r\n\r\n")


def test_a_redirect_is_passed_on_and_no_other_host_is_asked(service: Service) -> None:
    asked: list[bytes] = []
    with scripted(lambda connection, request: asked.append(request)) as other:
        location = b"Location: http://127.0.0.1:%d/elsewhere" % other
        with placed(service, says(answer(b"", location, status=b"302 Found"))) as place:
            assert location.lower() in place.get().lower()
            for target in (f"127.0.0.1:{other}", "/"):
                assert not place.get(target, method=b"CONNECT").startswith(b"HTTP/1.1 2")
            speak(place.port, b"GET http://127.0.0.1:%d/x HTTP/1.1\r\nHost: y\r\nConnection: close\r\n\r\n" % other)
    assert asked == []


def test_a_large_answer_streams_and_is_not_kept(service: Service) -> None:
    piece = b"x" * 65536
    more = threading.Event()

    def script(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        for number in range(KEPT // len(piece) + 8):
            connection.sendall(b"10000\r\n" + piece + b"\r\n")
            if number == 3:
                assert more.wait(20)  # the client has the beginning before the server has said the end
        connection.sendall(b"0\r\n\r\n")

    with placed(service, script) as place, httpx2.Client(trust_env=False, timeout=20) as client:
        with client.stream("GET", f"http://127.0.0.1:{place.port}{P043}") as got:
            chunks = got.iter_raw()
            size = len(next(chunks))
            more.set()
            size += sum(map(len, chunks))
        assert size == (KEPT // len(piece) + 8) * len(piece)
    (kept,) = place.watcher.report().exchanges
    assert kept.answer is None
    assert kept.facts["unread"]


# --- failures ----------------------------------------------------------------------------------------------

BREAKS = {
    "reset_at_once": (says(reset=True), 502),
    "closed_at_once": (says(), 502),
    "garbage": (says(b"\x00\xff garbage\r\n\r\n"), 502),
    "not_http": (says(b"SSH-2.0-OpenSSH_9.6\r\n"), 502),
    "endless_head": (says(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000), 502),
    "no_answer": (lambda connection, request: connection.recv(1), 504),
}


@pytest.mark.parametrize("way", BREAKS)
def test_what_fails_before_an_answer_is_told_as_ours_and_the_proxy_lives_on(service: Service, way: str) -> None:
    script, status = BREAKS[way]
    with placed(service, script, patience=0.3 if status == 504 else 10) as place:
        for _ in range(2):
            got = place.get()
            assert got.startswith(b"HTTP/1.1 %d " % status)
            assert b"x-emulator-fault: proxy" in got.lower()
            assert b"patsnap-emulator proxy: 127.0.0.1" in got
    report = place.watcher.report()
    assert [note for note in report.notes if note.startswith("the upstream failed 2 times: 127.0.0.1")]
    assert [(one.status, one.code) for one in report.exchanges] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("url", "why"),
    [("http://127.0.0.1:1", b"cannot be reached"), ("http://no-such-host.invalid", b"cannot be reached")],
)
def test_a_server_that_is_not_there(service: Service, url: str, why: bytes) -> None:
    with proxied(service, url) as (port, _):
        got = speak(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 502 ")
    assert why in got


def test_a_certificate_of_nobody_known_is_not_trusted(service: Service, tmp_path: Any) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(tmp_path / "server.pem")

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with standing(page, ssl_certfile=str(tmp_path / "server.pem")) as upstream:
        url = f"https://127.0.0.1:{upstream}"
        with proxied(service, url) as (port, _):
            got = speak(port, request)
            assert got.startswith(b"HTTP/1.1 502 ")
            assert b"certificate" in got
        knowing = Upstream(Address.of(url), patience=10, authority=tmp_path / "ca.pem")
        with standing(Proxy(knowing, Watcher(service, url, keep=1))) as port:
            assert speak(port, request).endswith(b"\r\n\r\nok")


HALVES = {
    "small_json": answer(FOUND)[:-9],
    "in_chunks": b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"dat',
    "no_json": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 99\r\n\r\n%PDF",
    "large": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{" % (AT_ONCE + 1),
    "compressed": answer(gzip.compress(FOUND), b"Content-Encoding: gzip")[:-9],
}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("reset", [False, True])
def test_a_half_answer_is_a_half_answer_for_the_client_too(service: Service, half: str, reset: bool) -> None:
    broken = pytest.raises(httpx2.TransportError)
    with placed(service, says(HALVES[half], reset=reset)) as place, broken:
        httpx2.get(f"http://127.0.0.1:{place.port}{P043}", timeout=20, trust_env=False)
    (kept,) = place.watcher.report().exchanges
    assert kept.facts["lost"]
    assert kept.code is None


def test_a_client_that_leaves_ends_the_call_to_the_server(service: Service) -> None:
    left = threading.Event()

    def script(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 999999\r\n\r\nx")
        try:
            while connection.recv(1):
                pass
        finally:
            left.set()

    with placed(service, script, patience=60) as place:
        with socket.create_connection(("127.0.0.1", place.port), 20) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            while not connection.recv(65536).endswith(b"x"):
                pass
        assert left.wait(20)


def test_a_client_that_leaves_before_any_answer_ends_the_call_too(service: Service) -> None:
    came, left = threading.Event(), threading.Event()

    def script(connection: socket.socket, request: bytes) -> None:
        came.set()
        try:
            connection.recv(1)
        finally:
            left.set()

    with placed(service, script, patience=60) as place:
        with socket.create_connection(("127.0.0.1", place.port), 20) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert came.wait(20)
        assert left.wait(20)


# --- breaches ----------------------------------------------------------------------------------------------


def mark(got: bytes) -> str | None:
    lines = got.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return next((line.partition(": ")[2] for line in lines if line.lower().startswith("x-emulator-breach:")), None)


def test_a_sound_exchange_bears_no_mark(service: Service) -> None:
    with placed(service, says(answer(FOUND))) as place:
        assert mark(place.get(P043 + "?patent_number=CN1&apikey=me", b"Authorization: Bearer x")) is None
        assert mark(place.get("/_emulator/health")) is None
    assert len(place.watcher.report().exchanges) == 1


def test_breaches_of_both_sides_are_marked_and_reported(service: Service) -> None:
    wrong = json.dumps({"data": {"no": "list"}, "status": False, "error_code": 0}).encode()
    with placed(service, says(answer(wrong))) as place:
        marks = [mark(place.get(P043 + "?patent_number=CN1&lang=xx&odd=1")) for _ in range(3)]
    findings = place.watcher.report().findings
    assert marks[0] is not None
    assert marks[0] == marks[2]
    assert "request: lang 'xx' is not one of" in marks[0]
    assert "answer: " in marks[0]
    assert len(marks[0]) <= 300
    assert marks[0].isascii()
    answers = [one for one in findings if one.rule.startswith("answer-")]
    assert {one.severity for one in answers} <= {Severity.ERROR, Severity.WARNING}
    assert answers
    assert all(len(one.calls) == 3 and one.operation == "P043" for one in answers)
    assert any("lang" in one.sentence for one in findings if not one.rule.startswith("answer-"))


def test_a_large_answer_is_judged_in_the_report_alone(service: Service) -> None:
    wrong = json.dumps({"data": [{"odd": "x" * AT_ONCE, "pn": 1}], "status": True, "error_code": 0}).encode()
    with placed(service, says(answer(wrong))) as place:
        assert mark(place.get(P043 + "?patent_number=CN1")) is None
    assert [one.rule for one in place.watcher.report().findings if one.rule.startswith("answer-")]


def test_a_mark_shows_no_secret(service: Service) -> None:
    key = "sk-" + "a1B2" * 12
    with placed(service, says(answer(FOUND))) as place:
        got = mark(place.get(f"{P043}?patent_number=CN1&lang={key}"))
    assert got is not None
    assert key not in got + repr(place.watcher.report())


@pytest.mark.parametrize(
    "url", ["connect.patsnap.com", "ftp://x", "http://", "http://x:99999", "http://a:b@x", "http://x?y"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NoAddress):
        Address.of(url)


def test_the_kind_of_a_host_is_told_and_nothing_else(service: Service) -> None:
    kinds = [
        Address.of(url).kind(service) for url in ("https://connect.patsnap.com", "http://[::1]:1", "http://x.org/a/")
    ]
    assert kinds == ["vendor", "loopback", "other"]
    assert str(Address.of("http://[::1]:1/base/")) == "http://[::1]:1/base"

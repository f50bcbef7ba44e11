"""The forward proxy on real sockets: bytes, ends and breaks go through a tunnel as they are, and nobody holds it up.

The test plays both the client and the emulator. Time limits are given to the proxy and are short; nothing sleeps.
"""

import asyncio
import gc
import os
import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from emulator.verifier.intercept.listener import Listener, Patience, listening

HOST = "connect.patsnap.com"
ASK = f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode()
GRANTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_PATIENCE_S = 20.0
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@pytest.fixture
def proxy() -> Iterator[Listener]:
    """A proxy for the vendor's host; when the test is over nothing of it is left."""
    with leaving_nothing(), listening([HOST], Patience(head=_PATIENCE_S, farewell=_PATIENCE_S)) as listener:
        yield listener


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """No socket, task or thread outlives the block."""
    before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0
    yield
    gc.collect()
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before
    assert [one for one in threading.enumerate() if one.name == "intercept"] == []
    assert [one for one in gc.get_objects() if type(one) is asyncio.Task and not one.done()] == []


@pytest.fixture
def emulator(proxy: Listener) -> Iterator[socket.socket]:
    """Where tunnels lead; the test accepts them itself."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        server.settimeout(_PATIENCE_S)
        proxy.leads_to = server.getsockname()[1]
        yield server


def client_of(proxy: Listener, said: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", proxy.port), timeout=_PATIENCE_S)
    client.sendall(said)
    return client


def read(end: socket.socket, size: int) -> bytes:
    """Exactly so many bytes, unless the connection ends before."""
    got = b""
    while len(got) < size and (piece := end.recv(size - len(got))):
        got += piece
    return got


def to_the_end(end: socket.socket) -> bytes:
    return read(end, 1 << 30)


@contextmanager
def tunnel(proxy: Listener, emulator: socket.socket) -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client and what it is joined with."""
    with client_of(proxy, ASK) as client:
        far, _ = emulator.accept()
        with far:
            far.settimeout(_PATIENCE_S)
            assert read(client, len(GRANTED)) == GRANTED
            yield client, far


def talk_on(end: socket.socket) -> None:
    """To somebody who may have left: more than any buffer holds."""
    for _ in range(1000):
        end.sendall(b"x" * 65536)


def reset(end: socket.socket) -> None:
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    end.close()


def test_bytes_go_both_ways(proxy: Listener, emulator: socket.socket) -> None:
    with tunnel(proxy, emulator) as (client, far):
        everything = bytes(range(256)) * 1000
        threading.Thread(target=client.sendall, args=(everything,)).start()
        assert read(far, len(everything)) == everything
        far.sendall(b"answer")
        assert read(client, 6) == b"answer"


def test_what_follows_the_request_at_once_is_carried_too(proxy: Listener, emulator: socket.socket) -> None:
    with client_of(proxy, ASK + b"hello") as client, emulator.accept()[0] as far:
        assert read(far, 5) == b"hello"
        assert read(client, len(GRANTED)) == GRANTED


def test_a_request_in_single_bytes_is_understood(proxy: Listener, emulator: socket.socket) -> None:
    with client_of(proxy, b"") as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in ASK:
            client.sendall(bytes([byte]))
        with emulator.accept()[0]:
            assert read(client, len(GRANTED)) == GRANTED


def test_who_begins_with_tls_is_led_at_once(proxy: Listener, emulator: socket.socket) -> None:
    with client_of(proxy, b"\x16\x03\x01 the rest") as client, emulator.accept()[0] as far:
        assert read(far, 12) == b"\x16\x03\x01 the rest"
        far.sendall(b"\x16\x03\x03")
        assert read(client, 3) == b"\x16\x03\x03"


@pytest.mark.parametrize("first", ["client", "emulator"])
def test_one_direction_ends_and_the_other_goes_on(first: str, proxy: Listener, emulator: socket.socket) -> None:
    with tunnel(proxy, emulator) as (client, far):
        done, going_on = (client, far) if first == "client" else (far, client)
        done.sendall(b"last words")
        done.shutdown(socket.SHUT_WR)
        assert to_the_end(going_on) == b"last words"
        going_on.sendall(b"more")
        assert read(done, 4) == b"more"
        going_on.shutdown(socket.SHUT_WR)
        assert to_the_end(done) == b""


@pytest.mark.parametrize("breaks", ["client", "emulator"])
def test_a_reset_goes_through(breaks: str, proxy: Listener, emulator: socket.socket) -> None:
    with tunnel(proxy, emulator) as (client, far):
        broken, other = (client, far) if breaks == "client" else (far, client)
        reset(broken)
        with pytest.raises(ConnectionResetError):
            to_the_end(other)


def test_a_client_that_leaves_amid_an_answer_is_told_to_the_emulator(proxy: Listener, emulator: socket.socket) -> None:
    with tunnel(proxy, emulator) as (client, far):
        far.sendall(b"half")
        assert read(client, 4) == b"half"
        client.close()
        assert to_the_end(far) == b""
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            talk_on(far)


def test_who_reads_slowly_is_written_to_slowly(proxy: Listener, emulator: socket.socket) -> None:
    """What nobody reads waits with the sender and does not pile up in the proxy."""
    with tunnel(proxy, emulator) as (client, far):
        far.setblocking(False)
        taken = 0
        while select.select([], [far], [], 0.3)[1]:
            taken += far.send(b"x" * 65536)
            assert taken < 64_000_000
        far.settimeout(_PATIENCE_S)
        assert len(read(client, taken)) == taken


def test_two_hundred_tunnels_at_once(proxy: Listener, emulator: socket.socket) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(client_of(proxy, ASK + b"%04d" % number)) for number in range(200)]
        far = {read(one, 4): one for one in (stack.enter_context(emulator.accept()[0]) for _ in clients)}
        assert proxy.clients == 200
        for number, end in far.items():
            end.sendall(b"to " + number)
        answers = [read(client, len(GRANTED) + 7)[len(GRANTED) :] for client in clients]
    assert answers == [b"to %04d" % number for number in range(200)]
    assert proxy.refused == {}


def test_open_tunnels_are_cut_when_it_ends() -> None:
    with leaving_nothing(), ExitStack() as stack:
        with listening([HOST], Patience()) as proxy:
            emulator = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            proxy.leads_to = emulator.getsockname()[1]
            client = stack.enter_context(client_of(proxy, ASK))
            far = stack.enter_context(emulator.accept()[0])
            assert read(client, len(GRANTED)) == GRANTED
        for end in (client, far):
            with pytest.raises(ConnectionResetError):
                to_the_end(end)


def refused(proxy: Listener, said: bytes) -> bytes:
    """All that somebody hears who says this and no more."""
    with client_of(proxy, said) as client:
        answer = to_the_end(client)
        client.shutdown(socket.SHUT_WR)
    return answer


def test_a_refusal_is_an_answer_with_a_sentence_and_is_counted(proxy: Listener) -> None:
    said = b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"
    head, _, body = refused(proxy, said).partition(b"\r\n\r\n")
    refused(proxy, said)
    assert head.startswith(b"HTTP/1.1 403 Refused by patsnap-emulator --intercept\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert body == (
        b"patsnap-emulator --intercept refused example.com:443: only connect.patsnap.com are answered here, "
        b"and nothing leaves this machine\n"
    )
    assert [(one.wanted, times) for one, times in proxy.refused.items()] == [("example.com:443", 2)]


def test_too_long_a_head_is_refused_and_the_answer_is_not_lost(proxy: Listener) -> None:
    flood = b"CONNECT connect.patsnap.com:443 HTTP/1.1\r\n" + b"X-Flood: 0123456789\r\n" * 20_000
    assert refused(proxy, flood).startswith(b"HTTP/1.1 431 ")
    assert [one.wanted for one in proxy.refused] == ["something too long"]


def test_a_head_without_an_end_is_refused(proxy: Listener) -> None:
    assert refused(proxy, b"A" * 100_000).startswith(b"HTTP/1.1 431 ")


def test_a_head_that_does_not_come_in_time_is_refused() -> None:
    with leaving_nothing(), listening([HOST], Patience(head=0.01, farewell=0.01)) as proxy:
        with client_of(proxy, ASK[:20]) as client:
            assert to_the_end(client).startswith(b"HTTP/1.1 408 ")
        assert [one.status for one in proxy.refused] == [408]


def test_who_only_connects_is_let_go_in_silence() -> None:
    with leaving_nothing(), listening([HOST], Patience(head=0.01)) as proxy:
        with client_of(proxy, b"") as client:
            assert to_the_end(client) == b""
        assert proxy.refused == {}


def test_a_refused_client_that_does_not_leave_is_sent_away() -> None:
    with (
        leaving_nothing(),
        listening([HOST], Patience(farewell=0.01)) as proxy,
        client_of(proxy, b"GET / HTTP/1.1\r\n\r\n") as client,
    ):
        assert to_the_end(client).startswith(b"HTTP/1.1 400 ")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            talk_on(client)


def test_who_leaves_before_the_head_is_whole_leaves_nothing(proxy: Listener) -> None:
    client_of(proxy, ASK[:20]).close()
    reset(client_of(proxy, ASK[:20]))
    assert refused(proxy, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert [one.wanted for one in proxy.refused] == ["the proxy itself"]


def test_before_the_emulator_is_up_nobody_is_led(proxy: Listener) -> None:
    assert b"has not started yet" in refused(proxy, ASK)


def test_an_emulator_that_is_gone_is_told(proxy: Listener, emulator: socket.socket) -> None:
    emulator.close()
    assert b"does not answer any more" in refused(proxy, ASK)


def test_what_is_counted_has_a_bound(proxy: Listener) -> None:
    for number in range(120):
        refused(proxy, b"CONNECT host-%d.example:443 HTTP/1.1\r\n\r\n" % number)
    told = {one.wanted: times for one, times in proxy.refused.items()}
    assert len(told) == 101
    assert told["others"] == 20

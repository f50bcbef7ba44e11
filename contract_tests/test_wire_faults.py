"""Faults of the transport, seen from a real socket: connections that are reset, cut, left hanging or drip.

Waits of some 100 ms are real here, because delays are. A fault of the emulator itself would stand in the log of its
process, which is looked at when it ends.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.process import FROZEN, serving
from contract_tests.raw import TRUSTING, Seen, ask, connection

PATH = "/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en"
ENGINES = [pytest.param((), id="as shipped"), pytest.param(("httptools", "uvloop"), id="plain")]
SCHEMES = [pytest.param((), id="http"), pytest.param(("--tls",), id="https")]
_NUMBERS = count(1)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module", params=SCHEMES)
def server(request: pytest.FixtureRequest, engine: tuple[str, ...]) -> Iterator[Target]:
    """A server of this module, with all it can be installed with and with what any Python can run; open and by TLS."""
    if request.config.getoption("target", None) is not None:
        pytest.skip("another server's transport is its own")
    with serving(*FROZEN, *request.param, without=engine) as url:
        target = Target(url, verify=TRUSTING)
        yield target
        target.close()


@pytest.fixture
def caller(server: Target) -> Account:
    """An account of this test alone, with a key."""
    return opened(server)


def opened(server: Target) -> Account:
    client_id = f"wire-{next(_NUMBERS)}"
    answer = server.steer("PUT", f"accounts/{client_id}", {"secret": "a secret"})
    return Account(server, client_id, "a secret", key=answer.json()["api_key"])


def plan(account: Account, **fault: object) -> None:
    answer = account.steer("POST", "faults", fault)
    assert answer.status == 201, answer.body


def call(account: Account, method: str = "GET") -> Seen:
    return ask(account.target.base_url, PATH, account.token, method)


def entry(account: Account) -> dict[str, object]:
    """The last call of the account's journal."""
    found = account.steer("GET", "requests", query=[("limit", "1")]).json()["requests"]
    return dict(found[-1])


def test_nothing_planned_is_answered_whole(caller: Account) -> None:
    seen = call(caller)
    assert (seen.end, seen.status, len(seen.body)) == ("closed", 200, seen.announced)


def test_a_reset_is_one(caller: Account) -> None:
    plan(caller, reset=True)
    seen = call(caller)
    assert (seen.received, seen.end) == (b"", "reset")
    told = entry(caller)
    assert (told["status"], told["trouble"], told["cost"], told["answer"]) == (None, ["fault-1"], 0, None)


def test_half_of_a_cut_answer_comes_and_then_the_end(caller: Account) -> None:
    whole = call(caller)
    plan(caller, truncate=True)
    seen = call(caller)
    assert seen.end == "closed"
    assert seen.announced == whole.announced
    assert seen.body == whole.body[: whole.announced // 2]
    assert (entry(caller)["status"], entry(caller)["cost"], entry(caller)["trouble"]) == (200, 0, ["fault-1"])


def test_an_error_can_be_cut_too(caller: Account) -> None:
    plan(caller, truncate=True, error=67200002)
    seen = call(caller)
    assert (seen.end, len(seen.body)) == ("closed", seen.announced // 2)


def test_nothing_comes_of_a_call_that_hangs_and_others_are_answered(server: Target, caller: Account) -> None:
    plan(caller, hang=True)
    with connection(server.base_url) as hanging:
        hanging.send(PATH, caller.token)
        assert call(opened(server)).status == 200
        seen = hanging.watch(patience=0.3)
    assert (seen.received, seen.end) == (b"", "silence")
    assert (entry(caller)["status"], entry(caller)["trouble"]) == (None, ["fault-1"])
    assert server.steer("GET", "health").status == 200


def test_an_answer_that_drips_comes_whole_and_in_pieces(caller: Account) -> None:
    whole = call(caller)
    plan(caller, drip="300ms")
    seen = call(caller)
    assert (seen.end, seen.body) == ("closed", whole.body)
    assert len(seen.pieces) >= 5
    assert seen.pieces[-1][0] - seen.pieces[0][0] >= 0.15
    assert entry(caller)["cost"] == 1


def test_a_delay_is_waited_for(caller: Account) -> None:
    plan(caller, delay="150ms", times=1)
    slow, quick = call(caller), call(caller)
    assert slow.pieces[0][0] >= 0.1
    assert slow.body == quick.body


@pytest.mark.parametrize("manner", ["reset", "truncate"])
def test_a_connection_that_was_in_use_breaks_and_the_next_is_good(caller: Account, manner: str) -> None:
    url = caller.target.base_url
    plan(caller, after=2, times=1, **{manner: True})
    with connection(url) as kept:
        for _ in range(2):
            kept.send(PATH, caller.token, last=False)
            assert kept.whole_answer().status == 200
        kept.send(PATH, caller.token, last=False)
        assert kept.watch().end == ("reset" if manner == "reset" else "closed")
    assert call(caller).status == 200


def test_what_follows_a_reset_on_the_same_connection_is_lost_with_it(caller: Account) -> None:
    plan(caller, reset=True, times=1)
    with connection(caller.target.base_url) as kept:
        kept.send(PATH, caller.token, last=False, copies=2)
        assert (seen := kept.watch()).end == "reset"
        assert seen.received == b""
    assert caller.steer("GET", "faults/fault-1").json()["seen"] == 1


@pytest.mark.parametrize("fault", [{}, {"truncate": True}, {"drip": "100ms"}, {"delay": "10ms"}], ids=str)
def test_the_head_of_a_file_tells_its_length_and_brings_nothing(caller: Account, fault: dict[str, object]) -> None:
    link = picture_link(caller)
    whole = ask(caller.target.base_url, link)
    if fault:
        plan(caller, operation="file", **fault)
    seen = ask(caller.target.base_url, link, method="HEAD")
    assert (seen.status, seen.body, seen.announced, seen.end) == (200, b"", len(whole.body), "closed")


def test_downloads_break_like_other_answers(caller: Account) -> None:
    link, url = picture_link(caller), caller.target.base_url
    whole = ask(url, link)
    for fault in ({"reset": True}, {"truncate": True}, {"status": 503}, {"drip": "100ms"}):
        plan(caller, operation="file", times=1, **fault)
    reset, cut, refused, dripped = (ask(url, link) for _ in range(4))
    assert (reset.received, reset.end) == (b"", "reset")
    assert (cut.end, cut.announced, cut.body) == ("closed", len(whole.body), whole.body[: len(whole.body) // 2])
    assert (refused.status, b"503" in refused.body) == (503, True)
    assert dripped.body == whole.body
    told = caller.steer("GET", "requests", query=[("operation", "file")]).json()["requests"][-4:]
    assert [one["status"] for one in told] == [None, 200, 503, 200]
    assert [one["trouble"] for one in told] == [[f"fault-{number}"] for number in (1, 2, 3, 4)]


def picture_link(account: Account) -> str:
    """Path and query of a link to a picture of a patent."""
    answer = account.call("P060", url="https://pictures.example/a.png", patent_type="D", model=1)
    parts = urlsplit(answer.data["patent_messages"][0]["url"])
    return f"{parts.path}?{parts.query}"


def test_the_latency_that_the_server_was_told_is_waited_for(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("target", None) is not None:
        pytest.skip("another server has its own latency")
    with serving(*FROZEN, "--latency", "150ms") as url:
        target = Target(url)
        assert call(opened(target)).pieces[0][0] >= 0.1
        target.close()


UNDER_WAY: tuple[dict[str, object], ...] = ({"hang": True}, {"drip": "10m"}, {"delay": "9s"})


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("without", ENGINES)
def test_a_server_with_calls_under_way_still_stops(
    request: pytest.FixtureRequest, without: tuple[str, ...], scheme: tuple[str, ...]
) -> None:
    """One hangs, one drips, one is late: all end with the server, and it ends in good order."""
    if request.config.getoption("target", None) is not None:
        pytest.skip("another server is not ours to stop")
    with ExitStack() as stack:
        with serving(*FROZEN, *scheme, without=without) as url:
            target = Target(url, verify=TRUSTING)
            clients = [stack.enter_context(connection(url)) for _ in UNDER_WAY]
            for client, fault in zip(clients, UNDER_WAY, strict=True):
                account = opened(target)
                plan(account, **fault)
                client.send(PATH, account.token)
            assert clients[1].watch(patience=0.3).status == 200
            target.close()
            begun = monotonic()
        assert monotonic() - begun < 8
        hung, dripping, late = (client.watch() for client in clients)
    assert (hung.received, hung.end) == (b"", "reset")
    assert dripping.end == "reset"
    assert (late.end, len(late.body)) == ("closed", late.announced)

"""Waiting for a call: it ends with the call, with the time, with the client or with the server, and blocks nobody."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from emulator.app import build
from emulator.server.delivery import WIRE
from emulator.settings import Settings
from emulator.store.memory import MemoryStore
from tests.conftest import BASE_URL, NOW, Caller
from tests.test_decided import P043

FOUND = {"patent_number": "CN101595528B"}


async def talk(app: Any, *exchanges: Callable[[httpx2.AsyncClient], Awaitable[Any]]) -> list[Any]:
    """Exchanges begun one after the other, all on the way at once; how each ended. Nobody has a minute to wait."""
    transport = httpx2.ASGITransport(app=app)
    async with asyncio.timeout(30), httpx2.AsyncClient(transport=transport, base_url=BASE_URL, timeout=None) as client:
        begun = []
        for exchange in exchanges:
            begun.append(asyncio.ensure_future(exchange(client)))
            await asyncio.sleep(0)
        return list(await asyncio.gather(*begun))


def told(caller: Caller, **query: str) -> Callable[[httpx2.AsyncClient], Awaitable[Any]]:
    path = f"/_emulator/accounts/{caller.client_id}/requests"
    return lambda client: client.get(path, params=query)


def calling(caller: Caller, **query: str) -> Callable[[httpx2.AsyncClient], Awaitable[Any]]:
    caller._token = caller._token or caller.token()
    headers, asked = {"Authorization": f"Bearer {caller._token}"}, {"apikey": caller.client_id, **query}
    return lambda client: client.get(P043, params=asked, headers=headers)


def wait_and_call(caller: Caller, query: dict[str, str], *calls: dict[str, str]) -> list[dict[str, Any]]:
    """What a wait was told that began before the calls."""
    exchanges = [calling(caller, **asked) for asked in calls]
    first, *_ = asyncio.run(talk(caller.app, told(caller, **query), *exchanges))
    assert first.status_code == 200, first.text
    return list(first.json()["requests"])


def refusal(caller: Caller, **query: str) -> str:
    caller.token()
    answer = caller.send("GET", f"/_emulator/accounts/{caller.client_id}/requests", params=query)
    assert answer.status_code == 400
    return str(answer.json()["error"])


# --- how it ends -------------------------------------------------------------------------------------------


def test_it_ends_with_the_first_call_that_fits(caller: Caller) -> None:
    caller.token()
    (entry,) = wait_and_call(caller, {"wait": "60s", "operation": "P043", "code": "0"}, {}, {"lang": "fr"}, FOUND)
    assert (entry["operation"], entry["error_code"], entry["cost"]) == ("P043", 0, 1)


def test_it_ends_at_once_when_a_call_fits_already(caller: Caller) -> None:
    caller.token()
    assert [entry["operation"] for entry in wait_and_call(caller, {"wait": "60s"})] == ["token"]


@pytest.mark.parametrize("wait", ["0s", "1ms"])
def test_it_ends_empty_when_time_is_up(caller: Caller, wait: str) -> None:
    caller.token()
    assert wait_and_call(caller, {"wait": wait, "operation": "P043"}) == []


def test_a_wait_for_all_sees_the_calls_of_everybody(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller()
    mark = f"/nowhere/{other.client_id}"
    path = "/_emulator/requests"
    answers = asyncio.run(
        talk(
            caller.app,
            lambda client: client.get(path, params={"wait": "60s", "path": mark}),
            lambda client: client.get(mark),
        )
    )
    assert [entry["path"] for entry in answers[0].json()["requests"]] == [mark]


def test_the_calls_of_others_do_not_end_it(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller()
    caller.token()
    waiting = told(caller, wait="60s", operation="P043")
    first, *_ = asyncio.run(talk(caller.app, waiting, calling(other, **FOUND), calling(caller, lang="jp")))
    assert [entry["account"] for entry in first.json()["requests"]] == [caller.client_id]


def test_a_call_from_another_thread_ends_it(caller: Caller) -> None:
    caller.token()

    async def from_another_thread(_: httpx2.AsyncClient) -> None:
        await asyncio.to_thread(caller.call, "GET", P043, FOUND)

    first, _ = asyncio.run(talk(caller.app, told(caller, wait="60s", operation="P043"), from_another_thread))
    assert len(first.json()["requests"]) == 1


def test_a_journal_that_is_forgotten_meanwhile_is_no_matter(caller: Caller) -> None:
    caller.token()
    path = f"/_emulator/accounts/{caller.client_id}/requests"
    waiting = told(caller, wait="60s", operation="P043")
    first, *_ = asyncio.run(talk(caller.app, waiting, lambda client: client.delete(path), calling(caller, **FOUND)))
    assert len(first.json()["requests"]) == 1


def asked_by_hand(caller: Caller) -> tuple[dict[str, Any], list[Any], Callable[[Any], Awaitable[None]]]:
    """A waiting request without any client: its scope, what is sent, and how it is sent."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    path = f"/_emulator/accounts/{caller.client_id}/requests"
    query = b"wait=60s&operation=P043"
    headers = [(b"host", b"127.0.0.1:8390")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": headers}
    return {**scope, "scheme": "http", "http_version": "1.1", "root_path": ""}, sent, send


def test_it_ends_when_the_client_goes_away(caller: Caller) -> None:
    caller.token()
    scope, _, send = asked_by_hand(caller)
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    async def ask() -> None:
        async with asyncio.timeout(30):
            await caller.app(scope, receive, send)

    asyncio.run(ask())
    assert list(messages) == []


def test_it_answers_when_the_server_stops(caller: Caller) -> None:
    caller.token()
    scope, sent, send = asked_by_hand(caller)
    scope["extensions"] = {WIRE: object()}  # there is a connection: who cancels is the server

    async def ask() -> None:
        asked = asyncio.Event()

        async def receive() -> Any:
            asked.set()
            await asyncio.Event().wait()

        async with asyncio.timeout(30):
            request = asyncio.ensure_future(caller.app(scope, receive, send))
            await asked.wait()
            request.cancel()  # as a server does that has waited long enough
            await request

    asyncio.run(ask())
    assert sent[0]["status"] == 200
    assert json.loads(sent[1]["body"]) == {"requests": [], "dropped": 0}


async def _impatient(caller: Caller) -> None:
    scope, _, send = asked_by_hand(caller)

    async def receive() -> Any:
        await asyncio.Event().wait()

    await asyncio.wait_for(caller.app(scope, receive, send), 0.05)


def test_in_the_same_process_whoever_asked_may_lose_patience(caller: Caller) -> None:
    caller.token()
    with pytest.raises(TimeoutError):
        asyncio.run(_impatient(caller))


# --- what it costs -----------------------------------------------------------------------------------------


def test_the_journal_is_read_again_only_where_it_grew(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[str | None, int]] = []
    looks: list[str | None] = []

    class Watched(MemoryStore):
        def read_log(self, log: str, space: str | None = None, after: int = 0) -> Any:
            read.append((space, after))
            return super().read_log(log, space, after)

        def appended(self, log: str, space: str | None = None) -> int:
            looks.append(space)
            return super().appended(log, space)

    monkeypatch.setattr("emulator.app.MemoryStore", Watched)
    caller = Caller(build(Settings(now=NOW, freeze=True)).app, "watched")
    for number in range(5):
        caller.call("GET", P043, {"patent_number": f"CN{number}"})
    assert wait_and_call(caller, {"wait": "200ms", "operation": "R003-export"}) == []
    assert read == [("watched", 0)]
    assert len(looks) > 2
    read.clear()
    assert len(wait_and_call(caller, {"wait": "60s", "code": "68300004"}, {})) == 1
    assert len(read) == 2
    assert read[1][1] > 5  # only what is newer than all that was there


def test_other_calls_are_answered_while_somebody_waits(caller: Caller) -> None:
    caller.token()
    waiting = [told(caller, wait="60s", operation="P043", code="0") for _ in range(20)]
    answers = asyncio.run(
        talk(caller.app, *waiting, *(calling(caller, lang="jp") for _ in range(5)), calling(caller, **FOUND))
    )
    assert {len(answer.json()["requests"]) for answer in answers[:20]} == {1}


# --- after -------------------------------------------------------------------------------------------------


def test_after_tells_what_is_newer(caller: Caller) -> None:
    ids = [caller.call("GET", P043, FOUND).headers["x-correlation-id"] for _ in range(3)]
    assert [entry["id"] for entry in caller.journal(after=ids[0])] == ids[1:]
    assert [entry["id"] for entry in caller.journal(after=ids[0], limit=1)] == ids[2:]
    assert caller.journal(after=ids[2]) == []
    everybody = caller.send("GET", "/_emulator/requests", params={"after": ids[0]}).json()["requests"]
    assert [entry["id"] for entry in everybody] == ids[1:]


def test_after_and_wait_tell_the_next_one(caller: Caller) -> None:
    last = caller.call("GET", P043, FOUND).headers["x-correlation-id"]
    (entry,) = wait_and_call(caller, {"wait": "60s", "after": last, "operation": "P043"}, FOUND)
    assert entry["id"] != last
    assert [one["id"] for one in wait_and_call(caller, {"wait": "60s", "after": last})] == [entry["id"]]


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"wait": "5"}, "wait: '5' is not a duration"),
        ({"wait": ""}, "wait: '' is not a duration"),
        ({"wait": "-5s"}, "wait: "),
        ({"wait": "61s"}, "wait: 61s is longer than the 60 seconds"),
        ({"wait": "9999999999d"}, "wait: "),
        ({"after": "nobody"}, "after: no call 'nobody' is in this journal"),
        ({"after": ""}, "after: "),
        ({"wiat": "5s"}, "wiat is not understood; did you mean wait?"),
        ({"wait": "5s", "limit": "x"}, "limit: "),
    ],
)
def test_what_cannot_be_understood_is_refused_at_once(caller: Caller, query: dict[str, str], sentence: str) -> None:
    assert refusal(caller, **query).startswith(sentence)


def test_a_call_of_another_account_is_unknown(caller: Caller, new_caller: Callable[[], Caller]) -> None:
    other = new_caller().call("GET", P043, FOUND).headers["x-correlation-id"]
    assert refusal(caller, after=other).startswith("after: ")


def test_an_account_that_nobody_knows_is_not_waited_for(caller: Caller) -> None:
    answer = caller.send("GET", "/_emulator/accounts/nobody-knows/requests", params={"wait": "60s"})
    assert answer.status_code == 404

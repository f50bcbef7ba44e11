"""A proxy that sees only bytes finds the same facts, and the same faults of a client, as the emulator itself."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator import clock
from emulator.contract.client_rules import judge
from emulator.contract.exchange import Exchange
from emulator.contract.raw_exchange import Raw, RawReader, lowered
from tests.inside import MachineTime
from tests.scenes import SERVICE, Scene, stage
from tests.scenes_of_rules import BAD

READER = RawReader(SERVICE)
# What only an emulator knows: that an error was planned, and when a file's account lives.
BY_BYTES = [rule for rule in BAD if rule not in ("dead_link", "retried_unchanged")]


class Tap:
    """An application that keeps the bytes of each call of the service and its answer."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.seen: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith("/_emulator"):
            await self.app(scope, receive, send)
            return
        call: dict[str, Any] = {"scope": scope, "body": b"", "status": None, "headers": {}, "answer": b""}
        self.seen.append(call)

        async def hear() -> Any:
            message = await receive()
            call["body"] += message.get("body", b"")
            return message

        async def say(message: Any) -> None:
            if message["type"] == "http.response.start":
                call["status"], call["headers"] = message["status"], message["headers"]
            call["answer"] += message.get("body", b"")
            await send(message)

        await self.app(scope, hear, say)


def exchange_of(call: dict[str, Any], entry: dict[str, Any]) -> Exchange:
    """The call as a proxy sees it, at the instant at which the journal has it."""
    headers, answered = (
        lowered((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)
        for pairs in (call["scope"]["headers"], call["headers"])
    )
    raw = Raw(
        id=entry["id"],
        at=clock.instant(entry["at"]),
        method=call["scope"]["method"],
        path=call["scope"]["path"],
        query=call["scope"]["query_string"].decode("latin-1"),
        headers=headers,
        body=call["body"],
        status=call["status"],
        answer_headers=answered,
        answer=call["answer"],
        real=entry["facts"].get("real"),
        held=entry["facts"].get("held", 0),
        arrived="lost" not in entry["facts"],
    )
    return READER.exchange(raw)


@pytest.fixture(scope="module")
def staged() -> Iterator[tuple[Any, MachineTime]]:
    with stage() as parts:
        yield parts


@pytest.fixture
def scene(staged: tuple[Any, MachineTime]) -> Scene:
    return Scene(Tap(staged[0]), staged[1])


@pytest.mark.parametrize("rule", BY_BYTES)
def test_facts_and_findings_are_those_of_the_emulator(scene: Scene, rule: str) -> None:
    BAD[rule](scene)
    entries = scene.caller.journal()
    tap: Tap = scene.caller.app
    seen = [exchange_of(call, entry) for call, entry in zip(tap.seen[-len(entries) :], entries, strict=True)]
    for exchange, entry in zip(seen, entries, strict=True):
        assert (exchange.operation, exchange.code) == (entry["operation"], entry["error_code"])
        told, noted = ({**facts, "same": None} for facts in (exchange.facts, entry["facts"]))
        assert noted == told
        assert (exchange.request, exchange.answer) == (entry["request"], entry["answer"])
        assert (exchange.path, exchange.query) == (entry["path"], entry["query"])
    assert {finding.rule for finding in judge(SERVICE, seen)} == {rule}
    assert {exchange.account for exchange in seen} == {scene.caller.client_id}


@pytest.mark.parametrize(
    "changes",
    [
        {"body": b"{", "method": "POST", "path": "/ai/image-search/report"},
        {"body": b"\xff\xfe", "method": "POST", "path": "/oauth/token"},
        {"body": b"--x", "method": "POST", "path": "/image-search/image-upload"},
        {"query": "a=%ff&apikey=" + "x" * 100_000},
        {"answer": b"<html>", "answer_headers": {"content-type": "text/html"}},
        {"answer": b"[1]", "answer_headers": {"content-type": "application/json"}},
        {"answer": b'{"error_code": 0, "data": 7}', "answer_headers": {"content-type": "application/json"}},
        {"answer": None},
        {"status": None, "answer": None, "arrived": False},
        {"path": "/files//x", "query": "X-Amz-Date=20269999T999999Z&X-Amz-Expires=1"},
        {"headers": {"authorization": "Basic ?"}},
    ],
)
def test_whatever_goes_over_the_wire_it_is_told(changes: dict[str, Any]) -> None:
    usual: dict[str, Any] = {
        **{"id": "1", "at": 0, "method": "GET", "path": "/basic-patent-data/abstract-data-translated"},
        **{"query": "patent_id=x", "headers": {}, "body": b"", "status": 200, "answer_headers": {}, "answer": b""},
    }
    judge(SERVICE, [READER.exchange(Raw(**{**usual, **changes}))])


def test_no_secret_stands_in_the_exchange() -> None:
    key, link = "sk-" + "a1B2" * 12, "https://h/x.png?X-Amz-Signature=" + "ab" * 32
    raw = Raw(
        id="1",
        at=0,
        method="POST",
        path=f"/search/patent/image-single/{key}",
        query=f"apikey={key}&token=hush&client_secret=hush",
        headers={"authorization": f"Bearer {key}"},
        body=f'{{"client_secret": "hush", "url": "{link}"}}'.encode(),
        status=200,
        answer_headers={"content-type": "application/json"},
        answer=f'{{"data": {{"token": "hush", "x": "{key}"}}}}'.encode(),
    )
    told = repr(READER.exchange(raw))
    assert key not in told
    assert "hush" not in told
    assert "ab" * 32 not in told

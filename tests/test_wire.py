"""What an exchange learns of its connection, with uvicorn's own protocol on a socket of this process."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import uvicorn

from contract_tests.account import Account
from emulator.app import protocol
from tests.inside import Inside

PATH = "/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en"


@pytest.fixture
def account(app: Any) -> Account:
    return Inside(app).open()


async def _until(true: Callable[[], bool]) -> None:
    """Give other tasks their turns until something is true, or has not become true for too long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - uvicorn has no event for what is waited for
                await asyncio.sleep(0)


async def _left_alone(app: Any, key: str, copies: int) -> set[Any]:
    """The exchanges under way a moment after a client has gone that had sent copies of a request in one go."""
    config = uvicorn.Config(app, http=protocol(), lifespan="off", log_config=None)
    config.load()
    state = uvicorn.Server(config).server_state
    made: Any = config.http_protocol_class
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: made(config=config, server_state=state, app_state={}), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(f"GET {PATH} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {key}\r\n\r\n".encode() * copies)
        await writer.drain()
        await _until(lambda: bool(state.tasks) or reader.at_eof() or reader.exception() is not None)
        writer.close()
        await _until(lambda: not state.tasks and not state.connections)
        return {*state.tasks, *state.connections}


@pytest.mark.parametrize("copies", [1, 2, 3])
@pytest.mark.parametrize("fault", [{"hang": True}, {"reset": True}, {"truncate": True}, {"drip": "20ms"}], ids=str)
def test_nothing_is_left_of_an_exchange_whose_connection_is_gone(
    app: Any, account: Account, caplog: pytest.LogCaptureFixture, fault: dict[str, Any], copies: int
) -> None:
    """Of requests that were sent in one go, too: uvicorn tells the last of them alone."""
    account.steer("POST", "faults", fault)
    assert asyncio.run(_left_alone(app, account.token, copies)) == set()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []

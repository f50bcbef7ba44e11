"""The helpers of the contract tests against an application in this process, and a machine's time that tests move."""

import asyncio
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx2

from contract_tests.account import Account
from contract_tests.client import Answer, Pairs, Target
from tests.conftest import BASE_URL

_NUMBERS = count(1)


class Inside(Target):
    """An application in place of a server."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.base_url = BASE_URL

    def close(self) -> None:
        """Nothing is open."""

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        basic: tuple[str, str] | None = None,
    ) -> Answer:
        async def exchange() -> Answer:
            transport = httpx2.ASGITransport(app=self.app)
            async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL) as client:
                asked = urlencode(list(query))
                url = path + ("?" + asked if asked else "")
                got = await client.request(method, url, headers=headers, content=content, files=files, auth=basic)
                return Answer(got.status_code, tuple(got.headers.multi_items()), got.content)

        return asyncio.run(exchange())

    def open(self, **settings: Any) -> Account:
        """A new account that calls by its key, which does not expire."""
        client_id = f"inside-{next(_NUMBERS)}"
        answer = self.steer("PUT", f"accounts/{client_id}", settings)
        assert answer.status == 201, answer.body
        return Account(self, client_id, "", key=answer.json()["api_key"])


def journal(account: Account, **filters: str) -> list[dict[str, Any]]:
    """The entries of an account's journal, newest last."""
    return list(account.steer("GET", "requests", query=list(filters.items())).json()["requests"])


class MachineTime:
    """In place of the module `time` where the emulator reads it; stands still until it is moved."""

    def __init__(self) -> None:
        self.milliseconds = 5_000_000

    def time_ns(self) -> int:
        return self.milliseconds * 1_000_000

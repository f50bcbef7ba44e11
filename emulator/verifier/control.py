"""The control API of an emulator, as the verifier uses it: accounts, clocks, faults, plans, the journal.

Paths and bodies in, JSON out; what they mean is for those who ask.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx2

from emulator.verifier.foreign import NoJson, json_of, received

_PATH = "/_emulator"


class Refused(Exception):
    """The control API said no; its own sentence says why."""


class NoControl(ValueError):
    """What answers there is no control API; the text says why."""


class Control:
    """`base_url` is where clients call, too. Requests go there and nowhere else, whatever proxies are configured."""

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        verify: Any = True,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx2.Client(
            base_url=self.base_url + _PATH,
            headers=headers,
            timeout=90.0,
            trust_env=False,
            verify=verify,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def ask(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        """One request below `/_emulator`, for instance `ask("POST", "/clock", {"advance": "8h"})`.

        Raises Refused, NoControl and httpx2.HTTPError.
        """
        request = self._http.build_request(method, path, json=body, params=query)
        answer, content = received(self._http, request)
        if content is None:
            raise NoControl(f"{method} {path}: the answer is too long to be read")
        try:
            told = json_of(content) if content else None
        except NoJson as error:
            raise NoControl(f"{method} {path}: the answer is {error}") from error
        if answer.status_code >= 400:
            raise Refused(f"{method} {path}: {told.get('error', told) if isinstance(told, dict) else told}")
        return told

    def of(self, account: str, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        """The same about one account."""
        return self.ask(method, f"/accounts/{account}{path}", body, query)

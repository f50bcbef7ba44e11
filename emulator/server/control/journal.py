"""The journal by the control API: calls with their verdicts, chosen by simple filters, newest last."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json, Refused
from emulator.server.control.pages import Page
from emulator.server.journal import Journal
from emulator.store.base import Record

_FILTERS = {
    "operation": "operation",
    "code": "error_code",
    "status": "status",
    "method": "method",
    "path": "path",
    "cause": "cause",
}
_MORE = {"limit": "At most so many, the newest."}


class JournalPages:
    def __init__(self, accounts: Accounts, journal: Journal) -> None:
        self._accounts = accounts
        self._journal = journal

    def pages(self) -> list[Page]:
        query = {name: f"Only calls with this {told}." for name, told in _FILTERS.items()} | _MORE
        return [
            Page("GET", "/requests", self.show, "Calls with their verdicts, newest last.", query=query, each=True),
            Page("DELETE", "/requests", self.forget, "Forget the calls.", each=True),
        ]

    async def show(self, request: Request) -> Response:
        account, spaces = self._subject(request)
        entries = list(self._chosen(request, account))
        return Json({"requests": entries, "dropped": sum(self._journal.dropped(space) for space in spaces)})

    async def forget(self, request: Request) -> Response:
        account, spaces = self._subject(request)
        for space in spaces:
            self._journal.forget(space)
        return Json({"forgotten": account or "all"})

    def _subject(self, request: Request) -> tuple[str | None, list[str]]:
        account = request.path_params.get("account")
        if account is None:
            return None, [SHARED, *self._accounts.ids()]
        return account, [known(self._accounts, account)]

    def _chosen(self, request: Request, account: str | None) -> Iterator[Record]:
        wanted = dict(request.query_params)
        limit = wanted.pop("limit", None)
        if limit is not None and re.fullmatch(r"[0-9]{1,9}", limit) is None:
            raise Refused(400, "limit: a whole number is expected")
        found = [
            entry
            for entry in self._journal.read(account)
            if all(str(entry[_FILTERS[name]]) == value for name, value in wanted.items())
        ]
        yield from found if limit is None else found[len(found) - min(len(found), int(limit)) :]

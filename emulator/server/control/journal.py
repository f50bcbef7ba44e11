"""The journal by the control API: calls with their verdicts, chosen by simple filters, newest last."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json, Refused
from emulator.server.journal import Journal
from emulator.spec.typos import likely
from emulator.store.base import Record

_FILTERS = {
    "operation": "operation",
    "code": "error_code",
    "status": "status",
    "method": "method",
    "path": "path",
    "cause": "cause",
}


class JournalPages:
    def __init__(self, accounts: Accounts, journal: Journal) -> None:
        self._accounts = accounts
        self._journal = journal

    async def requests(self, request: Request) -> Response:
        account = request.path_params.get("account")
        if account is not None:
            known(self._accounts, account)
        spaces = [SHARED, *self._accounts.ids()] if account is None else [account]
        if request.method == "DELETE":
            for space in spaces:
                self._journal.forget(space)
            return Json({"forgotten": account or "all"})
        entries = list(self._chosen(request, account))
        return Json({"requests": entries, "dropped": sum(self._journal.dropped(space) for space in spaces)})

    def _chosen(self, request: Request, account: str | None) -> Iterator[Record]:
        wanted = dict(request.query_params)
        limit = wanted.pop("limit", None)
        if limit is not None and re.fullmatch(r"[0-9]{1,9}", limit) is None:
            raise Refused(400, "limit: a whole number is expected")
        for name in wanted:
            if name not in _FILTERS:
                raise Refused(400, f"{name} is not understood{likely(name, [*_FILTERS, 'limit'])}")
        found = [
            entry
            for entry in self._journal.read(account)
            if all(str(entry[_FILTERS[name]]) == value for name, value in wanted.items())
        ]
        yield from found if limit is None else found[len(found) - min(len(found), int(limit)) :]

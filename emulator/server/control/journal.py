"""The journal by the control API: calls with their verdicts, chosen by simple filters, newest last, or awaited."""

import asyncio
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from emulator import clock
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED
from emulator.errors import Cause
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json, Refused
from emulator.server.control.pages import Page
from emulator.server.delivery import wire_of
from emulator.server.journal import Journal
from emulator.spec.models import FILE
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
_MORE = {
    "limit": "At most so many, the newest.",
    "after": "Only calls after the one with this id.",
    "wait": "Wait so long in real time, at most 60s, until there is such a call.",
}
_LONGEST_WAIT = 60_000
_PAUSE_S = 0.02  # between two looks: calls may be served by another thread, or by another process over the same store


@dataclass(frozen=True)
class Choice:
    """Which calls somebody asks for, and how many milliseconds they would wait for one."""

    wanted: Mapping[str, str]
    limit: int | None
    after: str | None
    wait: int

    @classmethod
    def of(cls, query: Mapping[str, str], operations: Collection[str]) -> "Choice":
        """Raises Refused naming what cannot be understood."""
        limit = query.get("limit")
        if limit is not None and re.fullmatch(r"[0-9]{1,9}", limit) is None:
            raise Refused(400, "limit: a whole number is expected")
        wanted = {name: query[name] for name in _FILTERS if name in query}
        for name, value in wanted.items():
            _refuse_impossible(name, value, operations)
        return cls(wanted, None if limit is None else int(limit), query.get("after"), _wait(query.get("wait", "0s")))

    def among(self, entries: Iterable[Record]) -> list[Record]:
        return [
            entry
            for entry in entries
            if all(str(entry[_FILTERS[name]]) == value for name, value in self.wanted.items())
        ]

    def newest(self, found: list[Record]) -> list[Record]:
        return found if self.limit is None else found[len(found) - min(len(found), self.limit) :]


class JournalPages:
    def __init__(self, accounts: Accounts, journal: Journal, operations: Collection[str]) -> None:
        self._accounts = accounts
        self._operations = [*operations, FILE]
        self._journal = journal

    def pages(self) -> list[Page]:
        query = {name: f"Only calls with this {told}." for name, told in _FILTERS.items()} | _MORE
        return [
            Page("GET", "/requests", self.show, "Calls with their verdicts, newest last.", query=query, each=True),
            Page("DELETE", "/requests", self.forget, "Forget the calls.", each=True),
        ]

    async def show(self, request: Request) -> Response:
        account, spaces = self._subject(request)
        choice = Choice.of(request.query_params, self._operations)
        seen = self._journal.newest(account)  # before reading: what comes in between is read twice, never missed
        found = choice.among(_after(choice.after, self._journal.read(account)))
        if not found and choice.wait:
            found = await self._awaited(request, account, choice, seen)
        return Json(
            {"requests": choice.newest(found), "dropped": sum(self._journal.dropped(space) for space in spaces)}
        )

    async def forget(self, request: Request) -> Response:
        account, spaces = self._subject(request)
        for space in spaces:
            self._journal.forget(space)
        return Json({"forgotten": account or "all"})

    async def _awaited(self, request: Request, account: str | None, choice: Choice, seen: int) -> list[Record]:
        """The first calls that fit; none when time is up, the client has gone or the server is stopping."""
        gone = asyncio.create_task(_gone(request))
        try:
            async with asyncio.timeout(choice.wait / 1000):
                while not gone.done():
                    newest = self._journal.newest(account)
                    if newest != seen and (found := choice.among(self._journal.read(account, seen))):
                        return found
                    seen = newest
                    await asyncio.wait({gone}, timeout=_PAUSE_S)
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            if wire_of(request.scope) is None:  # in the same process, whoever asked will not wait any longer
                raise
        finally:
            gone.cancel()
        return []

    def _subject(self, request: Request) -> tuple[str | None, list[str]]:
        account = request.path_params.get("account")
        if account is None:
            return None, [SHARED, *self._accounts.ids()]
        return account, [known(self._accounts, account)]


def _refuse_impossible(name: str, value: str, operations: Collection[str]) -> None:
    """A value that no call can have is a slip: it would say for ever that there was no such call."""
    words = {"operation": operations, "cause": list(Cause)}.get(name)
    if words is not None and value not in words:
        raise Refused(400, f"{name}: {value[:60]!r} is none{likely(value, words)}")
    if name in ("code", "status") and re.fullmatch(r"[0-9]{1,9}", value) is None:
        raise Refused(400, f"{name}: {value[:60]!r} is no number")
    if name == "method" and value != value.upper():
        raise Refused(400, f"method: {value[:60]!r} is written {value[:60].upper()!r}")
    if name == "path" and not value.startswith("/"):
        raise Refused(400, f"path: {value[:60]!r} does not begin with /; the whole path is compared")


async def _gone(request: Request) -> None:
    """Ends when the client goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _after(call_id: str | None, entries: Iterable[Record]) -> list[Record]:
    """What came after a call, which must be known."""
    entries = list(entries)
    if call_id is None:
        return entries
    for place, entry in enumerate(entries, 1):
        if entry["id"] == call_id:
            return entries[place:]
    raise Refused(400, f"after: no call {call_id[:60]!r} is in this journal")


def _wait(text: str) -> int:
    try:
        wait = clock.duration(text)
    except ValueError as error:
        raise Refused(400, f"wait: {error}") from error
    if wait > _LONGEST_WAIT:
        raise Refused(400, f"wait: {text[:40]} is longer than the {_LONGEST_WAIT // 1000} seconds that are waited")
    return wait

"""Patents of one's own by the control API: those of one account, or those that all accounts see."""

import asyncio
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import World
from emulator.corpus.form import RecordFault
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, Refused, body_of, keepable, parsed
from emulator.server.control.pages import Page

_LARGEST_BODY = 8 * 1024 * 1024


class PatentsBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    patents: list[dict[str, Any]] = Field(
        max_length=1000,
        description="Records as in fixtures/corpus/patents.jsonl; all fields but `pn` and `title` may be left out.",
    )


class PatentPages:
    def __init__(self, world: World, accounts: Accounts) -> None:
        self._world = world
        self._own = world.own_patents
        self._accounts = accounts

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/patents", self.show, "The patents that were brought, whole.", each=True),
            Page("PUT", "/patents", self.replace, "Bring patents, in place of those before.", PatentsBody, each=True),
            Page("DELETE", "/patents", self.forget, "Forget the patents that were brought.", each=True),
        ]

    async def show(self, request: Request) -> Response:
        return Json({"patents": self._own.kept(self._world.store, subject(self._accounts, request))})

    async def replace(self, request: Request) -> Response:
        subject(self._accounts, request)
        body: PatentsBody = parsed(PatentsBody, await body_of(request, _LARGEST_BODY))
        for number, record in enumerate(body.patents):
            keepable(f"patents.{number}", record)
        records = await asyncio.to_thread(self._judged, body.patents)  # pictures take long to draw
        space = subject(self._accounts, request)  # which may have been closed meanwhile
        with self._world.at_work:
            self._own.keep(self._world.store, space, records)
        return Json({"patents": records})

    async def forget(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        with self._world.at_work:
            return Json({"forgotten": self._own.forget(self._world.store, space)})

    def _judged(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        try:
            return self._own.judged(given)
        except RecordFault as fault:
            number = str(given[int(fault.steps[0])].get("pn"))[:60]
            field = ".".join(map(str, fault.steps))
            raise Refused(400, f"patents.{field}: {fault.reason} (the record with pn {number!r})") from fault

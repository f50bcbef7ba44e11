"""State by the control API: begun again, saved and restored as snapshots, and kept as checkpoints."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours import checkpoints, snapshot_form
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.checkpoints import NAME_RULE, Checkpoints
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.resets import Resets, Word
from emulator.behaviours.snapshot_form import SnapshotBody
from emulator.behaviours.snapshots import Misfit, Snapshots, Unsound
from emulator.behaviours.world import SHARED
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, Refused, body_of, parsed
from emulator.server.control.pages import Page
from emulator.spec.typos import likely
from emulator.store.base import Record

_LARGEST_SNAPSHOT = 256 * 1024 * 1024


def _words(value: object) -> object:
    if not isinstance(value, list) or not value:
        raise ValueError("a list of words is expected; without it everything is reset")
    for word in value:
        if word not in list(Word):
            raise ValueError(f"{word!r} is nothing that can be reset{likely(str(word), Word)}")
    return value


class ResetBody(BaseModel):
    """Without `only` everything begins again."""

    model_config = ConfigDict(extra="forbid")

    only: Annotated[list[Word] | None, BeforeValidator(_words)] = None


class StatePages:
    def __init__(
        self, accounts: Accounts, clocks: Clocks, resets: Resets, snapshots: Snapshots, checkpoints: Checkpoints
    ) -> None:
        self._accounts = accounts
        self._clocks = clocks
        self._resets = resets
        self._snapshots = snapshots
        self._checkpoints = checkpoints

    def pages(self) -> list[Page]:
        one = "/checkpoints/{name}"
        return [
            Page("POST", "/reset", self.reset, "Begin again.", ResetBody, each=True),
            Page("GET", "/snapshot", self.take, "Everything as it is, as JSON.", each=True),
            Page("PUT", "/snapshot", self.put, "Let everything be as in a snapshot.", SnapshotBody, each=True),
            Page("GET", "/checkpoints", self.listed, "The checkpoints that are kept.", each=True),
            Page("POST", one, self.save, "Keep everything as it is under a name.", each=True, made=True),
            Page("POST", one + "/restore", self.restore, "Go back to a checkpoint.", each=True),
            Page("DELETE", one, self.drop, "Forget a checkpoint.", each=True),
        ]

    async def reset(self, request: Request) -> Response:
        body: ResetBody = parsed(ResetBody, await body_of(request))
        account = subject(self._accounts, request)
        if account == SHARED:
            self._resets.of_all(body.only)
        else:
            self._resets.of_account(account, body.only)
        return Json({"reset": account or "all"} | ({"only": body.only} if body.only else {}))

    async def take(self, request: Request) -> Response:
        content = snapshot_form.written(self._snapshots.take(subject(self._accounts, request)))
        return Response(content, media_type="application/json")

    async def put(self, request: Request) -> Response:
        """The account need not be there: a restore makes it again."""
        account = request.path_params.get("account", SHARED)
        body = await body_of(request, _LARGEST_SNAPSHOT)
        try:
            snapshot_form.refuse_other_format(body)
            snapshot = parsed(SnapshotBody, body).snapshot()
            self._snapshots.check(snapshot, account)
            snapshot_form.refuse_edited(body)
            self._snapshots.restore(snapshot, account)
        except Misfit as misfit:
            raise Refused(409, str(misfit)) from misfit
        except Unsound as unsound:
            raise Refused(400, str(unsound)) from unsound
        return Json(self._restored(account))

    async def listed(self, request: Request) -> Response:
        account = request.path_params.get("account", SHARED)
        found = [checkpoints.described(record) for record in self._checkpoints.listed(account)]
        if not found:
            subject(self._accounts, request)
        return Json({"checkpoints": found})

    async def save(self, request: Request) -> Response:
        account, name = subject(self._accounts, request), _name(request)
        new = self._checkpoints.save(account, name)
        return Json(self._described(account, name), 201 if new else 200)

    async def restore(self, request: Request) -> Response:
        account, name, _ = self._kept(request)
        try:
            self._checkpoints.restore(account, name)
        except Misfit as misfit:
            raise Refused(409, str(misfit)) from misfit
        return Json({"checkpoint": name, **self._restored(account)})

    async def drop(self, request: Request) -> Response:
        account, name, _ = self._kept(request)
        self._checkpoints.drop(account, name)
        return Json({"dropped": name})

    def _kept(self, request: Request) -> tuple[str, str, Record]:
        """A checkpoint that is there, be its account there or not."""
        account, name = request.path_params.get("account", SHARED), _name(request)
        record = self._checkpoints.find(account, name)
        if record is None:
            raise Refused(404, f"there is no checkpoint {name!r} of {account or 'all'}")
        return account, name, record

    def _described(self, account: str, name: str) -> dict[str, Any]:
        record = self._checkpoints.find(account, name)
        assert record is not None
        return checkpoints.described(record)

    def _restored(self, account: str) -> dict[str, Any]:
        return {"restored": account or "all", "now": self._clocks.describe(account)["now"]}


def _name(request: Request) -> str:
    name = str(request.path_params["name"])
    if not checkpoints.may_be_called(name):
        raise Refused(400, f"name: a checkpoint's name is {NAME_RULE}, not {name[:80]!r}")
    return name

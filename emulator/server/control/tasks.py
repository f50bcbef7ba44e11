"""Tasks by the control API: listed with their states, and ordered into one."""

from typing import Literal

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours import tasks
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.tasks import State
from emulator.behaviours.world import World
from emulator.server.control.accounts import chosen_accounts
from emulator.server.control.answers import Json, Refused, body_of, parsed
from emulator.server.control.pages import Page
from emulator.store.base import Record


class TaskBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: Literal["success", "failed", "running", "expired"]


class TaskPages:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks) -> None:
        self._store = world.store
        self._accounts = accounts
        self._clocks = clocks

    def pages(self) -> list[Page]:
        which = {"operation": "The operation that made the task, where several tasks share an id."}
        return [
            Page("GET", "/tasks", self.listed, "All tasks with their states.", each=True),
            Page("GET", "/tasks/{task}", self.show, "One task.", query=which, each=True),
            Page("PATCH", "/tasks/{task}", self.order, "Order a task into a state.", TaskBody, which, each=True),
        ]

    async def listed(self, request: Request) -> Response:
        return Json(
            {
                "tasks": [
                    self._described(account, task)
                    for account in chosen_accounts(self._accounts, request)
                    for _, task in self._store.scan(account, tasks.TASKS)
                ]
            }
        )

    async def show(self, request: Request) -> Response:
        account, _, task = self._find(request)
        return Json(self._described(account, task))

    async def order(self, request: Request) -> Response:
        chosen_accounts(self._accounts, request)  # one that is not there is told first
        order: TaskBody = parsed(TaskBody, await body_of(request))
        account, key, _ = self._find(request)
        return Json(self._described(account, self._order(account, key, State(order.state))))

    def _find(self, request: Request) -> tuple[str, str, Record]:
        """The one task with that id; `?operation=` tells apart those that share one."""
        wanted, operation = request.path_params["task"], request.query_params.get("operation")
        found = [
            (account, key, task)
            for account in chosen_accounts(self._accounts, request)
            for key, task in self._store.scan(account, tasks.TASKS)
            if task["id"] == wanted and operation in (None, task["operation"])
        ]
        if not found:
            raise Refused(404, f"there is no task {wanted!r}")
        if len(found) > 1:
            places = sorted({f"{task['operation']} of {account}" for account, _, task in found})
            raise Refused(
                409, f"{wanted} names several tasks: {', '.join(places)}; name the account in the path and ?operation="
            )
        return found[0]

    def _order(self, account: str, key: str, state: State) -> Record:
        try:
            return tasks.keep_order(self._store, account, key, state, self._clocks.now(account))
        except ValueError as error:
            raise Refused(409, str(error)) from error

    def _described(self, account: str, task: Record) -> dict[str, object]:
        return {"account": account, **tasks.described(task, self._clocks.now(account))}

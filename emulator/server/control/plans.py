"""Plans for tasks by the control API: how tasks run that are made from now on, for one account or for all."""

from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours import plans
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED, World
from emulator.server.control.accounts import subject
from emulator.server.control.answers import Json, json_of
from emulator.server.control.pages import Page
from emulator.server.control.plan_body import PlansBody, plans_of


class PlanPages:
    def __init__(self, world: World, accounts: Accounts) -> None:
        self._world = world
        self._accounts = accounts

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/plan", self.show, "How tasks would run that are made now.", each=True),
            Page("PUT", "/plan", self.set, "Plan how tasks run.", PlansBody, each=True),
            Page("DELETE", "/plan", self.forget, "Forget the plans, but not those of PUT for an account.", each=True),
        ]

    async def show(self, request: Request) -> Response:
        return Json(self._told(subject(self._accounts, request)))

    async def set(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        plans.set_for(self._world.store, space, plans_of(await json_of(request), self._world.service))
        return Json(self._told(space))

    async def forget(self, request: Request) -> Response:
        space = subject(self._accounts, request)
        plans.set_for(self._world.store, space, None)
        return Json(self._told(space))

    def _told(self, subject: str) -> dict[str, object]:
        """What holds for `all`, and for each operation for which something else does."""
        account = self._accounts.find(subject) if subject != SHARED else None
        settings = account.plan if account else None
        found = {
            name: plans.told(plans.effective(self._world, subject, settings, name))
            for name in (plans.ALL, *self._world.service.operations)
        }
        makers = {one.id for one in self._world.service.operations.values() if one.makes_tasks}
        return {
            name: plan
            for name, plan in found.items()
            if name == plans.ALL or (name in makers and plan != found[plans.ALL])
        }

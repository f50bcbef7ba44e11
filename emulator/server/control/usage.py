"""The bill by the control API, and the limits of all accounts together.

Each charge names its call, as the journal does; what was charged for a task that has failed since is given back.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.bill import Bill
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.quota import Limits, Quota
from emulator.server.control.account_body import Count
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json, body_of, parsed
from emulator.server.control.pages import Page


class LimitsBody(BaseModel):
    """What all accounts together may do; what is left out has no limit."""

    model_config = ConfigDict(extra="forbid", strict=True)

    qps: Count | None = None
    total_limit: Count | None = None


class UsagePages:
    def __init__(self, accounts: Accounts, clocks: Clocks, quota: Quota, bill: Bill) -> None:
        self._accounts = accounts
        self._clocks = clocks
        self._quota = quota
        self._bill = bill

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/usage", self.usage, "The bill: what was used, by operation and by call.", each=True),
            Page("GET", "/limits", self.limits, "What all accounts together may do."),
            Page("PUT", "/limits", self.limit, "Limit all accounts together.", LimitsBody),
        ]

    async def usage(self, request: Request) -> Response:
        account_id = request.path_params.get("account")
        if account_id is not None:
            return Json(self._told(known(self._accounts, account_id)))
        told = [self._told(one) for one in self._accounts.ids()]
        return Json({**{name: sum(one[name] for one in told) for name in ("credits", "units")}, "accounts": told})

    async def limits(self, request: Request) -> Response:
        return Json(self._limits_told())

    async def limit(self, request: Request) -> Response:
        body: LimitsBody = parsed(LimitsBody, await body_of(request))
        self._quota.limit_platform(Limits(**body.model_dump()))
        return Json(self._limits_told())

    def _told(self, account_id: str) -> dict[str, Any]:
        account = self._accounts.find(account_id)
        assert account is not None
        return self._bill.told(account, self._clocks.now(account_id))

    def _limits_told(self) -> dict[str, int | None]:
        limits = self._quota.platform
        return {"qps": limits.qps, "total_limit": limits.total_limit, "used": self._quota.platform_units}

"""Accounts by the control API: listed, configured, closed, and their tokens."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from emulator import clock
from emulator.behaviours import plans
from emulator.behaviours.accounts import ID_RULE, Accounts, may_be_called
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.quota import Quota
from emulator.behaviours.world import SHARED, World
from emulator.server.control.account_body import AccountBody, settings_of
from emulator.server.control.answers import Json, Refused, body_of
from emulator.server.control.pages import Page


class AccountPages:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks, quota: Quota) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._quota = quota

    def pages(self) -> list[Page]:
        one = "/accounts/{account}"
        return [
            Page("GET", "/accounts", self.listed, "All accounts with their settings."),
            Page("GET", one, self.show, "One account with its settings."),
            Page("PUT", one, self.configure, "Make an account, or change settings of one.", AccountBody, made=True),
            Page("DELETE", one, self.close, "Close an account and forget all of it."),
            Page("GET", "/tokens", self.tokens, "When tokens were issued and when they end.", each=True),
            Page("DELETE", "/tokens", self.expire_tokens, "Let all tokens end now.", each=True),
        ]

    async def listed(self, request: Request) -> Response:
        return Json({"accounts": [self._described(account_id) for account_id in self._accounts.ids()]})

    async def show(self, request: Request) -> Response:
        return Json(self._described(known(self._accounts, request.path_params["account"])))

    async def close(self, request: Request) -> Response:
        account_id = known(self._accounts, request.path_params["account"])
        with self._world.at_work:
            self._accounts.close(account_id)
        return Json({"closed": account_id})

    async def tokens(self, request: Request) -> Response:
        return Json(
            {
                "tokens": [
                    {
                        "account": account_id,
                        "begins_with": record["hint"],
                        "issued": clock.iso(record["issued"]),
                        "ends": clock.iso(record["ends"]),
                        "live": self._clocks.now(account_id) < record["ends"],
                    }
                    for account_id in chosen_accounts(self._accounts, request)
                    for record in self._accounts.tokens(account_id)
                ]
            }
        )

    async def expire_tokens(self, request: Request) -> Response:
        chosen = chosen_accounts(self._accounts, request)
        ended = sum(self._accounts.expire_tokens(account_id, self._clocks.now(account_id)) for account_id in chosen)
        return Json({"expired": ended})

    async def configure(self, request: Request) -> Response:
        account_id = request.path_params["account"]
        settings = settings_of(await body_of(request), self._world.service)
        if not may_be_called(self._world.service.credentials, account_id) and self._accounts.find(account_id) is None:
            raise Refused(400, f"an account's id is {ID_RULE}")
        with self._world.at_work:
            created = self._accounts.find(account_id) is None
            now = self._clocks.now(account_id)
            key = self._accounts.configure(account_id, settings, now)
            if "balance" in settings:
                self._quota.grant(account_id, now)
            if "plan" in settings:  # the last word counts
                plans.set_for(self._world.store, account_id, None)
        return Json({**self._described(account_id), "api_key": key}, 201 if created else 200)

    def _described(self, account_id: str) -> dict[str, Any]:
        described = self._accounts.described(account_id)
        described["balance"] = self._remaining(account_id)
        if described["plan"] is not None:
            described["plan"] = {name: plans.written(plan) for name, plan in described["plan"].items()}
        if described["valid_until"] is not None:
            described["valid_until"] = clock.iso(described["valid_until"])
        return described

    def _remaining(self, account_id: str) -> int | None:
        account = self._accounts.find(account_id)
        assert account is not None
        return self._quota.remaining(account, self._clocks.now(account_id))


def known(accounts: Accounts, account_id: str) -> str:
    """The id again, or a refusal."""
    if accounts.find(account_id) is None:
        raise Refused(404, f"there is no account {account_id!r}")
    return account_id


def subject(accounts: Accounts, request: Request) -> str:
    """The space of the account a path names, or of what belongs to all."""
    account_id = request.path_params.get("account")
    return SHARED if account_id is None else known(accounts, account_id)


def chosen_accounts(accounts: Accounts, request: Request) -> list[str]:
    """The account a path names, or all."""
    account_id = request.path_params.get("account")
    return accounts.ids() if account_id is None else [known(accounts, account_id)]

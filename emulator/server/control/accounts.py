"""Accounts by the control API: listed, configured, closed, their tokens, and beginning again."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from emulator import clock
from emulator.behaviours.accounts import ID_RULE, Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import SHARED, World
from emulator.server.control.answers import Json, Refused, body_of, parsed
from emulator.server.control.pages import Page

Duration = Annotated[int, BeforeValidator(lambda value: clock.duration(value) if isinstance(value, str) else value)]
Instant = Annotated[int, BeforeValidator(lambda value: clock.instant(value) if isinstance(value, str) else value)]


class AccountBody(BaseModel):
    """What PUT takes. Durations as `20m`, instants as `2026-01-01T00:00:00Z`; both are kept in milliseconds."""

    model_config = ConfigDict(extra="forbid", strict=True)

    secret: str | None = Field(default=None, min_length=1, max_length=256)
    seed: int = Field(default=1, ge=-(2**53), le=2**53)
    wire: Literal["documented", "live"] = "documented"
    language: Literal["en", "cn"] = "en"
    created_status: Literal[200, 201] = 200
    strict: bool = False
    search_id_lifetime: Duration | None = Field(default=None, ge=1, le=clock.LATEST)
    link_lifetime: Literal["documented", "signed"] = "documented"
    valid_until: Instant | None = Field(default=None, ge=0, le=clock.LATEST)
    enabled: bool = True
    permissions: list[str] | None = None


class ResetBody(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountPages:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks, begin_again: Callable[[], None]) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._begin_again = begin_again

    def pages(self) -> list[Page]:
        one = "/accounts/{account}"
        return [
            Page("GET", "/accounts", self.listed, "All accounts with their settings."),
            Page("GET", one, self.show, "One account with its settings."),
            Page("PUT", one, self.configure, "Make an account, or change settings of one.", AccountBody, made=True),
            Page("DELETE", one, self.close, "Close an account and forget all of it."),
            Page("GET", "/tokens", self.tokens, "When tokens were issued and when they end.", each=True),
            Page("DELETE", "/tokens", self.expire_tokens, "Let all tokens end now.", each=True),
            Page("POST", "/reset", self.reset, "Begin again.", ResetBody, each=True),
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

    async def reset(self, request: Request) -> Response:
        parsed(ResetBody, await body_of(request))
        account_id = request.path_params.get("account")
        if account_id is None:
            self._begin_again()
            return Json({"reset": "all"})
        known(self._accounts, account_id)
        with self._world.at_work:
            form = self._accounts.form(account_id)
            self._accounts.close(account_id)
            if form is not None:
                self._accounts.reopen(account_id, form, self._clocks.now())
        return Json({"reset": account_id})

    async def configure(self, request: Request) -> Response:
        account_id = request.path_params["account"]
        body: AccountBody = parsed(AccountBody, await body_of(request))
        self._refuse_unknown_operations(body.permissions)
        if not self._accounts.may_be_called(account_id) and self._accounts.find(account_id) is None:
            raise Refused(400, f"an account's id is {ID_RULE}")
        if body.secret == self._world.service.credentials.reserved_secret:
            raise Refused(400, f"secret: {body.secret!r} is reserved: it is wrong for every client")
        given = body.model_dump(include=body.model_fields_set)
        created = self._accounts.find(account_id) is None
        key = self._accounts.configure(account_id, given, self._clocks.now(account_id))
        return Json({**self._described(account_id), "api_key": key}, 201 if created else 200)

    def _refuse_unknown_operations(self, permissions: list[str] | None) -> None:
        for name in permissions or ():
            if name not in self._world.service.operations:
                raise Refused(400, f"permissions: {name!r} is no operation; GET /_emulator/operations lists them")

    def _described(self, account_id: str) -> dict[str, Any]:
        described = self._accounts.described(account_id)
        if described["valid_until"] is not None:
            described["valid_until"] = clock.iso(described["valid_until"])
        return described


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

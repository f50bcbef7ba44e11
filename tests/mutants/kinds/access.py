"""Tokens and credentials: lives told wrong, checks gone, other people's tokens let in, what is not published."""

from types import SimpleNamespace
from typing import Any

from emulator.behaviours import accounts as accounts_module
from emulator.behaviours.accounts import ISSUED, TOKENS, Accounts
from emulator.behaviours.world import SHARED
from emulator.errors import ApiError, Cause
from emulator.server import credentials, pipeline
from emulator.spec.models import Service
from tests.mutants.documents import changed_section
from tests.mutants.mutant import Mutant, Patch

RULES = ("token", "credential", "access")
_WORDS = {"token_type": "Bearer", "token_status": "active", "grant_type": "password", "reserved_secret": "another"}


def words(service: Service) -> list[Mutant]:
    """What is printed about tokens, each word otherwise."""
    said: dict[str, Any] = {**_WORDS, "key_pattern": "^sk-[A-Za-z0-9]{48,}$"}
    said["key_pattern"] = service.credentials.key_pattern.replace("{16,}", "{17,}")
    found = [_printed(name, value) for name, value in said.items()]
    true = service.credentials.expires_in
    return [*found, *(_printed("expires_in", true + step) for step in (-1, 1, 1 - true))]


def tokens(service: Service) -> list[Mutant]:
    """Tokens that live for ever, only until the next, or at another account; one token for everybody."""
    return [
        _mutant("a token never expires", Patch(Accounts, "issue_token", _for_ever)),
        _mutant("an older token dies with the next", Patch(Accounts, "issue_token", _only_one)),
        _mutant("a token of another account is accepted", Patch(Accounts, "admit_token", _anybodys)),
        _mutant("any text is a token", Patch(Accounts, "admit_token", _any_text)),
        _mutant("an expired token is told as unknown", Patch(Accounts, "admit_token", _otherwise(Cause.KEY_REJECTED))),
        _mutant("the client id beside a token is not looked at", Patch(credentials, "admit", _without_apikey)),
        _mutant("apikey may be missing", Patch(credentials, "admit", _found_apikey)),
        _mutant("the secret is not looked at", Patch(accounts_module, "hmac", _always)),
        _mutant("the second secret of a client counts", Patch(Accounts, "bind_client", _rebound)),
        _mutant("any grant type does", Patch(Accounts, "refuse_other_grants", _nothing)),
    ]


def checks(service: Service) -> list[Mutant]:
    """The checks between credentials and behaviour, each one gone."""
    names = ("_refuse_disabled", "_refuse_after_term", "_refuse_without_permission", "_refuse_parameters")
    found = [
        Mutant(
            "check gone",
            name.removeprefix("_"),
            rules=("cause", "limit", *RULES),
            patches=(Patch(pipeline, name, _nothing),),
        )
        for name in names
    ]
    late = Patch(pipeline.Pipeline, "_refuse_late", _nothing)
    return [*found, Mutant("check gone", "refuse_late", rules=("cause",), patches=(late,))]


def _printed(name: str, value: Any) -> Mutant:
    return Mutant(
        "credentials otherwise", f"{name}={value}", rules=RULES, service=changed_section("credentials", **{name: value})
    )


def _mutant(name: str, patch: Patch) -> Mutant:
    return Mutant("token or credentials wrong", name, rules=RULES, patches=(patch,))


def _nothing(true: Any) -> Any:
    return lambda *given, **named: None


def _always(true: Any) -> Any:
    return SimpleNamespace(compare_digest=lambda *given: True)


def _for_ever(true: Any) -> Any:
    def issue(self: Any, account: Any, now: int) -> str:
        token: str = true(self, account, now)
        key = accounts_module.digest(token)
        record = self._store.get(account.id, TOKENS, key)
        self._store.put(account.id, TOKENS, key, {**record, "ends": record["ends"] + 10**13})
        return token

    return issue


def _only_one(true: Any) -> Any:
    def issue(self: Any, account: Any, now: int) -> str:
        self.expire_tokens(account.id, now)
        token: str = true(self, account, now)
        return token

    return issue


def _anybodys(true: Any) -> Any:
    def admit(self: Any, client_id: str, token: str, now_of: Any) -> Any:
        known = self._store.get(SHARED, ISSUED, accounts_module.digest(token)) is not None
        account = self.find(client_id)
        own = account is not None and self._store.get(client_id, TOKENS, accounts_module.digest(token)) is not None
        return account if known and account is not None and not own else true(self, client_id, token, now_of)

    return admit


def _any_text(true: Any) -> Any:
    def admit(self: Any, client_id: str, token: str, now_of: Any) -> Any:
        try:
            return true(self, client_id, token, now_of)
        except ApiError as error:
            account = self.find(client_id)
            if error.cause is not Cause.KEY_REJECTED or account is None:
                raise
            return account

    return admit


def _otherwise(cause: Cause) -> Any:
    def make(true: Any) -> Any:
        def admit(self: Any, client_id: str, token: str, now_of: Any) -> Any:
            try:
                return true(self, client_id, token, now_of)
            except ApiError as error:
                raise ApiError(cause, error.reason) from error

        return admit

    return make


def _owner(accounts: Any, token: str) -> str | None:
    key = accounts_module.digest(token)
    return next((one for one in accounts.ids() if accounts._store.get(one, TOKENS, key) is not None), None)


def _without_apikey(true: Any) -> Any:
    def admit(operation: Any, request: Any, accounts: Any, now_of: Any) -> Any:
        owner = _owner(accounts, request.bearer) if request.bearer else None
        if owner is None or not request.query_value("apikey") or operation.security == "clientSecret":
            return true(operation, request, accounts, now_of)
        return accounts.admit_token(owner, request.bearer, now_of)

    return admit


def _found_apikey(true: Any) -> Any:
    def admit(operation: Any, request: Any, accounts: Any, now_of: Any) -> Any:
        owner = _owner(accounts, request.bearer) if request.bearer else None
        if owner is None or request.query_value("apikey") or operation.security == "clientSecret":
            return true(operation, request, accounts, now_of)
        return accounts.admit_token(owner, request.bearer, now_of)

    return admit


def _rebound(true: Any) -> Any:
    def bind(self: Any, account: Any, secret: str, now: int) -> None:
        true(self, account, secret, now)
        record = self._store.get(account.id, accounts_module.TABLE, "self")
        self._store.put(
            account.id, accounts_module.TABLE, "self", {**record, "secret": accounts_module.digest("other")}
        )

    return bind

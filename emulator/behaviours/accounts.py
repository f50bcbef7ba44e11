"""Who calls: accounts, their secrets, keys, tokens and settings.

An account is opened by its first successful token call, by a well-formed `sk-` key, or by configuration; a
secret is bound at first use and kept only as a digest. Knows nothing of where in a request credentials stand.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from emulator import entropy
from emulator.behaviours.world import SHARED, Account, World
from emulator.errors import ApiError, Cause
from emulator.spec.models import Credentials
from emulator.store.base import Record

TABLE, KEYS, TOKENS, ISSUED = "account", "keys", "tokens", "issued"
_SELF = "self"
_BLANK: Record = {"secret": None, "settings": {}, "configured": None}
KEY_PREFIX = "key-"  # of the ids of accounts that a key has opened
_SETTINGS = {field.name for field in fields(Account)} - {"id", "opened"}


class Accounts:
    """All accounts of one emulator. `on_open` gives an account that is new at an instant the documented examples.

    A `closed` list lets nobody open an account by calling.
    """

    def __init__(
        self, world: World, defaults: Account, on_open: Callable[[Account, int], None], *, closed: bool = False
    ) -> None:
        self._world = world
        self._store = world.store
        self._credentials = world.service.credentials
        self._defaults = defaults
        self._on_open = on_open
        self._closed = closed

    def find(self, account_id: str) -> Account | None:
        record = self._store.get(account_id, TABLE, _SELF)
        return None if record is None else self._account(account_id, record)

    def ids(self) -> list[str]:
        return [space for space in self._store.spaces() if self._store.get(space, TABLE, _SELF) is not None]

    def refuse_other_grants(self, grant_type: str | None, media_type: str) -> None:
        """Looked at before the secret. The kind of body is told, because a form is often forgotten."""
        wanted = self._credentials.grant_type
        if grant_type != wanted:
            body = media_type[:60] or "no kind"
            came = f"is {grant_type[:40]!r}" if grant_type else f"is missing from a body of {body}"
            told = self._credentials.evidence.cited
            raise ApiError(Cause.GRANT_TYPE_WRONG, f"grant_type {came}; a form with {wanted} is expected ({told})")

    def admit_client(self, client_id: str, secret: str) -> Account:
        """The account of a client id. One that is new is not opened yet: see `bind_client`."""
        if secret == self._credentials.reserved_secret:
            raise ApiError(Cause.SECRET_WRONG, f"the secret {secret!r} is reserved: it is wrong for every client")
        record = self._store.get(client_id, TABLE, _SELF)
        if record is None:
            return self._newcomer(client_id, secret)
        if record["secret"] is None and client_id.startswith(KEY_PREFIX):
            raise ApiError(Cause.SECRET_WRONG, "this account was opened by an sk- key and has no secret")
        if record["secret"] is not None and not hmac.compare_digest(record["secret"], digest(secret)):
            raise ApiError(Cause.SECRET_WRONG, "the client id is bound to another secret")
        return self._account(client_id, record)

    def bind_client(self, account: Account, secret: str, now: int) -> None:
        """At a first token call: open an account that is new, bind the secret where none is bound."""
        if not account.opened:
            self._open(account.id, {**_BLANK, "secret": digest(secret)}, now)
            return

        def bound(record: Record | None) -> Record:
            assert record is not None, "an opened account has a record"
            return record if record["secret"] is not None else {**record, "secret": digest(secret)}

        self._store.change(account.id, TABLE, _SELF, bound)

    def owner_of(self, key: str) -> Account | None:
        """The account that an `sk-` key has opened or was given."""
        return self.find(self.id_of_key(key))

    def id_of_key(self, key: str) -> str:
        """The id of the account a key has, or would open."""
        known = self._store.get(SHARED, KEYS, digest(key))
        return str(known["account"]) if known else f"{KEY_PREFIX}{digest(key)[:16]}"

    def admit_key(self, key: str, now_of: Callable[[str], int]) -> Account:
        """The account of an `sk-` key, opened now if it is new."""
        owner = self.owner_of(key)
        if owner is not None:
            return owner
        if not re.fullmatch(self._credentials.key_pattern, key):
            raise ApiError(Cause.KEY_REJECTED, "the bearer is neither a token nor a well-formed sk- key")
        if self._closed:
            raise ApiError(Cause.KEY_REJECTED, f"the sk- key is no account's, {_CLOSED}")
        account_id = self.id_of_key(key)
        return self._open(account_id, _BLANK, now_of(account_id))

    def admit_token(self, client_id: str, token: str, now_of: Callable[[str], int]) -> Account:
        """The account whose live token this is. The reason never tells a foreign token from an unknown one."""
        record = self._store.get(client_id, TABLE, _SELF) if client_id else None
        issued = self._store.get(client_id, TOKENS, digest(token)) if record else None
        if record is None or issued is None:
            cause = Cause.TOKEN_REJECTED if self.has_issued(token) else Cause.KEY_REJECTED
            raise ApiError(cause, "the bearer token was not issued to this apikey")
        if now_of(client_id) >= issued["ends"]:
            life = self._world.service.lives["token"]
            raise ApiError(Cause.TOKEN_REJECTED, f"the bearer token has expired: it lives {life.told}")
        return self._account(client_id, record)

    def issue_token(self, account: Account, now: int) -> str:
        """A new token; older ones stay good."""
        token = entropy.letters(self._world.draw(account, "token"), 32)
        ends = now + self._world.service.life("token")
        self._store.put(account.id, TOKENS, digest(token), {"hint": token[:4], "issued": now, "ends": ends})
        self._store.put(SHARED, ISSUED, digest(token), {})
        return token

    def has_issued(self, token: str) -> bool:
        """Whether this was ever a token of anybody."""
        return self._store.get(SHARED, ISSUED, digest(token)) is not None

    def tokens(self, account_id: str) -> list[Record]:
        return [record for _, record in self._store.scan(account_id, TOKENS)]

    def expire_tokens(self, account_id: str, now: int) -> int:
        """Let all live tokens end now; how many did."""
        live = [(key, record) for key, record in self._store.scan(account_id, TOKENS) if now < record["ends"]]
        for key, record in live:
            self._store.put(account_id, TOKENS, key, {**record, "ends": now})
        return len(live)

    def configure(self, account_id: str, given: Mapping[str, Any], now: int) -> str:
        """Create an account or merge settings into it; its `sk-` key."""
        record = self._store.get(account_id, TABLE, _SELF)
        secret = digest(given["secret"]) if given.get("secret") else (record or {}).get("secret")
        settings = {
            **(record or {"settings": {}})["settings"],
            **{name: given[name] for name in given if name in _SETTINGS},
        }
        changed = {"secret": secret, "settings": settings, "configured": (record or {}).get("configured")}
        if changed["configured"] is None:
            changed["configured"] = {"secret": secret, "settings": settings}
        if record is None:
            self._open(account_id, changed, now)
        else:
            self._store.put(account_id, TABLE, _SELF, changed)
        return self._own_key(account_id)

    def close(self, account_id: str) -> None:
        self._store.clear(account_id)

    def form(self, account_id: str) -> Record | None:
        """How an account was first configured; None for one that opened itself."""
        record = self._store.get(account_id, TABLE, _SELF)
        return None if record is None else record["configured"]

    def reopen(self, account_id: str, form: Record, now: int) -> None:
        """A configured account as if it were new."""
        self._open(account_id, {**form, "configured": form}, now)
        self._own_key(account_id)

    def return_to_form(self, account_id: str) -> None:
        """Settings and secret as first configured; an account that opened itself keeps its own."""
        form = self.form(account_id)
        if form is not None:
            self._store.put(account_id, TABLE, _SELF, {**form, "configured": form})
            self._own_key(account_id)

    def lay_out_examples(self, account_id: str, now: int) -> None:
        """Give an account again what it was given when it opened."""
        account = self.find(account_id)
        assert account is not None
        self._on_open(account, now)

    def make_known(self, account_id: str) -> None:
        """Tell the shared space what it has to know of an account whose own space came from elsewhere."""
        for key, _ in self._store.scan(account_id, TOKENS):
            self._store.put(SHARED, ISSUED, key, {})
        if self.form(account_id) is not None:
            self._own_key(account_id)

    def described(self, account_id: str) -> dict[str, Any]:
        """The account's settings and how it came to be, without secrets."""
        record = self._store.get(account_id, TABLE, _SELF)
        account = self.find(account_id)
        assert record is not None
        assert account is not None
        settings = {name: getattr(account, name) for name in sorted(_SETTINGS)}
        return {
            "id": account_id,
            "configured": record["configured"] is not None,
            "has_secret": record["secret"] is not None,
            **settings,
        }

    def _newcomer(self, client_id: str, secret: str) -> Account:
        if not client_id or not secret:
            raise ApiError(Cause.SECRET_WRONG, "client id and secret are missing: Basic, or the form's fields")
        if not may_be_called(self._credentials, client_id):
            raise ApiError(Cause.SECRET_WRONG, f"no client id looks like this: {ID_RULE}")
        if self._closed:
            raise ApiError(Cause.SECRET_WRONG, f"no account has this client id, {_CLOSED}")
        return replace(self._defaults, id=client_id, opened=False)

    def _open(self, account_id: str, record: Record, now: int) -> Account:
        """Once, wholly or not at all, also when several first calls come together."""
        opened: list[bool] = []

        def first(found: Record | None) -> Record:
            opened.append(found is None)
            return record if found is None else found

        account = self._account(account_id, self._store.change(account_id, TABLE, _SELF, first))
        if opened[-1]:
            try:
                self._on_open(account, now)
            except BaseException:
                self.close(account_id)
                raise
        return account

    def _account(self, account_id: str, record: Record) -> Account:
        settings = dict(record["settings"])
        if settings.get("permissions") is not None:
            settings["permissions"] = tuple(settings["permissions"])
        return replace(self._defaults, id=account_id, **settings)

    def _own_key(self, account_id: str) -> str:
        account = self.find(account_id)
        assert account is not None
        key = own_key(account.seed, account_id, self._credentials.key_length)
        self._store.put(SHARED, KEYS, digest(key), {"account": account_id})
        return key


_CLOSED = "and the list of accounts is closed"
ID_RULE = f"1 to 128 printable ASCII characters without '/', not beginning with sk- or {KEY_PREFIX}, not dots alone"


def may_be_called(credentials: Credentials, account_id: str) -> bool:
    """Whether an id is one that fits into requests and paths and is no key's."""
    reserved = account_id.startswith((KEY_PREFIX, "sk-")) or not account_id.strip(".")
    return not reserved and re.fullmatch(credentials.client_id_pattern, account_id) is not None


def own_key(seed: int, account_id: str, length: int) -> str:
    """The `sk-` key of a configured account."""
    return "sk-" + entropy.letters(entropy.draw(seed, account_id, "key", 0), length)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

"""Who may call: secrets bound at first use, keys, settings, and what is kept of them."""

from typing import Any

import orjson
import pytest

from emulator.behaviours.accounts import Accounts, digest, may_be_called, own_key
from emulator.behaviours.world import Account, World
from emulator.errors import ApiError, Cause
from emulator.store.memory import MemoryStore

NOW = 1_767_225_600_000
KEY = "sk-" + "a1B2" * 12


def cause_of(call: Any, *arguments: Any) -> Cause:
    with pytest.raises(ApiError) as caught:
        call(*arguments)
    return caught.value.cause


def enter(accounts: Accounts, client_id: str, secret: str) -> Account:
    """The account of a client that shows its secret, opened as the token call opens it."""
    accounts.bind_client(accounts.admit_client(client_id, secret), secret, 0)
    account = accounts.find(client_id)
    assert account is not None
    return account


def _then(account_id: str) -> int:
    return 0


def test_a_client_opens_its_account_and_is_bound_to_its_secret(accounts: Accounts) -> None:
    assert enter(accounts, "client", "first").id == "client"
    assert enter(accounts, "client", "first").id == "client"
    assert cause_of(accounts.admit_client, "client", "second") is Cause.SECRET_WRONG
    assert accounts.ids() == ["client"]


def test_the_reserved_secret_is_never_bound(accounts: Accounts) -> None:
    assert cause_of(accounts.admit_client, "client", "wrong-secret") is Cause.SECRET_WRONG
    assert accounts.ids() == []
    accounts.configure("client", {"secret": "wrong-secret"}, 0)
    assert cause_of(accounts.admit_client, "client", "wrong-secret") is Cause.SECRET_WRONG


@pytest.mark.parametrize("client_id", ["", "a/b", "a b", "ü", "a" * 129, "a\n", "\x7f", "a\x00"])
def test_an_id_that_fits_into_no_path_opens_nothing(world: World, accounts: Accounts, client_id: str) -> None:
    assert cause_of(accounts.admit_client, client_id, "secret") is Cause.SECRET_WRONG
    assert may_be_called(world.service.credentials, client_id) is False
    assert accounts.ids() == []


@pytest.mark.parametrize("client_id", ["a", "~!$&'()*+,;=:@.", "a" * 128, "%2F"])
def test_any_other_printable_id_will_do(accounts: Accounts, client_id: str) -> None:
    assert enter(accounts, client_id, "secret").id == client_id


def test_an_empty_secret_opens_nothing(accounts: Accounts) -> None:
    assert cause_of(accounts.admit_client, "client", "") is Cause.SECRET_WRONG
    assert accounts.ids() == []


@pytest.mark.parametrize("key", [KEY, "sk-" + "a" * 16, "sk-" + "Z9" * 100])
def test_a_well_formed_key_opens_an_account_whose_name_does_not_tell_it(accounts: Accounts, key: str) -> None:
    account = accounts.admit_key(key, _then)
    assert account.id.startswith("key-")
    assert key[3:] not in account.id
    assert accounts.admit_key(key, _then) == account


@pytest.mark.parametrize(
    "key",
    [
        "sk-",
        "sk-" + "a" * 15,
        "sk-" + "a" * 15 + "-",
        "SK-" + "a" * 48,
        "sk-" + "ü" * 20,
        "xsk-" + "a" * 48,
        "sk-" + "a" * 48 + "\n",
    ],
)
def test_a_key_that_is_not_well_formed_is_refused(accounts: Accounts, key: str) -> None:
    assert cause_of(accounts.admit_key, key, _then) is Cause.KEY_REJECTED
    assert accounts.ids() == []


def test_two_keys_are_two_accounts(accounts: Accounts) -> None:
    assert accounts.admit_key(KEY, _then).id != accounts.admit_key(KEY + "x", _then).id


def test_a_configured_account_has_a_key_of_its_own(accounts: Accounts) -> None:
    key = accounts.configure("client", {"secret": "s"}, 0)
    assert key == own_key(1, "client", 48)
    assert (key[:3], len(key)) == ("sk-", 51)
    assert accounts.admit_key(key, _then).id == "client"


def test_an_account_without_a_secret_is_bound_to_the_first_but_never_one_of_a_key(accounts: Accounts) -> None:
    accounts.configure("client", {}, 0)
    assert enter(accounts, "client", "first").id == "client"
    assert cause_of(accounts.admit_client, "client", "second") is Cause.SECRET_WRONG
    of_a_key = accounts.admit_key(KEY, _then).id
    assert cause_of(accounts.admit_client, of_a_key, "any") is Cause.SECRET_WRONG


# --- Settings ---------------------------------------------------------------------------------------------


def test_configuring_merges(accounts: Accounts) -> None:
    accounts.configure("client", {"secret": "s", "wire": "live", "permissions": ["P043"]}, 0)
    accounts.configure("client", {"language": "cn"}, 0)
    account = accounts.find("client")
    assert account == Account("client", wire="live", language="cn", permissions=("P043",))
    assert enter(accounts, "client", "s") == account


def test_the_server_s_settings_are_the_defaults(world: World) -> None:
    accounts = Accounts(world, Account("", seed=7, wire="live"), lambda account, now: None)
    assert enter(accounts, "client", "s") == Account("client", seed=7, wire="live")


def test_the_form_is_that_of_the_first_configuration(accounts: Accounts) -> None:
    accounts.configure("client", {"secret": "s", "wire": "live"}, 0)
    accounts.configure("client", {"secret": "t", "wire": "documented"}, 0)
    form = accounts.form("client")
    assert form is not None
    accounts.close("client")
    accounts.reopen("client", form, 0)
    assert enter(accounts, "client", "s").wire == "live"
    assert accounts.form("client") == form


def test_one_that_opened_itself_has_no_form(accounts: Accounts) -> None:
    enter(accounts, "client", "s")
    assert accounts.form("client") is None
    assert accounts.form("nobody") is None


def test_opening_tells_whoever_lays_out_the_examples(world: World) -> None:
    opened: list[str] = []
    accounts = Accounts(world, Account(""), lambda account, now: opened.append(account.id))
    for _ in range(2):
        enter(accounts, "a", "s")
        accounts.configure("b", {}, 0)
        accounts.admit_key(KEY, _then)
    assert opened[:2] == ["a", "b"]
    assert len(opened) == 3


def test_a_client_that_is_only_admitted_has_no_account_yet(accounts: Accounts) -> None:
    assert accounts.admit_client("client", "s").opened is False
    assert accounts.ids() == []
    assert enter(accounts, "client", "t").opened is True
    assert cause_of(accounts.admit_client, "client", "s") is Cause.SECRET_WRONG


def test_a_description_holds_no_secret(accounts: Accounts) -> None:
    key = accounts.configure("client", {"secret": "a very secret word"}, 0)
    shown = str(accounts.described("client"))
    assert "a very secret word" not in shown
    assert key[3:] not in shown
    assert digest("a very secret word") not in shown
    assert accounts.described("client")["has_secret"] is True


def test_neither_secrets_nor_keys_nor_tokens_are_kept(accounts: Accounts, world: World) -> None:
    key = accounts.configure("client", {"secret": "a very secret word"}, 0)
    token = accounts.issue_token(enter(accounts, "client", "a very secret word"), NOW)
    accounts.admit_key(KEY, _then)
    assert isinstance(world.store, MemoryStore)
    kept = orjson.dumps({str(part): str(part) for part in vars(world.store).values()}).decode()
    for secret in ("a very secret word", key, key[3:], token, KEY[3:]):
        assert secret not in kept


def test_an_account_opened_by_a_key_cannot_be_entered_with_a_secret(accounts: Accounts) -> None:
    account = accounts.admit_key(KEY, _then)
    assert cause_of(accounts.admit_client, account.id, "guess") is Cause.SECRET_WRONG


def test_nobody_takes_the_name_of_an_account_that_a_key_opens(accounts: Accounts) -> None:
    name = f"key-{digest(KEY)[:16]}"
    assert cause_of(accounts.admit_client, name, "s") is Cause.SECRET_WRONG
    assert accounts.admit_key(KEY, _then).id == name

"""Tokens: half an hour to the millisecond, each on its own, and none of anybody else."""

from typing import Any

import pytest

from emulator.behaviours.accounts import Accounts
from emulator.errors import ApiError, Cause
from tests.test_accounts import NOW, cause_of, enter

HALF_AN_HOUR = 30 * 60 * 1000


def at(now: int) -> Any:
    return lambda account: now


@pytest.mark.parametrize(
    ("since", "lives"),
    [(0, True), (1_799_000, True), (HALF_AN_HOUR - 1, True), (HALF_AN_HOUR, False), (HALF_AN_HOUR + 1, False)],
)
def test_a_token_lives_half_an_hour_to_the_millisecond(accounts: Accounts, since: int, lives: bool) -> None:
    account = enter(accounts, "client", "s")
    token = accounts.issue_token(account, NOW)
    if lives:
        assert accounts.admit_token("client", token, at(NOW + since)) == account
    else:
        assert cause_of(accounts.admit_token, "client", token, at(NOW + since)) is Cause.TOKEN_REJECTED


def test_a_new_token_leaves_the_old_one_good(accounts: Accounts) -> None:
    account = enter(accounts, "client", "s")
    first, second = accounts.issue_token(account, NOW), accounts.issue_token(account, NOW)
    assert first != second
    for token in (first, second):
        assert accounts.admit_token("client", token, at(NOW)) == account


def test_a_foreign_and_an_unknown_token_are_refused_in_the_same_words(accounts: Accounts) -> None:
    foreign = accounts.issue_token(enter(accounts, "other", "s"), NOW)
    enter(accounts, "client", "s")
    reasons = set()
    for token in (foreign, "never issued"):
        with pytest.raises(ApiError) as caught:
            accounts.admit_token("client", token, at(NOW))
        reasons.add(caught.value.reason)
    assert len(reasons) == 1


def test_the_cause_tells_a_token_from_garbage(accounts: Accounts) -> None:
    foreign = accounts.issue_token(enter(accounts, "other", "s"), NOW)
    assert cause_of(accounts.admit_token, "client", foreign, at(NOW)) is Cause.TOKEN_REJECTED
    assert cause_of(accounts.admit_token, "client", "garbage", at(NOW)) is Cause.KEY_REJECTED
    assert cause_of(accounts.admit_token, "", "garbage", at(NOW)) is Cause.KEY_REJECTED


def test_all_tokens_of_one_account_can_end_now(accounts: Accounts) -> None:
    account, other = enter(accounts, "client", "s"), enter(accounts, "other", "s")
    token, kept = accounts.issue_token(account, NOW), accounts.issue_token(other, NOW)
    assert accounts.expire_tokens("client", NOW + 5) == 1
    assert accounts.expire_tokens("client", NOW + 5) == 0
    assert cause_of(accounts.admit_token, "client", token, at(NOW + 5)) is Cause.TOKEN_REJECTED
    assert accounts.admit_token("other", kept, at(NOW + 5)) == other

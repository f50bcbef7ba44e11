"""Requests that are refused by the operation itself and are sound otherwise, and everything that can break them.

Each check of the order in which a call is checked has one thing that breaks a draft for it, and no other. What comes
first of two is for the tests to say.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import SERVICE


@dataclass
class Draft:
    """A request that is refused by the operation itself and is sound otherwise, until something breaks it.

    `alone` says that no one else calls the server, so that the limits of all accounts may be set.
    """

    account: Account
    operation: str
    content: bytes
    media_type: str = "application/json"
    alone: bool = True
    method: str = "POST"
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    query: list[tuple[str, str]] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path = SERVICE.operations[self.operation].path
        self.headers = {"Authorization": f"Bearer {self.account.token}", "Content-Type": self.media_type}
        self.query = [("apikey", self.account.client_id)]

    def send(self) -> Answer:
        return self.account.target.send(
            self.method, self.path, query=self.query, headers=self.headers, content=self.content
        )

    def price(self, **settings: Any) -> None:
        """Settings for an account that pays for the operation, so that limits and balance concern it."""
        self.account.configure(prices={self.operation: 1}, **settings)

    def limit_all(self, **limits: int) -> None:
        """Limits of all accounts of the server; whoever made the draft takes them back."""
        if not self.alone:
            pytest.skip("would limit every account of the target")
        self.price()
        self.limits |= limits
        assert self.account.target.steer("PUT", "limits", self.limits).status == 200


# --- What breaks a draft, each for one check -------------------------------------------------------------


def path(draft: Draft) -> None:
    draft.path += "/nowhere"


def method(draft: Draft) -> None:
    draft.method = "PUT"


def asked_for(draft: Draft) -> None:
    draft.headers["X-Emulator-Error"] = "67200002"


def key(draft: Draft) -> None:
    draft.query = [pair for pair in draft.query if pair[0] != "apikey"]


def token(draft: Draft) -> None:
    draft.account.steer("DELETE", "tokens")


def enabled(draft: Draft) -> None:
    draft.account.configure(enabled=False)


def term(draft: Draft) -> None:
    draft.account.configure(valid_until="1999-01-01T00:00:00Z")


def planned(draft: Draft) -> None:
    assert draft.account.steer("POST", "faults", {"operation": draft.operation, "error": 67200203}).status == 201


def permission(draft: Draft) -> None:
    draft.account.configure(permissions=[])


def rate(draft: Draft) -> None:
    draft.account.configure(qps=0)


def daily(draft: Draft) -> None:
    draft.price(daily_limit=0)


def total(draft: Draft) -> None:
    draft.price(total_limit=0)


def platform_rate(draft: Draft) -> None:
    draft.limit_all(qps=0)


def platform_total(draft: Draft) -> None:
    draft.limit_all(total_limit=0)


def balance(draft: Draft) -> None:
    draft.price(balance=0)


def body(draft: Draft) -> None:
    draft.content = draft.content[:10]


def parameters(draft: Draft) -> None:
    draft.account.configure(strict=True)
    draft.query.append(("colour", "red"))


def words(draft: Draft) -> None:
    draft.content = draft.content.replace(b".png", b".png?emulator:error=68300006")


@dataclass(frozen=True)
class Check:
    """What breaks a draft, and the refusal that follows."""

    breaks: Callable[[Draft], None]
    code: int
    reason: str

    def __str__(self) -> str:
        return self.breaks.__name__


# In the order in which they win.
CHECKS = [
    Check(path, 67200101, "no operation has this path"),
    Check(method, 67200012, "the page wants POST"),
    Check(asked_for, 67200002, "asked for by the header"),
    Check(key, 67200008, "apikey"),
    Check(token, 67200009, "expired"),
    Check(enabled, 67200003, "enabled"),
    Check(term, 67200006, "term ended"),
    Check(planned, 67200203, "planned by"),
    Check(permission, 67200004, "permissions"),
    Check(rate, 67200002, "the account may make 0 requests"),
    Check(daily, 67200007, "the account's daily limit"),
    Check(total, 67200000, "the account's total limit"),
    Check(platform_rate, 67200001, "all accounts together may make 0 requests"),
    Check(platform_total, 67200001, "the platform's total limit"),
    Check(balance, 67200005, "credits remain"),
    Check(body, 68300007, "body"),
    Check(parameters, 68300004, "colour"),
]
WORDS = Check(words, 68300006, "asked for by emulator:error=68300006")


@contextmanager
def drafting(account: Account, *, alone: bool) -> Iterator[Callable[..., Draft]]:
    """Makes drafts; the limits of all accounts that they set are taken back in the end."""
    drafts: list[Draft] = []

    def make(operation: str, content: bytes, media_type: str = "application/json") -> Draft:
        drafts.append(Draft(account, operation, content, media_type, alone))
        return drafts[-1]

    try:
        yield make
    finally:
        if any(draft.limits for draft in drafts):
            assert account.target.steer("PUT", "limits", {}).status == 200

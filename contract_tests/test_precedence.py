"""A call that is wrong in two ways is refused for the one that is checked first.

The order: path, method, an error asked for by header, key, token, enabled, term, permission, body, parameters, rules
for files, the operation itself. Every pair of checks is tried on one request, not only neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import SERVICE, picture

pytestmark = pytest.mark.emulator_only
_UNKNOWN_TASK = b'{"task_id":"00000000-0000-4000-8000-000000000000"}'


@dataclass
class Draft:
    """A request that asks for an unknown task and is sound otherwise, until something breaks it."""

    account: Account
    method: str = "POST"
    path: str = SERVICE.operations["AI39-2-query"].path
    headers: dict[str, str] = field(default_factory=dict)
    query: list[tuple[str, str]] = field(default_factory=list)
    content: bytes = _UNKNOWN_TASK

    def send(self) -> Answer:
        return self.account.target.send(
            self.method, self.path, query=self.query, headers=self.headers, content=self.content
        )


def _path(draft: Draft) -> None:
    draft.path += "/nowhere"


def _method(draft: Draft) -> None:
    draft.method = "PUT"


def _asked_for(draft: Draft) -> None:
    draft.headers["X-Emulator-Error"] = "67200002"


def _key(draft: Draft) -> None:
    draft.query = [pair for pair in draft.query if pair[0] != "apikey"]


def _token(draft: Draft) -> None:
    draft.account.steer("DELETE", "tokens")


def _enabled(draft: Draft) -> None:
    draft.account.configure(enabled=False)


def _term(draft: Draft) -> None:
    draft.account.configure(valid_until="1999-01-01T00:00:00Z")


def _permission(draft: Draft) -> None:
    draft.account.configure(permissions=[])


def _body(draft: Draft) -> None:
    draft.content = b'{"task_id":'


def _parameters(draft: Draft) -> None:
    draft.account.configure(strict=True)
    draft.query.append(("colour", "red"))


@dataclass(frozen=True)
class Check:
    breaks: Callable[[Draft], None]
    code: int
    reason: str


_CHECKS = [
    Check(_path, 67200101, "no operation has this path"),
    Check(_method, 67200012, "is called with POST"),
    Check(_asked_for, 67200002, "asked for by the header"),
    Check(_key, 67200008, "apikey"),
    Check(_token, 67200009, "expired"),
    Check(_enabled, 67200003, "enabled"),
    Check(_term, 67200006, "term ended"),
    Check(_permission, 67200004, "permissions"),
    Check(_body, 68300007, "JSON"),
    Check(_parameters, 68300004, "colour"),
]
_PAIRS = [
    pytest.param(first, second, id=f"{first.breaks.__name__}{second.breaks.__name__}")
    for first, second in combinations(_CHECKS, 2)
]


@pytest.fixture
def draft(account: Account) -> Draft:
    headers = {"Authorization": f"Bearer {account.token}", "Content-Type": "application/json"}
    return Draft(account, headers=headers, query=[("apikey", account.client_id)])


def _is_refused_for(answer: Answer, check: Check) -> None:
    assert answer.code == check.code
    assert check.reason in answer.reason


def test_the_draft_fails_in_the_operation_itself(draft: Draft) -> None:
    answer = draft.send()
    assert answer.code == 68300004
    assert answer.reason.startswith("task_id names nothing")


@pytest.mark.parametrize("check", [pytest.param(check, id=check.breaks.__name__) for check in _CHECKS])
def test_every_check_comes_before_the_operation_itself(draft: Draft, check: Check) -> None:
    check.breaks(draft)
    _is_refused_for(draft.send(), check)


@pytest.mark.parametrize(("first", "second"), _PAIRS)
def test_the_first_of_two_wins(draft: Draft, first: Check, second: Check) -> None:
    second.breaks(draft)
    first.breaks(draft)
    _is_refused_for(draft.send(), first)


def test_parameters_come_before_the_rules_for_files(account: Account) -> None:
    account.configure(strict=True)
    answer = account.send("P010", {"image": b"no picture"}, more_query=[("colour", "red")])
    assert answer.code == 68300004
    assert "colour" in answer.reason


def test_a_body_that_cannot_be_read_comes_before_the_rules_for_files(account: Account) -> None:
    assert account.send_body("P010", picture(4096 * 1024 + 1), "image/png").code == 68300007


def test_the_rules_for_files_come_before_a_picture_is_kept(account: Account) -> None:
    answer = account.send("P010", {"image": picture()[: len(picture()) // 2]})
    assert answer.code == 68300010
    assert "image" in answer.reason
    assert "url" not in answer.json()

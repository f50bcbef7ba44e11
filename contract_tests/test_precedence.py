"""A call that is wrong in two ways is refused for the one that is checked first.

The order: path, method, an error asked for by header, key, token, enabled, term, planned fault, permission, rate, daily
limit, total limit, the platform's limits, balance, body, parameters, rules for files, reserved words, the operation
itself. Every pair of checks is tried on one request, not only neighbours. An answer that comes too late is a real wait;
where that stands in the order is tried by `tests/test_precedence_busy.py`.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import SERVICE, picture
from contract_tests.drafts import CHECKS, WORDS, Check, Draft, drafting, platform_total, words

pytestmark = pytest.mark.emulator_only
_EDGE = "an-edge"
_TORN = picture()[: len(picture()) // 2]
_EACH = pytest.mark.parametrize("check", CHECKS, ids=str)
_MADE = Callable[..., Draft]


@pytest.fixture
def made(account: Account, request: pytest.FixtureRequest) -> Iterator[_MADE]:
    """Makes drafts. Every session has a server of its own, unless a target is given that may be anybody's."""
    with drafting(account, alone=request.config.getoption("target", None) is None) as make:
        yield make


@pytest.fixture
def poll(made: _MADE) -> Draft:
    """Asks for an unknown task."""
    return made("AI39-2-query", b'{"task_id":"00000000-0000-4000-8000-000000000000"}')


@pytest.fixture
def submission(made: _MADE, account: Account) -> Draft:
    """Submits the address of a picture that this account was never given."""
    url = f"{account.target.base_url}/files/{account.client_id}/images/0.png"
    return made("AI39-1-submit", f'{{"country":["US"],"lang":"en","url":"{url}"}}'.encode())


@pytest.fixture
def upload(made: _MADE) -> Draft:
    """Uploads half a picture."""
    head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    content = head.encode() + _TORN + f"\r\n--{_EDGE}--\r\n".encode()
    return made("P010", content, f"multipart/form-data; boundary={_EDGE}")


def _is_refused_for(draft: Draft, check: Check) -> None:
    _is_refused(draft, check.code, check.reason)


def _is_refused(draft: Draft, code: int, reason: str) -> None:
    """With this code, or the one that stands in for it on the page of the operation."""
    stand_ins = SERVICE.errors.tables[SERVICE.operations[draft.operation].error_table].nearest
    answer = draft.send()
    assert answer.code == stand_ins.get(code, code)
    assert reason in answer.reason


def test_the_drafts_fail_in_the_operation_itself(poll: Draft, submission: Draft, upload: Draft) -> None:
    _is_refused(poll, 68300004, "task_id names nothing")
    _is_refused(submission, 68300004, "an image URL is none")
    _is_refused(upload, 68300010, "image: ")


@_EACH
def test_every_check_comes_before_the_operation_itself(poll: Draft, check: Check) -> None:
    check.breaks(poll)
    _is_refused_for(poll, check)


@pytest.mark.parametrize(("first", "second"), list(combinations(CHECKS, 2)), ids=str)
def test_the_first_of_two_wins(poll: Draft, first: Check, second: Check) -> None:
    second.breaks(poll)
    first.breaks(poll)
    _is_refused_for(poll, first)


# --- The last of them, on operations that have them -------------------------------------------------------


@_EACH
def test_every_check_comes_before_the_rules_for_files(upload: Draft, check: Check) -> None:
    check.breaks(upload)
    _is_refused_for(upload, check)


def test_a_body_that_cannot_be_read_comes_before_the_size_of_a_file(account: Account) -> None:
    assert account.send_body("P010", picture(4096 * 1024 + 1), "image/png").code == 68300007


def test_the_rules_for_files_come_before_a_picture_is_kept(account: Account) -> None:
    answer = account.send("P010", {"image": _TORN})
    assert answer.code == 68300010
    assert "image" in answer.reason
    assert "url" not in answer.json()


@_EACH
def test_every_check_comes_before_reservedwords(submission: Draft, check: Check) -> None:
    words(submission)
    check.breaks(submission)
    _is_refused_for(submission, check)


def test_reserved_words_come_before_the_operation_itself(submission: Draft) -> None:
    words(submission)
    _is_refused_for(submission, WORDS)


def test_the_limits_of_all_are_taken_back(account: Account, own_emulator: Target) -> None:
    """So that no other test of the session meets them."""
    other = Account(own_emulator, "a-client", "a secret")
    with drafting(other, alone=True) as make:
        draft = make("AI39-2-query", b"{}")
        platform_total(draft)
        assert own_emulator.steer("GET", "limits").json() == {"qps": None, "total_limit": 0, "used": 0}
    assert own_emulator.steer("GET", "limits").json() == {"qps": None, "total_limit": None, "used": 0}

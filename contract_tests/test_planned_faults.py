"""Faults planned by the control API and met by an ordinary client: errors, statuses, broken connections, in order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import CALLS, SERVICE, least
from emulator.spec.models import Operation

pytestmark = pytest.mark.emulator_only
P060 = SERVICE.operations["P060"]
RATE, DAILY = 67200002, 67200007


def plan(account: Account, **fault: object) -> str:
    answer = account.steer("POST", "faults", fault)
    assert answer.status == 201, answer.body
    return str(answer.json()["id"])


def signs(account: Account, calls: int) -> str:
    """One sign for each call: x where it was refused."""
    return "".join("x" if account.send("P060", least(P060)).code else "." for _ in range(calls))


def entries(account: Account) -> list[dict[str, object]]:
    return list(account.steer("GET", "requests").json()["requests"])


@pytest.mark.parametrize("operation", [pytest.param(one, id=one.id) for one in CALLS])
def test_a_planned_error_is_met_once_and_costs_nothing(account: Account, operation: Operation) -> None:
    plan(account, operation=operation.id, error=RATE, times=1)
    met, after = (account.send(operation.id, least(operation)) for _ in range(2))
    assert (met.code, met.cost, after.code) == (RATE, 0, 0)
    refused, fine = entries(account)[-2:]
    assert (refused["trouble"], refused["cost"], fine["trouble"]) == (["fault-1"], 0, [])


def test_a_fault_spares_other_operations_and_other_accounts(account: Account, other: Account) -> None:
    plan(account, operation="P060", error=RATE)
    assert account.send("P061", least(SERVICE.operations["P061"])).code == 0
    assert other.send("P060", least(P060)).code == 0
    assert account.send("P060", least(P060)).code == RATE


def test_the_token_call_may_be_met_too(account: Account) -> None:
    plan(account, operation="token", error=RATE, times=1)
    codes = [account.target.token_call(account.client_id, account.secret).code for _ in range(2)]
    assert codes == [RATE, 0]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"after": 2, "times": 1}, "..x..."),
        ({"every": 2}, "x.x.x."),
        ({"after": 1, "every": 2, "times": 2}, ".x.x.."),
    ],
    ids=str,
)
def test_calls_are_counted(account: Account, counts: dict[str, int], expected: str) -> None:
    plan(account, error=RATE, **counts)
    assert signs(account, 6) == expected
    told = account.steer("GET", "faults/fault-1").json()
    assert (told["seen"], told["met"]) == (6, expected.count("x"))


def test_chance_repeats_itself_with_the_account(account: Account) -> None:
    account.configure(seed=5)
    plan(account, operation="P060", error=RATE, probability=0.5)
    first = signs(account, 24)
    account.steer("DELETE", "")
    account.configure(seed=5, secret=account.secret)
    account._token = None
    plan(account, operation="P060", error=RATE, probability=0.5)
    account.call("P043", patent_number="CN101595528B", lang="en")
    assert signs(account, 24) == first
    assert 4 < first.count("x") < 20


def test_the_first_fault_that_fires_has_the_call(own_emulator: Target) -> None:
    account = Account(own_emulator, "someone", "a secret")
    assert account.token
    own_emulator.steer("POST", "faults", {"operation": "P060", "error": DAILY, "times": 1})
    plan(account, error=RATE, times=1)
    own_emulator.steer("POST", "faults", {"status": 503, "times": 1})
    answers = [account.send("P060", least(P060)) for _ in range(4)]
    assert [answer.status for answer in answers] == [403, 200, 503, 200]
    assert [answers[place].code for place in (0, 1, 3)] == [DAILY, RATE, 0]
    told = [*own_emulator.steer("GET", "faults").json()["faults"], *account.steer("GET", "faults").json()["faults"]]
    assert [(one["id"], one["seen"], one["met"]) for one in told] == [
        ("all-fault-1", 4, 1),
        ("all-fault-2", 4, 1),
        ("fault-1", 4, 1),
    ]


def test_all_accounts_share_the_times_of_a_fault_for_all(own_emulator: Target) -> None:
    accounts = [Account(own_emulator, f"caller-{number}", "a secret") for number in range(4)]
    for account in accounts:
        assert account.token
    own_emulator.steer("POST", "faults", {"operation": "P060", "error": RATE, "times": 7})
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda number: accounts[number % 4].send("P060", least(P060)).code, range(40)))
    assert (codes.count(RATE), codes.count(0)) == (7, 33)


@pytest.mark.parametrize("manner", ["reset", "truncate"])
def test_an_ordinary_client_meets_an_error_of_transport_and_goes_on(account: Account, manner: str) -> None:
    assert signs(account, 1) == "."
    plan(account, times=1, **{manner: True})
    with pytest.raises(httpx2.TransportError):
        account.send("P060", least(P060))
    assert signs(account, 2) == ".."


def test_a_planned_fault_can_be_taken_back(account: Account) -> None:
    kept, taken = plan(account, error=RATE, times=1), plan(account, error=DAILY)
    assert account.steer("DELETE", f"faults/{taken}").json() == {"dropped": taken}
    assert [one["id"] for one in account.steer("GET", "faults").json()["faults"]] == [kept]
    assert account.steer("DELETE", "faults").json() == {"dropped": [kept]}
    assert signs(account, 2) == ".."


def test_an_account_that_is_reset_has_no_faults(new_account: Callable[[], Account]) -> None:
    account = new_account()
    account.configure(strict=False)
    plan(account, error=RATE)
    assert account.steer("POST", "reset", {}).status == 200
    assert account.steer("GET", "faults").json() == {"faults": []}

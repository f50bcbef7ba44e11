"""An account is a sandbox: what it is answered is the same, byte for byte, alone and while others live beside it.

Lives are played alone first, each on a server that begins again; then mixed call by call, then all at once in threads.
The clock stands still and links lead to one public address, so nothing but the accounts themselves can differ.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.lives_of_accounts import Life, Record
from contract_tests.process import FROZEN, serving

pytestmark = pytest.mark.emulator_only
_ACTS, _SEEDS = 150, range(6)
_NAMES = ("one", "two", "three")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(*FROZEN, "--public-url", "http://files.example") as base_url:
        yield base_url


def _begun(url: str, seed: int) -> list[Life]:
    """New lives of the same accounts on a server that has forgotten everything. Each has connections of its own."""
    with closing(Target(url)) as target:
        assert target.steer("POST", "reset").status == 200
        for name in _NAMES:
            made = target.steer("PUT", f"accounts/{name}", {"secret": f"secret of {name}", "seed": seed})
            assert made.status in (200, 201)
            target.steer("DELETE", f"accounts/{name}/checkpoints/before")  # those outlive resets
    return [Life(Account(Target(url), name, f"secret of {name}"), seed) for name in _NAMES]


def _ended(lives: list[Life]) -> list[list[Record]]:
    for life in lives:
        life.account.target.close()
    return [life.records for life in lives]


def _alone(url: str, seed: int) -> list[list[Record]]:
    records = []
    for place in range(len(_NAMES)):
        lives = _begun(url, seed)
        for _ in range(_ACTS):
            lives[place].act()
        records.append(_ended(lives)[place])
    return records


def _mixed(url: str, seed: int) -> list[list[Record]]:
    lives = _begun(url, seed)
    turns = [life for life in lives for _ in range(_ACTS)]
    random.Random(seed).shuffle(turns)
    for life in turns:
        life.act()
    return _ended(lives)


def _at_once(url: str, seed: int) -> list[list[Record]]:
    lives = _begun(url, seed)

    def live(life: Life) -> None:
        for _ in range(_ACTS):
            life.act()

    with ThreadPoolExecutor(len(lives)) as threads:
        list(threads.map(live, lives))
    return _ended(lives)


@pytest.mark.parametrize("seed", _SEEDS)
def test_others_change_no_byte(url: str, seed: int) -> None:
    alone = _alone(url, seed)
    assert all(len(records) == _ACTS for records in alone)
    assert _mixed(url, seed) == alone
    assert _at_once(url, seed) == alone


def test_a_life_is_worth_comparing(url: str) -> None:
    """It meets successes and refusals of many kinds, broken connections, and every kind of act."""
    records = [record for lives in (_alone(url, seed) for seed in _SEEDS) for life in lives for record in life]
    assert len({act for act, _ in records}) == 21
    bodies = {seen[2] for _, seen in records if isinstance(seen, tuple)}
    codes = {
        code
        for code in (67200002, 67200005, 67200007, 67200009, 68300004)
        if any(str(code).encode() in body for body in bodies)
    }
    assert len(codes) == 5
    assert {seen for _, seen in records if isinstance(seen, str)}, "no connection was ever broken"
    assert len(bodies) > len(records) / 3


def test_another_seed_is_another_life(url: str) -> None:
    assert _mixed(url, 1) != _mixed(url, 2)

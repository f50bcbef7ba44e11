"""The server under test and its accounts.

Without `--target` an emulator is started for the session, frozen at the beginning of 2026. Every test gets an account
of its own, so that none can see what another did; a target that is no emulator has one account, from the environment.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal

import pytest

from contract_tests.account import Account
from contract_tests.client import Target
from contract_tests.documents import SERVICE
from contract_tests.process import FROZEN, START, generate, serving
from emulator import clock
from emulator.app import create_app
from emulator.settings import Settings
from emulator.verifier.conformance.houses import house_at
from emulator.verifier.conformance.stage import House, Knowledge
from emulator.verifier.conformance.target import InProcess
from emulator.verifier.conformance.target import Target as ConformanceTarget
from emulator.verifier.control import Control

_WHY_SKIPPED = {
    "needs_clock": "the target is no emulator, so its time cannot be moved",
    "emulator_only": "the target is no emulator, and this uses what only an emulator has",
}
_CLIENT = ("PATSNAP_CLIENT_ID", "PATSNAP_CLIENT_SECRET")
_KEY = "PATSNAP_API_KEY"
HouseOf = Callable[[str], House]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--target", metavar="URL", help="test this server instead of an emulator of our own")


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The server under test."""
    url = request.config.getoption("target", None)
    if url is not None:
        yield from _open(url)
    else:
        with serving(*FROZEN) as own:
            yield from _open(own)


@pytest.fixture(scope="session")
def is_emulator(target: Target) -> bool:
    health = target.steer("GET", "health")
    return health.status == 200 and b'"mode"' in health.body


@pytest.fixture(autouse=True)
def _only_where_it_applies(request: pytest.FixtureRequest, is_emulator: bool) -> None:
    for marker, reason in _WHY_SKIPPED.items():
        if request.node.get_closest_marker(marker) and not is_emulator:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def new_account(target: Target, is_emulator: bool) -> Callable[[], Account]:
    """Opens accounts nobody has used, their clocks standing still."""
    prefix, numbers = f"case-{secrets.token_hex(4)}", count(1)

    def open_account() -> Account:
        account = Account(target, f"{prefix}-{next(numbers)}", "a secret of this account")
        assert account.token
        frozen = account.steer("POST", "clock", {"freeze": True}).json()["now"]
        if not frozen.endswith(".000Z"):
            _begin_at_a_whole_second(account, frozen)
        return account

    def the_only_account() -> Account:
        if all(name in os.environ for name in _CLIENT):
            return Account(target, *(os.environ[name] for name in _CLIENT))
        if _KEY not in os.environ:
            pytest.skip(f"the target is no emulator; set {' and '.join(_CLIENT)}, or {_KEY}")
        return Account(target, "", "", os.environ[_KEY])

    return open_account if is_emulator else the_only_account


@pytest.fixture(scope="session")
def house_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HouseOf]:
    """Houses for conformance cases, by wire or corpus: emulators in this process; with a target, that one alone."""
    url = request.config.getoption("target", None)
    with ExitStack() as open_houses:

        @cache
        def house(name: str) -> House:
            if url is not None:
                if name != "documented":
                    pytest.skip("the target is played once")
                return open_houses.enter_context(house_at(url, SERVICE))
            folder = tmp_path_factory.mktemp("corpus") if name == "another corpus" else None
            if folder is not None:
                generate(folder, patents=400, seed=9)
            return _in_process("live" if name == "live" else "documented", folder)

        yield house


def _in_process(wire: Literal["documented", "live"], fixtures: Path | None) -> House:
    transport = InProcess(create_app(Settings(wire=wire, freeze=True, now=clock.instant(START), fixtures=fixtures)))
    address = "http://localhost"
    control, target = Control(address, transport=transport), ConformanceTarget(address, transport=transport)
    return House(Knowledge(SERVICE), target, wire, control, own=True)


@pytest.fixture
def account(new_account: Callable[[], Account]) -> Account:
    """An account of this test alone."""
    return new_account()


@pytest.fixture
def client(account: Account) -> Account:
    """The account of this test where it has a client id, which it may lack on a target that is no emulator."""
    if not account.client_id:
        pytest.skip("the target was given a key alone, and this is about client id and token")
    return account


@pytest.fixture
def other(new_account: Callable[[], Account]) -> Account:
    """A second one."""
    return new_account()


@pytest.fixture
def own_emulator(request: pytest.FixtureRequest) -> Iterator[Target]:
    """An emulator of this test alone, for what concerns all accounts of a server at once."""
    if request.config.getoption("target", None) is not None:
        pytest.skip("would steer every account of the target")
    with serving(*FROZEN) as url:
        yield from _open(url)


def _begin_at_a_whole_second(account: Account, now: str) -> None:
    """Signed links tell whole seconds; an emulator whose time runs opens accounts between two of them."""
    whole = datetime.fromisoformat(now).replace(microsecond=0) + timedelta(seconds=1)
    account.set_clock(whole.isoformat())
    assert account.steer("DELETE", "requests").status == 200


def _open(url: str) -> Iterator[Target]:
    opened = Target(url)
    yield opened
    opened.close()

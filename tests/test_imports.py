"""The house keeps the rules of `tests.house`, and each of those rules fires when a module breaks it."""

from collections.abc import Callable, Iterator

import pytest

from tests.house import (
    KNOWS,
    LONGER,
    MOST_LINES_OF_A_FILE,
    MOST_LINES_OF_A_FUNCTION,
    RULES,
    Module,
    chance_outside_entropy,
    modules,
    nameless_modules,
    ours,
    starlette_outside_server,
    time_outside_clock,
    too_long,
    without_a_docstring,
    wrong_arrows,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Callable[[Module], Iterator[str]]) -> None:
    assert {module.name: breaches for module in modules() if (breaches := list(rule(module)))} == {}


def test_every_part_of_the_house_has_its_arrows() -> None:
    assert {module.unit for module in modules()} <= set(KNOWS)


def test_only_app_chooses_a_store() -> None:
    users = {module.unit for module in modules() for parts in ours(module) if parts[:2] == ("store", "memory")}
    assert users == {"app"}


SINS = [
    (wrong_arrows, "behaviours.x", "from emulator.server import pipeline"),
    (wrong_arrows, "behaviours.x", "from emulator.store.memory import MemoryStore"),
    (wrong_arrows, "behaviours.x", "def f():\n    import emulator.server.gateway"),
    (wrong_arrows, "server.x", "from emulator.store.memory import MemoryStore"),
    (wrong_arrows, "server.x", "from emulator.app import create_app"),
    (wrong_arrows, "server.x", "from emulator import verifier"),
    (wrong_arrows, "verifier.x", "from emulator.server.journal import Journal"),
    (wrong_arrows, "contract.x", "from emulator.behaviours import tasks"),
    (wrong_arrows, "spec.x", "from emulator.contract.shapes import Shape"),
    (wrong_arrows, "store.x", "from emulator import clock"),
    (wrong_arrows, "clock", "from emulator import entropy"),
    (wrong_arrows, "errors", "import emulator.spec.models"),
    (wrong_arrows, "server.x", "from .. import store"),
    (wrong_arrows, "behaviours.x", "from emulator.generator import corpus"),
    (starlette_outside_server, "app", "from starlette.applications import Starlette"),
    (starlette_outside_server, "behaviours.x", "import starlette"),
    (time_outside_clock, "server.x", "import time"),
    (time_outside_clock, "store.x", "from time import monotonic"),
    (time_outside_clock, "behaviours.x", "import datetime\ndatetime.datetime.now()"),
    (time_outside_clock, "behaviours.x", "from datetime import date\ndate.today()"),
    (time_outside_clock, "server.x", "import asyncio\nasyncio.get_running_loop().time()"),
    (chance_outside_entropy, "behaviours.x", "import random"),
    (chance_outside_entropy, "server.x", "from secrets import token_hex"),
    (chance_outside_entropy, "store.x", "import uuid\nuuid.uuid4()"),
    (chance_outside_entropy, "generator.x", "import os\nos.urandom(1)"),
    (without_a_docstring, "spec.x", "word = 1"),
    (nameless_modules, "server.utils", '"""."""'),
    (too_long, "spec.x", "x = 1\n" * (MOST_LINES_OF_A_FILE + 1)),
    (too_long, "spec.x", "def f():\n" + "    x = 1\n" * MOST_LINES_OF_A_FUNCTION),
]


@pytest.mark.parametrize(
    ("rule", "name", "source"), SINS, ids=[f"{rule.__name__}-{n}" for n, (rule, *_) in enumerate(SINS)]
)
def test_the_rule_fires(rule: Callable[[Module], Iterator[str]], name: str, source: str) -> None:
    assert list(rule(Module(name, source)))


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (wrong_arrows, "server.x", "from emulator import __version__, clock\nfrom emulator.store.base import Store"),
        (wrong_arrows, "behaviours.x", "from emulator.spec.models import Service"),
        (starlette_outside_server, "server.x", "from starlette.routing import Route"),
        (
            time_outside_clock,
            "server.x",
            "from datetime import UTC, datetime\ndatetime.fromtimestamp(1, UTC)\nclocks.now()",
        ),
        (chance_outside_entropy, "generator.x", "import random"),
        (too_long, "spec.x", "def f():\n" + "    x = 1\n" * (MOST_LINES_OF_A_FUNCTION - 1)),
    ],
)
def test_the_rule_lets_sound_modules_be(rule: Callable[[Module], Iterator[str]], name: str, source: str) -> None:
    assert list(rule(Module(name, source))) == []


def test_every_exception_for_length_is_still_needed() -> None:
    without = [Module(f"{module.name}~", module.source) for module in modules()]
    long = {f"{module.name[:-1]}.{breach.partition(':')[0]}" for module in without for breach in too_long(module)}
    assert set(LONGER) <= long

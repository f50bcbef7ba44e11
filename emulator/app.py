"""Where the parts meet, once: fixtures, store, clock, accounts and server become one ASGI application."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from emulator import __version__, fixtures
from emulator.behaviours.access import token
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.resets import Resets
from emulator.behaviours.snapshots import Snapshots
from emulator.behaviours.table import BEHAVIOURS, TOKEN
from emulator.behaviours.world import SHARED, Account, Call, World
from emulator.server.control import Control
from emulator.server.files import Files
from emulator.server.gateway import Gateway, Patience
from emulator.server.journal import Journal
from emulator.server.messages import Answer, Request
from emulator.server.pipeline import Pipeline
from emulator.settings import Settings
from emulator.spec.models import Service
from emulator.store.memory import MemoryStore


@dataclass(frozen=True)
class Emulation:
    """An emulator ready to be served, and the `sk-` key of its demo account."""

    app: Gateway
    service: Service
    demo_key: str


def create_app(settings: Settings | None = None) -> Gateway:
    """An ASGI application for these settings. Raises SpecFault or CorpusFault when fixtures are at fault."""
    return build(settings or Settings()).app


def build(settings: Settings) -> Emulation:
    """Everything put together."""
    read = fixtures.read(settings.fixtures, MemoryStore())
    world, service = read.world, read.world.service
    defaults = Account(id=SHARED, seed=settings.seed, wire=settings.wire, language=settings.language)
    clocks = Clocks(world.store, settings.now, settings.freeze)
    accounts = Accounts(world, defaults, _opening(read, settings.public_url or ""))
    journal = Journal(world.store, settings.journal)
    demo = service.credentials.demo
    demo_key = accounts.configure(demo.client_id, {"secret": demo.client_secret}, clocks.now())
    does = {name: behaviour.do for name, behaviour in BEHAVIOURS.items()} | {TOKEN: partial(token, accounts=accounts)}
    pipeline = Pipeline(world, accounts, clocks, journal, read.checkers, does, defaults, settings.public_url)
    files = Files(world, accounts, clocks, journal, defaults)
    resets = Resets(world, accounts, clocks)
    snapshots = Snapshots(world, accounts, clocks, settings.seed, __version__)
    control = Control(world, accounts, clocks, journal, settings, resets, snapshots)
    bounds = service.bounds
    patience = Patience(bounds["kept"].at_most, bounds["passed_over"].at_most, bounds["patience"].at_most)

    def respond_apart(request: Request) -> Answer:
        with world.at_work:
            return pipeline.respond(request)

    return Emulation(
        Gateway(pipeline.respond, respond_apart, files.serve, control.application, patience), service, demo_key
    )


def checked_world(overlay: Path | None) -> World:
    """Everything a start would read."""
    return fixtures.read(overlay, MemoryStore()).world


def _opening(read: fixtures.Fixtures, base_url: str) -> Callable[[Account, int], None]:
    """What opens an account: the ids of the pages' examples name something finished from then on."""
    world = read.world

    def open_account(account: Account, now: int) -> None:
        for operation_id, values in read.examples.items():
            operation = world.service.operations[operation_id]
            for documented_id in operation.creates.documented if operation.creates else ():
                call = Call(world, operation, account, now, values, base_url, documented_id)
                BEHAVIOURS[operation.behaviour].do(call)

    return open_account

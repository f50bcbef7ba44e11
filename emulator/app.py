"""Where the parts meet, once: fixtures, store, clock, accounts and server become one ASGI application."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from emulator import __version__, fixtures
from emulator.behaviours.access import token
from emulator.behaviours.accounts import Accounts, own_key
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.faults import Faults
from emulator.behaviours.quota import Quota
from emulator.behaviours.resets import Resets
from emulator.behaviours.snapshots import Snapshots
from emulator.behaviours.table import BEHAVIOURS, TOKEN
from emulator.behaviours.world import SHARED, Account, Call, World
from emulator.errors import ApiError
from emulator.server.control import Control, account_list
from emulator.server.control.account_list import Listed
from emulator.server.files import Files
from emulator.server.gateway import Gateway, Patience
from emulator.server.journal import Journal
from emulator.server.messages import Answer, Request
from emulator.server.parts import Parts
from emulator.server.pipeline import Pipeline
from emulator.settings import Settings
from emulator.spec.models import Service
from emulator.store.memory import MemoryStore

_OF_ACCOUNTS = tuple(field.name for field in fields(Account) if field.name in Settings.model_fields)


@dataclass(frozen=True)
class Credentials:
    """What a client may call with."""

    client_id: str
    secret: str | None
    key: str


@dataclass(frozen=True)
class Emulation:
    """An emulator ready to be served, and the first of its accounts: its id, its secret if one is set, its `sk-` key.

    `hosts` are the vendor's addresses. `accounts` are the ids of a closed list; None where everybody may open one.
    """

    app: Gateway
    first: Credentials
    hosts: tuple[str, ...]
    accounts: tuple[str, ...] | None = None


def create_app(settings: Settings | None = None) -> Gateway:
    """An ASGI application for these settings. Raises SpecFault or CorpusFault when fixtures are at fault."""
    return build(settings or Settings()).app


def protocol() -> type[Any]:
    """What `serve` speaks HTTP with: it lets an answer be broken off, as a planned fault may want it."""
    from emulator.server.wire import WiredProtocol  # uvicorn is for those who serve

    return WiredProtocol


def build(settings: Settings) -> Emulation:
    """Everything put together, from the fixtures that the settings name."""
    return assemble(settings, fixtures.read(settings.fixtures, MemoryStore()))


def assemble(settings: Settings, read: fixtures.Fixtures) -> Emulation:
    """The same from fixtures that were read before, whose world nobody else uses."""
    world, service = read.world, read.world.service
    defaults = _defaults(settings, service)
    clocks = Clocks(world.store, settings.now, settings.freeze)
    listed = listed_accounts(settings, service)
    closed = settings.accounts is not None
    accounts = Accounts(world, defaults, _opening(read, settings.public_url or ""), closed=closed)
    for one in listed:
        accounts.configure(one.id, one.settings, clocks.now())
    does = {name: behaviour.do for name, behaviour in BEHAVIOURS.items()} | {TOKEN: partial(token, accounts=accounts)}
    parts = Parts(
        world=world,
        settings=settings,
        accounts=accounts,
        stranger=defaults,
        clocks=clocks,
        journal=Journal(world.store, settings.journal, settings.journal_bodies),
        faults=Faults(world, settings.seed),
        quota=Quota(world, clocks, settings.journal),
        resets=Resets(world, accounts, clocks),
        snapshots=Snapshots(world, accounts, clocks, settings.seed, __version__),
    )
    pipeline, files, control = Pipeline(parts, read.checkers, does, read.recordings), Files(parts), Control(parts)
    bounds = service.bounds
    patience = Patience(bounds["kept"].at_most, bounds["passed_over"].at_most, bounds["patience"].at_most)

    def apart(respond: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
        """In a thread of its own; meanwhile nobody forgets what it works on."""

        def answer(request: Request) -> Answer:
            with world.at_work:
                return respond(request)

        return answer

    gateway = Gateway(pipeline.respond, apart(pipeline.respond), apart(files.serve), control.application, patience)
    ids = tuple(one.id for one in listed) if closed else None
    return Emulation(gateway, credentials_of(listed[0], settings, service), service.hosts, ids)


def _defaults(settings: Settings, service: Service) -> Account:
    """What accounts are like that say nothing else: as the server was told."""
    told = {name: getattr(settings, name) for name in _OF_ACCOUNTS}
    told["balance"] = service.values.balance_at_opening if settings.balance is None else settings.balance
    return Account(id=SHARED, **told)


def listed_accounts(settings: Settings, service: Service) -> list[Listed]:
    """The accounts that are there from the start: those of a file, which closes the list, else the demo account."""
    if settings.accounts is not None:
        return account_list.read(settings.accounts, service)
    demo = service.credentials.demo
    return [Listed(demo.client_id, {"secret": demo.client_secret})]


def credentials_of(listed: Listed, settings: Settings, service: Service) -> Credentials:
    """What a client of a listed account may call with; its key depends on its seed."""
    seed = listed.settings.get("seed", settings.seed)
    key = own_key(seed, listed.id, service.credentials.key_length)
    return Credentials(listed.id, listed.settings.get("secret"), key)


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
                with suppress(ApiError):  # an example about a patent that another corpus does not have
                    if (keep := BEHAVIOURS[operation.behaviour].do(call).keep) is not None:
                        keep()

    return open_account

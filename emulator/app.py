"""Where the parts meet, once: fixtures, store, clock, accounts and server become one ASGI application."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from emulator.behaviours import corpus
from emulator.behaviours.access import token
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.table import BEHAVIOURS, Behaviour
from emulator.behaviours.world import Account, Call, World
from emulator.contract.request import RawRequest, RequestChecker
from emulator.server.control import Control
from emulator.server.files import Files
from emulator.server.gateway import Gateway
from emulator.server.journal import Journal
from emulator.server.pipeline import Pipeline
from emulator.settings import Settings
from emulator.spec import loader, yaml
from emulator.spec.faults import SpecFault
from emulator.spec.models import Operation, Service
from emulator.store.memory import MemoryStore

_FAR_BODY = 8 * 1024 * 1024  # what is kept of any body; each operation has its own, smaller bound
_STRANGER = ""
TOKEN = "token"  # the one behaviour that needs the accounts themselves


def create_app(settings: Settings | None = None) -> Gateway:
    """An ASGI application for these settings. Raises SpecFault or CorpusFault when fixtures are at fault."""
    settings = settings or Settings()
    world = _world(settings)
    defaults = Account(id=_STRANGER, seed=settings.seed, wire=settings.wire, language=settings.language)
    clocks = Clocks(world.store, settings.now, settings.freeze)
    accounts = Accounts(world, defaults, open_list=True)
    accounts.on_open = _opening(world, clocks, settings.public_url or "")
    journal = Journal(world.store, settings.journal)
    configure_demo(accounts, world.service)
    behaviours: Mapping[str, Behaviour] = {**BEHAVIOURS, TOKEN: partial(token, accounts=accounts)}
    pipeline = Pipeline(world, accounts, clocks, journal, behaviours, defaults, settings.public_url)
    files = Files(world, accounts, clocks, journal, defaults)
    control = Control(world, accounts, clocks, journal, settings, lambda: _begin_again(world, accounts, clocks))
    return Gateway(pipeline.respond, files.serve, control.application, _FAR_BODY)


def configure_demo(accounts: Accounts, service: Service) -> str:
    """The ready-made account; its `sk-` key."""
    demo = service.credentials.demo
    return accounts.configure(demo["client_id"], {"secret": demo["client_secret"]})


def refuse_unknown_behaviours(service: Service) -> None:
    """Stop at the start when an operation names a behaviour that does not exist."""
    for operation in service.operations.values():
        if operation.behaviour not in {*BEHAVIOURS, TOKEN}:
            raise SpecFault(operation.file, "x-behaviour", f"{operation.behaviour!r} is nothing the emulator can do")


def check_fixtures(overlay: Path | None) -> tuple[Service, int]:
    """Read everything a start would read; the service and the number of patents."""
    world = _world(Settings(fixtures=overlay))
    for operation in world.service.operations.values():
        if operation.creates:
            _example(operation)
    return world.service, len(world.corpus.patents)


def _world(settings: Settings) -> World:
    folders = (loader.SHIPPED, *([settings.fixtures] if settings.fixtures else ()))
    service = loader.load(*folders[1:])
    refuse_unknown_behaviours(service)
    known = yaml.read(loader.locate("corpus/known_pictures.yaml", folders))
    patents = corpus.read(loader.locate("corpus/patents.jsonl", folders), known)
    return World(service, MemoryStore(), patents, _texts(folders), loader.locate("fonts/ReportSans.ttf", folders))


def _texts(folders: tuple[Path, ...]) -> Mapping[str, Any]:
    return {name: yaml.read(loader.locate(f"texts/{name}.yaml", folders)) for name in ("comparison", "evaluation")}


def _opening(world: World, clocks: Clocks, base_url: str) -> Callable[[Account], None]:
    """What opens an account: the ids of the pages' examples name something finished from then on."""
    examples = {
        operation.id: _example(operation) for operation in world.service.operations.values() if operation.creates
    }

    def open_account(account: Account) -> None:
        for operation_id, values in examples.items():
            operation = world.service.operations[operation_id]
            assert operation.creates is not None
            call = Call(
                world, operation, account, clocks.now(account.id), values, base_url, operation.creates.documented
            )
            BEHAVIOURS[operation.behaviour](call)

    return open_account


def _example(operation: Operation) -> Mapping[str, Any]:
    """The page's example request, typed as a real one would be."""
    given = operation.example_values()
    query = tuple((name, str(value)) for name, value in given.items() if name in operation.names("query"))
    body = {name: value for name, value in given.items() if name in operation.names("body")}
    checked = RequestChecker(operation).check(RawRequest(query, body))
    for violation in checked.violations:
        raise SpecFault(operation.file, violation.where, f"the example breaks its own rules: {violation}")
    return checked.values


def _begin_again(world: World, accounts: Accounts, clocks: Clocks) -> None:
    """Everything as it was at the start; configured accounts in the form they were configured in."""
    ids = accounts.ids()
    forms = {account_id: accounts.form(account_id) for account_id in ids}
    for space in world.store.spaces():
        world.store.clear(space)
    clocks.rewind()
    for account_id, form in forms.items():
        if form is not None:
            accounts.reopen(account_id, form)

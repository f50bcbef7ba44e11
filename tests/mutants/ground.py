"""What all mutants share, read once, and the building of one: documents, behaviours, functions and wire changed.

Corpus, index and sentences are never changed by anybody; store, caches and accounts are each mutant's own.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from threading import RLock
from typing import Any
from unittest import mock

from emulator import app, fixtures
from emulator.behaviours import table
from emulator.behaviours.own_patents import OwnPatents
from emulator.contract.request import RequestChecker
from emulator.fixtures import Fixtures
from emulator.server.gateway import Gateway
from emulator.settings import Settings
from emulator.spec.models import Service
from emulator.store.memory import MemoryStore
from tests.mutants.mutant import Mutant


@cache
def true_fixtures() -> Fixtures:
    return fixtures.read(None, MemoryStore())


def true_service() -> Service:
    return true_fixtures().world.service


@contextmanager
def emulator(mutant: Mutant | None = None, **settings: Any) -> Iterator[Gateway]:
    """A mutated emulator as an ASGI application, or a true one; wrong for as long as the context lasts."""
    with ExitStack() as wrong:
        if mutant is None:
            yield app.assemble(Settings(**settings), _fixtures(true_service())).app
            return
        for patch in mutant.patches:
            made = patch.make(_own(patch.owner, patch.name))
            wrong.enter_context(mock.patch.object(patch.owner, patch.name, made))
        wrong.enter_context(mock.patch.dict(table.BEHAVIOURS, _behaviours(mutant)))
        service = mutant.service(true_service()) if mutant.service else true_service()
        gateway = app.assemble(Settings(**settings), _fixtures(service)).app
        for name, wrap in (
            ("_respond", mutant.answers),
            ("_respond_apart", mutant.answers),
            ("_serve_file", mutant.files),
        ):
            if wrap is not None:
                setattr(gateway, name, wrap(getattr(gateway, name)))
        yield gateway


def _own(owner: Any, name: str) -> Any:
    return owner[name] if isinstance(owner, Mapping) else getattr(owner, name)


def _behaviours(mutant: Mutant) -> dict[str, Any]:
    return {
        name: replace(table.BEHAVIOURS[name], do=change(table.BEHAVIOURS[name].do))
        for name, change in mutant.does.items()
    }


def _fixtures(service: Service) -> Fixtures:
    """The true fixtures with these documents, a store of their own, and checkers for the operations that differ."""
    true = true_fixtures()
    store, before = MemoryStore(), true.world.service
    own = OwnPatents(true.world.corpus, true.world.own_patents._form, true.world.own_patents.grammar, _consistency())
    world = replace(true.world, service=service, store=store, own_patents=own, at_work=RLock())
    return replace(true, world=world, checkers=_checkers(service, before))


def _consistency() -> Any:
    return true_fixtures().world.own_patents._consistency


def _checkers(service: Service, before: Service) -> dict[str, RequestChecker]:
    allowed = service.query_credentials()
    return {
        name: true_fixtures().checkers[name]
        if operation is before.operations[name]
        else RequestChecker(operation, allowed)
        for name, operation in service.operations.items()
    }


Wrap = Callable[[Any], Any]

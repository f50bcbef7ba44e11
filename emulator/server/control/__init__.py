"""The control API under `/_emulator`: steer clocks, accounts and tasks, read the journal.

`/_emulator/accounts/{id}/X` is one account, `/_emulator/X` stands for all. It is never part of the emulated
service: no credentials of the service, no journal, no simulated errors.
"""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import World
from emulator.server.control.accounts import AccountPages
from emulator.server.control.answers import EXCEPTION_HANDLERS
from emulator.server.control.clock import ClockPages
from emulator.server.control.guard import Guard
from emulator.server.control.journal import JournalPages
from emulator.server.control.overview import OverviewPages
from emulator.server.control.tasks import TaskPages
from emulator.server.journal import Journal
from emulator.settings import Settings

_ALL, _ONE = "/_emulator", "/_emulator/accounts/{account}"


class Control:
    def __init__(
        self,
        world: World,
        accounts: Accounts,
        clocks: Clocks,
        journal: Journal,
        settings: Settings,
        begin_again: Callable[[], None],
    ) -> None:
        overview = OverviewPages(world, clocks, settings)
        account = AccountPages(world, accounts, clocks, begin_again)
        clock = ClockPages(accounts, clocks)
        tasks = TaskPages(world, accounts, clocks)
        calls = JournalPages(accounts, journal)
        routes = [
            Route(_ALL + "/health", overview.health, methods=["GET"]),
            Route(_ALL + "/openapi.json", overview.openapi, methods=["GET"]),
            Route(_ALL + "/operations", overview.operations, methods=["GET"]),
            Route(_ALL + "/accounts", account.listed, methods=["GET"]),
            Route(_ONE, account.one, methods=["GET", "PUT", "DELETE"]),
        ]
        for prefix in (_ALL, _ONE):
            routes += [
                Route(prefix + "/clock", clock.clock, methods=["GET", "POST"]),
                Route(prefix + "/tasks", tasks.listed, methods=["GET"]),
                Route(prefix + "/tasks/{task}", tasks.one, methods=["GET", "PATCH"]),
                Route(prefix + "/tokens", account.tokens, methods=["GET", "DELETE"]),
                Route(prefix + "/requests", calls.requests, methods=["GET", "DELETE"]),
                Route(prefix + "/reset", account.reset, methods=["POST"]),
            ]
        self.application = Starlette(
            routes=routes, exception_handlers=EXCEPTION_HANDLERS, middleware=[Middleware(Guard, settings=settings)]
        )

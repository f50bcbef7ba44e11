"""The control API under `/_emulator`: steer clocks, accounts and tasks, read the journal.

`/_emulator/accounts/{id}/X` is one account, `/_emulator/X` stands for all. It is never part of the emulated
service: no credentials of the service, no journal, no simulated errors.
"""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import World
from emulator.server.control.accounts import AccountPages
from emulator.server.control.answers import EXCEPTION_HANDLERS
from emulator.server.control.clock import ClockPages
from emulator.server.control.guard import Guard
from emulator.server.control.journal import JournalPages
from emulator.server.control.overview import OverviewPages
from emulator.server.control.pages import Page, routes
from emulator.server.control.patents import PatentPages
from emulator.server.control.stubs import StubPages
from emulator.server.control.tasks import TaskPages
from emulator.server.journal import Journal
from emulator.settings import Settings


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
        groups = (
            OverviewPages(world, clocks, settings, lambda: self.pages),
            AccountPages(world, accounts, clocks, begin_again),
            ClockPages(accounts, clocks),
            TaskPages(world, accounts, clocks),
            JournalPages(accounts, journal),
            PatentPages(world, accounts),
            StubPages(world, accounts),
        )
        self.pages: list[Page] = [page for group in groups for page in group.pages()]
        self.application = Starlette(
            routes=routes(self.pages),
            exception_handlers=EXCEPTION_HANDLERS,
            middleware=[Middleware(Guard, settings=settings)],
        )

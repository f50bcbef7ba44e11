"""The control API under `/_emulator`: steer clocks, accounts, tasks and state, read the journal.

`/_emulator/accounts/{id}/X` is one account, `/_emulator/X` stands for all. It is never part of the emulated
service: no credentials of the service, no journal, no simulated errors.
"""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from emulator.behaviours.bill import Bill
from emulator.behaviours.checkpoints import Checkpoints
from emulator.server.control.accounts import AccountPages
from emulator.server.control.answers import EXCEPTION_HANDLERS
from emulator.server.control.clock import ClockPages
from emulator.server.control.faults import FaultPages
from emulator.server.control.findings import FindingPages
from emulator.server.control.guard import Guard
from emulator.server.control.journal import JournalPages
from emulator.server.control.overview import OverviewPages
from emulator.server.control.pages import Page, routes
from emulator.server.control.patents import PatentPages
from emulator.server.control.pictures import PicturePages
from emulator.server.control.plans import PlanPages
from emulator.server.control.state import StatePages
from emulator.server.control.stubs import StubPages
from emulator.server.control.tasks import TaskPages
from emulator.server.control.usage import UsagePages
from emulator.server.parts import Parts


class Control:
    def __init__(self, parts: Parts) -> None:
        world, accounts, clocks, settings = parts.world, parts.accounts, parts.clocks, parts.settings
        groups = (
            OverviewPages(world, clocks, settings, lambda: self.pages),
            AccountPages(world, accounts, clocks, parts.quota),
            ClockPages(accounts, clocks),
            TaskPages(world, accounts, clocks),
            PatentPages(world, accounts),
            PicturePages(world, accounts, clocks, settings),
            StubPages(world, accounts),
            PlanPages(world, accounts),
            FaultPages(world, accounts, parts.faults),
            UsagePages(accounts, clocks, parts.quota, Bill(world, parts.quota)),
            JournalPages(accounts, parts.journal, world.service.operations),
            FindingPages(world.service, accounts, parts.journal),
            StatePages(accounts, clocks, parts.resets, parts.snapshots, Checkpoints(world, parts.snapshots)),
        )
        self.pages: list[Page] = [page for group in groups for page in group.pages()]
        self.application = Starlette(
            routes=routes(self.pages),
            exception_handlers=EXCEPTION_HANDLERS,
            middleware=[Middleware(Guard, settings=settings)],
        )

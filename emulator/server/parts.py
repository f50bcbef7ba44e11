"""What the rooms of the server share, put together once by the app."""

from dataclasses import dataclass

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.faults import Faults
from emulator.behaviours.quota import Quota
from emulator.behaviours.resets import Resets
from emulator.behaviours.snapshots import Snapshots
from emulator.behaviours.world import Account, World
from emulator.server.journal import Journal
from emulator.settings import Settings


@dataclass(frozen=True)
class Parts:
    """`stranger` has the calls of nobody; its settings are those of accounts that say nothing else."""

    world: World
    settings: Settings
    accounts: Accounts
    stranger: Account
    clocks: Clocks
    journal: Journal
    faults: Faults
    quota: Quota
    resets: Resets
    snapshots: Snapshots

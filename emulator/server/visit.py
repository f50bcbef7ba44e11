"""What is known of a request while it is on its way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from emulator.behaviours.world import Account
from emulator.spec.models import Operation

CORRELATION = "correlation"


@dataclass
class Visit:
    """What is known of a request so far: enough to answer and to keep a record, wherever it ends."""

    account: Account
    now_of: Callable[[str], int]
    operation: Operation | None = None
    cost: int = 0
    delay: int = 0
    remarks: list[str] = field(default_factory=list)
    fault: bool = False

    @property
    def now(self) -> int:
        """The instant the account lives in; the machine's time is read once for the whole visit."""
        return self.now_of(self.account.id)

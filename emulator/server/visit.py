"""What is known of a request while it is on its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulator import entropy
from emulator.behaviours.faults import Manner
from emulator.behaviours.world import Account, World
from emulator.contract.request import CheckedRequest
from emulator.spec.models import Operation

CORRELATION = "correlation"


@dataclass
class Visit:
    """What is known of a request so far: enough to answer and to keep a record, wherever it ends.

    `trouble` names what was asked for: a header, a planned fault, a reserved word. `delay` and `drip` are
    milliseconds of real time, of which so many are `usual`; `status` is an HTTP status in place of the answer's own.
    An answer that is lost on purpose does not `count`. `checked` is what was read of the request, and `data` what is
    `answered`, where it was.
    """

    account: Account
    now_of: Callable[[str], int]
    real_of: Callable[[str], int | None] = lambda account: None
    operation: Operation | None = None
    cost: int = 0
    delay: int = 0
    usual: int = 0
    remarks: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    manner: Manner | None = None
    drip: int = 0
    status: int | None = None
    counts: bool = True
    fault: bool = False
    checked: CheckedRequest | None = None
    data: Any = None
    answered: bool = False
    _id: str | None = None

    @property
    def now(self) -> int:
        """The instant the account lives in; the machine's time is read once for the whole visit."""
        return self.now_of(self.account.id)

    @property
    def real(self) -> int | None:
        """The machine's time, where the account's clock goes on at all."""
        return self.real_of(self.account.id)

    @property
    def way(self) -> tuple[int, Manner | None, int]:
        """How the answer goes over the wire: the wait before it, whether and how it breaks, how slowly it drips."""
        return self.delay, self.manner, self.drip

    def id(self, world: World) -> str:
        """The correlation id, drawn once, from the stream of the account as it is known by then."""
        if self._id is None:
            self._id = entropy.dashed(world.draw(self.account, CORRELATION))
        return self._id

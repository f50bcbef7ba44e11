"""What a success costs: credits for each unit of what an operation's page puts a price on.

An account may have prices of its own; one for an operation that is free otherwise is asked for each of its successes.
Whether an account can pay is `quota`'s business.
"""

from dataclasses import dataclass
from typing import Literal

from emulator.behaviours.world import Account
from emulator.spec.models import Operation

Per = Literal["call", "non_empty_call", "item", "task", "image"]


@dataclass(frozen=True, slots=True)
class Tariff:
    """`credits` for each unit; quota goes down by the units. What costs nothing uses no quota either.

    `source` says who set the price, for people.
    """

    credits: int
    per: Per
    source: str

    @property
    def is_free(self) -> bool:
        return self.credits == 0

    def units(self, found: int) -> int:
        """How many units a success with so many results is."""
        if self.is_free:
            return 0
        match self.per:
            case "item" | "image":
                return found
            case "non_empty_call":
                return int(found > 0)
            case _:
                return 1


def tariff_of(account: Account, operation: Operation) -> Tariff:
    """What an operation costs this account."""
    own = account.prices.get(operation.id)
    per: Per = "call" if operation.price.per == "nothing" else operation.price.per
    if own is not None:
        return Tariff(own, per, "the account's setting `prices`")
    return Tariff(operation.price.credits, per, operation.price.evidence.cited)

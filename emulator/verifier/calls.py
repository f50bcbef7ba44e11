"""What happened at an emulator: every call of every account, and the bill of them all, read by the control API.

Knows the pages of the control API; what calls mean is for the rules.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from emulator.contract.exchange import Exchange
from emulator.verifier.control import Control


@dataclass(frozen=True, slots=True)
class Calls:
    """All that the journal still has, oldest first, and how many calls it had to forget."""

    exchanges: tuple[Exchange, ...]
    dropped: int


def read(control: Control) -> Calls:
    """Of all accounts, since a client may have credentials of its own; and of calls that belong to none."""
    told = control.ask("GET", "/requests")
    return Calls(tuple(map(Exchange.of, told["requests"])), told["dropped"])


def credits_by_operation(control: Control) -> Mapping[str, int]:
    """What was charged and not given back, of all accounts together; what cost nothing is left out."""
    charged: Counter[str] = Counter()
    for account in control.ask("GET", "/usage")["accounts"]:
        charged.update({operation: sums["credits"] for operation, sums in account["operations"].items()})
    return {operation: credits for operation, credits in charged.most_common() if credits}

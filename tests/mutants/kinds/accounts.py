"""What accounts must not share: quota, money, rate windows, clocks and chance."""

from typing import Any

from emulator.behaviours import meter
from emulator.behaviours.quota import Quota
from emulator.behaviours.world import SHARED, World
from emulator.spec.models import Service
from tests.mutants.mutant import Mutant, Patch

RULES = ("isolation", "account", "quota", "limit", "bill")


def shared(service: Service) -> list[Mutant]:
    """One purse, one second and one stream of ids for all accounts."""
    one = "everybody"
    return [
        _mutant("one purse", Patch(meter, "charge", _charged_to(one)), Patch(meter, "used", _used_by(one))),
        _mutant("one rate window", Patch(Quota, "_count", _window)),
        _mutant("ids repeat between accounts", Patch(World, "draw", _same_stream)),
        _mutant("ids repeat", Patch(World, "draw", _same_id)),
    ]


def _mutant(name: str, *patches: Patch) -> Mutant:
    return Mutant("accounts mixed up", name, rules=RULES, patches=patches)


def _charged_to(one: str) -> Any:
    return lambda charge: lambda store, account, *given: charge(store, one, *given)


def _used_by(one: str) -> Any:
    return lambda used: lambda store, account, *given: used(store, one, *given)


def _window(count: Any) -> Any:
    return lambda self, space, *given: count(self, SHARED, *given)


def _same_stream(draw: Any) -> Any:
    """The stream does not know the account."""
    from emulator import entropy
    from emulator.behaviours.world import COUNTERS, count

    def act(self: World, account: Any, purpose: str) -> bytes:
        return entropy.draw(account.seed, "everybody", purpose, count(self.store, account.id, COUNTERS, purpose))

    return act


def _same_id(draw: Any) -> Any:
    from emulator import entropy

    return lambda self, account, purpose: entropy.draw(account.seed, account.id, purpose, 0)

"""A bill told as simply as possible: what was charged, for which task, and when that task failed.

All sums are sums over the charges whose task has not failed by now, and all verdicts follow from the sums.
"""

from dataclasses import dataclass, field

from tests.conftest import NOW

OPENING = 1000  # credits
INVALID = 68300004
LIFE = 28_800_000  # of a task
DURATIONS = {"immediate": 0, "6s": 6000, "7h59m59s999ms": LIFE - 1, "8h": None, "hold": None}  # None: it expires first
_DAY, _BEIJING = 86_400_000, 8 * 3_600_000


@dataclass
class Task:
    """`fails` is when it fails, if ever; `left` how many more polls find it running, where polls end it."""

    id: str
    maker: str
    expires: int
    fails: int | None = None
    left: int | None = None
    outcome: str = "success"

    def failed(self, now: int) -> bool:
        return self.fails is not None and now >= self.fails


@dataclass
class Charge:
    credits: int
    units: int
    day: int
    task: Task | None = None


@dataclass
class Model:
    """One account."""

    now: int = NOW
    prices: dict[str, int] = field(default_factory=dict)
    daily_limit: float = float("inf")
    total_limit: float = float("inf")
    given: float = OPENING  # the balance as it was set
    balance: float = OPENING  # what credits may come to
    charges: list[Charge] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def day(self) -> int:
        return (self.now + _BEIJING) // _DAY

    @property
    def standing(self) -> list[Charge]:
        return [charge for charge in self.charges if charge.task is None or not charge.task.failed(self.now)]

    @property
    def sums(self) -> tuple[int, int, int]:
        """Credits, units, units of the day."""
        credits = sum(charge.credits for charge in self.standing)
        units = sum(charge.units for charge in self.standing)
        return credits, units, sum(charge.units for charge in self.standing if charge.day == self.day)

    def forget_tasks(self) -> None:
        """What has not failed by now never will."""
        for task in self.tasks:
            task.fails = task.fails if task.failed(self.now) else None
        self.tasks = []

    def forget_charges(self) -> None:
        self.charges, self.balance = [], self.given

    def price(self, operation: str) -> int:
        return self.prices.get(operation, int(operation not in ("AI39-2-report", "AI39-2-query")))

    def refusal(self, units: int, price: int, platform: float) -> int | None:
        credits, all_units, on_day = self.sums
        taken = [
            (on_day + units > self.daily_limit, 67200007),
            (all_units + units > self.total_limit, 67200000),
            (units > platform, 67200001),
            (credits + units * price > self.balance, 67200005),
        ]
        return next((code for full, code in taken if full), None) if units * price else None


def most(amount: int | None) -> float:
    return float("inf") if amount is None else amount

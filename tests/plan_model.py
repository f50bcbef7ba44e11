"""What is known of a task, told as plainly as possible: its state is a function of that and of the instant alone."""

from dataclasses import dataclass
from typing import Any

from contract_tests.flows import Kind

S = 1000


@dataclass
class Recorded:
    """What is known of a task: how it was planned, the polls that were answered, and the last order."""

    who: str
    kind: Kind
    task_id: str
    created: int
    plan: dict[str, Any]
    running_answers: int = 0
    ended: int | None = None  # by an order, or by the poll that was the last
    held: bool = False  # by an order to run
    outcome: str | None = None  # by an order

    def end(self) -> int | None:
        if self.held or self.ended is not None:
            return None if self.held else self.ended
        ms = self.plan.get("ms") if "polls" not in self.plan else None
        return None if ms is None else self.created + int(ms)

    def expires(self) -> int | None:
        end = self.end()
        if not self.kind.lives_from_success:
            return self.created + self.kind.life_s * S
        return None if end is None else end // S * S + self.kind.life_s * S

    def state(self, now: int) -> str:
        end, expires = self.end(), self.expires()
        if self.outcome == "expired" or (expires is not None and now >= expires):
            return "expired"
        return "running" if end is None or now < end else self.outcome or self.plan["outcome"]

    def poll(self, now: int) -> str:
        """What an answer says, and that it was given."""
        if self.state(now) == "running" and "polls" in self.plan and not self.held:
            if self.running_answers == self.plan["polls"]:
                self.ended = now
            else:
                self.running_answers += 1
        return self.state(now)

"""Submit, ask, let time pass, order, expire, in any order: the service always agrees with a model of five lines.

The model keeps, for each task, when it was created, when it ends and how; everything else follows from now.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contract_tests.account import Account
from contract_tests.flows import KINDS, Kind, seconds

MOMENTS = (0.001, 1, 5.999, 6, 6.001, 60, 1800, 3 * 3600, 8 * 3600 - 6, 8 * 3600, 86400, 7 * 86400 - 6, 7 * 86400)


@dataclass
class Expected:
    """What is known of a task, in milliseconds: `ends` is None while somebody holds it."""

    kind: Kind
    task_id: str
    created: int
    ends: int | None
    outcome: str = "success"
    buried: bool = False

    def state(self, now: int) -> str:
        start = self.ends if self.kind.lives_from_success else self.created
        if self.buried or (start is not None and now >= start + self.kind.life_s * 1000):
            return "unknown"
        return "running" if self.ends is None or now < self.ends else self.outcome


class TaskMachine(RuleBasedStateMachine):
    """One account, many tasks, and a clock that only goes forward."""

    account: Account
    tasks = Bundle("tasks")

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.made: list[Expected] = []

    @initialize()
    def open_account(self) -> None:
        self.account = self.opener()

    opener: Any = None

    @rule(target=tasks, kind=st.sampled_from(KINDS))
    def submit(self, kind: Kind) -> Expected:
        task = Expected(kind, kind.create(self.account), self.now, self.now + kind.runs_s * 1000)
        assert task.task_id not in {one.task_id for one in self.made}
        self.made.append(task)
        return task

    @rule(task=tasks)
    def ask(self, task: Expected) -> None:
        assert task.kind.state(self.account, task.task_id) == task.state(self.now)

    @rule(amount=st.one_of(st.sampled_from(MOMENTS), st.integers(1, 9 * 86_400_000).map(lambda ms: ms / 1000)))
    def let_time_pass(self, amount: float) -> None:
        self.account.advance(seconds(amount))
        self.now += round(amount * 1000)

    @rule(task=tasks, state=st.sampled_from(["success", "failed", "running", "expired"]))
    def order(self, task: Expected, state: str) -> None:
        answer = self.account.order(task.task_id, state)
        if task.state(self.now) == "unknown":
            assert answer.status == 409
            return
        assert answer.status == 200
        if state != "running" and task.state(self.now) == state:
            return  # what it is already, it is since then
        task.buried = state == "expired"
        task.outcome, task.ends = state, None if state == "running" else self.now

    @invariant()
    def the_control_api_tells_the_same(self) -> None:
        if not self.made:
            return
        told = {one["id"]: one["state"] for one in self.account.steer("GET", "tasks").json()["tasks"]}
        for task in self.made:
            assert told[task.task_id] == task.state(self.now).replace("unknown", "expired")


@pytest.mark.needs_clock
def test_tasks_agree_with_the_model(new_account: Any) -> None:
    machine = type("Machine", (TaskMachine,), {"opener": staticmethod(new_account)})
    limits = settings(deadline=None, derandomize=True, max_examples=60, stateful_step_count=30)
    run_state_machine_as_test(machine, settings=limits)

"""The kinds of work that take time: how each is submitted, asked about, and how long it lives."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import INVALID, SERVICE, least

RUNS_S = 6
_STATES = ("task_status", "report_status", "job_status")
_NUMBERS: dict[int | str, str] = {0: "running", 1: "running", 2: "success", 3: "failed"}
_WORDS: dict[int | str, str] = {**_NUMBERS, "PENDING": "running", "SUCCESS": "success", "FAIL": "failed"}


@dataclass(frozen=True)
class Kind:
    """One kind of task: the operation that creates it, the one that asks for it, and its life in seconds."""

    name: str
    maker: str
    reader: str
    id_name: str
    life_s: int
    lives_from_success: bool = False
    runs_s: int = RUNS_S

    def __str__(self) -> str:
        return self.name

    @property
    def longest_s(self) -> int:
        """From creation to the end of its life, when it runs as long as tasks do by default."""
        return self.life_s + (self.runs_s if self.lives_from_success else 0)

    def create(self, account: Account, **more: Any) -> str:
        data = account.send(self.maker, {**least(SERVICE.operations[self.maker]), **more}).data
        return str(data[self.id_name])

    def ask(self, account: Account, task_id: str) -> Answer:
        return account.send(self.reader, {self.id_name: task_id})

    def state(self, account: Account, task_id: str) -> str:
        """running, success, failed, or unknown for an id that names nothing (any more)."""
        answer = self.ask(account, task_id)
        if answer.code == INVALID:
            return "unknown"
        told = next(answer.data[name] for name in _STATES if name in answer.data)
        return _WORDS[told]


KINDS = (
    Kind("infringement", "AI39-1-creation", "AI39-2-query", "task_id", 8 * 3600),
    Kind("clearance", "AI39-1-submit", "AI39-2-report", "task_id", 8 * 3600),
    Kind("evaluation", "R003-create", "R003-export", "job_id", 7 * 86400, lives_from_success=True),
    Kind("one-to-one", "AI67-1", "AI67-2", "task_id", 8 * 3600),
    Kind("valuation", "R002-create", "R002-status", "job_id", 7 * 86400, lives_from_success=True, runs_s=60),
)


def seconds(amount: float) -> str:
    """An amount of seconds as clocks are told it."""
    return f"{round(timedelta(seconds=amount) / timedelta(milliseconds=1))}ms"

"""Plans, words, polls, orders and clocks in any order: a task is always in the state that a plain model says.

The model is `plan_model`. Clocks are moved, frozen and made faster for all and for one account; real time is a
number as well.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_tests.account import Account
from contract_tests.documents import SERVICE, least
from contract_tests.flows import KINDS, Kind
from emulator import clock
from emulator.app import create_app
from emulator.behaviours.world import SHARED
from emulator.settings import Settings
from tests.conftest import NOW
from tests.inside import Inside, MachineTime
from tests.plan_model import Recorded
from tests.test_clocks_model import Model

S, H, D = 1000, 3_600_000, 86_400_000
SHORT = (1, 999, S, 5_999, 6 * S, 54 * S, 90 * S, H)
LONG = (3 * H, 8 * H - 1, 8 * H, D, 7 * D - 6 * S, 7 * D)
ORDERS = ("success", "failed", "running", "success", "failed", "running", "expired")
Meant = dict[str, Any]  # ms or polls; outcome
WORDS: dict[str, Meant] = {"fail": {"outcome": "failed"}, "slow": {"ms": 60 * S}, "stuck": {"ms": None}, "": {}}
PLANS: tuple[tuple[Any, Meant], ...] = (
    ("immediate", {"ms": 0}),
    ("hold", {"ms": None}),
    ({"duration": "90s", "outcome": "success"}, {"ms": 90 * S, "outcome": "success"}),
    ({"polls": 2}, {"polls": 2}),
    ({"polls": 1}, {"polls": 1}),
    ({"polls": 0, "outcome": "fail"}, {"polls": 0, "outcome": "failed"}),
    ({"outcome": "fail"}, {"outcome": "failed"}),
    (None, {}),
)
PEOPLE = ("plan-a", "plan-b")
WAYS = ("real", "advance", "advance", "freeze", "release", "rate")

RUNS = {kind.maker: kind.runs_s for kind in KINDS}


class Machine:
    """Both sides at once: every step is done here and there, and whatever is answered is compared."""

    def __init__(self, target: Inside, time: MachineTime) -> None:
        self.target, self.time, self.model = target, time, Model()
        self.plans: dict[str, dict[str, Meant]] = {}
        self.made: list[Recorded] = []
        assert target.steer("POST", "reset").status == 200
        keys = {who: target.steer("PUT", f"accounts/{who}", {"secret": "s"}).json()["api_key"] for who in PEOPLE}
        self.accounts = {who: Account(target, who, "s", key=key) for who, key in keys.items()}

    def now(self, who: str) -> int:
        return int(self.model.now(who))

    def steer(self, method: str, who: str, page: str, body: Any = None) -> None:
        part = page if who == SHARED else f"accounts/{who}/{page}"
        assert self.target.steer(method, part, body).status == 200

    def planned(self, who: str, maker: str, word: str) -> Meant:
        """The first word on how it runs and on how it ends, from the request up to the plan for all."""
        own, shared = self.plans.get(who, {}), self.plans.get(SHARED, {})
        levels = [WORDS[word], own.get(maker, {}), own.get("all", {}), shared.get(maker, {}), shared.get("all", {})]
        how: Meant = next(
            ({key: level[key]} for level in levels for key in ("ms", "polls") if key in level), {"ms": RUNS[maker] * S}
        )
        return {**how, "outcome": next((level["outcome"] for level in levels if "outcome" in level), "success")}

    def submit(self, who: str, kind: Kind, word: str) -> None:
        values = least(SERVICE.operations[kind.maker])
        name = {"AI39-1-creation": "urls", "AI39-1-submit": "url", "AI67-1": "url", "R003-create": "text"}.get(
            kind.maker
        )
        word = word if name else ""  # nothing in an R002 call can carry a word
        text = f"https://pictures.example/emulator:{word or 'nothing'}.png"
        more = {name: [text] if name == "urls" else text} if name else {}
        task_id = kind.create(self.accounts[who], **{**values, **more})
        self.made.append(Recorded(who, kind, task_id, self.now(who), self.planned(who, kind.maker, word)))

    def plan(self, who: str, part: str, plan: tuple[Any, Meant]) -> None:
        written, meant = plan
        if written is None:
            self.steer("DELETE", who, "plan")
            self.plans.pop(who, None)
        else:
            self.steer("PUT", who, "plan", {part: written})
            self.plans[who] = {part: meant}

    def ask(self, number: int, times: int) -> None:
        task = self.task(number)
        for _ in range(times):
            told = task.kind.state(self.accounts[task.who], task.task_id)
            assert told.replace("unknown", "expired") == task.poll(self.now(task.who))

    def ask_in_vain(self, number: int) -> None:
        """An answer that was refused on purpose is none."""
        task, header = self.task(number), {"X-Emulator-Error": "67200002"}
        answer = self.accounts[task.who].send(task.kind.reader, {task.kind.id_name: task.task_id}, headers=header)
        assert answer.code == 67200002

    def order(self, number: int, state: str) -> None:
        task = self.task(number)
        now = self.now(task.who)
        answer = self.accounts[task.who].order(task.task_id, state)
        if task.state(now) == "expired":
            assert answer.status == 409
            return
        assert answer.json()["state"] == state
        if state == "running" or task.state(now) != state:  # what it is already, it is since then
            task.held, task.outcome, task.ended = state == "running", state, now

    def move_clocks(self, who: str, way: str, ms: int) -> None:
        if way == "real":
            self.time.milliseconds += min(ms, D)
            self.model.shared += 0 if self.model.frozen else min(ms, D) * self.model.rate
        elif way == "advance":
            self.steer("POST", who, "clock", {"advance": f"{ms}ms"})
            self.model.move(who, ms)
        elif way == "rate":
            self.model.rate = (1, 2, 60, 1000)[ms % 4]
            self.steer("POST", SHARED, "clock", {"rate": self.model.rate})
        else:
            self.steer("POST", who, "clock", {"freeze": way == "freeze"})
            self.model.freeze(who, way == "freeze")

    def task(self, number: int) -> Recorded:
        """Counted from the newest; there is always one."""
        if not self.made:
            self.submit(PEOPLE[0], KINDS[0], "")
        return self.made[-1 - number % len(self.made)]

    def compare(self) -> None:
        told = {one["id"]: one for one in self.target.steer("GET", "tasks").json()["tasks"]}
        for task in self.made:
            shown = told[task.task_id]
            assert shown["state"] == task.state(self.now(task.who))
            assert shown["polls"] == task.running_answers
            for name, instant in (("finishes", task.end()), ("expires", task.expires())):
                assert shown[name] == (None if instant is None else clock.iso(instant))


people, everybody = st.sampled_from(PEOPLE), st.sampled_from([SHARED, *PEOPLE])
number, kinds, words = st.integers(0, 3), st.sampled_from(KINDS), st.sampled_from(list(WORDS))
amounts = st.one_of(st.sampled_from(SHORT), st.sampled_from(SHORT), st.sampled_from(LONG), st.integers(1, 9 * D))
parts = st.sampled_from(["all", "all", *(kind.maker for kind in KINDS)])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), people, kinds, words),
        st.tuples(st.just("plan"), everybody, parts, st.sampled_from(PLANS)),
        st.tuples(st.just("ask"), number, st.integers(1, 3)),
        st.tuples(st.just("ask"), number, st.integers(1, 3)),
        st.tuples(st.just("ask_in_vain"), number),
        st.tuples(st.just("order"), number, st.sampled_from(ORDERS)),
        st.tuples(st.just("move_clocks"), everybody, st.sampled_from(WAYS), amounts),
    ),
    min_size=10,
    max_size=60,
)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> tuple[Inside, MachineTime]:
    time = MachineTime()
    monkeypatch.setattr("emulator.clock.time", time)
    return Inside(create_app(Settings(now=NOW))), time


@given(steps=steps)
@settings(derandomize=True, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tasks_agree_with_the_model(bench: tuple[Inside, MachineTime], steps: list[Any]) -> None:
    machine = Machine(*bench)
    for name, *values in steps:
        getattr(machine, name)(*values)
        machine.compare()

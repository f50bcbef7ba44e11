"""Any calls, failures, orders, days and limits leave the bill where a list of charges says.

What is compared after each step: the sums, the balance, the counters of day, total and platform, and every line.
"""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from emulator import clock
from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec import loader
from tests.bill_model import DURATIONS, INVALID, LIFE, OPENING, Charge, Model, Task, most
from tests.conftest import NOW, Caller
from tests.paid_calls import CLEARANCE, SAMPLE
from tests.paid_calls import SEARCH as PICTURE

BATCH, SEARCH = "P043", "P060"
OPERATIONS = loader.load().operations
KNOWN = ("CN101595528B", "US11205304B2", "CN103106923A", "US20130033085A1", "JP1999068462A")
ONE: tuple[str, dict[str, Any]] = (BATCH, {"patent_number": KNOWN[0]})
PATENT = {"patent_id": "i", "patent_pn": "US1S", "title": "t", "url": "http://a.example/p.png"}
MAKERS: dict[str, tuple[str, dict[str, Any]]] = {
    "AI39-1-submit": ("AI39-2-report", CLEARANCE),
    "AI39-1-creation": ("AI39-2-query", {"urls": [SAMPLE], "patent_messages": [PATENT], "report_lang": "en"}),
}
PRICED = [BATCH, SEARCH, *MAKERS, *(asks for asks, _ in MAKERS.values())]

accounts = st.sampled_from(["a", "b"])
limits = st.dictionaries(
    st.sampled_from(["balance", "daily_limit", "total_limit", "all"]),
    st.one_of(st.none(), st.integers(0, 6)),
    max_size=4,
)
numbers = st.integers(0, 4)
steps = st.sampled_from(["6s", "8h", "1ms", "5s999ms", "6s", "8h", "7h59m54s", "15h59m59s999ms"])


class BillMachine(RuleBasedStateMachine):
    """Two accounts of one platform."""

    app: Any = None

    @initialize()
    def begin(self) -> None:
        self.callers = {name: Caller(self.app, name) for name in ("a", "b")}
        self.callers["a"].send("POST", "/_emulator/reset", json={})
        self.keys = {name: one.steer("PUT", "", {"balance": OPENING})["api_key"] for name, one in self.callers.items()}
        self._forget()

    def _forget(self) -> None:
        self.models = {name: Model() for name in self.callers}
        self.platform: tuple[float, int] = (float("inf"), 0)  # the limit, and the units taken since it was set

    def _exchange(self, name: str, operation: str, values: dict[str, Any], asked: str | None = None) -> Any:
        method, path = OPERATIONS[operation].method, OPERATIONS[operation].path
        headers = {"Authorization": f"Bearer {self.keys[name]}"} | ({"X-Emulator-Error": asked} if asked else {})
        sent = {"params" if method == "GET" else "json": values}
        return self.callers[name].send(method, path, headers=headers, **sent)

    def _call(self, name: str, operation: str, values: dict[str, Any], found: int, *, wrong: bool = False) -> Any:
        """A call that finds so much; what it answers when it is accepted."""
        model, price = self.models[name], self.models[name].price(operation)
        left = self.platform[0] - self.platform[1]
        expected = model.refusal(1, price, left) or (INVALID if wrong else model.refusal(found, price, left)) or 0
        if expected == 67200000 and operation == BATCH:
            expected = 67200001  # the nearest that its page lists
        answer = self._exchange(name, operation, values)
        body = answer.json()
        assert body["error_code"] == expected, answer.headers.get("X-Emulator-Reason")
        charged = found * price if not expected else 0
        assert int(answer.headers["x-openapi-amount"]) == charged
        if charged:
            model.charges.append(Charge(charged, found, model.day))
            self.platform = (self.platform[0], self.platform[1] + found * (self.platform[0] < float("inf")))
        return None if expected else body["data"]

    # Calls

    @rule(name=accounts, known=st.integers(0, 5), unknown=st.integers(0, 2))
    def translate(self, name: str, known: int, unknown: int) -> None:
        ids = [*KNOWN[:known], *(f"XX{number}" for number in range(unknown))] or ["XX9"]
        self._call(name, BATCH, {"patent_number": ",".join(ids), "replace_by_related": "1"}, known)

    @rule(name=accounts, found=st.booleans())
    def search(self, name: str, found: bool) -> None:
        day = "20000101" if found else "20991231"
        self._call(name, SEARCH, {**PICTURE, "limit": 1, "apply_start_time": day}, int(found))

    @rule(
        name=accounts,
        maker=st.sampled_from(list(MAKERS)),
        how=st.one_of(st.sampled_from(list(DURATIONS)), st.integers(0, 2)),
        outcome=st.sampled_from(["success", "fail"]),
    )
    def submit(self, name: str, maker: str, how: str | int, outcome: str) -> None:
        self._make(name, maker, how, outcome)

    @rule(
        name=accounts,
        maker=st.sampled_from(list(MAKERS)),
        how=st.sampled_from([*DURATIONS, 0]),
        price=st.integers(1, 4),
        then=st.sampled_from(["6s", "8h"]),
    )
    def outwait_what_fails(self, name: str, maker: str, how: str | int, price: int, then: str) -> None:
        self.set_prices(name, {maker: price})
        self._make(name, maker, how, "fail")
        self.let_time_pass(name, then)

    def _make(self, name: str, maker: str, how: str | int, outcome: str) -> None:
        way: dict[str, Any] = {"polls": how} if isinstance(how, int) else {"duration": how}
        way = {how: True} if how in ("immediate", "hold") else way
        self.callers[name].steer("PUT", "/plan", {**way, "outcome": outcome})
        data = self._call(name, maker, MAKERS[maker][1], 1)
        if data is None:
            return
        model = self.models[name]
        task = Task(data["task_id"], maker, model.now + LIFE, outcome=outcome)
        task.left = how if isinstance(how, int) else None
        runs = DURATIONS[how] if isinstance(how, str) else None
        task.fails = model.now + runs if outcome == "fail" and runs is not None else None
        model.tasks.append(task)
        if model.price(maker):
            model.charges[-1].task = task

    @precondition(lambda self: any(model.tasks for model in self.models.values()))
    @rule(number=numbers)
    def ask(self, number: int) -> None:
        name, task = self._picked(number)
        now = self.models[name].now
        told = self._call(name, MAKERS[task.maker][0], {"task_id": task.id}, 1, wrong=now >= task.expires)
        if told is None:
            return
        if task.left == 0:
            task.fails, task.left = now if task.outcome == "fail" else None, None
        elif task.left is not None:
            task.left -= 1
        assert (told["task_status"] == 3) == task.failed(now)

    # Orders

    @precondition(lambda self: any(model.tasks for model in self.models.values()))
    @rule(number=numbers, state=st.sampled_from(["failed", "success", "failed", "expired", "running"]))
    def order(self, number: int, state: str) -> None:
        name, task = self._picked(number)
        now = self.models[name].now
        answer = self.callers[name].send("PATCH", f"/_emulator/accounts/{name}/tasks/{task.id}", json={"state": state})
        assert answer.status_code == (409 if now >= task.expires else 200)
        if answer.status_code == 409:
            return
        task.left = None
        if state == "expired":
            task.expires = now
        if state != "expired" or not task.failed(now):
            task.fails = now if state == "failed" else None

    @rule(name=accounts, by=steps)
    def let_time_pass(self, name: str, by: str) -> None:
        self.callers[name].steer("POST", "/clock", {"advance": by})
        self.models[name].now += clock.duration(by)

    @rule(name=accounts, limits=limits)
    def allow(self, name: str, limits: dict[str, int | None]) -> None:
        """So much more than was used by now; what is not limited is free of limits."""
        model, places = self.models[name], ("balance", "total_limit", "daily_limit")
        used = dict(zip(places, model.sums, strict=True))
        upto = {what: None if (more := limits.get(what)) is None else more + used[what] for what in places}
        self.callers[name].steer("PUT", "", {**upto, "balance": limits.get("balance")})
        for what in places:
            setattr(model, what, most(upto[what]))
        model.given = most(limits.get("balance"))
        self.callers[name].send("PUT", "/_emulator/limits", json={"total_limit": limits.get("all")})
        self.platform = (most(limits.get("all")), 0)

    @rule(name=accounts, limits=limits, known=st.integers(1, 5))
    def translate_into_limits(self, name: str, limits: dict[str, int | None], known: int) -> None:
        self.allow(name, limits)
        self.translate(name, known, 0)
        self.translate(name, known, 0)

    @rule(name=accounts, prices=st.dictionaries(st.sampled_from(PRICED), st.integers(0, 4), max_size=3))
    def set_prices(self, name: str, prices: dict[str, int]) -> None:
        self.callers[name].steer("PUT", "", {"prices": prices})
        self.models[name].prices = prices

    @rule(name=accounts, what=st.sampled_from(["header", "cut short", "tasks", "usage", "reset", "all"]))
    def upset(self, name: str, what: str) -> None:
        match what:
            case "header":
                answer = self._exchange(name, *ONE, asked="67200100")
                assert answer.json()["error_code"] == 67200100
            case "cut short":
                self.callers[name].steer("POST", "/faults", {"truncate": True, "times": 1, "operation": BATCH})
                with pytest.raises(ConnectionResetError):
                    self._exchange(name, *ONE)
            case "tasks":
                self.callers[name].steer("POST", "/reset", {"only": ["state"]})
                self.models[name].forget_tasks()
            case "usage":
                self.callers[name].steer("POST", "/reset", {"only": ["usage", "journal"]})
                self.models[name].forget_charges()
            case "reset":
                self.callers[name].steer("POST", "/reset", {})
                self.models[name] = Model()
            case _:
                self.callers[name].send("POST", "/_emulator/reset", json={})
                self._forget()

    def _picked(self, number: int) -> tuple[str, Task]:
        """Some task, mostly one of the last."""
        made = [(name, task) for name, model in self.models.items() for task in model.tasks]
        return made[-1 - number % len(made)]

    # What must hold after each step

    @invariant()
    def the_bill_is_the_model_s(self) -> None:
        for name, model in self.models.items():
            told = self.callers[name].steer("GET", "/usage")
            assert (told["credits"], told["units"], told["today"]["units"]) == model.sums
            assert told["balance"] == (None if model.balance == float("inf") else model.balance - model.sums[0])
            assert [
                (charge["credits"], charge["units"], charge["task"], charge["given_back"]) for charge in told["charges"]
            ] == [
                (one.credits, one.units, one.task and one.task.id, bool(one.task and one.task.failed(model.now)))
                for one in model.charges
            ]
            assert told["credits"] == sum(one["credits"] for one in told["operations"].values())
        assert self.callers["a"].send("GET", "/_emulator/limits").json()["used"] == self.platform[1]

    def teardown(self) -> None:
        if hasattr(self, "models"):
            self.each_charge_is_the_cost_of_a_call_and_each_task_was_accepted()

    def each_charge_is_the_cost_of_a_call_and_each_task_was_accepted(self) -> None:
        for name, model in self.models.items():
            costs = {entry["id"]: entry["cost"] for entry in self.callers[name].journal() if entry["cost"]}
            charges = self.callers[name].steer("GET", "/usage")["charges"]
            assert costs == {charge["call"]: charge["credits"] for charge in charges}
            listed = [task for task in self.callers[name].steer("GET", "/tasks")["tasks"] if task["call"]]
            assert [task["id"] for task in listed] == [task.id for task in model.tasks]


def test_the_bill_agrees_with_the_model() -> None:
    BillMachine.app = create_app(Settings(now=NOW, freeze=True))
    size = settings(deadline=None, derandomize=True, max_examples=60, stateful_step_count=50)
    run_state_machine_as_test(BillMachine, settings=size)

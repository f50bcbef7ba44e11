"""Any sequence of orders leaves every clock where a simple model says, and never behind where it was."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.behaviours.world import SHARED
from tests.test_clocks import START, Bench


class Model:
    """What every clock must show, told as simply as possible."""

    def __init__(self) -> None:
        self.shared, self.rate, self.frozen = float(START), 1, False
        self.offset: dict[str, float] = {}
        self.pinned: dict[str, float] = {}

    def now(self, who: str) -> float:
        return self.shared if who == SHARED else self.pinned.get(who, self.shared + self.offset.get(who, 0))

    def move(self, who: str, by: float) -> None:
        if who == SHARED:
            self.shared += by
        elif who in self.pinned:
            self.pinned[who] += by
        else:
            self.offset[who] = self.offset.get(who, 0) + by

    def freeze(self, who: str, frozen: bool) -> None:
        if who == SHARED:
            self.frozen = frozen
        elif frozen:
            self.pinned.setdefault(who, self.now(who))
        elif who in self.pinned:
            self.offset[who] = self.pinned.pop(who) - self.shared


people = st.sampled_from([SHARED, "a", "b"])
orders = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 10**6)),
        st.tuples(st.just("advance"), people, st.integers(0, 10**7)),
        st.tuples(st.just("set"), people, st.integers(0, 10**7)),
        st.tuples(st.just("freeze"), people, st.booleans()),
        st.tuples(st.just("rate"), st.sampled_from([1, 2, 60, 1000])),
    ),
    max_size=25,
)


def obey(bench: Bench, model: Model, order: Any) -> None:
    match order:
        case "pass", by:
            bench.real += by
            model.shared += 0 if model.frozen else by * model.rate
        case "advance", who, by:
            bench.clocks.advance(who, by)
            model.move(who, by)
        case "set", who, ahead:
            bench.clocks.set(who, bench.clocks.now(who) + ahead)
            model.move(who, ahead)
        case "freeze", who, frozen:
            bench.clocks.freeze(who, frozen)
            model.freeze(who, frozen)
        case "rate", rate:
            bench.clocks.run_at(rate)
            model.rate = rate


@settings(max_examples=200, deadline=None)
@given(orders)
def test_any_orders_leave_all_clocks_where_the_model_says_and_never_behind(given_orders: list[Any]) -> None:
    bench, model = Bench(), Model()
    before = dict.fromkeys((SHARED, "a", "b"), START)
    for order in given_orders:
        obey(bench, model, order)
        shown = {who: bench.clocks.now(who) for who in before}
        assert shown == {who: model.now(who) for who in before}, order
        assert all(shown[who] >= before[who] for who in before), order
        before = shown

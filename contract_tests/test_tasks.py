"""Submitted work runs for a while, ends, and says the same however often and by whatever roads it is asked about.

An id that names nothing, something of another kind, or something whose life is over is refused alike.
"""

import re

import pytest

from contract_tests.account import Account
from contract_tests.documents import INVALID, SERVICE, least
from contract_tests.flows import KINDS, Kind, seconds
from emulator.spec.models import Operation

_SHAPES = {
    "dashed": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "hex": r"[0-9a-f]{32}",
    "search": r"[0-9A-F]{32}-1-D",
    "number": r"[1-4]\d{15}000",
}
SHOWN = {"evaluation": {"report_status"}, "valuation": {"job_id", "queue_num", "job_status"}}
_MAKERS = [pytest.param(one, id=one.id) for one in SERVICE.operations.values() if one.creates]
_NOTHING = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("maker", _MAKERS)
def test_ids_have_the_published_shape_and_never_repeat(account: Account, maker: Operation) -> None:
    assert maker.creates is not None
    made = [account.send(maker.id, least(maker)).data for _ in range(5)]
    ids = [next(data[name] for name in ("task_id", "job_id", "search_id") if name in data) for data in made]
    assert all(re.fullmatch(_SHAPES[maker.creates.form], str(one)) for one in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_a_task_runs_as_long_as_decided(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    assert kind.state(account, task_id) == "running"
    account.advance(seconds(kind.runs_s - 0.001))
    assert kind.state(account, task_id) == "running"
    account.advance("1ms")
    assert kind.state(account, task_id) == "success"


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_a_running_task_shows_nothing_but_its_state(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    running = kind.ask(account, task_id).data
    assert set(running) == SHOWN.get(kind.name, {"task_id", "task_status"})
    account.order(task_id, "failed")
    failed = kind.ask(account, task_id).data
    assert set(failed) - {"abnormal_cause"} == set(running)
    assert failed != running


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_missed_polls_change_nothing(account: Account, kind: Kind) -> None:
    watched, forgotten = kind.create(account), kind.create(account)
    for _ in range(10):
        kind.ask(account, watched)
        account.advance(seconds(kind.runs_s / 6))
    seen, late = kind.ask(account, watched), kind.ask(account, forgotten)
    assert set(seen.data) == set(late.data)
    if kind.id_name == "task_id":  # a report's answer is a link, signed for its own id
        assert seen.body == late.body.replace(forgotten.encode(), watched.encode())
    assert kind.state(account, forgotten) == kind.state(account, watched) == "success"


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_a_finished_task_says_the_same_each_time(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    account.advance("10s")
    assert len({kind.ask(account, task_id).body for _ in range(3)}) == 1


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.emulator_only
def test_submitting_costs_one_credit_and_asking_none(account: Account, kind: Kind) -> None:
    made = account.send(kind.maker, least(SERVICE.operations[kind.maker]))
    assert made.cost == 1
    task_id = made.data[kind.id_name]
    assert kind.ask(account, task_id).cost == 0
    account.order(task_id, "success")
    assert kind.ask(account, task_id).cost == 0


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("task_id", [_NOTHING, "x", "0" * 5000, "手机", "' OR 1=1", "../../tasks", "a/b", "\x00", "{}"])
def test_an_unknown_id_is_refused(account: Account, kind: Kind, task_id: str) -> None:
    assert kind.ask(account, task_id).code == INVALID


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_id_is_refused_where_another_kind_is_asked_for(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    for stranger in KINDS:
        if stranger is not kind:
            assert stranger.ask(account, task_id).code == INVALID


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_id_is_taken_as_it_was_given(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    for other_form in {task_id.upper(), f" {task_id}", task_id[:-1], task_id + "0"} - {task_id}:
        assert kind.ask(account, other_form).code == INVALID
    assert kind.ask(account, task_id).code == 0


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_expired_task_answers_as_if_unknown(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    account.advance(seconds(kind.longest_s))
    expired, unknown = kind.ask(account, task_id), kind.ask(account, _NOTHING)
    assert (expired.status, expired.body) == (unknown.status, unknown.body)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_expiry_is_final(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    assert account.order(task_id, "expired").json()["state"] == "expired"
    for state in ("success", "failed", "running"):
        assert account.order(task_id, state).status == 409
    assert kind.state(account, task_id) == "unknown"


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.needs_clock
def test_a_task_can_be_ordered_from_state_to_state(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    for state in ("failed", "running", "success", "running", "failed"):
        assert account.order(task_id, state).json()["state"] == state
        assert kind.state(account, task_id) == state
    account.advance("1h")
    assert kind.state(account, task_id) == "failed"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.lives_from_success], ids=str)
@pytest.mark.needs_clock
def test_expiry_beats_a_task_that_was_held(account: Account, kind: Kind) -> None:
    task_id = kind.create(account)
    account.order(task_id, "running")
    account.advance(seconds(kind.life_s - 1))
    assert kind.state(account, task_id) == "running"
    account.advance("1s")
    assert kind.state(account, task_id) == "unknown"

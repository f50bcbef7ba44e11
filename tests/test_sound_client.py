"""A client that does everything right has no finding at any severity, whatever befalls it."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulator.verifier.private import private
from tests.inside import MachineTime
from tests.scenes import Scene, stage
from tests.sound import WORK, GaveUp, SoundClient

SEEDS = range(1, 21)
CALLED = [None, "P043", "P060", "P009-results", "AI39-1-submit", "AI39-2-report", "R003-export", "R003-create", "token"]
EFFECTS: list[dict[str, Any]] = [
    *({"error": code} for code in (67200002, 67200100, 67200009, 67200005, 67200004, 68300004, 68300005, 68300008)),
    *({name: True} for name in ("reset", "truncate")),
    {"error": 67200005, "status": 403},
    {"status": 502},
]
FAULTS = st.fixed_dictionaries(
    {
        "operation": st.sampled_from(CALLED),
        "effect": st.sampled_from(EFFECTS),
        "after": st.integers(0, 4),
        "times": st.integers(1, 3),
    }
)
JUMPS = st.dictionaries(st.integers(0, 12), st.sampled_from(["1m", "31m", "3h", "8h", "9h", "8d"]), max_size=2)


@pytest.fixture(scope="module")
def staged() -> Iterator[tuple[Any, MachineTime]]:
    with stage() as parts:
        yield parts


def work(client: SoundClient, kinds: list[str]) -> None:
    try:
        for number, kind in enumerate(kinds):
            getattr(client, kind)(number)
    except GaveUp:
        """A sound end."""


@pytest.mark.parametrize("wire", ["documented", "live"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_calm_run_has_no_finding(staged: tuple[Any, MachineTime], seed: int, wire: str) -> None:
    scene = Scene(*staged, seed=seed, wire=wire)
    for number, kind in enumerate(WORK):
        getattr(SoundClient(scene), kind)(number)
    judged = scene.judged()
    assert judged["findings"] == []
    assert judged["for_nothing"] == 0


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kinds=st.lists(st.sampled_from(WORK), min_size=1, max_size=4),
    faults=st.lists(FAULTS, max_size=2),
    jumps=JUMPS,
    account=st.fixed_dictionaries(
        {"seed": st.integers(1, 999), "wire": st.sampled_from(["documented", "live"])},
        optional={"balance": st.integers(0, 30), "qps": st.integers(1, 3), "daily_limit": st.integers(1, 20)},
    ),
    plan=st.sampled_from([None, "frozen", "fail", "hold"]),
)
def test_whatever_befalls_it_there_is_no_finding(
    staged: tuple[Any, MachineTime],
    kinds: list[str],
    faults: list[dict[str, Any]],
    jumps: dict[int, str],
    account: dict[str, Any],
    plan: str | None,
) -> None:
    scene = Scene(*staged, **account)
    for fault in faults:
        more = {name: fault[name] for name in ("operation", "after", "times") if fault[name] is not None}
        scene.fault(**fault["effect"], **more)
    if plan == "frozen":
        scene.steer("POST", "/clock", {"freeze": True})
        scene.steer("PUT", "/plan", {"polls": 2})
    elif plan is not None:
        scene.steer("PUT", "/plan", {"hold": True} if plan == "hold" else {"duration": "3s", "outcome": "fail"})
    made = iter(range(1000))

    def mishap() -> None:
        if (by := jumps.get(next(made))) is not None:
            scene.jump(by)

    work(SoundClient(scene, mishap), kinds)
    assert scene.judged()["findings"] == []


def test_parallel_threads_on_one_account_have_no_finding() -> None:
    grant = {"grant_type": "client_credentials"}
    with private() as control, httpx2.Client(base_url=control.base_url, trust_env=False) as http:
        token = http.post("/oauth/token", auth=("many", "threads"), data=grant).json()["data"]["token"]

        def translate(number: int) -> None:
            for step in range(10):
                params = {"apikey": "many", "patent_number": f"US{number}{step}B2"}
                headers = {"Authorization": f"Bearer {token}"}
                answer = http.get("/basic-patent-data/abstract-data-translated", params=params, headers=headers)
                assert answer.json()["error_code"] == 0

        threads = [threading.Thread(target=translate, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        judged = control.of("many", "GET", "/findings")
    assert (judged["calls"], judged["findings"]) == (81, [])

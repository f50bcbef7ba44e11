"""Where a client is not to blame, and where it is: the decisions behind the rules, each at its edge."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.inside import MachineTime
from tests.scenes import PICTURE, SERVICE, Scene, stage

KNOWN = "718ead9c-4f3c-4674-8f5a-24e126827269"
SUBMIT = {"country": ["US"], "lang": "en", "url": PICTURE}


@pytest.fixture(scope="module")
def staged() -> Iterator[tuple[Any, MachineTime]]:
    with stage() as parts:
        yield parts


@pytest.fixture
def scene(staged: tuple[Any, MachineTime]) -> Scene:
    return Scene(*staged)


@pytest.mark.parametrize("code", [code for code in SERVICE.errors.codes if code != 67200015])
@pytest.mark.parametrize("operation", ["P043", "P060", "P009-search-id", "AI39-1-submit"])
def test_planned_trouble_alone_is_no_fault(scene: Scene, operation: str, code: int) -> None:
    scene.fault(operation=operation, error=code, times=1)
    values: dict[str, Any] = {
        "P043": {"patent_id": KNOWN},
        "P060": {"patent_type": "D", "model": 1, "url": PICTURE},
        "P009-search-id": {"url": PICTURE},
        "AI39-1-submit": SUBMIT,
    }
    scene.call(operation, values[operation])
    assert scene.rules() == []


@pytest.mark.parametrize("effect", [{"reset": True}, {"truncate": True}, {"hang": True}, {"status": 502}])
def test_broken_answers_alone_are_no_fault(scene: Scene, effect: dict[str, Any]) -> None:
    scene.fault(operation="AI39-1-submit", times=1, **effect)
    scene.call("AI39-1-submit", SUBMIT)
    assert scene.rules() == []


@pytest.mark.parametrize("code", [68300004, 67200004, 67200006])
def test_but_repeating_what_will_not_change_is_one(scene: Scene, code: int) -> None:
    scene.fault(operation="P043", error=code)
    for _ in range(3):
        scene.call("P043", {"patent_id": KNOWN})
    assert scene.rules() == ["retried_unchanged"]


@pytest.mark.parametrize(("real", "jumped", "blamed"), [(1.7, 0, True), (1.9, 0, False), (0.1, 2, False)])
def test_haste_is_judged_only_where_both_clocks_say_so(scene: Scene, real: float, jumped: int, blamed: bool) -> None:
    scene.steer("PUT", "/plan", {"hold": True})
    task = scene.submit()
    for _ in range(3):
        scene.poll(task)
        scene.wait(real)
        scene.jump(f"{jumped}s")
    assert scene.rules() == (["poll_too_fast"] if blamed else [])


def test_one_fast_poll_is_not_yet_haste(scene: Scene) -> None:
    task = scene.submit()
    for pause in (0.1, 2, 2, 2):
        scene.poll(task)
        scene.wait(pause)
    assert scene.rules() == []


def test_a_poll_that_repeats_a_lost_one_is_not_haste(scene: Scene) -> None:
    task = scene.submit()
    scene.fault(operation="AI39-2-report", truncate=True, times=3)
    for _ in range(3):
        scene.poll(task)
        scene.wait(0.1)
    scene.wait(7)
    scene.poll(task)
    assert scene.rules() == []


@pytest.mark.parametrize(("jump", "blamed"), [(True, []), (False, ["dead_link"])])
def test_the_first_use_after_the_end_is_a_fault_only_in_real_time(scene: Scene, jump: bool, blamed: list[str]) -> None:
    url = scene.search()["patent_messages"][0]["url"]
    if jump:
        scene.jump("9h")
    else:
        scene.wait(9 * 3600)
    assert scene.fetch(url) == 403
    assert scene.rules() == blamed


@pytest.mark.parametrize(("jump", "blamed"), [(True, []), (False, ["dead_id"])])
def test_so_it_is_with_tasks(scene: Scene, jump: bool, blamed: list[str]) -> None:
    task = scene.submit()
    if jump:
        scene.jump("8h")
    else:
        scene.wait(8 * 3600)
    scene.new_token()
    scene.poll(task)
    assert scene.rules() == blamed


_TASKS = pytest.mark.parametrize("tasks", [12, 20, 40])  # that began together, and do not know of each other


@_TASKS
def test_any_number_of_tasks_may_meet_the_end_of_their_token(scene: Scene, tasks: int) -> None:
    scene.jump("31m")
    for _ in _at_once(scene, tasks):
        pass
    scene.new_token()
    for _ in _at_once(scene, tasks):
        pass
    assert scene.rules() == []


@_TASKS
def test_any_number_of_tasks_may_meet_the_end_of_the_balance(scene: Scene, tasks: int) -> None:
    scene.steer("PUT", "", {"balance": 0})
    for _ in _at_once(scene, tasks):
        pass
    assert scene.rules() == []


@_TASKS
def test_any_number_of_tasks_may_be_too_many_in_a_second(scene: Scene, tasks: int) -> None:
    scene.fault(operation="P043", error=67200002, times=tasks + tasks // 2)
    for _ in _at_once(scene, tasks):
        pass
    scene.wait(1.05)
    for _ in _at_once(scene, tasks):
        pass
    scene.wait(2.1)
    for _ in _at_once(scene, tasks):
        pass
    assert scene.rules() == []


def test_tasks_that_wait_for_different_times_are_not_a_row(scene: Scene) -> None:
    scene.fault(operation="P043", error=67200002, times=80)
    for _ in _at_once(scene, 40):
        pass
    scene.wait(1)
    for _ in _at_once(scene, 40):
        scene.wait(0.02)
    assert scene.rules() == []


@pytest.mark.parametrize("trouble", ["dead_token_reused", "limit_hammered", "rate_hammered"])
def test_a_loop_that_goes_on_was_not_under_way(scene: Scene, trouble: str) -> None:
    codes = {"dead_token_reused": 67200009, "limit_hammered": 67200005, "rate_hammered": 67200002}
    scene.fault(operation="P043", error=codes[trouble])
    if trouble == "dead_token_reused":
        scene.steer("DELETE", "/faults")
        scene.jump("31m")
    for _ in _at_once(scene, 40):
        scene.wait(0.02)
    assert scene.rules() == [trouble]


@pytest.mark.parametrize("trouble", ["dead_token_reused", "limit_hammered", "rate_hammered"])
def test_the_same_calls_again_at_once_were_not_under_way(scene: Scene, trouble: str) -> None:
    if trouble == "dead_token_reused":
        scene.jump("31m")
    else:
        scene.fault(operation="P043", error=67200005 if trouble == "limit_hammered" else 67200002)
    for _ in range(3):
        for _ in _at_once(scene, 3):
            pass
    assert scene.rules() == [trouble]


@pytest.mark.parametrize(("calls", "blamed"), [(8, []), (9, ["dead_token_reused"])])
def test_eight_calls_may_meet_the_same_refusal_where_the_clock_stands(
    scene: Scene, calls: int, blamed: list[str]
) -> None:
    scene.jump("31m")
    scene.steer("POST", "/clock", {"freeze": True})
    for _ in _at_once(scene, calls):
        pass
    assert scene.rules() == blamed


@pytest.mark.parametrize(("pause", "blamed"), [(0.249, []), (0.25, ["limit_hammered"])])
def test_what_comes_when_the_answer_is_there_was_not_under_way(scene: Scene, pause: float, blamed: list[str]) -> None:
    scene.steer("PUT", "", {"balance": 0})
    for place, _ in enumerate(_at_once(scene, 9)):
        scene.wait(0 if place else pause)
    assert scene.rules() == blamed


@pytest.mark.parametrize(("pause", "blamed"), [(4, []), (5, ["dead_token_reused"])])
def test_a_call_that_comes_clearly_later_was_not_under_way(scene: Scene, pause: int, blamed: list[str]) -> None:
    scene.jump("31m")
    for patent in scene.patents(2):
        scene.call("P043", {"patent_id": patent})
        scene.wait(pause)
    assert scene.rules() == blamed


def _at_once(scene: Scene, count: int) -> Iterator[None]:
    """So many different calls, within the same millisecond unless somebody lets time go by between them."""
    for patent in scene.patents(count):
        scene.call("P043", {"patent_id": patent})
        yield


def test_the_usual_wait_of_a_server_excuses_nobody() -> None:
    with stage(latency="documented") as (app, machine):
        app.wait = _no_wait
        scene = Scene(app, machine)
        scene.submit()
        scene.poll(scene.submit())
        assert scene.rules() == ["task_never_read", "submitted_twice"]


def test_an_answer_that_was_held_back_may_be_asked_for_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene.caller.app, "wait", _no_wait)
    scene.fault(operation="AI39-1-submit", delay="9s", times=1)
    scene.call("AI39-1-submit", SUBMIT)
    scene.poll(scene.submit())
    assert scene.rules() == []


def test_an_upload_is_the_same_again_whatever_line_parts_it(scene: Scene) -> None:
    for content in (b"no picture", b"no picture", b"nor this"):
        scene.send("P010", files={"image": ("a.png", content, "image/png")})
    (finding,) = scene.judged()["findings"]
    assert (finding["rule"], len(finding["calls"])) == ("retried_unchanged", 2)


def test_so_it_is_for_one_that_is_refused_before_it_is_unfolded(scene: Scene) -> None:
    scene.steer("PUT", "", {"permissions": ["P060"]})
    for content in (b"one", b"one", b"two"):
        scene.send("P010", files={"image": ("a.png", content, "image/png")})
    (finding,) = scene.judged()["findings"]
    assert (finding["rule"], len(finding["calls"])) == ("retried_unchanged", 2)


@pytest.mark.parametrize("path", ["/", "/favicon.ico"])
def test_what_browsers_ask_for_by_themselves_is_no_fault(scene: Scene, path: str) -> None:
    before = scene.caller.send("GET", "/_emulator/findings").json()["findings"]
    scene.caller.send("GET", path)
    assert scene.caller.send("GET", "/_emulator/findings").json()["findings"] == before


async def _no_wait(seconds: float) -> None:
    """No real time passes."""


@pytest.mark.parametrize("operation", ["P043", "P060", "P009-search-id"])
@pytest.mark.parametrize("wire", ["documented", "live"])
def test_a_dead_token_is_known_by_the_code_of_any_page(
    staged: tuple[Any, MachineTime], operation: str, wire: str
) -> None:
    scene = Scene(*staged, wire=wire)
    scene.jump("31m")
    values = {"url": PICTURE, "patent_id": KNOWN, "patent_type": "D", "model": 1}
    names = {parameter.name for parameter in SERVICE.operations[operation].parameters}
    for _ in range(2):
        scene.call(operation, {name: value for name, value in values.items() if name in names})
    assert scene.rules() == ["dead_token_reused"]


def test_what_was_lost_or_came_to_nothing_may_be_created_again(scene: Scene) -> None:
    scene.fault(operation="AI39-1-submit", truncate=True, times=1)
    scene.call("AI39-1-submit", SUBMIT)  # lost
    scene.steer("PUT", "/plan", {"duration": "1s", "outcome": "fail"})
    task = scene.submit()
    scene.wait(2)
    scene.poll(task)  # failed
    scene.steer("PUT", "/plan", {"duration": "1s"})
    task = scene.submit()
    scene.steer("PATCH", f"/tasks/{task}", {"state": "expired"})
    scene.poll(task)  # gone
    task = scene.submit()
    scene.wait(2)
    scene.poll(task)
    assert scene.rules() == []


def test_ids_of_examples_need_no_call_that_made_them(scene: Scene) -> None:
    for operation in SERVICE.operations.values():
        if operation.reads is not None:
            creates = SERVICE.operations[operation.reads].creates
            assert creates is not None
            name = next(one.name for one in operation.parameters if one.name in SERVICE.client_rules.fields.ids)
            scene.call(operation.id, {name: creates.documented[0]})
    assert scene.rules() == []


@pytest.mark.parametrize("lang", ["fr", 7])
def test_a_breach_of_a_documented_rule_is_an_error(scene: Scene, lang: Any) -> None:
    scene.call("P043", {"patent_id": KNOWN, "lang": lang})
    (finding,) = scene.judged()["findings"]
    assert (finding["rule"], finding["severity"]) == ("parameter_breach", "error")
    assert finding["evidence"]["grade"] == "documented"


def test_a_breach_of_an_assumed_rule_is_a_warning(scene: Scene) -> None:
    scene.call("P060", {"patent_type": "D", "model": 1, "url": "no address"})
    (finding,) = scene.judged()["findings"]
    assert (finding["rule"], finding["severity"]) == ("parameter_breach", "warning")
    assert finding["evidence"]["grade"] == "assumed"


@pytest.mark.parametrize("word", ["None", "undefined", "null", "[object Object]", ""])
def test_nothing_in_place_of_an_id_is_an_ignored_failure(scene: Scene, word: str) -> None:
    scene.fault(operation="AI39-1-submit", error=68300008, times=1)
    scene.call("AI39-1-submit", SUBMIT)
    for _ in range(3):
        scene.poll(word)
    assert scene.rules() == ["failure_ignored"]


def test_a_fault_of_the_emulator_is_held_against_nobody(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from emulator.behaviours import stubs

    def broken(call: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(stubs, "answer", broken)
    for _ in range(5):
        scene.call("P043", {"patent_id": KNOWN, "nonsense": 1})
    assert scene.rules() == []


def test_findings_of_all_accounts_stand_together(staged: tuple[Any, MachineTime]) -> None:
    one, two = Scene(*staged), Scene(*staged)
    one.call("P043", {"patent_id": f"{KNOWN},{KNOWN}"})
    two.call("P043", {"patent_id": KNOWN, "nonsense": 1})
    found = one.caller.send("GET", "/_emulator/findings").json()["findings"]
    assert [finding["rule"] for finding in found[-2:]] == ["duplicate_ids", "undocumented_parameter"]


def test_a_finding_survives_a_body_that_is_cut_in_the_journal(scene: Scene) -> None:
    messages = [{**one, "title": "x" * 9000} for one in scene.search(limit=2)["patent_messages"]]
    messages[1]["patent_id"] = scene.patents(1)[0]
    creation = {"urls": [PICTURE], "patent_messages": messages, "report_lang": "en"}
    made = scene.call("AI39-1-creation", creation)
    scene.wait(7)
    scene.call("AI39-2-query", {"task_id": made["task_id"]})
    assert "bytes in all" in scene.caller.journal(operation="AI39-1-creation")[0]["request"]
    assert scene.rules() == ["unseen_patents"]


def test_facts_come_back_with_a_snapshot(scene: Scene) -> None:
    scene.call("P043", {"patent_id": f"{KNOWN},{KNOWN}"})
    taken = scene.steer("GET", "/snapshot")
    scene.steer("DELETE", "/requests")
    assert scene.rules() == []
    scene.steer("PUT", "/snapshot", taken)
    assert scene.rules() == ["duplicate_ids"]

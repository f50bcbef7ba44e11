"""Every client rule fires where it must, alone, and is still beside it."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.contract.client_rules.table import RULES
from tests.inside import MachineTime
from tests.scenes import SERVICE, Scene, stage
from tests.scenes_of_rules import BAD, FINE, Play

QUIET = [(rule, number) for rule, plays in FINE.items() for number in range(len(plays))]


@pytest.fixture(scope="module")
def staged() -> Iterator[tuple[Any, MachineTime]]:
    with stage() as parts:
        yield parts


@pytest.fixture
def scene(staged: tuple[Any, MachineTime]) -> Scene:
    return Scene(*staged)


def test_every_rule_has_its_entry_and_both_tests() -> None:
    rules = set(SERVICE.client_rules.rules)
    assert set(RULES) == rules
    assert set(BAD) == rules
    assert set(FINE) == rules


@pytest.mark.parametrize("rule", BAD)
def test_a_rule_fires_and_no_other_tells_the_same(scene: Scene, rule: str) -> None:
    BAD[rule](scene)
    findings = scene.judged()["findings"]
    assert [finding["rule"] for finding in findings] == [rule]
    calls = [entry["id"] for entry in scene.caller.journal()]
    assert set(findings[0]["calls"]) <= set(calls)
    assert findings[0]["advice"] == SERVICE.client_rules.rules[rule].advice
    assert findings[0]["sentence"]


@pytest.mark.parametrize(("rule", "number"), QUIET)
def test_nothing_fires_beside_it(scene: Scene, rule: str, number: int) -> None:
    play: Play = FINE[rule][number]
    play(scene)
    assert scene.judged()["findings"] == []


def test_a_journal_that_dropped_calls_makes_some_rules_blind_and_says_so() -> None:
    with stage(journal=3) as parts:
        scene = Scene(*parts)
        messages = scene.search()["patent_messages"]
        task = scene.submit()
        for patent in scene.patents(3):
            scene.call("P043", {"patent_id": patent})
        made = scene.call(
            "AI39-1-creation",
            {"urls": ["https://a/b.png"], "patent_messages": messages, "report_lang": "en"},
        )
        scene.call("AI39-2-query", {"task_id": made["task_id"]})
        scene.poll("11111111-2222-3333-4444-555555555555")
        scene.poll(task)
        judged = scene.judged()
        blind = {name for name, rule in SERVICE.client_rules.rules.items() if rule.blind}
        assert judged["findings"] == []
        assert judged["dropped"] > 0
        assert set(judged["blind"]) == blind
        assert blind


def test_a_wrong_method_is_told_with_the_right_one(scene: Scene) -> None:
    path = SERVICE.operations["P043"].path
    scene.caller.call("POST", path)
    (finding,) = scene.judged()["findings"]
    assert finding["sentence"] == f"POST {path}: the page wants GET"

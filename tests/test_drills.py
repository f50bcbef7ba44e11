"""The drills as data: which there are, what refuses them, and what each makes of a calm run."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contract_tests.documents import SERVICE
from emulator.cli import main
from emulator.contract.exchange import Exchange
from emulator.spec import loader
from emulator.spec.drills import Drill
from emulator.spec.faults import SpecFault
from emulator.verifier.drills.preparing import not_met, prepared
from emulator.verifier.drills.roles import Cast, Target
from tests.inside import Inside

DRILLS = loader.drills(SERVICE)
RUN = [
    ("token", 0),
    ("P010", 0),
    ("P060", 1),
    ("R003-create", 1),
    ("R003-export", 0),
    ("R003-export", 0),
    ("file", 0),
    ("P043", 21),
]


def cast(run: list[tuple[str, int]]) -> Cast:
    return Cast(SERVICE, [exchange(name, cost) for name, cost in run])


def exchange(operation: str, cost: int = 0) -> Exchange:
    return Exchange(operation, 0, "demo", operation, "GET", "/", "", 200, 0, cost=cost)


def test_every_mishap_of_the_design_has_its_drill() -> None:
    assert set(DRILLS.drills) >= {
        *("token-expires", "key-and-token-do-not-match", "too-fast", "busy-twice", "balance-ends", "task-fails"),
        *("task-never-ends", "task-expires", "link-expired", "image-expires", "error-in-http-200", "error-as-401"),
        *("permission-missing", "http-201", "body-truncated", "connection-reset", "slow-drip", "empty-result"),
        *("unknown-fields", "optional-fields-missing", "chinese-texts", "client-clock-ahead", "client-clock-behind"),
        *("daily-limit", "gateway-page", "hang"),
    }


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("token", [("token", 0, 0)]),
        ("upload", [("P010", 0, 1)]),
        ("search", [("P060", 0, 2)]),
        ("creation", [("R003-create", 0, 3)]),
        ("poll", [("R003-export", 0, 4), ("R003-export", 1, 5)]),
        ("link", [("R003-export", 0, 4), ("R003-export", 1, 5)]),
        ("download", [("file", 0, 6)]),
        ("paid", [("P060", 0, 2), ("R003-create", 0, 3), ("P043", 0, 6)]),
        ("read", [("P060", 0, 2), ("R003-export", 0, 4), ("R003-export", 1, 5), ("P043", 0, 6)]),
    ],
)
def test_calls_play_their_roles(role: Any, places: list[tuple[str, int, int]]) -> None:
    assert cast(RUN).of(role) == tuple(Target(*place) for place in places)


def test_who_asks_about_tasks_of_others_does_not_poll() -> None:
    assert cast([("R003-export", 0)]).of("poll") == ()


def planned(**fault: Any) -> list[Any]:
    drill = drilled(faults=[fault])
    return list(prepared(drill, "immediate", cast(RUN)).faults)


def drilled(**words: Any) -> Drill:
    told = {"title": "t", "happens": "h", "expected": "survives", "sound": "s", "wrong": "w"}
    return Drill.model_validate({**told, **words, "evidence": {"grade": "assumed", "source": "own-decision"}})


def test_a_fault_goes_to_the_first_call_of_a_role() -> None:
    assert planned(on="read", error=67200100, times=2) == [
        {"operation": "P060", "after": 0, "error": 67200100, "times": 2}
    ]


def test_a_fault_goes_to_the_call_in_the_middle_by_its_place_among_those_of_its_operation() -> None:
    assert planned(on="call", at="middle", advance="31m") == [
        {"operation": "R003-export", "after": 0, "advance": "31m", "times": 1}
    ]
    assert planned(on="call", at="middle", of_any=True, error=67200003, times=None) == [
        {"after": 4, "error": 67200003, "times": None}
    ]


def test_a_fault_goes_to_the_first_call_of_each_operation() -> None:
    told = [(one["operation"], one["after"]) for one in planned(on="read", each=True, reset=True)]
    assert sorted(told) == [("P043", 0), ("P060", 0), ("R003-export", 0)]


def test_a_fault_of_any_call_has_no_operation() -> None:
    assert planned(on="call", of_any=True, answer="extra", times=None) == [{"answer": "extra", "times": None}]


@pytest.mark.parametrize("limit", ["balance", "daily_limit"])
def test_money_ends_inside_the_dearest_call(limit: str) -> None:
    options = prepared(drilled(ends=limit), "immediate", cast(RUN)).options
    assert options == (f"--{limit.replace('_', '-')}", "12")


def test_settings_and_clocks_are_options_of_serve() -> None:
    ready = prepared(drilled(settings={"language": "cn"}, client_behind="2h"), "immediate", cast(RUN))
    assert ready.options[:3] == ("--language", "cn", "--now")
    assert ready.plan == "immediate"
    assert prepared(drilled(plan="hold"), "immediate", cast(RUN)).plan == "hold"


def test_what_a_client_never_does_is_not_met() -> None:
    assert not_met(DRILLS.drills["image-expires"], cast([("P043", 1)])) == "the client never uploads a picture"
    assert not_met(DRILLS.drills["token-expires"], cast([("P043", 1)])) == "the client never fetches a token"
    assert not_met(DRILLS.drills["balance-ends"], cast([("P043", 0)])) == "the client never paid for anything"
    assert not_met(DRILLS.drills["too-fast"], cast([("P043", 1)])) is None


@pytest.mark.parametrize("name", DRILLS.drills)
def test_a_whole_client_meets_every_drill_with_faults_that_can_be_planned(app: Any, name: str) -> None:
    drill = DRILLS.drills[name]
    assert not_met(drill, cast(RUN)) is None
    ready = prepared(drill, DRILLS.plan, cast(RUN))
    account = Inside(app).open()
    for body in ready.faults:
        answer = account.steer("POST", "faults", body)
        assert answer.status == 201, answer.body
    answer = account.steer("PUT", "plan", ready.plan)
    assert answer.status == 200, answer.body


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"titel": "t"}, "titel"),
    ({"faults": []}, "nothing happens"),
    ({"faults": [{"on": "call", "error": 1}]}, "code 1 is not in errors.yaml"),
    ({"faults": [{"on": "nobody", "reset": True}]}, "faults/0/on"),
    ({"evidence": {"grade": "assumed", "source": "hearsay"}}, "hearsay"),
    ({"rests_on": "two"}, "no drill before it is called 'two'"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=lambda value: str(value)[:40])
def test_a_faulty_drill_is_refused_by_file_and_field(tmp_path: Path, words: dict[str, Any], told: str) -> None:
    sound = {**drilled(faults=[{"on": "call", "reset": True}]).model_dump(mode="json", exclude_defaults=True), **words}
    many = DRILLS.too_many.model_dump(mode="json")
    (tmp_path / "drills.yaml").write_text(json.dumps({"plan": "hold", "too_many": many, "drills": {"one": sound}}))
    with pytest.raises(SpecFault) as refused:
        loader.drills(SERVICE, tmp_path)
    assert str(refused.value).startswith("drills.yaml")
    assert told in str(refused.value)


def test_the_readme_knows_how_many_drills_there_are() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    assert f"[{len(DRILLS.drills)} mishaps](docs/drills.md)" in readme


def test_the_help_and_the_page_say_which_drills_take_longer() -> None:
    page = (Path(__file__).parents[1] / "docs" / "drills.md").read_text("utf-8")
    longer = {name: one.limit_times for name, one in DRILLS.drills.items() if one.limit_times != 1}
    said = " ".join(CliRunner().invoke(main, ["drill", "--help"]).output.split())
    assert longer
    for name, times in longer.items():
        assert f"in the drill {name} {times} times as long" in said
        assert f"`{name}` may take {times} times as long" in page


def test_the_page_about_drills_has_the_table_of_the_data() -> None:
    drills = DRILLS.drills.items()
    rows = [f"| `{name}` | {one.happens} | {one.expected}: {one.sound} | {one.wrong} |" for name, one in drills]
    table = "\n".join(["| drill | what happens | a sound client | wrong would be |", "|---|---|---|---|", *rows])
    page = (Path(__file__).parents[1] / "docs" / "drills.md").read_text("utf-8")
    assert page.partition("<!-- drills -->")[2].partition("<!-- end -->")[0].strip() == table

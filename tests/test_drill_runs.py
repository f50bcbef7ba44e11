"""Whole drills: the sound example comes through every one, the naive one through few, and what `drill` says else."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from contract_tests.documents import SERVICE
from emulator.spec import loader
from tests.test_child import alive

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
MISSION = (str(EXAMPLES / "kettle.png"), str(EXAMPLES / "idea.txt"), "CN101595528B")
DRILLS = loader.drills(SERVICE).drills
PATIENCE_S = 600


@pytest.fixture(scope="module", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Kept for all runs, whatever the surroundings say: compiling is a third of an emulator's start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield


def drill(folder: Path, *options: str, client: Sequence[str]) -> tuple[int, dict[str, Any], str]:
    """Exit code, the drills of the report by name, and what was said on stderr."""
    report = folder / "report.json"
    command = [sys.executable, "-m", "emulator", "drill", "--json", str(report), *options, "--", *client]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, env=surroundings())
    told = json.loads(report.read_text())["drills"] if report.exists() else []
    return ran.returncode, {one["name"]: one for one in told}, ran.stderr


def surroundings() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}
    return {**ours, "PYTHONPATH": str(ROOT)}


def only(*names: str) -> tuple[str, ...]:
    return tuple(word for name in names for word in ("--only", name))


def python(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


CALL = (
    "import os, urllib.request as u\n"
    "ask = lambda: u.urlopen(u.Request(os.environ['PATSNAP_BASE_URL'] + '/basic-patent-data/abstract-data-translated"
    "?patent_number=CN101595528B', headers={'Authorization': 'Bearer ' + os.environ['PATSNAP_API_KEY']})).read()\n"
)


def test_the_sound_client_comes_through_every_drill_without_a_finding(tmp_path: Path) -> None:
    client = (sys.executable, str(EXAMPLES / "sound_client.py"), *MISSION, "--patience", "12", "--timeout", "7.5")
    code, drills, _ = drill(tmp_path, "--jobs", "8", client=client)
    assert {name: (one["verdict"], one["sentence"]) for name, one in drills.items() if not one["fine"]} == {}
    assert {name: one["findings"] for name, one in drills.items() if one["findings"]} == {}
    assert [name for name, one in drills.items() if one["verdict"] == "not met"] == []
    assert list(drills) == ["calm", *DRILLS]
    survives = {name for name, one in DRILLS.items() if one.expected == "survives"}
    assert {name for name, one in drills.items() if one["verdict"] == "survived"} >= survives
    assert code == 0


NAIVE = {
    "too-fast": "wrong",
    "link-expired": "wrong",
    "gateway-page": "fell over",
    "chinese-texts": "not met",
}


def test_the_naive_client_fails_in_honest_ways(tmp_path: Path) -> None:
    client = (sys.executable, str(EXAMPLES / "naive_client.py"), *MISSION)
    code, drills, _ = drill(tmp_path, "--jobs", "4", *only(*NAIVE), client=client)
    assert {name: one["verdict"] for name, one in drills.items()} == {"calm": "survived", **NAIVE}
    assert [name for name, one in drills.items() if one["fine"]] == ["calm", "chinese-texts"]
    assert "P043" in drills["too-fast"]["sentence"]
    assert drills["too-fast"]["refusal"] == "P043 was answered 67200002: planned by all-fault-1"
    assert drills["link-expired"]["evidence"]["note"] == "the link lives 7 days"
    assert "too-fast" in drills["chinese-texts"]["sentence"]
    assert code == 1


FROM_THE_PAGES = {
    "token-expires": ("not met", True),
    "too-fast": ("survived", True),
    "creation-lost": ("gave up cleanly", True),
    "download-truncated": ("gave up cleanly", False),
}


def test_the_client_from_the_pages_is_told_what_was_found_by_hand(tmp_path: Path) -> None:
    """It keeps no token, waits after a refusal, does not pay twice for a task, and does not fetch a file again."""
    ids = ("297e0d32-6c07-48c5-8de5-44efe052bfd1", "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D", "CN101595528B")
    client = (sys.executable, str(EXAMPLES / "from_the_pages.py"), *ids)
    code, drills, _ = drill(tmp_path, "--jobs", "5", *only(*FROM_THE_PAGES), client=client)
    found = {name: (one["verdict"], one["fine"]) for name, one in drills.items() if name != "calm"}
    assert found == FROM_THE_PAGES
    assert {(one["rule"], one["operation"]) for one in drills["calm"]["findings"]} == {
        ("task_never_read", "AI39-1-creation"),
        ("task_never_read", "AI39-1-submit"),
    }
    assert code == 1


RAW = CALL + (
    "import json, time, traceback\n"
    "try: {}['inventor']\n"
    "except KeyError: traceback.print_exc()\n"
    "answer = ask().decode()\n"
    "time.sleep(0 if json.loads(answer)['status'] else 60)\n"
    "print(answer)\n"
)


def test_a_client_that_prints_raw_answers_and_a_traceback_in_calm_is_not_wrong(tmp_path: Path) -> None:
    """It does nothing but wait when it is refused."""
    chosen = only("unknown-fields", "error-in-http-200", "credentials-refused")
    code, drills, _ = drill(tmp_path, "--limit", "5s", "--jobs", "3", *chosen, client=python(RAW))
    found = {name: one["verdict"] for name, one in drills.items()}
    assert found == {
        "calm": "survived",
        "credentials-refused": "not met",
        "error-in-http-200": "hung",
        "unknown-fields": "survived",
    }
    assert drills["calm"]["sentence"] == "it ended well, after 1 call"
    assert code == 1


BEARER = """
import base64, json, os, sys, urllib.error, urllib.request as u
base, client, secret = (os.environ["PATSNAP_" + name] for name in ("BASE_URL", "CLIENT_ID", "CLIENT_SECRET"))
def call(path, authorization, data=None):
    try:
        return json.load(u.urlopen(u.Request(base + path, data, {"Authorization": authorization})))
    except urllib.error.HTTPError as error:
        return json.load(error)
basic = "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()
bearer = "Bearer " + call("/oauth/token", basic, b"grant_type=client_credentials")["token"]
for number in ["CN101595528B"] * 3:
    path = f"/basic-patent-data/abstract-data-translated?apikey={client}&patent_number={number}"
    answer = call(path, bearer)
    if not answer["status"]:
        sys.exit("refused: " + str(answer["error_code"]))
"""


def test_giving_up_over_a_stand_in_is_a_question_that_fails_with_warnings_alone(tmp_path: Path) -> None:
    code, drills, _ = drill(tmp_path, *only("token-expires"), client=python(BEARER))
    expires = drills["token-expires"]
    assert (expires["verdict"], expires["fine"], expires["in_question"]) == ("gave up cleanly", False, True)
    assert expires["refusal"].endswith("it means 67200009, which this page does not list")
    assert code == 0


@pytest.mark.parametrize(
    ("source", "verdict", "told"),
    [
        (CALL + "ask(); raise SystemExit('no')", "fell over", "without any mishap it ended with 1: no"),
        (CALL + "ask(); import time; time.sleep(60)", "hung", "without any mishap it had not ended after"),
        ("print('done')", "wrong", "it never called"),
    ],
    ids=["fails", "hangs", "never calls"],
)
def test_a_client_that_fails_in_calm_is_not_drilled(tmp_path: Path, source: str, verdict: str, told: str) -> None:
    code, drills, _ = drill(tmp_path, "--limit", "3s", client=python(source))
    assert (code, list(drills)) == (1, ["calm"])
    assert drills["calm"]["verdict"] == verdict
    assert drills["calm"]["sentence"].startswith(told)
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["headline"] == "The calm run failed"
    assert report["notes"][-1] == (
        "It made no call, so it was not drilled."
        if verdict == "wrong"
        else "The client fails when nothing happens, so it was not drilled."
    )


def test_a_command_that_does_not_exist_could_not_start(tmp_path: Path) -> None:
    code, drills, complaints = drill(tmp_path, client=("no-such-client",))
    assert (code, drills) == (3, {})
    assert complaints == "patsnap-emulator: 'no-such-client' cannot be started: there is no such command\n"


@pytest.mark.parametrize(
    ("options", "client", "told"),
    [
        (only("to-fast"), python("pass"), "--only to-fast: there is no such drill; did you mean too-fast"),
        ((), (), "a command is missing"),
        (("--limit", "0s"), python("pass"), "a length above 0 is expected"),
    ],
    ids=["unknown drill", "no command", "no time"],
)
def test_wrong_usage(tmp_path: Path, options: tuple[str, ...], client: tuple[str, ...], told: str) -> None:
    code, _, complaints = drill(tmp_path, *options, client=client)
    assert code == 2
    assert told in complaints


def test_the_list_names_every_drill(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "emulator", "drill", "--list"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=surroundings()).stdout
    assert [line.split(maxsplit=1) for line in told.splitlines()] == [[name, one.title] for name, one in DRILLS.items()]


def test_an_interrupt_ends_all_runs_and_tells_what_was_done(tmp_path: Path) -> None:
    """The two calm runs leave a mark and end; each later one leaves a mark and stays."""
    client = CALL + (
        "import pathlib, time\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "late = len(list(folder.iterdir())) >= 2\n"
        "ask()\n"
        "(folder / str(os.getpid())).touch()\n"
        "time.sleep(60 if late else 0)\n"
    )
    command = [sys.executable, "-m", "emulator", "drill", "--jobs", "2", "--", *python(client)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("calm ")
        while len(list(tmp_path.iterdir())) < 3:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, told
    assert "It was interrupted" in told
    assert not any(alive(int(one.name)) for one in tmp_path.iterdir())

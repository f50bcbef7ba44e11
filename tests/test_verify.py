"""`verify -- COMMAND`: a client is run, what it did is judged, and nothing of it or of its emulator is left."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_child import DEAF, SLEEPS, alive

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PATSNAP_")}
PATIENCE_S = 60.0
CLIENT = """
import json, os, sys, threading, urllib.request
BASE, KEY = os.environ["PATSNAP_BASE_URL"], os.environ["PATSNAP_API_KEY"]
def call(path, key=KEY, **headers):
    asked = urllib.request.Request(BASE + path, headers={"Authorization": f"Bearer {key}", **headers})
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)
def abstract(number="CN101595528B", **more):
    return call(f"/basic-patent-data/abstract-data-translated?patent_number={number}&lang=en", **more)
"""
CLEAN = 'print(abstract()["data"][0]["pn"], flush=True)\n'


def verify(
    folder: Path, client: str, *options: object, prelude: str = CLIENT, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A finished run whose temporary folders would all be left in one that we look at."""
    return ran(folder, *options, "--", sys.executable, "-c", prelude + client, **environment)


def ran(folder: Path, *arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "emulator", "verify", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env=surroundings(folder, environment), capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert list((folder / "temporary").iterdir()) == []
    assert "Traceback" not in done.stderr
    return done


def surroundings(folder: Path, more: dict[str, str]) -> dict[str, str]:
    (folder / "temporary").mkdir(exist_ok=True)
    return {**ENVIRONMENT, "TMPDIR": str(folder / "temporary"), **more}


def reachable(base_url: str) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", int(base_url.rpartition(":")[2]))) == 0


def test_a_clean_client_has_the_terminal_and_ends_with_0(tmp_path: Path) -> None:
    done = verify(tmp_path, CLEAN + "print(sys.stdin.read(), BASE)\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("CN101595528B\n")
    assert not reachable(re.findall(r"http://\S+", done.stdout)[0])


@pytest.mark.parametrize("source", [SLEEPS, DEAF], ids=["sleeps", "deaf"])
def test_a_client_that_hangs_is_ended_and_told_of(source: str, tmp_path: Path) -> None:
    done = verify(tmp_path, CLEAN + source, "--limit", "3s")
    assert done.returncode == 1
    assert "still running after 3s" in done.stdout


def test_a_client_that_cannot_start_is_told_in_one_line(tmp_path: Path) -> None:
    done = ran(tmp_path, "--", "/no/such/client")
    told = "patsnap-emulator: '/no/such/client' cannot be started: there is no such command\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", told)


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_a_client_that_fails_is_a_failure(fail_on: str, code: int, tmp_path: Path) -> None:
    done = verify(tmp_path, CLEAN + "sys.exit(3)", "--fail-on", fail_on, "--json", tmp_path / "x.json")
    assert done.returncode == code
    assert "The client ended with exit code 3." in done.stdout
    report = json.loads((tmp_path / "x.json").read_text())
    assert [one["rule"] for one in report["findings"]] == ["run-failed"]
    assert report["counts"]["errors"] == 1
    assert done.stdout.splitlines()[-1] == report["headline"] == "1 error"


def test_a_client_that_a_signal_ends_is_a_failure(tmp_path: Path) -> None:
    done = verify(tmp_path, CLEAN + "os.kill(os.getpid(), 11)")
    assert done.returncode == 1
    assert "SIGSEGV" in done.stdout
    assert "139" in done.stdout


def test_a_client_that_never_called_is_told_what_may_be_wrong(tmp_path: Path) -> None:
    done = verify(tmp_path, "")
    assert done.returncode == 1
    assert "never called the emulator" in done.stdout
    assert "PATSNAP_BASE_URL" in done.stdout
    assert "--intercept" in done.stdout
    assert "Look first at why it ended with exit code 5." in verify(tmp_path, "sys.exit(5)").stdout


def test_what_it_leaves_running_ends_and_has_counted(tmp_path: Path) -> None:
    child = CLIENT + "abstract(); print(os.getpid(), flush=True); " + SLEEPS
    parent = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE, text=True)\n"
        "print('child', child.stdout.readline(), flush=True)\n"
    )
    done = verify(tmp_path, parent, prelude="")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not alive(int(done.stdout.split()[1]))


@pytest.mark.parametrize(("budget", "code"), [(2, 0), (1, 1)])
def test_a_budget_is_kept_or_not(budget: int, code: int, tmp_path: Path) -> None:
    done = verify(tmp_path, CLEAN + 'abstract("CN103106923A")', "--budget", budget)
    assert done.returncode == code, done.stdout
    assert "would have cost 2 credits" in done.stdout


def test_calls_with_credentials_of_its_own_count(tmp_path: Path) -> None:
    done = verify(tmp_path, 'abstract(key="sk-" + "0wn" * 16)', "--budget", 0)
    assert done.returncode == 1
    assert "would have cost 1 credit" in done.stdout


SECRETS = (
    "sk-" + "pLANTED0" * 6,
    "a-planted-secret",
    "pLanted0Token0of0thirty2letters0",
    "typed-in-secret",
    "one0more0planted",
)


def test_no_secret_is_in_any_report(tmp_path: Path) -> None:
    key, secret, token, typed, more = SECRETS
    client = f"""
import base64, urllib.error
def tried(work, *arguments, **more):
    try:
        return work(*arguments, **more)
    except urllib.error.HTTPError:
        pass
tried(abstract, key="{key}")
tried(abstract, key="{token}")
tried(abstract, "CN101595528B&client_secret={secret}&token={token}&apikey={key}")
tried(call, "/oauth/token?grant_type=client_credentials&client_id=mine&client_secret={secret}")
def sent(path, body, authorization):
    headers = {{"Authorization": authorization, "Content-Type": "application/json"}}
    tried(urllib.request.urlopen, urllib.request.Request(BASE + path, body.encode(), headers))
sent("/oauth/token", "grant_type=client_credentials", "Basic " + base64.b64encode(b"mine:{secret}").decode())
planted = {{"url": "https://example.com/a.jpg", "client_secret": "{secret}", "token": "{token}", "apikey": "{key}"}}
sent("/ai/image-search/submit", json.dumps(planted), "Bearer {key}")
for name in ("appSecret", "refresh_token", "pwd", "secret_key", "x_pw"):
    tried(abstract, f"CN101595528B&{{name}}={more}")
    sent("/ai/image-search/submit", json.dumps({{**planted, name: "{more}"}}), "Bearer {key}")
sent("/ai/image-search/submit", json.dumps({{**planted, "url": "https://user:{more}@h.example/x.png"}}), "Bearer x")
tried(call, "/oauth/token/client_secret={more}")
tried(call, "/x/Bearer%20{more}")
tried(call, "/x/https://user:{more}@h.example/")
"""
    script = tmp_path / "client.py"
    script.write_text(CLIENT + client)
    files = {kind: tmp_path / f"report.{kind}" for kind in ("json", "junit", "html", "har")}
    wanted = [word for kind, file in files.items() for word in (f"--{kind}", file)]
    done = ran(tmp_path, *wanted, "--github", "--", sys.executable, script, "--secret", typed, f"--token={typed}")
    reports = {kind: file.read_text() for kind, file in files.items()} | {"terminal": done.stdout}
    written = re.findall(r"sk-\w{48}", json.dumps(reports))
    assert written == []
    found = [(kind, one) for kind, text in reports.items() for one in SECRETS if one in text]
    assert found == []


def test_an_archive_has_whole_bodies(tmp_path: Path) -> None:
    lines = (Path(__file__).parents[1] / "fixtures/corpus/patents.jsonl").read_text().splitlines()
    numbers = ",".join(json.loads(line)["pn"] for line in lines[:20])
    done = verify(tmp_path, f'abstract("{numbers}")', "--har", tmp_path / "x.har", "--fail-on", "never")
    assert done.returncode == 0, done.stdout + done.stderr
    (entry,) = json.loads((tmp_path / "x.har").read_text())["log"]["entries"]
    content = entry["response"]["content"]
    assert len(json.loads(content["text"])["data"]) == 20
    assert content["size"] > 8192


def test_the_report_begins_on_a_line_of_its_own(tmp_path: Path) -> None:
    done = verify(tmp_path, 'abstract(); print("no end of line", end="", flush=True)')
    assert "no end of line\nverify: " in done.stdout


def test_what_stands_after_the_two_dashes_is_the_clients(tmp_path: Path) -> None:
    source = CLIENT + CLEAN + "print(sys.argv[1:])"
    theirs = ["--seed", "x", "--", "--help", ""]
    done = ran(tmp_path, "--seed", 7, "--", sys.executable, "-c", source, *theirs)
    assert f"{theirs}\n" in done.stdout
    assert ran(tmp_path, sys.executable, "-c", source, *theirs).stdout.splitlines()[1] == f"{theirs}"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "give a command after --, or --from FILE.har"),
        (("--",), "give a command after --, or --from FILE.har"),
        (("--limit", "soon", "--", "true"), "is not a duration"),
        (("--limit", "0s", "--", "true"), "a length above 0"),
        (("--balance", "-1", "--", "true"), "--balance"),
        (("--port", "1", "--", "true"), "No such option"),
        (("--now", "tomorrow", "--", "true"), "is not an instant"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = ran(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_ends_the_client_and_judges_what_it_did(number: signal.Signals, tmp_path: Path) -> None:
    source = CLIENT + f"abstract(); print(os.getpid(), BASE, flush=True); {SLEEPS}"
    command = [sys.executable, "-m", "emulator", "verify", "--", sys.executable, "-c", source]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=surroundings(tmp_path, {}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        pid, base_url = process.stdout.readline().split()
        process.send_signal(number)
        told, complaints = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, complaints) == (0, ""), told
    assert not alive(int(pid))
    assert not reachable(base_url)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_two_runs_at_once_do_not_meet(tmp_path: Path) -> None:
    """Each client tells the other's it has called, and ends when both have."""
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    source = CLIENT + (
        "import pathlib, time\n"
        f"here = pathlib.Path({str(meeting)!r})\n"
        "[abstract() for _ in range(int(sys.argv[1]))]\n"
        "(here / sys.argv[1]).touch()\n"
        "while len(list(here.iterdir())) < 2: time.sleep(0.02)\n"
    )
    both = []
    for calls in (1, 3):
        folder = tmp_path / str(calls)
        folder.mkdir()
        command = [sys.executable, "-m", "emulator", "verify", "--", sys.executable, "-c", source, str(calls)]
        both.append(subprocess.Popen(command, env=surroundings(folder, {}), stdout=subprocess.PIPE, text=True))
    told = [process.communicate(timeout=PATIENCE_S)[0] for process in both]
    assert "would have cost 1 credit" in told[0]
    assert "would have cost 3 credits" in told[1]
    assert [list((tmp_path / calls / "temporary").iterdir()) for calls in ("1", "3")] == [[], []]


def test_settings_are_those_of_the_command_line_alone(tmp_path: Path) -> None:
    (tmp_path / "patsnap-emulator.toml").write_text("language = 'cn'\nnonsense = 1\n")
    (tmp_path / "accounts.yaml").write_text("- {id: mine, secret: my-secret}\n- {id: other}\n")
    client = 'print(os.environ["PATSNAP_CLIENT_ID"], os.environ["PATSNAP_CLIENT_SECRET"], flush=True)\n' + CLEAN
    done = verify(
        tmp_path, client, "--accounts", "accounts.yaml", "--wire", "live", "--no-freeze",
        PATSNAP_EMULATOR_BALANCE="0", PATSNAP_CLIENT_ID="real", PATSNAP_CLIENT_SECRET="real",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("mine my-secret\nCN101595528B\n")


def test_an_account_without_a_secret_gives_none(tmp_path: Path) -> None:
    (tmp_path / "accounts.yaml").write_text("- {id: other}\n")
    done = verify(
        tmp_path, CLEAN + 'print(os.environ.get("PATSNAP_CLIENT_SECRET"))', "--accounts", "accounts.yaml",
        PATSNAP_CLIENT_SECRET="real",
    )  # fmt: skip
    assert "\nNone\n" in done.stdout


def test_a_proxy_of_the_machine_is_not_in_the_way(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    done = verify(tmp_path, CLEAN, HTTP_PROXY=nowhere, http_proxy=nowhere, NO_PROXY="elsewhere.example")
    assert done.returncode == 0, done.stdout + done.stderr


def test_calls_that_the_journal_dropped_are_told_of(tmp_path: Path) -> None:
    done = verify(tmp_path, "[abstract() for _ in range(5)]", "--journal", 2)
    assert "--journal N makes it longer" in done.stdout


def test_an_emulator_that_the_client_ended_is_told_of(tmp_path: Path) -> None:
    client = """
me = os.getppid()
with open(f"/proc/{me}/task/{me}/children") as file:
    [os.kill(int(pid), 9) for pid in file.read().split() if int(pid) != os.getpid()]
"""
    done = verify(tmp_path, client)
    assert done.returncode == 3
    assert "did the command end it?" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_client_with_a_hard_coded_host_is_led_here(tmp_path: Path) -> None:
    """It needs nothing of the environment, and links in answers come back the same way."""
    key = "sk-" + "0wn0" * 8
    client = f"""
import json, urllib.error, urllib.request
path = "/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en"
asked = urllib.request.Request("https://connect.patsnap.com" + path, headers={{"Authorization": "Bearer {key}"}})
print(json.load(urllib.request.urlopen(asked))["data"][0]["pn"], flush=True)
try:
    urllib.request.urlopen("https://example.com/")
except urllib.error.URLError:
    print("refused")
"""
    done = verify(tmp_path, client, "--intercept", prelude="")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("CN101595528B\nrefused\n")
    assert "would have cost 1 credit" in done.stdout
    assert "also wanted to reach example.com:443" in " ".join(done.stdout.split())
    failing = verify(tmp_path, client + "\nraise SystemExit(4)", "--intercept", prelude="")
    assert failing.returncode == 1
    assert "ended with exit code 4 (it had been refused example.com:443)." in " ".join(failing.stdout.split())


def test_a_client_that_the_proxy_does_not_reach_is_told_so(tmp_path: Path) -> None:
    done = verify(tmp_path, "", "--intercept", prelude="")
    assert done.returncode == 1
    assert "See that the client obeys HTTPS_PROXY" in done.stdout


@pytest.mark.parametrize(
    "entries", [[], [None, {"request": 5}], [{"request": {"method": "GET", "url": "https://elsewhere.example/"}}]]
)
def test_an_archive_without_a_call_to_the_service_is_a_silent_run(tmp_path: Path, entries: list[Any]) -> None:
    (tmp_path / "x.har").write_text(json.dumps({"log": {"entries": entries}}))
    done = ran(tmp_path, "--from", tmp_path / "x.har", "--json", tmp_path / "report.json")
    assert done.returncode == 1, done.stderr
    (finding,) = json.loads((tmp_path / "report.json").read_text())["findings"]
    assert (finding["rule"], finding["severity"]) == ("run-silent", "error")
    assert "archive" in finding["sentence"]
    assert "Nothing to mend" not in done.stdout

"""Unmodified programs with the vendor's addresses in them go through whole flows with a private emulator.

Each is one that people write: with curl, Python, Node, Java. None reaches anything else, and what it wanted is told.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from emulator.spec import loader
from emulator.verifier.control import Control
from emulator.verifier.intercept import Intercept, intercepting
from emulator.verifier.private import private
from tests.intercepted_programs import CURL, JAVA, NODE, PYTHON

# Proxies and certificates of the user, which a child must not have.
OTHERS = {
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "no_proxy": "*",
    "SSL_CERT_FILE": "/nowhere",
    "NODE_OPTIONS": "--no-warnings",
}


@dataclass(frozen=True)
class Way:
    intercept: Intercept
    control: Control

    def run(self, command: list[str], folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, **OTHERS, **self.intercept.environment}
        return subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )


@pytest.fixture(scope="module")
def way() -> Iterator[Way]:
    with (
        intercepting(loader.load(), known={**os.environ, **OTHERS}) as intercept,
        private(*intercept.serve_options) as control,
    ):
        intercept.lead_to(control.base_url)
        yield Way(intercept, control)


def command(program: str, folder: Path) -> list[str]:
    """How it is run; skips where its language is not installed."""
    language = "curl" if program == "curl" else "java" if program in JAVA else "node" if program in NODE else ""
    if language and shutil.which(language) is None:
        pytest.skip(f"there is no {language} here")
    if program in PYTHON:
        pytest.importorskip(program)
        return [sys.executable, "-c", PYTHON[program]]
    if program in NODE:
        return ["node", "-e", NODE[program]]
    if program == "curl":
        return ["bash", "-c", CURL, "curl"]
    (folder / "Client.java").write_text(JAVA[program])
    return ["java", str(folder / "Client.java")]


PROGRAMS = ["curl", *PYTHON, *NODE, *JAVA]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_whole_flow_with_both_hosts_and_nothing_else(program: str, way: Way, tmp_path: Path) -> None:
    hosts = ["https://connect.patsnap.com", "https://connect.zhihuiya.com"]
    elsewhere = f"https://elsewhere-{program.replace('.', '-')}.example/"
    done = way.run(command(program, tmp_path), tmp_path, *hosts, elsewhere)
    lines = done.stdout.splitlines()
    assert len(lines) >= 3, done.stderr
    for line in lines[:2]:
        hits, length, signs = line.split()
        assert (hits, signs) in (("2", "89504e47"), ("2", "ffd8ffe0")), done.stderr
        assert int(length) > 1000
    assert lines[2].startswith("refused: "), done.stderr
    wanted = [one for one in way.intercept.refused if one.wanted == elsewhere[8:-1] + ":443"]
    assert [one.times >= 1 for one in wanted] == [True]


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_not_https_is_refused_and_told(program: str, way: Way, tmp_path: Path) -> None:
    before = refusals_of_http(way)
    done = way.run(command(program, tmp_path), tmp_path, "http://connect.patsnap.com/oauth/token")
    assert done.stdout.startswith("refused: "), done.stderr
    assert refusals_of_http(way) > before


def refusals_of_http(way: Way) -> int:
    """Programs ask the proxy for the page, or for a tunnel to port 80."""
    names = {"http://connect.patsnap.com": "write https://", "connect.patsnap.com:80": "on port 443 only"}
    told = [one for one in way.intercept.refused if one.wanted in names]
    assert all(names[one.wanted] in one.why for one in told)
    return sum(one.times for one in told)


@pytest.mark.parametrize(
    ("fault", "exit_code"),
    [({"reset": True}, (35, 56)), ({"truncate": True}, (18,)), ({"hang": True}, (28,)), ({"drip": "200ms"}, (0,))],
    ids=["reset", "truncate", "hang", "drip"],
)
def test_broken_answers_are_broken_for_the_client_too(
    fault: dict[str, object], exit_code: tuple[int, ...], way: Way, tmp_path: Path
) -> None:
    curl = shutil.which("curl") or pytest.skip("there is no curl here")
    url = "https://connect.patsnap.com/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en"
    planned = way.control.ask("POST", "/faults", fault)["id"]
    try:
        asked = ["--max-time", "1" if "hang" in fault else "30", "-H", "Authorization: Bearer sk-anything0anything0"]
        done = way.run([curl, "-sS", *asked, url], tmp_path)
    finally:
        way.control.ask("DELETE", f"/faults/{planned}")
    assert done.returncode in exit_code, done.stderr


EXAMPLE = [str(Path(__file__).parents[1] / "examples" / "hard_coded.sh"), "https://pictures.example/kettle.png", "0"]


def test_the_example_with_a_hard_coded_host_does_its_work(way: Way, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    way.control.ask("PUT", "/plan", {"AI39-1-submit": {"polls": 2}})
    done = way.run(EXAMPLE, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("nearest design: ")
    called = way.control.of("hard-coded-client", "GET", "/requests")["requests"]
    polls = ["AI39-2-report"] * 3
    assert [one["operation"] for one in called] == ["token", "P060", "file", "AI39-1-submit", *polls]


@pytest.mark.parametrize("operation", ["token", "P060", "AI39-1-submit", "AI39-2-report"])
def test_the_example_gives_up_at_the_first_refusal(operation: str, way: Way, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    planned = way.control.ask("POST", "/faults", {"operation": operation, "error": 67200005})["id"]
    try:
        done = way.run(EXAMPLE, tmp_path)
    finally:
        way.control.ask("DELETE", f"/faults/{planned}")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("refused: 67200005 ")


def test_a_node_program_reaches_loopback(way: Way, tmp_path: Path) -> None:
    """A data base or a server of its own is no way out of this machine."""
    if shutil.which("node") is None:
        pytest.skip("there is no node here")
    program = """
      const server = require('net').createServer((one) => one.end('hello')).listen(0, '127.0.0.1', () => {
        require('net').connect(server.address().port, '127.0.0.1').on('data', (d) => console.log(String(d)))
          .on('close', () => server.close());
      });"""
    assert way.run(["node", "-e", program], tmp_path).stdout == "hello\n"


def test_nothing_of_it_is_left() -> None:
    with intercepting(loader.load()) as intercept:
        folder = Path(intercept.serve_options[-1]).parent
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_the_environment_adds_to_what_node_and_java_are_told_and_replaces_the_rest() -> None:
    known = {"NODE_OPTIONS": "--no-warnings", "JAVA_TOOL_OPTIONS": "-Xmx64m", **OTHERS}
    with intercepting(loader.load(), known=known) as intercept:
        told = intercept.environment
    assert told["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert told["JAVA_TOOL_OPTIONS"].startswith("-Xmx64m -Dhttp.proxyHost=127.0.0.1 ")
    proxies = {told[name] for stem in ("HTTPS", "HTTP", "ALL") for name in (f"{stem}_PROXY", f"{stem}_PROXY".lower())}
    assert len(proxies) == 1
    assert told["NO_PROXY"] == told["no_proxy"] == ""
    assert told["PATSNAP_BASE_URL"] == "https://connect.patsnap.com"

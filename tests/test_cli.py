"""The command: what it prints, and the code with which it ends. 0 fine, 1 findings, 2 wrong usage, 3 no start."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from emulator import __version__
from emulator.behaviours.accounts import own_key
from emulator.cli import main
from emulator.spec import loader
from tests.test_loader import P043, overlay

SERVICE = loader.load()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None:
        result.exception.__traceback__ = result.exception.__context__ = result.exc_info = None
    gc.collect()  # so that what a command leaves open is told here and not in some other test
    return result


def refused(result: Result, code: int) -> str:
    """The last line on stderr of a run that ended with this code, without a traceback."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    if code == 3:
        assert result.stderr.count("\n") == 1
    return result.stderr.splitlines()[-1]


# --- spec -------------------------------------------------------------------------------------------------


def test_spec_list_has_a_line_for_each_operation() -> None:
    lines = run("spec", "list").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [one.id, one.method, one.path] for one in SERVICE.operations.values()
    ]
    listed = json.loads(run("spec", "list", "--json").stdout)
    assert [one["id"] for one in listed] == list(SERVICE.operations)


@pytest.mark.parametrize("operation", SERVICE.operations.values(), ids=SERVICE.operations)
def test_spec_show_tells_every_rule_with_its_evidence(operation: object) -> None:
    from emulator.spec.models import Operation

    assert isinstance(operation, Operation)
    result = run("spec", "show", operation.id)
    assert result.exit_code == 0
    assert f"{operation.method} {operation.path}" in result.stdout
    for parameter in operation.parameters:
        lines = [
            line
            for line in result.stdout.splitlines()
            if line.split()[:2] == [parameter.name, f"{parameter.location},"]
        ]
        assert [f"[{parameter.evidence}]" in line for line in lines] == [True]
    for note in operation.notes:
        assert f"{note.text}  [{note.evidence}]" in result.stdout


def test_spec_show_tells_limits_and_whose_rule_each_is() -> None:
    text = run("spec", "show", "P009-results").stdout
    assert "minimum 1; maximum 100; default 10" in text
    assert "does not list 67200009: its causes are answered with 67200003" in text
    assert "default en (assumed)" in run("spec", "show", "P043").stdout
    assert "required (page marks it optional)" in run("spec", "show", "R003-export").stdout


def test_spec_show_of_a_typo_tells_the_likely_name() -> None:
    assert "did you mean P043?" in refused(run("spec", "show", "P43"), 2)
    assert "known are" in refused(run("spec", "show", "nothing-like-it"), 2)


def test_spec_errors_tells_every_code_and_how_to_meet_it() -> None:
    text = run("spec", "errors").stdout
    for code, entry in SERVICE.errors.codes.items():
        assert f"\n{code}  " in f"\n{text}"
        assert f"X-Emulator-Error: {code}" in text
        assert all(said in text for said in entry.texts.values())
        assert entry.by_hand or entry.causes
    assert {int(code) for code in json.loads(run("spec", "errors", "--json").stdout)} == set(SERVICE.errors.codes)


def test_spec_openapi_is_the_document() -> None:
    told = json.loads(run("spec", "openapi").stdout)
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {one.path for one in SERVICE.operations.values()}


def test_spec_check_counts_what_is_sound() -> None:
    result = run("spec", "check")
    assert result.exit_code == 0
    assert f"{len(SERVICE.operations)} operations" in result.stdout
    assert "nothing wrong" in result.stdout


@pytest.mark.parametrize(
    "command", [("spec", "check"), ("spec", "list"), ("spec", "openapi"), ("serve", "--port", "0")]
)
def test_faulty_documents_end_with_3_and_name_file_and_field(command: tuple[str, ...], tmp_path: Path) -> None:
    overlay(tmp_path / "mine", P043, ("{name: lang,", "{name: lang, colour: red,"))
    line = refused(run(*command, "--fixtures", tmp_path / "mine"), 3)
    assert line.startswith("patsnap-emulator: P043.yaml: ")
    assert "parameters/0/colour" in line


@pytest.mark.parametrize("line", ['{"pn": 1}', "not json", "", "[]", "{}"])
def test_a_faulty_patent_ends_with_3_and_names_its_line(line: str, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "corpus" / "patents.jsonl"
    file.parent.mkdir(parents=True)
    first = (loader.SHIPPED / "corpus/patents.jsonl").read_text("utf-8").splitlines()[0]
    file.write_text(f"{first}\n{line}\n{first}\n", "utf-8")
    assert "line 2" in refused(run("spec", "check", "--fixtures", tmp_path / "mine"), 3)


@pytest.mark.parametrize(
    ("field", "value"), [("isd", 20259999), ("pbdt", 19000101), ("simple_legal_status", [0, 1]), ("loc", ["1-1"])]
)
def test_a_patent_that_contradicts_itself_ends_with_3(field: str, value: object, tmp_path: Path) -> None:
    file = tmp_path / "corpus" / "patents.jsonl"
    file.parent.mkdir()
    first = json.loads((loader.SHIPPED / "corpus/patents.jsonl").read_text("utf-8").splitlines()[0])
    file.write_text(json.dumps({**first, field: value}) + "\n", "utf-8")
    assert f"line 1: {field}" in refused(run("spec", "check", "--fixtures", tmp_path), 3)


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_folder_that_cannot_be_used_is_told_in_one_line(command: str, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "patents.jsonl").mkdir(parents=True)
    arguments = ("generate", "--patents", "11", "--out") if command == "generate" else ("check", "--fixtures")
    line = refused(run("fixtures", *arguments, tmp_path), 3)
    assert "Is a directory" in line


# --- wrong usage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serve", "--prot", "1"), "--prot"),
        (("serve", "--port", "http"), "--port"),
        (("serve", "--port", "70000"), "--port"),
        (("serve", "--now", "soon"), "'soon' is not an instant"),
        (("serve", "--wire", "real"), "--wire"),
        (("serve", "--fixtures", "nowhere"), "--fixtures"),
        (("serve", "--journal", "0"), "--journal"),
        (("fly",), "fly"),
        (("spec", "list", "--fixtures", "nowhere"), "--fixtures"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_the_option(arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(run(*arguments), 2)


@pytest.mark.parametrize(("name", "value"), [("PORT", "http"), ("NOW", "soon"), ("WIRE", "real")])
def test_a_wrong_variable_ends_with_2(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PATSNAP_EMULATOR_{name}", value)
    assert name.lower() in refused(run("serve"), 2)


@pytest.mark.parametrize("text", ["port = ", "prot = 1", "port = 'x'", "\xff"])
def test_a_wrong_settings_file_ends_in_one_line(text: str, folder: Path) -> None:
    (folder / "patsnap-emulator.toml").write_bytes(text.encode("latin-1"))
    result = run("env")
    assert result.exit_code in (2, 3)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output


# --- env, healthcheck, help -------------------------------------------------------------------------------


def exports(result: Result) -> dict[str, str]:
    assert result.exit_code == 0
    return dict(line.removeprefix("export ").split("=", 1) for line in result.stdout.splitlines())


def test_env_prints_what_a_client_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    told = exports(run("env"))
    assert told == {
        "PATSNAP_BASE_URL": "http://127.0.0.1:8390",
        "PATSNAP_CLIENT_ID": "demo-client",
        "PATSNAP_CLIENT_SECRET": "demo-secret",
        "PATSNAP_API_KEY": own_key(1, "demo-client", 48),
    }
    monkeypatch.setenv("PATSNAP_EMULATOR_PORT", "1234")
    monkeypatch.setenv("PATSNAP_EMULATOR_SEED", "2")
    assert exports(run("env"))["PATSNAP_BASE_URL"] == "http://127.0.0.1:1234"
    assert exports(run("env"))["PATSNAP_API_KEY"] == own_key(2, "demo-client", 48)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8390"),
        ("::", "http://127.0.0.1:8390"),
        ("::1", "http://[::1]:8390"),
        ("10.0.0.1", "http://10.0.0.1:8390"),
    ],
)
def test_env_names_an_address_that_can_be_called(host: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_HOST", host)
    assert exports(run("env"))["PATSNAP_BASE_URL"].strip("'") == url


def test_env_quotes_for_the_shell() -> None:
    assert exports(run("env", "--url", "http://x/$(reboot)"))["PATSNAP_BASE_URL"] == "'http://x/$(reboot)'"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "not a url", "http://", "ftp://127.0.0.1", "http://127.0.0.1:99999"]
)
def test_healthcheck_ends_with_1_when_nothing_answers(url: str) -> None:
    result = run("healthcheck", "--url", url, "--timeout", "1")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", [(), ("serve",), ("spec",), ("spec", "show"), ("env",), ("healthcheck",)])
def test_every_command_explains_itself(command: tuple[str, ...], option: str) -> None:
    result = run(*command, option)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_help_names_every_setting() -> None:
    from emulator.settings import Settings

    text = run("serve", "--help").stdout
    for name in Settings.model_fields:
        assert f"--{name.replace('_', '-')}" in text


@pytest.fixture(scope="module")
def imported_by_version() -> set[str]:
    code = "import sys\ntry:\n    from emulator.cli import main; main(['--version'])\nfinally:\n    print(*sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"patsnap-emulator, version {__version__}\n")
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["pydantic", "starlette", "uvicorn", "yaml", "lark", "PIL", "reportlab", "httpx2", "jsonschema_rs"]
)
def test_version_imports_nothing_heavy(imported_by_version: set[str], module: str) -> None:
    assert module not in imported_by_version

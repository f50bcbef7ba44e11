"""Settings: flags win over the environment, the environment over the file, the file over defaults."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from emulator.app import create_app
from emulator.settings import Settings
from tests.conftest import Caller

TOML = "patsnap-emulator.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_defaults_are_these() -> None:
    assert Settings().model_dump() == {
        **{"host": "127.0.0.1", "port": 8390, "seed": 1, "now": None, "freeze": False, "wire": "documented"},
        **{"language": "en", "fixtures": None, "public_url": None, "port_file": None, "control_token": None},
        **{"control_open": False, "tls": False, "tls_cert": None, "tls_key": None, "tls_ca": None},
        **{"journal": 1000, "journal_bodies": 8192, "accounts": None, "latency": "off"},
        **{"created_status": 200, "strict": False, "search_id_lifetime": None, "link_lifetime": "documented"},
        **{"qps": None, "daily_limit": None, "total_limit": None, "balance": None},
    }


def test_each_source_wins_over_those_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / TOML).write_text("port = 1001\nseed = 1001\nwire = 'live'\n")
    assert (Settings().port, Settings().seed, Settings().wire) == (1001, 1001, "live")
    monkeypatch.setenv("PATSNAP_EMULATOR_PORT", "1002")
    monkeypatch.setenv("PATSNAP_EMULATOR_SEED", "1002")
    assert (Settings().port, Settings().seed, Settings().wire) == (1002, 1002, "live")
    assert (Settings(port=1003).port, Settings(port=1003).seed) == (1003, 1002)


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_PORT", "")
    assert Settings().port == 8390


def test_a_variable_is_known_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("patsnap_emulator_seed", "5")
    assert Settings().seed == 5


@pytest.mark.parametrize("text", ["2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01T08:00:00+08:00"])
def test_an_instant_is_milliseconds_once_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATSNAP_EMULATOR_NOW", text)
    assert Settings().now == Settings(now=text).now == 1_767_225_600_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 65536),
        ("port", -1),
        ("port", "http"),
        ("now", "soon"),
        ("wire", "real"),
        ("language", "jp"),
        ("journal", 0),
        ("seed", "x"),
        ("freeze", "maybe"),
        ("qps", -1),
        ("daily_limit", 2**53 + 1),
        ("total_limit", "many"),
        ("balance", 2**53 + 1),
    ],
)
def test_an_impossible_value_is_refused_by_name(name: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(**{name: value})
    assert caught.value.errors()[0]["loc"] == (name,)
    monkeypatch.setenv(f"PATSNAP_EMULATOR_{name.upper()}", str(value))
    with pytest.raises(ValidationError):
        Settings()


def test_an_unknown_name_is_refused(folder: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(prot=1)  # type: ignore[call-arg]
    (folder / TOML).write_text("prot = 1\n")
    with pytest.raises(ValidationError):
        Settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_a_secret_does_not_show_when_settings_are_printed() -> None:
    assert "hush" not in repr(Settings(control_token="hush"))
    assert "hush" not in str(Settings(control_token="hush"))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_loopback_anybody_may_steer(host: str) -> None:
    assert Settings(host=host).steerable


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com", "127.0.0.1.example.com", ""])
def test_off_loopback_nobody_steers_without_a_token_or_an_express_wish(host: str) -> None:
    assert not Settings(host=host).steerable
    assert Settings(host=host, control_token="t").steerable
    assert Settings(host=host, control_open=True).steerable


def test_an_empty_token_is_no_token() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(host="0.0.0.0", control_token="")
    assert caught.value.errors()[0]["loc"] == ("control_token",)


def test_what_the_server_is_told_holds_for_accounts_that_say_nothing_else() -> None:
    app = create_app(Settings(now=0, freeze=True, strict=True, qps=3, balance=7, link_lifetime="signed"))
    caller = Caller(app, "a-client")
    caller.token()
    told = caller.steer("GET", "")
    assert (told["strict"], told["qps"], told["balance"], told["link_lifetime"]) == (True, 3, 7, "signed")
    assert caller.steer("PUT", "", {"qps": None, "strict": False})["qps"] is None

"""YAML is read as version 1.2 means it: a text stays a text, and a key stands once."""

from pathlib import Path
from typing import Any

import pytest

from emulator.spec import yaml
from emulator.spec.faults import SpecFault


def read(folder: Path, text: str) -> Any:
    (folder / "document.yaml").write_text(text, "utf-8")
    return yaml.read(folder / "document.yaml")


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "no", "Yes", "on", "OFF", "True", "FALSE", "y", "12:30", "1:2:3", "2026-01-01", "2026-01-01T00:00:00Z"),
        *(
            "20200101T000000Z",
            "0x1F",
            "0o17",
            "017",
            "1_000",
            "01-01",
            "=",
            "<<",
            ".inf",
            ".nan",
            "1e",
            "e5",
            "+",
            "1.2.3",
            "Null",
        ),
    ],
)
def test_what_version_1_1_would_turn_into_something_else_stays_a_text(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"key: {text}") == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("true", True), ("false", False), ("null", None), ("~", None), ("", None)),
        *(("0", 0), ("-1", -1), ("+7", 7), ("67200000", 67200000)),
        *(("0.5", 0.5), (".5", 0.5), ("-1.25", -1.25), ("1e3", 1000.0), ("2.", 2.0)),
        *(('"1"', "1"), ("'true'", "true")),
    ],
)
def test_plain_values_are_what_they_look_like(text: str, value: object, tmp_path: Path) -> None:
    found = read(tmp_path, f"key: {text}")["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", "outer:\n  a: 1\n  a: 1", "{a: 1, a: 2}", "1: x\n1: y"])
def test_a_doubled_key_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(SpecFault, match=r"document\.yaml: line \d+: a key occurs twice"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "\tkey: 1", "a: !!python/object:os.system x", "a: *nobody", "a: \x01"]
)
def test_what_cannot_be_understood_is_refused_with_its_file(text: str, tmp_path: Path) -> None:
    with pytest.raises(SpecFault) as caught:
        read(tmp_path, text)
    assert caught.value.file.endswith("document.yaml")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecFault, match="No such file"):
        yaml.read(tmp_path / "nowhere.yaml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "document.yaml").write_bytes(b"key: \xff\xfe\x80")
    with pytest.raises(SpecFault):
        yaml.read(tmp_path / "document.yaml")


def test_a_key_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecFault):
        read(tmp_path, "[1, 2]: x")

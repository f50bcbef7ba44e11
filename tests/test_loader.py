"""Faulty documents stop the program, and the refusal names the file and the field; overlays replace whole files.

Each fault is made in a copy of a shipped file, by replacing a piece of its text, in a folder laid over the others.
"""

from pathlib import Path

import pytest

from emulator import fixtures
from emulator.behaviours.world import World
from emulator.spec import loader, yaml
from emulator.spec.faults import SpecFault
from emulator.store.memory import MemoryStore

P043 = "operations/patents/P043.yaml"
REFUSALS = yaml.read(Path(__file__).parent / "faulty_documents.yaml")


def overlay(folder: Path, name: str, *changes: tuple[str, str], target: str | None = None) -> Path:
    """A folder with one shipped file in which pieces of text are replaced, each at its first place."""
    text = (loader.SHIPPED / name).read_text("utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is no longer in {name}"
        text = text.replace(old, new, 1)
    file = folder / (target or name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def checked(folder: Path | None) -> World:
    """Everything that `spec check` reads."""
    return fixtures.read(folder, MemoryStore()).world


def fault_of(folder: Path) -> SpecFault:
    """The refusal with which reading the documents ends."""
    with pytest.raises(SpecFault) as caught:
        checked(folder)
    return caught.value


@pytest.mark.parametrize("name", REFUSALS)
def test_a_faulty_document_is_refused_by_file_and_field(name: str, tmp_path: Path) -> None:
    case = REFUSALS[name]
    fault = fault_of(overlay(tmp_path, case["file"], (case["old"], case["new"])))
    assert (Path(fault.file).name, case["field"] in fault.field) == (Path(case["file"]).name, True), str(fault)
    assert case["reason"] in fault.reason
    assert str(fault).startswith(f"{fault.file}: {fault.field}: ")
    assert "\n" not in str(fault)


def test_a_schema_that_refers_to_itself_is_refused(tmp_path: Path) -> None:
    turned = ("    Day:\n", '    Day:\n      allOf: [{$ref: "#/components/schemas/StartDay"}]\n')
    fault = fault_of(overlay(tmp_path, "components.yaml", turned))
    assert (Path(fault.file).name, fault.reason) == ("components.yaml", "refers to itself")
    assert fault.field.endswith("$ref")


def test_two_operations_on_one_path_are_refused(tmp_path: Path) -> None:
    again = ("operationId: P043", "operationId: P098")
    fault = fault_of(overlay(tmp_path, P043, again, target="operations/patents/P098.yaml"))
    assert (fault.file, fault.field) == ("P098.yaml", "paths/basic-patent-data/abstract-data-translated")
    assert "P043.yaml" in fault.reason


def test_one_id_for_two_operations_is_refused(tmp_path: Path) -> None:
    elsewhere = ("/abstract-data-translated", "/claims")
    fault = fault_of(overlay(tmp_path, P043, elsewhere, target="operations/patents/again.yaml"))
    assert Path(fault.file).name == "again.yaml"
    assert fault.field == "operationId"
    assert "P043.yaml" in fault.reason


@pytest.mark.parametrize("content", ["", "- 1", "a text"], ids=["empty", "a list", "a text"])
@pytest.mark.parametrize("name", [P043, "service.yaml", "errors.yaml", "decisions.yaml", "components.yaml"])
def test_a_file_that_is_no_mapping_is_refused(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(content)
    assert Path(fault_of(tmp_path).file).name == Path(name).name


@pytest.mark.parametrize("name", ["error.yaml", "operation/P043.yaml", "corpus/patent.jsonl"])
def test_a_file_that_lies_over_nothing_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("a: 1")
    fault = fault_of(tmp_path)
    assert (fault.file, fault.field) == (name, "whole file")


def test_a_decision_that_code_reads_cannot_be_left_out(tmp_path: Path) -> None:
    fault = fault_of(overlay(tmp_path, "decisions.yaml", ("  task_duration:", "  duration_of_tasks:")))
    assert (fault.file, fault.field) == ("decisions.yaml", "decisions/task_duration")


def test_a_code_that_can_be_raised_must_be_listed_or_have_a_stand_in(tmp_path: Path) -> None:
    fault = fault_of(overlay(tmp_path, "errors.yaml", ("67200009: 67200003, 67200012: 68300007", "67200012: 68300007")))
    assert (fault.file, fault.field) == ("errors.yaml", "tables/P009/lists")
    assert "67200009" in fault.reason


def test_a_file_of_an_overlay_replaces_the_whole_shipped_one(tmp_path: Path) -> None:
    folder = overlay(
        tmp_path,
        P043,
        ("        - {name: patent_number", "        # - {name: patent_number"),
        ("x-any-of: [patent_id, patent_number]", ""),
    )
    operations = loader.load(folder).operations
    assert operations["P043"].names("query") == {"lang", "patent_id", "replace_by_related"}
    assert operations.keys() == loader.load().operations.keys()
    assert loader.load(folder, loader.SHIPPED).operations["P043"] == loader.load().operations["P043"]


def test_an_overlay_adds_an_operation_without_any_code(tmp_path: Path) -> None:
    moved = (("/abstract-data-translated", "/claims"), ("operationId: P043", "operationId: P099"))
    folder = overlay(tmp_path, P043, *moved, target="operations/patents/P099.yaml")
    assert checked(folder).service.operations["P099"].path == "/basic-patent-data/claims"


def test_the_shipped_documents_are_sound() -> None:
    world = checked(None)
    assert len(world.service.operations) >= 13
    assert len(world.corpus.patents) >= 100

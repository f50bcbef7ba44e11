"""Recorded examples of an overlay: which calls they answer, in which order, at which price, and which are refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from contract_tests.documents import picture
from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec.faults import SpecFault
from tests.conftest import NOW, Caller

P043 = "/basic-patent-data/abstract-data-translated"


def example(data: Any = (), **more: Any) -> dict[str, Any]:
    """P043 about one number, found."""
    request = {"query": [["patent_number", "CN1"]]}
    body = {"data": list(data), "status": True, "error_code": 0}
    recorded = {"at": "2026-01-01T00:00:00Z", "upstream": "vendor"}
    return {
        "operation": "P043",
        "order": 1,
        "recorded": recorded | {"evidence": {"grade": "observed", "source": "recording"}},
        "request": request,
        "answer": {"status": 200, "amount": 3, "body": body},
    } | more


def write(folder: Path, document: Any, name: str = "examples/P043/one.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(document), "utf-8")
    return folder


def server(folder: Path) -> Caller:
    return Caller(create_app(Settings(now=NOW, freeze=True, fixtures=folder)), "somebody")


def data(caller: Caller, **asked: str) -> Any:
    return caller.call("GET", P043, {"patent_number": "CN1", **asked}).json()["data"]


def test_an_equal_request_is_answered_as_it_was(tmp_path: Path) -> None:
    caller = server(write(tmp_path, example([{"pn": "heard"}])))
    assert data(caller) == [{"pn": "heard"}]
    entry = caller.journal(operation="P043")[0]
    assert entry["remarks"] == ["the recording examples/P043/one.yaml answered"]
    assert entry["cost"] == 3, "what the service said it cost"


def test_defaults_and_order_of_parameters_make_no_other_request(tmp_path: Path) -> None:
    caller = server(write(tmp_path, example([{"pn": "heard"}])))
    assert data(caller, lang="en", undocumented="1") == [{"pn": "heard"}]
    assert data(caller, lang="cn") == []


def test_an_account_meets_the_answers_in_their_order(tmp_path: Path) -> None:
    for number in (3, 1, 2):
        write(tmp_path, example([{"pn": f"{number}"}], order=number), f"examples/P043/{9 - number}.yaml")
    caller = server(tmp_path)
    assert [data(caller)[0]["pn"] for _ in range(4)] == ["1", "2", "3", "3"]
    other = Caller(caller.app, "another")
    assert data(other) == [{"pn": "1"}]
    caller.advance("1s")
    caller.steer("POST", "/reset", {"only": ["state"]})
    assert data(caller) == [{"pn": "1"}]


def test_an_answer_lost_on_purpose_is_not_the_next_one(tmp_path: Path) -> None:
    for number in (1, 2):
        write(tmp_path, example([{"pn": f"{number}"}], order=number), f"examples/P043/{number}.yaml")
    caller = server(tmp_path)
    caller.token()
    caller.steer("POST", "/faults", {"operation": "P043", "truncate": True, "times": 1})
    with pytest.raises(ConnectionError):
        data(caller)
    assert data(caller) == [{"pn": "1"}]


def test_credentials_and_stubs_come_before_recordings(tmp_path: Path) -> None:
    caller = server(write(tmp_path, example([{"pn": "heard"}])))
    assert caller.send("GET", f"{P043}?patent_number=CN1").json()["error_code"] != 0
    caller.token()
    caller.steer("PUT", "/stubs", {"stubs": [{"operation": "P043", "data": [{"pn": "pinned"}]}]})
    assert data(caller) == [{"pn": "pinned"}]


def refused(code: int) -> dict[str, Any]:
    return {"status": 200, "body": {"status": False, "error_code": code, "error_msg": "as it was told"}}


def test_a_refusal_of_the_request_comes_in_its_turn(tmp_path: Path) -> None:
    write(tmp_path, example([{"pn": "heard"}]))
    write(tmp_path, example(answer=refused(68300004), order=2), "examples/P043/two.yaml")
    caller = server(tmp_path)
    assert data(caller) == [{"pn": "heard"}]
    got = caller.call("GET", P043, {"patent_number": "CN1"})
    assert got.json()["error_code"] == 68300004
    assert got.headers["x-emulator-reason"] == "the recording examples/P043/two.yaml has this refusal"


def test_a_refusal_of_the_platform_is_not_repeated(tmp_path: Path) -> None:
    caller = server(write(tmp_path, example(answer=refused(67200002))))
    assert data(caller) == []


def test_an_answer_of_any_shape_is_kept_as_it_is(tmp_path: Path) -> None:
    body = {"data": {"odd": 1}, "status": True, "error_code": 0}
    caller = server(write(tmp_path, example(answer={"status": 200, "body": body}, as_is=True)))
    assert data(caller) == {"odd": 1}


def test_uploads_are_answered_in_their_order_whatever_the_file(tmp_path: Path) -> None:
    for number in (1, 2):
        link = {"url": f"https://host-1.invalid/{number}.png", "expire": 32400}
        told = {"data": link, "status": True, "error_code": 0}
        upload = {"media_type": "multipart/form-data", "body": {"image": {"file": {"media_type": "", "bytes": 9}}}}
        heard = example(operation="P010", order=number, request=upload, answer={"status": 200, "body": told})
        write(tmp_path, heard, f"examples/P010/{number}.yaml")
    caller = server(tmp_path)
    files = [{"image": ("x.png", picture(5000 + side), "image/png")} for side in range(2)]
    urls = [caller.call("POST", "/image-search/image-upload", files=one).json()["data"]["url"] for one in files]
    assert urls == ["https://host-1.invalid/1.png", "https://host-1.invalid/2.png"]


FAULTY = [
    ({"operation": "P0431"}, "operation: 'P0431' is no operation"),
    ({"operation": "P044"}, "operation: is P044, and the folder is that of P043"),
    ({"odd": 1}, "odd: Extra inputs are not permitted"),
    ({"order": 0}, "order: Input should be greater than or equal to 1"),
    ({"recorded": {"at": "x", "upstream": "my.host.internal"}}, "recorded/upstream: Input should be 'vendor'"),
    ({"answer": {"status": 200, "body": []}}, "answer/body: Input should be a valid dictionary"),
    ({"answer": {"status": 2, "body": {}}}, "answer/status: Input should be greater than or equal to 100"),
    (
        {"answer": {"status": 200, "body": {"data": [{"pn": 1}], "status": True, "error_code": 0}}},
        "answer/body/data[0].pn: data[0].pn 1 is an integer, not a string",
    ),
    ({"request": {"query": [["patent_number", "CN1"], ["lang", "xx"]]}}, "request/lang: lang 'xx' is not one of"),
    ({"request": {"query": [["a"]]}}, "request/query/0/1: Field required"),
]


@pytest.mark.parametrize(("change", "why"), FAULTY, ids=[why.partition(":")[0] for _, why in FAULTY])
def test_a_bad_example_stops_the_start_by_file_and_field(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    with pytest.raises(SpecFault) as fault:
        server(write(tmp_path, example() | change))
    assert str(fault.value).startswith(f"examples/P043/one.yaml: {why}")


def test_evidence_names_a_source(tmp_path: Path) -> None:
    told = {"at": "x", "upstream": "other", "evidence": {"grade": "observed", "source": "hearsay"}}
    with pytest.raises(SpecFault, match="recorded/evidence/source: 'hearsay' is not among the sources"):
        server(write(tmp_path, example(recorded=told)))


@pytest.mark.parametrize("name", ["examples/one.yaml", "examples/P043/more/one.yaml", "examples/P043/one.json"])
def test_a_file_in_the_wrong_place_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SpecFault, match=r"is not examples/<operation>/<case>\.yaml"):
        server(write(tmp_path, example(), name))


def test_only_the_folder_of_examples_may_lie_over_nothing(tmp_path: Path) -> None:
    with pytest.raises(SpecFault, match="lies over no shipped file"):
        server(write(tmp_path, example(), "exampels/P043/one.yaml"))

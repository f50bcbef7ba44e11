"""A recording sent once more: what differs is told by its kind, ids and links of this run stand for those recorded."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from emulator.app import create_app
from emulator.contract.finding import Severity
from emulator.settings import Settings
from emulator.spec.models import Service
from emulator.verifier.recording import har_in, recorded_traffic
from emulator.verifier.recording.differences import Fields, differences
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.prices import price_of
from emulator.verifier.recording.recorder import Recorder
from emulator.verifier.recording.replay import replay
from emulator.verifier.recording.target import Credentials, NoCredentials, Target
from emulator.verifier.report.model import CaseOutcome, Report
from tests.conftest import NOW, Caller

GRANT = {"grant_type": "client_credentials"}
P043 = "/basic-patent-data/abstract-data-translated"
BASE = "http://emulator.test"
FIELDS = Fields(frozenset({"task_id"}), frozenset({"task_status"}))
ITEM = {"type": "object", "required": ["pn"], "properties": {"pn": {}, "title": {}, "url": {}, "task_status": {}}}
SCHEMA = {"properties": {"data": {"items": ITEM, **ITEM}}}


@pytest.mark.parametrize(
    ("recorded", "got", "kinds"),
    [
        ({"pn": "A"}, {"pn": "A"}, {}),
        ({"pn": "A"}, {"pn": "B"}, {"data.pn": "value"}),
        ({"pn": "A"}, {"pn": 1}, {"data.pn": "shape"}),
        ({"pn": "A"}, {}, {"data.pn": "shape"}),
        ({"pn": "A"}, {"pn": "A", "odd": 1}, {"data.odd": "shape"}),
        ({"pn": "A", "title": "x"}, {"pn": "A"}, {"data.title": "optional"}),
        ({"pn": "A", "task_status": 2, "odd": 1}, {"pn": "B", "task_status": 1}, {"data.task_status": "state"}),
        ({"pn": "A", "url": "http://a/x"}, {"pn": "A", "url": "https://b/y?z"}, {}),
        ({"pn": "A", "url": "http://a/x"}, {"pn": "A", "url": "b"}, {"data.url": "value"}),
        ({"pn": "A", "title": "see secret-3!"}, {"pn": "A", "title": "see sesame!"}, {}),
        ({"pn": "A", "title": "see secret-3!"}, {"pn": "A", "title": "saw sesame!"}, {"data.title": "value"}),
        ({"pn": 1}, {"pn": 1.0}, {}),
        ({"pn": True}, {"pn": 1}, {"data.pn": "shape"}),
        ({"task_id": "a", "pn": ""}, {"task_id": "b", "pn": ""}, {}),
        ([{"pn": "A"}], [{"pn": "B"}, {"pn": "C"}], {"data[]": "value", "data[].pn": "value"}),
        ([{"pn": "A"}], {"pn": "A"}, {"data": "shape"}),
        (None, [], {"data": "shape"}),
    ],
)
def test_differences_are_told_by_kind(recorded: Any, got: Any, kinds: dict[str, str]) -> None:
    found = differences({"data": recorded}, {"data": got}, SCHEMA, FIELDS)
    assert {one.where: str(one.kind) for one in found} == kinds


# --- against emulators in this process ---------------------------------------------------------------------


class Inside(httpx2.BaseTransport):
    """An application of this process as a server; keeps what went to and fro."""

    def __init__(self, app: Any, client_id: str) -> None:
        self._caller = Caller(app, client_id)
        self.heard: list[Heard] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = request.read()
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        got = self._caller.send(request.method, request.url.raw_path.decode(), headers=headers, content=body)
        told = tuple((name.lower(), value) for name, value in got.headers.multi_items())
        asked = tuple((name.lower(), value) for name, value in request.headers.multi_items())
        query = request.url.query.decode()
        heard = Heard(NOW, request.method, request.url.path, query, asked, body, got.status_code, told, got.content)
        if not request.url.path.startswith("/_emulator"):
            self.heard.append(heard)
        return httpx2.Response(got.status_code, headers=got.headers, content=got.content)


class Server:
    """An emulator, as a client and a replay see it."""

    def __init__(self, client_id: str = "replayer", **settings: Any) -> None:
        self.app = create_app(Settings(now=NOW, freeze=True, **settings))
        self.transport = Inside(self.app, client_id)
        self.caller = Caller(self.app, client_id, "a secret of theirs")

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=self.transport, base_url=BASE)

    def replayed(self, source: Path, service: Service, **more: Any) -> Report:
        recordings = recorded_traffic.read(source, service)
        credentials = Credentials(self.caller.client_id, self.caller.secret)
        with Target(BASE, service, credentials, transport=self.transport) as target:
            return replay(recordings, target, service, **{"spend": None, **more})


def traffic(server: Server, png: bytes) -> None:
    """What a client does in a day: pictures, searches, a task from beginning to end, texts, refusals."""
    with server.client() as http:
        token = http.post("/oauth/token", auth=("recorded-client", "recorded-secret"), data=GRANT)
        http.headers["Authorization"] = f"Bearer {token.json()['data']['token']}"
        http.params = {"apikey": "recorded-client"}
        files = {"image": ("a.png", png, "image/png")}
        url = http.post("/image-search/image-upload", files=files).json()["data"]["url"]
        query = {"url": url, "patent_type": "D", "model": 1, "limit": 3}
        found = http.post("/search/patent/image-single", json=query).json()["data"]["patent_messages"]
        search_id = http.get("/image-search/search-id", params={"url": url}).json()["data"]["search_id"]
        http.get("/image-search/results", params={"search_id": search_id, "limit": 4})
        request = {"urls": [url], "patent_messages": found, "report_lang": "en", "country": ["CN", "US"]}
        task_id = http.post("/ai/infringement-detection-creation", json=request).json()["data"]["task_id"]
        for _ in range(2):
            http.post("/ai/infringement-detection-query", json={"task_id": task_id})
            http.post("/_emulator/accounts/recorded-client/clock", json={"advance": "6s"})
        http.get(P043, params={"patent_number": "CN101595528B,CN1", "lang": "cn"})
        http.get(P043, params={"lang": "xx"})
        http.post("/ai/infringement-detection-query", json={"task_id": "nobody-made-this"})


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, service: Service) -> Path:
    """A folder of examples of that traffic."""
    from contract_tests.documents import picture

    folder = tmp_path_factory.mktemp("recording")
    server = Server("recorded-client")
    traffic(server, picture())
    recorder = Recorder(folder, service, "loopback", frozenset({"emulator.test"}))
    for heard in server.transport.heard:
        recorder.add(heard)
    recorder.close()
    assert recorder.written == 11
    return folder


def advancing(server: Server) -> Callable[[float], object]:
    return lambda seconds: server.caller.advance(f"{seconds}s")


def test_an_emulator_that_serves_a_recording_does_not_differ_from_it(recorded: Path, service: Service) -> None:
    server = Server(fixtures=recorded, seed=7)
    report = server.replayed(recorded, service, wait=advancing(server))
    assert [(one.rule, one.sentence) for one in report.findings] == []
    assert {case.outcome for case in report.cases} == {CaseOutcome.HELD}
    assert len(report.cases) == 11
    assert report.notes == ("11 calls were sent again, and no answer differs",)


def test_an_emulator_without_it_has_the_same_shapes(recorded: Path, service: Service) -> None:
    server = Server(seed=7)
    report = server.replayed(recorded, service, wait=advancing(server))
    assert [one.sentence for one in report.findings if one.severity is Severity.ERROR] == []


def test_what_was_changed_is_found(recorded: Path, service: Service) -> None:
    server = Server(fixtures=recorded)
    server.caller.token()
    pinned = {"operation": "P043", "data": [{"pn": "CN1", "title": "other"}], "match": {"lang": "cn"}}
    odd = {"operation": "P060", "data": {"patent_messages": "none"}, "as_is": True}
    server.caller.steer("PUT", "/stubs", {"stubs": [pinned, odd]})
    report = server.replayed(recorded, service, wait=advancing(server))
    grave = {(one.rule, one.operation) for one in report.findings if one.severity is Severity.ERROR}
    assert ("replay-shape", "P060") in grave
    assert {one.operation for one in report.findings} == {"P043", "P060"}
    breached = [case for case in report.cases if case.outcome is CaseOutcome.BREACHED]
    assert [case.operation for case in breached] == ["P060"]
    assert "patent_messages is a string, and was an array" in breached[0].sentence


def test_a_refusal_where_there_was_none_is_found(recorded: Path, service: Service) -> None:
    server = Server(fixtures=recorded)
    server.caller.token()
    server.caller.steer("POST", "/faults", {"operation": "P060", "error": 67200002, "times": 1})
    report = server.replayed(recorded, service, wait=advancing(server))
    (finding,) = (one for one in report.findings if one.rule == "replay-code")
    assert finding.sentence == "error_code 67200002, and it was 0"


def test_a_foreign_server_gets_only_what_may_be_spent(recorded: Path, service: Service) -> None:
    server = Server(fixtures=recorded)
    none = server.replayed(recorded, service, spend=0, wait=advancing(server))
    tried = {case.operation for case in none.cases if case.outcome is not CaseOutcome.NOT_TRIED}
    assert tried == {one for one in tried if service.operations[one].price.per == "nothing"}
    assert none.bill is not None
    assert none.bill.credits == 0
    some = Server(fixtures=recorded).replayed(recorded, service, spend=2, wait=lambda seconds: None)
    assert some.bill is not None
    assert 0 < some.bill.credits <= 2
    assert "could cost more than --spend allows" in " ".join(some.notes)


def test_a_target_that_does_not_answer_is_broken_and_no_fault_of_its_own(recorded: Path, service: Service) -> None:
    recordings = recorded_traffic.read(recorded, service)
    with Target("http://127.0.0.1:1", service, Credentials(key="sk-" + "x" * 48)) as target:
        report = replay(recordings, target, service, spend=99)
    assert {case.outcome for case in report.cases} == {CaseOutcome.BROKEN}
    assert report.findings == ()


def test_a_har_is_replayed_too(tmp_path: Path, service: Service) -> None:
    server = Server("recorded-client")
    with server.client() as http:
        token = http.post("/oauth/token", auth=("recorded-client", "s3cret99"), data=GRANT)
        http.get(
            "/basic-patent-data/abstract-data-translated?patent_number=CN101595528B&lang=en&apikey=recorded-client",
            headers={"Authorization": f"Bearer {token.json()['data']['token']}"},
        )
    entries = [
        {
            "startedDateTime": "2026-01-01T00:00:00Z",
            "request": {
                "method": one.method,
                "url": f"https://connect.patsnap.com{one.path}?{one.raw_query}",
                "headers": [{"name": name, "value": value} for name, value in one.headers],
                "postData": {"text": (one.body or b"").decode()},
            },
            "response": {"status": one.status, "headers": [], "content": {"text": (one.answer or b"").decode()}},
        }
        for one in server.transport.heard
    ]
    (tmp_path / "x.har").write_text(json.dumps({"log": {"entries": entries}}), "utf-8")
    report = Server().replayed(tmp_path / "x.har", service)
    assert [case.outcome for case in report.cases] == [CaseOutcome.HELD] * 2
    assert report.findings == ()
    with pytest.raises(har_in.Unreadable):
        recorded_traffic.read(tmp_path / "absent.har", service)


def test_credentials_come_of_the_environment() -> None:
    assert Credentials.of_environment({"PATSNAP_API_KEY": "sk-x"}).key == "sk-x"
    pair = {"PATSNAP_CLIENT_ID": "me", "PATSNAP_CLIENT_SECRET": "s"}
    assert Credentials.of_environment(pair) == Credentials("me", "s")
    for lacking in ({}, {"PATSNAP_CLIENT_ID": "me"}):
        with pytest.raises(NoCredentials, match="PATSNAP_CLIENT_SECRET"):
            Credentials.of_environment(lacking)


@pytest.mark.parametrize(
    ("name", "query", "body", "price"),
    [
        ("AI39-2-query", {}, {"task_id": "x"}, 0),
        ("AI39-1-creation", {}, {"urls": ["a", "b"]}, 1),
        ("P043", {"patent_number": "CN1,CN2,CN3"}, None, 3),
        ("P062-create", {}, {"urls": ["a", "b"]}, 2),
    ],
)
def test_a_price_is_told_before_the_call(
    service: Service, name: str, query: dict[str, str], body: Any, price: int
) -> None:
    assert price_of(service.operations[name], query, body) == price

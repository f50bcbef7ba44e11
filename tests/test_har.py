"""HAR out is valid HAR 1.2 whatever a client sent, without secrets; HAR in takes what browsers write, in any order."""

import base64
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cli.reporting import ReportOptions, finish
from emulator.contract.exchange import Exchange
from emulator.contract.shown import shown
from emulator.spec.models import Service
from emulator.verifier.proxy.watcher import Watcher
from emulator.verifier.recording import har_in, recorded_traffic
from emulator.verifier.recording.har import har
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.replay import replay
from emulator.verifier.recording.target import Credentials, Target
from emulator.verifier.report import told
from emulator.verifier.report.model import CaseOutcome

STRING, WHOLE = {"type": "string"}, {"type": "integer", "minimum": -1}
PAIRS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["name", "value"],
        "properties": {"name": STRING, "value": STRING, "comment": STRING},
        "additionalProperties": False,
    },
}


def record(required: str, optional: str = "", **known: Any) -> dict[str, Any]:
    """An object with these members and no others, but for names that begin with `_`."""
    names = [*required.split(), *optional.split()]
    return {
        "type": "object",
        "required": required.split(),
        "properties": {name: known.get(name, STRING) for name in names},
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


# The tables of the HAR 1.2 specification, section by section.
REQUEST = record(
    "method url httpVersion cookies headers queryString headersSize bodySize",
    "postData comment",
    url={"type": "string", "pattern": r"^https?://[^\s]+$"},
    cookies={"type": "array"},
    headers=PAIRS,
    queryString=PAIRS,
    headersSize=WHOLE,
    bodySize=WHOLE,
    postData=record("mimeType text", "params comment", params={"type": "array"}),
)
RESPONSE = record(
    "status statusText httpVersion cookies headers content redirectURL headersSize bodySize",
    "comment",
    status={"type": "integer", "minimum": 0},
    cookies={"type": "array"},
    headers=PAIRS,
    content=record("size mimeType", "compression text encoding comment", size=WHOLE),
    headersSize=WHOLE,
    bodySize=WHOLE,
)
ENTRY = record(
    "startedDateTime time request response cache timings",
    "pageref serverIPAddress connection comment",
    startedDateTime={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)$"},
    time={"type": "number", "minimum": 0},
    request=REQUEST,
    response=RESPONSE,
    cache={"type": "object"},
    timings=record("send wait receive", "blocked dns connect ssl comment", send=WHOLE, wait=WHOLE, receive=WHOLE),
)
LOG = record(
    "version creator entries",
    "browser pages comment",
    version={"const": "1.2"},
    creator=record("name version", "comment"),
    entries={"type": "array", "items": ENTRY},
)
HAR = jsonschema_rs.Draft202012Validator(record("log", log=LOG))
AT = 1_767_225_600_000


def exchange(**more: Any) -> Exchange:
    told: dict[str, Any] = {
        "id": "1",
        "at": AT,
        "account": "a",
        "operation": "P043",
        "method": "GET",
        "path": "/basic-patent-data/abstract-data-translated",
        "query": "patent_number=CN1&lang=en",
        "status": 200,
        "code": 0,
        "answer": '{"data":[],"status":true,"error_code":0}',
    }
    return Exchange(**(told | more))


def test_the_document_is_har() -> None:
    document = har(
        [exchange(), exchange(status=None, code=None, answer=None), exchange(method="POST", request='{"url":"x"}')]
    )
    assert [error.message for error in HAR.iter_errors(document)] == []
    first = document["log"]["entries"][0]
    assert first["request"]["url"].endswith("/basic-patent-data/abstract-data-translated?patent_number=CN1&lang=en")
    assert first["request"]["queryString"][1] == {"name": "lang", "value": "en"}
    assert first["response"]["content"]["text"] == '{"data":[],"status":true,"error_code":0}'
    assert first["_operation"] == "P043"


TEXT = st.text(st.characters(), max_size=30)


@given(TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | TEXT)
def test_whatever_a_client_sent(method: str, path: str, query: str, request: str, answer: str, reason: str) -> None:
    document = har([exchange(method=method, path=path, query=query, request=request, answer=answer, reason=reason)])
    assert [error.message for error in HAR.iter_errors(json.loads(json.dumps(document)))] == []
    json.dumps(document, ensure_ascii=False).encode()


def test_no_secret_reaches_the_document() -> None:
    key, signature = "sk-" + "a1B2" * 12, "5f" * 32
    told = exchange(
        query=f"apikey={key}&url=https%3A%2F%2Fe.org%2Fx%3FX-Amz-Signature%3D{signature}",
        request=json.dumps({"client_secret": "hunter2secret", "note": key}),
        answer=json.dumps({"token": "hunter3secret"}),
        reason=f"{key} is unknown",
    )
    written = json.dumps(har([told]))
    for secret in (key, signature, "hunter2secret", "hunter3secret"):
        assert secret not in written


def entry(url: str, started: str = "2026-01-01T00:00:01.000Z", **more: Any) -> dict[str, Any]:
    request = {"method": "GET", "url": url, "headers": [], "queryString": [], **more.pop("request", {})}
    response = {"status": 200, "headers": [], "content": {"size": 2, "text": "{}"}, **more.pop("response", {})}
    return {"startedDateTime": started, "time": 1, "request": request, "response": response, **more}


def read(folder: Path, service: Service, *entries: Any) -> har_in.Traffic:
    file = folder / "traffic.har"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({"log": {"version": "1.2", "entries": entries}}).encode())
    return har_in.read(file, service)


OURS = "https://connect.patsnap.com"


def test_other_hosts_are_counted_and_the_order_is_that_of_time(tmp_path: Path, service: Service) -> None:
    traffic = read(
        tmp_path,
        service,
        entry(f"{OURS}/late", "2026-01-01T00:00:02+00:00"),
        entry("https://www.example.com/x"),
        entry("https://connect.patsnap.com.evil.com/x"),
        entry("https://CONNECT.zhihuiya.com:443/early%20one?a=1&a=2", "2026-01-01T01:00:01.5+01:00"),
        entry("http://127.0.0.1:8390/_emulator/health"),
        entry("data:image/png;base64,AAAA"),
        {"request": None},
        17,
    )
    assert [one.path for one in traffic.heard] == ["/early one", "/late"]
    assert traffic.heard[0].query == (("a", "1"), ("a", "2"))
    assert (sum(traffic.others.values()), traffic.broken) == (3, 2)
    assert traffic.notes == (
        "3 calls to 3 other hosts were left out",
        "2 entries of the file could not be read and were left out",
    )


def test_untidy_entries_are_read_as_far_as_they_go(tmp_path: Path, service: Service) -> None:
    body = base64.b64encode(b'{"a":1}').decode()
    pseudo = [{"name": ":authority", "value": "x"}, {"name": "Content-Type", "value": "application/json"}]
    form = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "c&d"}, {"name": "e"}]}
    upload = {"mimeType": "multipart/form-data; boundary=x", "params": [{"name": "image", "fileName": "x.png"}]}
    folded = [{"name": "content-encoding", "value": "gzip"}, {"name": "content-length", "value": "9"}]
    heard = read(
        tmp_path,
        service,
        entry(f"{OURS}/1", request={"headers": pseudo, "postData": {"mimeType": "application/json", "text": "{}"}}),
        entry(f"{OURS}/2", response={"content": {"size": 7, "text": body, "encoding": "base64"}, "headers": folded}),
        entry(f"{OURS}/3", request={"postData": form}),
        entry(f"{OURS}/4", request={"postData": upload}),
        entry(f"{OURS}/5", request={"bodySize": 12}),
        entry(f"{OURS}/6", response={"content": {"size": 99}}),
        entry(f"{OURS}/7", response={"status": 0}),
        entry(f"{OURS}/8", response={"headers": [{"name": "Content-Length", "value": "90"}]}),
        entry(f"{OURS}/9", started="yesterday"),
    ).heard
    by = {one.path[1:]: one for one in heard}
    assert (by["1"].headers, by["1"].body) == ((("content-type", "application/json"),), b"{}")
    assert (by["2"].unfolded, by["3"].body) == (b'{"a":1}', b"a+b=c%26d&e=")
    assert (by["4"].body, by["5"].body, by["6"].answer) == (None, None, None)
    assert (by["7"].status, by["7"].whole, by["8"].whole) == (None, False, False)
    assert heard[0].path == "/9"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"no", "is not JSON"), (b"[]", "is no list"), (b'{"log":{"entries":{}}}', "is no list"), (b"\xff", "not JSON")],
)
def test_what_is_no_har_is_refused_plainly(tmp_path: Path, service: Service, content: bytes, why: str) -> None:
    (tmp_path / "x.har").write_bytes(content)
    with pytest.raises(har_in.Unreadable, match=why):
        har_in.read(tmp_path / "x.har", service)
    with pytest.raises(har_in.Unreadable, match="cannot be read"):
        har_in.read(tmp_path / "absent.har", service)


def test_what_was_written_is_read_again(tmp_path: Path, service: Service) -> None:
    (tmp_path / "own.har").write_text(json.dumps(har([exchange()])), "utf-8")
    (heard,) = har_in.read(tmp_path / "own.har", service).heard
    assert (heard.path, heard.raw_query, heard.status) == (exchange().path, exchange().query, 200)
    assert heard.unfolded == (exchange().answer or "").encode()


def test_a_body_that_was_cut_says_so_and_is_read_as_cut(tmp_path: Path, service: Service) -> None:
    body = json.dumps({"data": ["x" * 100] * 400}).encode()
    text = shown(body, "application/json")
    asked = {"method": "POST", "path": "/search/patent/image-multiple", "query": "", "request": text}
    document = har([exchange(answer=text), exchange(**asked)])
    assert [error.message for error in HAR.iter_errors(document)] == []
    content = document["log"]["entries"][0]["response"]["content"]
    assert (content["size"], content["comment"], len(content["text"])) == (len(body), "cut after 8192 bytes", 8192)
    assert document["log"]["entries"][1]["request"]["bodySize"] == len(body)
    answered, sent = read(tmp_path, service, *document["log"]["entries"]).heard
    assert (answered.cut, answered.answer, answered.whole) == (True, None, True)
    assert sent.body is None


def test_an_archive_has_long_bodies_where_they_were_kept(tmp_path: Path, service: Service) -> None:
    answer = json.dumps({"data": [{"pn": f"CN{number}A"} for number in range(9000)], "error_code": 0}).encode()
    watcher = Watcher(service, "upstream", keep=10)
    kind = (("content-type", "application/json"),)
    path = service.operations["P043"].path
    watcher.heard(Heard(AT, "GET", path, "patent_number=CN1", (), b"", 200, kind, answer))
    with pytest.raises(SystemExit):
        finish(watcher.report(), ReportOptions(har=tmp_path / "x.har", fail_on="error"))
    (entry,) = json.loads((tmp_path / "x.har").read_text())["log"]["entries"]
    assert entry["response"]["content"]["text"].encode() == answer


def test_a_cut_answer_is_not_compared_and_not_taken_for_held(tmp_path: Path, service: Service) -> None:
    cut = {"status": 200, "content": {"size": 20000, "text": '{"data": [', "mimeType": "application/json"}}
    call = entry(f"{OURS}{service.operations['P043'].path}?patent_number=CN1", response=cut)
    file = tmp_path / "traffic.har"
    file.write_text(json.dumps({"log": {"version": "1.2", "entries": [call]}}))
    recordings = recorded_traffic.read(file, service)
    why = "the answer was cut in the HAR: not sent again, not compared"
    assert [(one.operation, one.why) for one in recordings.left] == [("P043", why)]
    with Target("http://127.0.0.1:1", service, Credentials("a", "b")) as target:
        report = replay(recordings, target, service)
    assert [(case.outcome, case.sentence) for case in report.cases] == [(CaseOutcome.NOT_TRIED, why)]
    assert told.headline(report) == "0 cases held, 1 not tried"
    assert report.notes == ("1 call of the recording could not be compared: see the cases that were not tried",)

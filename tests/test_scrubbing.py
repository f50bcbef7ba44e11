"""No secret and no address survives in a recording, wherever and however it stood; patents, ids and equality do."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, unquote

import pytest

from emulator.spec import examples, loader, yaml
from emulator.spec.models import Service
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.placeholders import Placeholders
from emulator.verifier.recording.recorder import NotEmpty, Recorder
from emulator.verifier.recording.scrub import Scrub

AT = 1_767_225_600_000
CLIENT, SECRET, TOKEN = "acme-robot-7", "pa55 w/örd&x=1", "zqTOKENvaluEofMany0123456789abcd"
KEY = "sk-" + "a1B2" * 12
COOKIE, SIGNATURE, CREDENTIAL = "c00kie-of-acme", "5f1e" * 16, "AKIAACMEACMEACME1234"
HOST, IP, IPV6, MAIL = "files.acme-labs.internal", "10.31.7.99", "2001:db8:77::9", "joan.doe@acme-labs.com"
PLANTED = {
    "client": CLIENT,
    "secret": SECRET,
    "token": TOKEN,
    "key": KEY,
    "cookie": COOKIE,
    "signature": SIGNATURE,
    "credential": CREDENTIAL,
    "host": HOST,
    "ip": IP,
    "ipv6": IPV6,
    "mail": MAIL,
}
LINK = (
    f"http://{HOST}:8080/u/{CLIENT}/phone.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z"
    f"&X-Amz-Expires=32400&X-Amz-Credential={CREDENTIAL}%2F20260101&X-Amz-Signature={SIGNATURE}"
)


def post(path: str, body: Any, answer: Any, *, query: str = "", headers: tuple[tuple[str, str], ...] = ()) -> Heard:
    """A JSON call with credentials."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    sent = (("content-type", "application/json"), ("authorization", f"Bearer {TOKEN}"), *headers)
    return Heard(AT, "POST", path, f"apikey={CLIENT}{query}", sent, raw, 200, (("x-openapi-amount", "1"),), told)


def token_call() -> Heard:
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    answer = {"data": {"token": TOKEN, "token_type": "BearerToken"}, "status": True, "error_code": 0}
    sent = (("authorization", f"Basic {basic}"), ("content-type", "application/x-www-form-urlencoded"))
    form = f"grant_type=client_credentials&client_id={CLIENT}&client_secret={quote_plus(SECRET)}".encode()
    return Heard(AT, "POST", "/oauth/token", "", sent, form, 200, (), json.dumps(answer).encode())


def search(url: Any, answer: Any = None, **more: Any) -> Heard:
    found = answer or {"data": {"patent_messages": [], "total_search_result_count": 0}, "status": True, "error_code": 0}
    query = more.pop("query", "")
    headers = more.pop("headers", ())
    body = {"url": url, "patent_type": "D", "model": 1, **more}
    return post("/search/patent/image-single", body, found, query=query, headers=headers)


def failure(text: str) -> dict[str, Any]:
    return {"status": False, "error_code": 68300004, "error_msg": text}


def recorded(folder: Path, service: Service, *heard: Heard) -> bytes:
    """All that was written, names of files and folders included."""
    recorder = Recorder(folder, service, "other", frozenset({"connect.patsnap.com"}))
    for one in heard:
        recorder.add(one)
    recorder.close()
    files = sorted(file for file in folder.rglob("*"))
    names = "\n".join(str(file.relative_to(folder)) for file in files).encode()
    return names + b"".join(file.read_bytes() for file in files if file.is_file())


def ways(secret: str) -> set[str]:
    """How a secret may be written."""
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in secret)
    twice = json.dumps(json.dumps(secret))[1:-1]
    runs = {
        base64.b64encode(b"x" * shift + secret.encode()).decode()[shift and 4 : -4] for shift in range(3)
    }  # whatever stands before and after it
    hexed = "".join(f"%{byte:02x}" for byte in secret.encode())
    written = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], escaped}
    written |= {twice.replace('\\"', ""), hexed, *runs}
    return {way.lower() for way in written | {quote(way, safe="") for way in written} if len(way) > 5}


def leaked(raw: bytes) -> list[str]:
    text = raw.decode()
    seen = [text, unquote(text), unquote(unquote(text))]
    seen.append(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text))
    return [name for name, secret in PLANTED.items() if any(way in one.lower() for way in ways(secret) for one in seen)]


WRAPPED: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "percent": lambda text: quote(text, safe=""),
    "percent_twice": lambda text: quote(quote(text, safe=""), safe=""),
    "every_percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "base64": lambda text: base64.b64encode(f"see {text} there".encode()).decode(),
    "base64_url": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "escaped": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "json_in_json": lambda text: json.dumps({"inner": json.dumps({"seen": text})}),
    "sentence": lambda text: f"the call by ({text}) to [{text}] failed.",
}
PLACES: dict[str, Callable[[str], Heard]] = {
    "url": lambda text: search(f"https://e.org/{quote(text, safe='')}/x.png"),
    "documented_text": lambda text: search("https://e.org/a.png", assignees=text),
    "undocumented_key": lambda text: search("https://e.org/a.png", **{f"x{text}": 1}),
    "undocumented_value": lambda text: search("https://e.org/a.png", trace={"deep": [{"er": [text]}]}),
    "documented_query": lambda text: search("https://e.org/a.png", query=f"&trace={quote(text, safe='')}"),
    "undocumented_query": lambda text: search("https://e.org/a.png", query=f"&{quote(text, safe='')}=1"),
    "error_text": lambda text: search("https://e.org/a.png", failure(f"no: {text}")),
    "answer_key": lambda text: search("https://e.org/a.png", {**failure("no"), "debug": {text: [{text: text}]}}),
    "answer_title": lambda text: search(
        "https://e.org/a.png",
        {"data": {"patent_messages": [{"title": text, "url": text}]}, "status": True, "error_code": 0},
    ),
    "header": lambda text: search("https://e.org/a.png", headers=(("x-debug", quote(text)), ("cookie", f"s={COOKIE}"))),
}


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_planted_survives(tmp_path: Path, service: Service, place: str, wrapped: str) -> None:
    jar = search("https://e.org/a.png", headers=(("cookie", f"sid={COOKIE}; theme=dark"),))
    link = search(LINK)
    calls = [PLACES[place](WRAPPED[wrapped](secret)) for secret in PLANTED.values()]
    raw = recorded(tmp_path / "recording", service, *calls, link, token_call(), jar)  # the secrets are told last
    assert leaked(raw) == []
    examples.read(tmp_path / "recording", service.operations)


def test_the_search_for_leaks_finds_every_way() -> None:
    for wrap in WRAPPED.values():
        for name, secret in PLANTED.items():
            assert name in leaked(wrap(secret).encode()), (name, wrap(secret))


def test_a_link_keeps_its_dates_and_lives_but_no_place_and_no_signature(tmp_path: Path, service: Service) -> None:
    recorder = Recorder(tmp_path, service, "other")
    recorder.add(search(LINK))
    recorder.add(search(LINK.replace("X-Amz-Expires=32400", "X-Amz-Expires=10800")))
    first, second = (example.request.body["url"] for example in examples.read(tmp_path, service.operations))
    assert "X-Amz-Date=20260101T000000Z&X-Amz-Expires=32400" in first
    assert first.startswith("http://host-1.invalid/address-1.png?")
    assert first.replace("32400", "10800") == second, "equal secrets have equal placeholders"


def test_patents_ids_texts_and_the_pages_samples_stay(service: Service) -> None:
    scrub = Scrub(service, Placeholders())
    for operation in service.operations.values():
        for one in operation.parameters:
            if one.example is not None and "X-Amz" not in str(one.example) and operation.security == "shared":
                assert scrub.value({one.name: one.example}, {"properties": {one.name: one.schema_}}) == {
                    one.name: one.example
                }
    for text in ("CN101595528B", "718ead9c-4f3c-4674-8f5a-24e126827269", "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D"):
        assert scrub.text(text) == text
    for text in ("A cap (1) of FIG. 2 with a ring. HUAWEI TECHNOLOGIES CO., LTD. at 12:30", "智能手机外观设计"):
        assert scrub.text(text) == text


def test_patents_of_the_world_stay_as_they_are(service: Service) -> None:
    scrub = Scrub(service, Placeholders())
    lines = (loader.SHIPPED / "corpus/patents.jsonl").read_text("utf-8").splitlines()
    for line in lines[:: len(lines) // 150]:
        for name, text in json.loads(line).items():
            if isinstance(text, str) and "hash" not in name:
                assert scrub.text(text) == text


def test_a_file_is_told_by_its_kind_and_length_alone(tmp_path: Path, service: Service) -> None:
    body = (
        b'--b\r\ncontent-disposition: form-data; name="image"; filename="' + HOST.encode() + b'.png"\r\n'
        b"content-type: image/png\r\n\r\n" + TOKEN.encode() + b"\r\n--b--\r\n"
    )
    answer = {"data": {"url": LINK, "expire": 32400}, "status": True, "error_code": 0}
    sent = (("content-type", "multipart/form-data; boundary=b"), ("authorization", f"Bearer {TOKEN}"))
    upload = Heard(AT, "POST", "/image-search/image-upload", "", sent, body, 200, (), json.dumps(answer).encode())
    raw = recorded(tmp_path, service, upload, token_call())
    assert leaked(raw) == []
    (example, _) = examples.read(tmp_path, service.operations)
    assert example.request.body == {"image": {"file": {"media_type": "image/png", "bytes": len(TOKEN)}}}


def test_a_folder_with_a_recording_is_not_mixed_with_another(tmp_path: Path, service: Service) -> None:
    recorded(tmp_path, service, search("https://e.org/a.png"))
    with pytest.raises(NotEmpty, match="holds a recording already"):
        Recorder(tmp_path, service, "other")


def test_what_is_no_example_is_counted_with_its_reason(tmp_path: Path, service: Service) -> None:
    recorder = Recorder(tmp_path, service, "other")
    whole = search("https://e.org/a.png")
    for changed in (
        {"path": "/nothing/here"},
        {"body": b"{"},
        {"whole": False},
        {"answer": None},
        {"answer": b"<html>"},
        {"answer": b"[]"},
    ):
        recorder.add(Heard(**{name: getattr(whole, name) for name in Heard.__slots__} | changed))
    assert recorder.written == 0
    assert recorder.left_out == {
        "of no operation": 1,
        "with a request that cannot be read": 1,
        "without a whole answer": 2,
        "whose answer is no JSON object": 2,
    }


def test_texts_come_back_as_they_were(tmp_path: Path, service: Service) -> None:
    odd = ["NO", "12:30", "1e5", "0x1F", "null", "~", "", " x ", "a: b", "# c", "'\"", "1.5", "007", "\u0085x"]
    odd += ["é\n\tü", "- y"]
    recorder = Recorder(tmp_path, service, "other")
    for text in odd:
        recorder.add(search("https://e.org/a.png", assignees=text))
    assert [one.request.body["assignees"] for one in examples.read(tmp_path, service.operations)] == odd


def test_a_breach_of_the_documents_is_recorded_as_it_is(tmp_path: Path, service: Service) -> None:
    recorder = Recorder(tmp_path, service, "vendor")
    recorder.add(search("https://e.org/a.png"))
    recorder.add(search("https://e.org/a.png", {"data": [], "status": True, "error_code": 0}))
    sound, odd = examples.read(tmp_path, service.operations)
    assert (sound.as_is, odd.as_is) == (False, True)
    assert sound.recorded.evidence.grade == "observed"
    assert yaml.read(tmp_path / sound.file)["recorded"]["upstream"] == "vendor"

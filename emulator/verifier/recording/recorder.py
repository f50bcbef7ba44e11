"""A folder of recorded examples: each exchange with an operation of the service in a file of its own, scrubbed.

Only what came whole, and as JSON, is an example; what was left out is counted with its reason. A secret that shows
only later is taken out of the files before it, when the recording ends.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from emulator import clock
from emulator.contract.answer import AnswerChecker
from emulator.contract.request import RawRequest, RequestChecker
from emulator.spec import yaml as spec_yaml
from emulator.spec.examples import FOLDER, Kind
from emulator.spec.models import Operation, Service
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.placeholders import Placeholders
from emulator.verifier.recording.reading import Routes, Unread, answer_of, request_of
from emulator.verifier.recording.scrub import Scrub
from emulator.verifier.recording.secrets_told import secrets_of

_HEAD = "# Heard by patsnap-emulator and written without secrets and addresses.\n"
_EVIDENCE = {"grade": "observed", "source": "recording"}


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Quotes every text that some YAML would read as something else."""


_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", spec_yaml.DECIMAL, list("-+.0123456789"))


class NotEmpty(Exception):
    """The folder holds a recording already, whose placeholders would be mixed up with the new ones."""


class Recorder:
    """`upstream` is what kind of host is heard, `own` its name and others that mean the same."""

    def __init__(self, folder: Path, service: Service, upstream: Kind, own: frozenset[str] = frozenset()) -> None:
        if (folder / FOLDER).exists() and any((folder / FOLDER).iterdir()):
            raise NotEmpty(f"{folder} holds a recording already; choose another folder")
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        self._folder, self._service, self._upstream = folder, service, upstream
        self._routes = Routes(service)
        self._told = Placeholders()
        self._scrub = Scrub(service, self._told, own)
        self._files: list[tuple[Path, int]] = []
        self.left_out: Counter[str] = Counter()

    @property
    def written(self) -> int:
        return len(self._files)

    def add(self, heard: Heard) -> None:
        """Write one exchange, or count why it is none to write. What was learned of it counts in any case."""
        operation = self._routes.operation(heard.method, heard.path)
        asked = request_of(operation, heard) if operation else Unread("of no operation")
        answer = answer_of(heard)
        parsed = (answer, asked.body) if isinstance(asked, RawRequest) else (answer,)
        for secret in secrets_of(self._service, heard, *parsed):
            self._told.learn(secret)
        if operation is None:
            self.left_out["of no operation"] += 1
        elif isinstance(asked, Unread):
            self.left_out["with a request that cannot be read"] += 1
        elif not heard.whole or heard.answer is None:
            self.left_out["without a whole answer"] += 1
        elif not isinstance(answer, dict):
            self.left_out["whose answer is no JSON object"] += 1
        else:
            self._write(operation, heard, asked, answer)

    def close(self) -> None:
        """Look once more at the files that were written before all secrets were known."""
        for file, known in self._files:
            if known < self._told.known:
                document = spec_yaml.read(file)
                answer = {**document["answer"], "body": self._scrub.again(document["answer"]["body"])}
                self._put(file, {**document, "request": self._scrub.again(document["request"]), "answer": answer})
        self._files = [(file, self._told.known) for file, _ in self._files]

    def _write(self, operation: Operation, heard: Heard, asked: RawRequest, answer: dict[str, Any]) -> None:
        order = len(self._files) + 1
        code = answer.get("error_code")
        word = "success" if code == 0 else str(code) if isinstance(code, int) and 0 < code < 10**9 else "other"
        file = self._folder / FOLDER / operation.id / f"{order:05d}-{word}.yaml"
        file.parent.mkdir(exist_ok=True)
        recorded = {"at": clock.iso(heard.at), "upstream": self._upstream, "evidence": _EVIDENCE}
        amount = heard.answer_header(self._service.envelope.amount_header)
        told = {"status": heard.status, "amount": int(amount) if amount.isdecimal() and len(amount) < 10 else None}
        request = self._request(operation, heard, asked)
        answer = self._scrub.value(answer, operation.answer)
        document = {
            "operation": operation.id,
            "order": order,
            **({"as_is": True} if self._breaks(operation, request, answer) else {}),
            "recorded": recorded,
            "request": request,
            "answer": {**{name: value for name, value in told.items() if value is not None}, "body": answer},
        }
        self._put(file, document)
        self._files.append((file, self._told.known))

    def _request(self, operation: Operation, heard: Heard, asked: RawRequest) -> dict[str, Any]:
        credentials, known = self._service.query_credentials(), operation.names("query")
        query = [
            [name, self._scrub.text(value)] if name in known else [self._scrub.name(name, ()), self._scrub.other(value)]
            for name, value in asked.query
            if name not in credentials
        ]
        told: dict[str, Any] = {"query": query} if query else {}
        if operation.body is not None:
            schemas = {one.name: one.schema_ for one in operation.parameters if one.location == "body"}
            files, plain = _files_apart(asked.body)
            body = self._scrub.value(plain, {"properties": schemas})
            told |= {"media_type": operation.body.media_type, "body": {**body, **files} if files else body}
        return told

    def _breaks(self, operation: Operation, request: dict[str, Any], answer: dict[str, Any]) -> bool:
        raw = RawRequest(tuple(map(tuple, request.get("query", ()))), request.get("body"))
        checker = RequestChecker(operation, self._service.query_credentials())
        refused = answer.get("error_code") == 0 and checker.check(raw).violations
        return bool(refused or AnswerChecker(self._service, operation).check(answer))

    @staticmethod
    def _put(file: Path, document: Any) -> None:
        text = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
        file.write_text(_HEAD + text, "utf-8")


def _files_apart(body: Any) -> tuple[dict[str, Any], Any]:
    """Of a multipart body, what was told of its files, and the fields."""
    if not isinstance(body, dict):
        return {}, body
    files = {name: part for name, part in body.items() if isinstance(part, dict) and set(part) == {"file"}}
    return files, {name: part for name, part in body.items() if name not in files}

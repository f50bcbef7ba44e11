"""What is wrong with a request and with an answer by the documents alone: the checkers that an emulator uses itself."""

from collections.abc import Iterator

from emulator.contract.answer import AnswerChecker
from emulator.contract.client_rules.paths import wanted
from emulator.contract.request import CheckedRequest, RequestChecker
from emulator.contract.secrecy import without_secrets
from emulator.contract.violation import Violation
from emulator.spec.models import Operation, Service
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.reading import Routes, Unread, answer_of, request_of

_LONGEST = 300


class Breaches:
    """Compiled once for all exchanges with a service."""

    def __init__(self, service: Service) -> None:
        self.routes = Routes(service)
        operations = service.operations.values()
        anywhere = service.query_credentials()
        self._requests = {one.id: RequestChecker(one, anywhere) for one in operations}
        self._answers = {one.id: AnswerChecker(service, one) for one in operations}
        self._wanted = wanted(service)

    def of_request(self, heard: Heard) -> tuple[str, ...]:
        """One sentence for each breach."""
        operation = self.routes.operation(heard.method, heard.path)
        if operation is None:
            methods = self._wanted.get(heard.path)
            return (f"the page wants {methods}, not {heard.method[:20]}",) if methods else ()
        raw = request_of(operation, heard)
        if isinstance(raw, Unread):
            return (raw.sentence,)
        return tuple(_sentences(self._requests[operation.id].check(raw)))

    def of_answer(self, heard: Heard) -> tuple[Operation | None, tuple[Violation, ...]]:
        """The operation, and each breach of an answer that came whole and could be read."""
        operation = self.routes.operation(heard.method, heard.path)
        if operation is None or not heard.whole or heard.unfolded is None:
            return operation, ()
        return operation, self._answers[operation.id].check(answer_of(heard))


def header(asked: tuple[str, ...], answered: tuple[Violation, ...]) -> bytes:
    """One short line of ASCII without secrets; empty where nothing is wrong."""
    parts = [f"request: {sentence}" for sentence in asked] + [f"answer: {one}" for one in answered]
    line = without_secrets("; ".join(parts)).encode("ascii", "backslashreplace").decode()
    line = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in line)
    return (line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "...").encode()


def _sentences(checked: CheckedRequest) -> Iterator[str]:
    yield from map(str, checked.violations)
    yield from (f"no page documents the parameter {name[:60]!r}" for name in checked.undocumented)

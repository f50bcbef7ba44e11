"""What an outcome or a refusal looks like on the wire: bytes, status and headers.

Everything that differs between pages, wire profiles and languages is looked up in tables made at the start from
`errors.yaml`; nothing here decides whether a call succeeds.
"""

from typing import Any

import orjson

from emulator import clock
from emulator.behaviours.world import Account, Outcome
from emulator.contract.refusals import Refusals
from emulator.server.messages import Answer
from emulator.server.secrecy import without_secrets
from emulator.server.visit import Visit
from emulator.spec.models import Operation, Service

REASON_HEADER = "X-Emulator-Reason"
FAULT_HEADER = "X-Emulator-Fault"
_LONGEST_REASON = 300


class Envelope:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._rules = service.envelope
        self._refusals = Refusals(service)
        self.code_of = self._refusals.code_of

    def success(self, operation: Operation, account: Account, outcome: Outcome) -> tuple[int, bytes]:
        """Status and body of a success."""
        profile = self._service.errors.wire[account.wire]
        created = operation.method == "POST" and account.created_status == 201 and 201 in operation.statuses
        created = created and profile.http != "always_200"
        if outcome.flat is not None and profile.token == "flat":
            return 200, orjson.dumps(outcome.flat)
        parts: dict[str, Any] = {"data": outcome.data, "status": True, "error_code": 0}
        return 201 if created else 200, orjson.dumps({key: parts[key] for key in self._rules.success_keys})

    def failure(self, code: int, operation: Operation | None, account: Account) -> tuple[int, bytes]:
        """Status and body of a refusal, by its literal code."""
        profile = self._service.errors.wire[account.wire]
        text = self._refusals.text_of(code, operation, account.wire, account.language)
        parts = {"status": False, "error_code": code, "error_msg": text}
        body = orjson.dumps({key: parts[key] for key in profile.failure_keys})
        return self._refusals.status_of(code, operation, account.wire), body

    def answer(
        self, status: int, body: bytes, visit: Visit, correlation: str, reason: str | None, kind: str | None = None
    ) -> Answer:
        """The whole answer with its headers; `kind` is its media type where it is none of the service's."""
        headers = [
            ("content-type", kind or self._rules.content_type),
            ("date", clock.http_date(visit.now)),
            (self._rules.correlation_header, correlation),
        ]
        if self._service.errors.wire[visit.account.wire].amount_header:
            headers.append((self._rules.amount_header, str(visit.cost)))
        if reason is not None:
            headers.append((REASON_HEADER, header_text(reason)))
        if visit.fault:
            headers.append((FAULT_HEADER, "true"))
        return Answer(status, body, tuple(headers), *visit.way)


def fault_told(error: Exception) -> str:
    """The reason of a refusal that is a bug of ours."""
    return f"a fault of the emulator, not of the service: {type(error).__name__}; its log has the traceback"


def header_text(reason: str) -> str:
    """One line of ASCII, at most 300 bytes, without secrets."""
    line = without_secrets(reason).encode("ascii", "backslashreplace").decode()
    line = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in line)
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 3] + "..."

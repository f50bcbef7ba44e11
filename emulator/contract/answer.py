"""What an answer says, judged by the documents of its operation.

The same checker judges the emulator's own answers in tests and a real server's in conformance runs. It knows
envelopes and schemas, nothing of HTTP libraries or of how the answer was made.
"""

from collections.abc import Mapping
from typing import Any

from emulator.contract.shapes import Shape
from emulator.contract.violation import Violation
from emulator.spec.models import Operation, Service


class AnswerChecker:
    """The rules of one operation's answers, compiled once."""

    def __init__(self, service: Service, operation: Operation) -> None:
        self._operation = operation
        self._shape = Shape(operation.answer)
        self._listed = service.errors.tables[operation.error_table].lists

    def check(self, body: Any) -> tuple[Violation, ...]:
        """Every breach of the envelope, the data's schema or the page's list of codes; none for a sound answer."""
        if not isinstance(body, Mapping):
            return (self._violation("the body", "type", "the body is not a JSON object"),)
        violations = tuple(self._shape.violations(body))
        if self._operation.security == "shared":
            violations += tuple(self._envelope(body))
        return violations

    def _envelope(self, body: Mapping[str, Any]) -> list[Violation]:
        code, status = body.get("error_code"), body.get("status")
        breaches = []
        if status is not (code == 0):
            breaches.append(self._violation("status", "envelope", f"status is {status} though error_code is {code}"))
        if code == 0 and "error_msg" in body:
            breaches.append(self._violation("error_msg", "envelope", "a success carries no error_msg"))
        if code == 0 and "data" not in body:
            breaches.append(self._violation("data", "envelope", "a success carries data"))
        if code != 0 and "data" in body:
            breaches.append(self._violation("data", "envelope", "a failure carries no data"))
        if code != 0 and not body.get("error_msg"):
            breaches.append(self._violation("error_msg", "envelope", "a failure says why in error_msg"))
        if code not in (0, *self._listed):
            breaches.append(self._violation("error_code", "listed", f"code {code} is not in the page's table"))
        return breaches

    def _violation(self, where: str, rule: str, sentence: str) -> Violation:
        return Violation(where, rule, sentence, self._operation.evidence.model_dump())

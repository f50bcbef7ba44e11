"""What the documents say, as the tests need it: every operation, sound requests, and every place in a request.

Reads the same documents as the emulator, by the same loader, and nothing of how it behaves. Requests are read off them
where conformance cases have theirs from.
"""

from functools import cache
from typing import Any

from emulator.contract.answer import AnswerChecker
from emulator.spec import loader
from emulator.spec.models import Operation
from emulator.verifier.conformance.pictures import picture
from emulator.verifier.conformance.places import Place, least, parameters, places, whole

__all__ = [
    "CALLS",
    "FILE_REFUSED",
    "INVALID",
    "OPERATIONS",
    "SERVICE",
    "UNREADABLE",
    "Place",
    "checker",
    "is_documented",
    "least",
    "parameters",
    "picture",
    "places",
    "whole",
]

SERVICE = loader.load()
OPERATIONS = tuple(SERVICE.operations.values())
CALLS = tuple(operation for operation in OPERATIONS if operation.security == "shared")
INVALID, FILE_REFUSED, UNREADABLE = 68300004, 68300010, 68300007


@cache
def checker(operation_id: str) -> AnswerChecker:
    return AnswerChecker(SERVICE, SERVICE.operations[operation_id])


def is_documented(answer: Any, operation: Operation) -> None:
    """An answer in good order, whatever it says: a listed code, HTTP 200, and no fault of the emulator behind it."""
    assert answer.header("x-emulator-fault") is None, answer.reason
    assert answer.status == 200
    assert answer.code in (0, *SERVICE.errors.tables[operation.error_table].lists)
    assert answer.code != 68300008

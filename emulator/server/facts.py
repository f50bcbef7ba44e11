"""The facts of a call that has just been answered, from what was parsed on its way.

What the facts are is `contract.facts`'s business; here it is only known where they lie.
"""

from collections.abc import Mapping
from typing import Any

from emulator.behaviours.faults import Manner
from emulator.contract.credential_facts import credential_facts
from emulator.contract.facts import OperationFacts, digest_of_bytes
from emulator.contract.link_facts import link_facts
from emulator.contract.request import CheckedRequest, RequestChecker
from emulator.errors import ApiError
from emulator.server import reading
from emulator.server.messages import Request
from emulator.server.visit import Visit
from emulator.spec.models import Operation, Service

_LOST = frozenset({Manner.RESET, Manner.TRUNCATE, Manner.HANG})


class Facts:
    """Reads facts of calls; nothing is read twice but what was refused too early to be read at all."""

    def __init__(self, service: Service, checkers: Mapping[str, RequestChecker]) -> None:
        self._checkers = checkers
        self._bounds = service.bounds
        self._fields = service.client_rules.fields
        self._of = {operation.id: OperationFacts(service, operation) for operation in service.operations.values()}

    def of_call(self, request: Request, visit: Visit) -> dict[str, Any]:
        """Of a call of an operation, or of none."""
        operation = visit.operation
        facts = self._told_by_all(request, visit)
        checked = visit.checked or self._late(operation, request)
        if operation is None or checked is None:
            facts["same"] = digest_of_bytes(request.method.encode(), request.raw_query.encode(), request.body)
            return facts
        reader = self._of[operation.id]
        facts |= reader.of_request(checked)
        if visit.answered:
            facts |= reader.of_answer(visit.data)
            if "page" in facts:
                facts["page"] = reader.counted(facts["page"], visit.data)
        return facts

    def _late(self, operation: Operation | None, request: Request) -> CheckedRequest | None:
        """What a call said that was refused before anybody looked; an upload is not unfolded for that."""
        if operation is None or request.method != operation.method:
            return None
        if operation.body is not None and operation.body.media_type == reading.MULTIPART:
            return None
        try:
            return self._checkers[operation.id].check(reading.read(operation, request, self._bounds))
        except ApiError:
            return None

    def of_file(self, request: Request, visit: Visit) -> dict[str, Any]:
        """Of a request for a file."""
        facts = self._told_by_all(request, visit)
        facts["links"] = link_facts((f"{request.path}?{request.raw_query}",))
        facts["same"] = digest_of_bytes(request.path.encode("utf-8", "replace"), request.raw_query.encode())
        return facts

    def _told_by_all(self, request: Request, visit: Visit) -> dict[str, Any]:
        body = request.body if visit.operation is not None and visit.operation.security == "clientSecret" else b""
        facts = credential_facts(visit.operation, request.path, _query(request), request.headers, body, self._fields)
        more: Mapping[str, Any] = {
            "lost": visit.manner in _LOST,
            "held": max(0, visit.delay - visit.usual) + visit.drip,
            "real": visit.real,
        }
        return {**facts, **{name: value for name, value in more.items() if value}}


def _query(request: Request) -> tuple[tuple[str, str], ...]:
    try:
        return request.query
    except ValueError:
        return ()

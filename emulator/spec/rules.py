"""What client rules say, as frozen records, and the names under which traces of a client stand in exchanges.

The rules themselves are functions elsewhere; that each has an entry here, and each entry a function, is their
registry's business.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from emulator.spec.evidence import Evidence, Frozen, Milliseconds

if TYPE_CHECKING:
    from emulator.spec.models import Operation, Service

State = Literal["running", "success", "failed"]


class Fields(Frozen):
    """Which names carry what, in parameters and in answers; `states` are values by state, by the field's name."""

    ids: tuple[str, ...]
    patents: tuple[str, ...]
    pictures: tuple[str, ...]
    listed: tuple[str, ...]
    total: tuple[str, ...]
    offset: str
    limit: str
    token: str
    expires_in: str
    states: dict[str, dict[State, tuple[int | str, ...]]]
    secrets: frozenset[str]
    placeholders: frozenset[str]
    stray_paths: frozenset[str]
    evidence: Evidence


class Rule(Frozen):
    """`advice` is one sentence that says what to do; `blind` why the rule is silent when calls were dropped.

    `numbers` are counts, or durations in milliseconds; `codes` the refusals that the rule looks at.
    """

    severity: Literal["error", "warning", "note"]
    title: str = Field(min_length=1)
    advice: str = Field(min_length=1)
    evidence: Evidence
    codes: frozenset[int] = frozenset()
    numbers: dict[str, Milliseconds] = Field(default_factory=dict)
    blind: str | None = None


class ClientRules(Frozen):
    fields: Fields
    rules: dict[str, Rule]


def rows(client_rules: ClientRules) -> Iterator[tuple[str, str, str, str, str]]:
    """Name, severity, title, advice and evidence of each rule, in the order of the file."""
    for name, rule in client_rules.rules.items():
        yield name, rule.severity, rule.title, rule.advice, rule.evidence.cited


def checked(service: "Service") -> Iterator[tuple[str, str, str]]:
    """What must hold between the rules and the operations: file, field and reason of what does not."""
    for name, rule in service.client_rules.rules.items():
        for code in sorted(rule.codes - service.errors.codes.keys()):
            yield "rules.yaml", f"rules/{name}/codes", f"{code} is no code of errors.yaml"
    fields = service.client_rules.fields
    for operation in service.operations.values():
        data = _members(operation.answer, "data")
        if operation.creates is not None and not set(fields.ids) & data.keys():
            yield "rules.yaml", "fields/ids", f"none is in the answer of {operation.id}, which creates something"
        if operation.reads is None:
            continue
        if not any(parameter.name in fields.ids for parameter in operation.parameters):
            yield "rules.yaml", "fields/ids", f"none is a parameter of {operation.id}, which reads something"
        if service.operations[operation.reads].makes_tasks:
            yield from _states_are_told(operation, data, fields)


def _states_are_told(operation: "Operation", data: Mapping[str, Any], fields: Fields) -> Iterator[tuple[str, str, str]]:
    told = [name for name in fields.states if name in data]
    if len(told) != 1:
        yield "rules.yaml", "fields/states", f"exactly one field of the answer of {operation.id} must tell the state"
        return
    known = {value for values in fields.states[told[0]].values() for value in values}
    for value in data[told[0]].get("enum", ()):
        if value not in known:
            yield "rules.yaml", f"fields/states/{told[0]}", f"{value!r} of {operation.id} is no state"


def _members(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    members: Mapping[str, Any] = schema.get("properties", {}).get(name, {}).get("properties", {})
    return members

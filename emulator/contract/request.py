"""What a request says, judged by the documents of its operation.

`RequestChecker` turns raw parameters into typed values, or into violations. It knows the operation's parameters
and nothing of accounts, time, HTTP or what is done with the values.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.contract.shapes import Shape, kind_of, split
from emulator.contract.violation import Violation, shown
from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Parameter

_INTEGER = re.compile(r"-?[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class RawRequest:
    """What came in, before it is judged. `query` keeps doubles; `body` is a JSON value, form fields or files."""

    query: tuple[tuple[str, str], ...]
    body: Any = None


@dataclass(frozen=True, slots=True)
class CheckedRequest:
    """Typed values with defaults filled in, every violation, and names that no page documents."""

    values: Mapping[str, Any]
    violations: tuple[Violation, ...]
    undocumented: tuple[str, ...]


class RequestChecker:
    """The rules of one operation's parameters, compiled once."""

    def __init__(self, operation: Operation, allowed_anywhere: frozenset[str] = frozenset()) -> None:
        self._operation = operation
        self._query = {parameter.name: parameter for parameter in operation.parameters if parameter.location == "query"}
        self._body = {parameter.name: parameter for parameter in operation.parameters if parameter.location == "body"}
        self._allowed = allowed_anywhere
        self._shape = Shape(
            {
                "type": "object",
                "x-evidence": operation.evidence.model_dump(),
                "required": [parameter.name for parameter in operation.parameters if parameter.required],
                "properties": {parameter.name: _unfiled(parameter.schema_) for parameter in operation.parameters},
            }
        )
        self._defaults = {
            parameter.name: parameter.schema_["default"]
            for parameter in operation.parameters
            if "default" in parameter.schema_
        }
        self._allied = {
            parameter.name: parameter.schema_["x-allowed-by"]
            for parameter in operation.parameters
            if "x-allowed-by" in parameter.schema_
        }
        self._allied_evidence = {name: self._shape.schema["properties"][name]["x-evidence"] for name in self._allied}
        self._listed = {
            parameter.name: parameter.schema_["x-list"]["separator"]
            for parameter in operation.parameters
            if "x-list" in parameter.schema_
        }

    def check(self, raw: RawRequest) -> CheckedRequest:
        """Judge a request. With violations, `values` is whatever could be read."""
        takes_body = self._operation.body is not None
        if takes_body and not isinstance(raw.body, Mapping):
            return CheckedRequest(
                {}, (_ours("the body", "type", f"the body is {kind_of(raw.body)}, not an object"),), ()
            )
        body = raw.body if takes_body else {}
        values = {**self._from_query(raw), **_named(body, self._body)}
        violations = tuple(_doubled(raw.query))
        if not self._shape.fits(values):
            values = _without_nulls(values)
            violations += tuple(self._shape.violations(values))
        values = self._typed(values)
        violations += (*self._none_of_any(values), *self._misallied(values))
        unknown = [name for name, _ in raw.query if name not in self._query and name not in self._allowed]
        unknown += [name for name in body if name not in self._body]
        return CheckedRequest(values, violations, tuple(dict.fromkeys(unknown)))

    def _from_query(self, raw: RawRequest) -> dict[str, Any]:
        """The query's parameters, whole numbers and lists without items read as what they are."""
        given = _named(dict(raw.query), self._query)
        for name, separator in self._listed.items():
            if name in given and not split(given[name], separator):
                del given[name]
        return {name: _read(self._query[name], text) for name, text in given.items()}

    def _none_of_any(self, values: Mapping[str, Any]) -> tuple[Violation, ...]:
        names = self._operation.any_of
        if not names or any(values.get(name) for name in names):
            return ()
        sentence = f"one of {', '.join(names)} must be given"
        return (Violation(names[0], "any_of", sentence, self._operation.any_of_evidence.model_dump()),)

    def _misallied(self, values: Mapping[str, Any]) -> Iterator[Violation]:
        """Values that are allowed, but not beside the value of another parameter."""
        for name, allies in self._allied.items():
            for other, allowed in allies.items():
                beside = values.get(other)
                fitting = allowed.get(beside) if isinstance(beside, str) else None
                if name in values and fitting is not None and values[name] not in fitting:
                    sentence = f"{name} {shown(values[name])} does not go with {other} {beside}"
                    yield Violation(name, "x-allowed-by", sentence, self._allied_evidence[name])

    def _typed(self, values: dict[str, Any]) -> dict[str, Any]:
        for name, separator in self._listed.items():
            if isinstance(values.get(name), str):
                values[name] = split(values[name], separator)
        return {**self._defaults, **values}


def _named(given: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """What was given of these parameters; null and the empty text count as absent."""
    return {name: value for name, value in given.items() if name in parameters and value is not None and value != ""}


def _doubled(query: tuple[tuple[str, str], ...]) -> Iterator[Violation]:
    for name, times in Counter(name for name, _ in query).items():
        if times > 1:
            yield _ours(name[:60], "doubled", f"{name[:60]} occurs {times} times in the query")


def _ours(where: str, rule: str, sentence: str) -> Violation:
    """A breach of a rule that no page prints."""
    return Violation(where, rule, sentence, OURS)


def _read(parameter: Parameter, text: str) -> Any:
    """A query text as its schema's type; what cannot be read stays a text, and the schema refuses it."""
    if parameter.schema_.get("type") == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    return text


def _unfiled(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A file is not a text: only its presence is checked here, its size and content by those who read pictures."""
    if schema.get("format") == "binary":
        return {word: value for word, value in schema.items() if word.startswith("x-")}
    return schema


def _without_nulls(value: Any) -> Any:
    """The same value, optional members that are null left out, at any depth."""
    if isinstance(value, dict):
        return {name: _without_nulls(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value

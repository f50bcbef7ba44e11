"""A success in another form than the usual one: unknown fields, no optional ones, no results, Chinese texts.

Pure: the schema of an answer and its members in, other members out. What the schema does not know is left as it is. Who
asked for the form, and what the call costs then, is not known here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from emulator.behaviours.faults import Form
from emulator.behaviours.world import Outcome
from emulator.spec.models import Operation, Service
from emulator.spec.reserved import AnswerForms

_OWN = 2  # levels of objects whose fields all stay: the answer itself, and `data`


def formed(form: Form, service: Service, operation: Operation, outcome: Outcome) -> Outcome:
    """An outcome in a form, wrapped and unwrapped."""
    rules = service.values.answer_forms
    whole = dict(written(form, rules, operation.answer, {"data": outcome.data}))
    flat = None if outcome.flat is None else written(form, rules, operation.answer, outcome.flat)
    return replace(outcome, data=whole.pop("data"), flat=flat, beside=whole)


def written(form: Form, rules: AnswerForms, schema: Mapping[str, Any], body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body in a form; `schema` is that of the whole answer."""
    changed: Mapping[str, Any] = _FORMS[form](rules, schema, body)
    return changed


def _with_more(rules: AnswerForms, schema: Mapping[str, Any], value: Any) -> Any:
    """Unknown fields in every object, before the known ones."""
    if isinstance(value, Mapping):
        return {**rules.added, **{name: _with_more(rules, schema, part) for name, part in value.items()}}
    if isinstance(value, list):
        return [_with_more(rules, schema, item) for item in value]
    return value


def _with_least(rules: AnswerForms, schema: Mapping[str, Any], value: Any, level: int = 0) -> Any:
    """Only what is required, and what tells one item from others; the uppermost fields all stay."""
    if isinstance(value, list):
        return [_with_least(rules, schema.get("items", {}), item, _OWN) for item in value]
    known = schema.get("properties", {})
    if not isinstance(value, Mapping) or not known:
        return value
    stays = {*schema.get("required", ()), *rules.kept}
    return {
        name: _with_least(rules, known.get(name, {}), part, level + 1)
        for name, part in value.items()
        if level < _OWN or name in stays or name not in known
    }


def _with_nothing(rules: AnswerForms, schema: Mapping[str, Any], value: Any) -> Any:
    """Lists without items, and counts of 0."""
    if isinstance(value, list):
        return []
    if isinstance(value, Mapping):
        known = schema.get("properties", {})
        return {
            name: 0 if _counts(name, part) else _with_nothing(rules, known.get(name, {}), part)
            for name, part in value.items()
        }
    return value


def _counts(name: str, value: Any) -> bool:
    return name.endswith("count") and type(value) is int


def _with_chinese(rules: AnswerForms, schema: Mapping[str, Any], value: Any) -> Any:
    """Chinese letters behind every text for people."""
    if isinstance(value, list):
        return [_with_chinese(rules, schema, item) for item in value]
    if isinstance(value, Mapping):
        return {
            name: part + rules.ending
            if name in rules.texts and isinstance(part, str)
            else _with_chinese(rules, schema, part)
            for name, part in value.items()
        }
    return value


_FORMS: Mapping[Form, Callable[..., Any]] = {
    Form.EXTRA: _with_more,
    Form.SPARSE: _with_least,
    Form.EMPTY: _with_nothing,
    Form.CHINESE: _with_chinese,
}

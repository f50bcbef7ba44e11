"""Patent data: the order of a batch, doubles, relatives' texts, bills, and values that differ between operations."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.behaviours.world import Call, Outcome
from emulator.spec.models import Operation, Service
from tests.mutants.kinds.searches import only_for
from tests.mutants.mutant import Does, Mutant, closed, touched
from tests.mutants.wire import Steps, at, edited, fields

RULES = ("translat", "patent", "promise", "batch", "bill")
_BY_ITEM = ("unknown ids billed", "doubles billed twice", "one call, one credit")  # no matter where calls are billed
_TEXTS = ("abstract", "claims", "description")
# What several operations tell of the same patent, under one name or another.
_SHARED = frozenset(
    {
        "title",
        "patent_pn",
        "pn",
        "patent_id",
        "apno",
        "apdt",
        "pbdt",
        "current_assignee",
        "original_assignee",
        "inventor",
        "authority",
        "loc",
        "country",
    }
)


def batches(service: Service) -> list[Mutant]:
    """For each operation that is asked for several patents: every wrong way to answer and to bill them."""
    found = []
    for operation in service.operations.values():
        if operation.parameter("patent_id") is None or operation.answer["properties"]["data"].get("type") != "array":
            continue
        translates = operation.parameter("replace_by_related") is not None
        by_item = operation.price.per == "item"
        ways = dict(_TEXT_WAYS) if translates else {}
        ways |= {name: way for name, way in _WAYS.items() if by_item or name not in _BY_ITEM}
        found += [_mutant(operation, name, wrap) for name, wrap in ways.items()]
    return found


def differing(service: Service) -> list[Mutant]:
    """What one operation tells of patents differs from what the others tell."""
    return [
        Mutant(
            "patent told otherwise",
            f"{operation.id}.{'.'.join(steps)}",
            closed(service, operation.id),
            ("promise", "patent", "same"),
            answers=edited(operation, _otherwise(steps)),
        )
        for operation in service.operations.values()
        if operation.security == "shared"
        for steps, schema in fields(operation.answer)
        if steps[-1] in _SHARED and "[]" in steps and schema.get("type") in ("string", "integer")
    ]


def _mutant(operation: Operation, name: str, wrap: Callable[[Does], Does]) -> Mutant:
    return Mutant(
        "batch of patents wrong", f"{operation.id}:{name}", touched(operation), RULES, does=only_for(operation, wrap)
    )


def _data(edit: Callable[[list[Any]], list[Any]]) -> Callable[[Does], Does]:
    def wrap(does: Does) -> Does:
        def act(call: Call) -> Outcome:
            outcome = does(call)
            return replace(outcome, data=edit(outcome.data))

        return act

    return wrap


def _found(count: Callable[[Call, Outcome], int]) -> Callable[[Does], Does]:
    def wrap(does: Does) -> Does:
        def act(call: Call) -> Outcome:
            outcome = does(call)
            return replace(outcome, found=count(call, outcome))

        return act

    return wrap


def _asked(call: Call) -> list[Any]:
    return list(call.values.get("patent_id") or call.values["patent_number"])


def _unknown_answered(does: Does) -> Does:
    def act(call: Call) -> Outcome:
        outcome = does(call)
        known = {item["patent_id"] for item in outcome.data} | {item["pn"] for item in outcome.data}
        lacking = [one for one in _asked(call) if one not in known and "patent_id" in call.values]
        return replace(outcome, data=[*outcome.data, *({"pn": "", "patent_id": one} for one in lacking)])

    return act


def _doubled(does: Does) -> Does:
    """An id that is asked for twice is answered twice."""

    def act(call: Call) -> Outcome:
        outcome = does(call)
        by_id = {item["patent_id"]: item for item in outcome.data} | {item["pn"]: item for item in outcome.data}
        items = [by_id[one] for one in _asked(call) if one in by_id]
        return replace(outcome, data=items if len(items) >= len(outcome.data) else outcome.data)

    return act


def _number_wins(does: Does) -> Does:
    def act(call: Call) -> Outcome:
        values = dict(call.values)
        if values.get("patent_number"):
            values.pop("patent_id", None)
        return does(replace(call, values=values))

    return act


def _values(**other: Any) -> Callable[[Does], Does]:
    return lambda does: lambda call: does(replace(call, values={**call.values, **other}))


def _known(call: Call) -> int:
    """How many of what was asked for is known, doubles counted."""
    by = call.corpus.by_id if call.values.get("patent_id") else call.corpus.by_number
    return sum(by(one) is not None for one in _asked(call))


_WAYS: dict[str, Callable[[Does], Does]] = {
    "order reversed": _data(lambda items: items[::-1]),
    "order by number": _data(lambda items: sorted(items, key=lambda item: item["pn"])),
    "unknown ids answered": _unknown_answered,
    "unknown ids billed": _found(lambda call, outcome: len(dict.fromkeys(_asked(call)))),
    "doubles answered twice": _doubled,
    "doubles billed twice": _found(
        lambda call, outcome: _known(call) if len(outcome.data) == outcome.found else outcome.found
    ),
    "the last one missing": _data(lambda items: items[: max(1, len(items) - 1)]),
    "patent_number wins": _number_wins,
    "one call, one credit": _found(lambda call, outcome: min(1, outcome.found)),
}


def _own_number(items: list[Any]) -> list[Any]:
    return [{**item, "pn_related": item["pn"]} if "pn_related" in item else item for item in items]


def _shuffled_texts(items: list[Any]) -> list[Any]:
    texts = [{name: item[name] for name in _TEXTS if name in item} for item in items]
    return [{**item, **text} if text else item for item, text in zip(items, texts[1:] + texts[:1], strict=True)]


_TEXT_WAYS: dict[str, Callable[[Does], Does]] = {
    "replace_by_related always": _values(replace_by_related=1),
    "replace_by_related never": _values(replace_by_related=0),
    "always english": _values(lang="en"),
    "always chinese": _values(lang="cn"),
    "always japanese": _values(lang="jp"),
    "relatives' texts free": _found(
        lambda call, outcome: sum(
            "pn_related" not in item and any(name in item for name in _TEXTS) for item in outcome.data
        )
    ),
    "items without text billed": _found(lambda call, outcome: len(outcome.data)),
    "pn_related is the own number": _data(_own_number),
    "texts of the neighbour": _data(_shuffled_texts),
    "items without text left out": _data(
        lambda items: [item for item in items if any(name in item for name in _TEXTS)]
    ),
}


def _otherwise(steps: Steps) -> Callable[[Any], Any]:
    def edit(body: Any) -> Any:
        at(body, steps, _other)
        return body

    return edit


def _other(holder: Any, name: str) -> None:
    value = holder[name]
    if isinstance(value, str) and value:
        holder[name] = value[:-1] + ("b" if value[-1] == "a" else "a")
    elif isinstance(value, int):
        holder[name] = value + 1

"""Every case that the documents imply is kept: on both wires, and with another corpus.

The cases are those of `patsnap-emulator conformance`, here played in process, all of one operation and rule together.
With `--target` they are played there once, as far as they cost nothing on a server that is no emulator.
"""

from collections.abc import Callable
from typing import Any

import pytest

from contract_tests.documents import SERVICE
from emulator.verifier.conformance.case import Case
from emulator.verifier.conformance.plan import planned
from emulator.verifier.conformance.play import play
from emulator.verifier.conformance.stage import House
from emulator.verifier.conformance.table import cases
from emulator.verifier.report.model import CaseOutcome

HouseOf = Callable[[str], House]
# What depends on the patents that there are; the rest is the same with any.
_OF_PATENTS = (
    "default", "example", "fields", "file", "filter", "no effect", "order", "page", "patents", "price", "same", "task",
    "verdict",
)  # fmt: skip


def _groups() -> dict[tuple[str, str], list[Case]]:
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in cases(SERVICE):
        groups.setdefault((case.operation, case.rule), []).append(case)
    return groups


_GROUPS = _groups()


def _every(*rules: str) -> list[Any]:
    return [pytest.param(own, id="-".join(key)) for key, own in _GROUPS.items() if not rules or key[1] in rules]


def _kept(house: House, group: list[Case]) -> None:
    """Played, none of the cases finds a breach."""
    plan = planned(group, house)
    if all(one.why_not for one in plan):
        pytest.skip(plan[0].why_not)
    results = [play(one.case, house, keep=False) for one in plan if not one.why_not]
    assert [f"{one.id}: {one.sentence}" for one in results if one.outcome is not CaseOutcome.HELD] == []


@pytest.mark.parametrize("group", _every())
def test_the_documented_wire_keeps_what_the_documents_promise(house_of: HouseOf, group: list[Case]) -> None:
    _kept(house_of("documented"), group)


@pytest.mark.parametrize("group", _every())
def test_the_live_wire_keeps_what_the_documents_promise(house_of: HouseOf, group: list[Case]) -> None:
    _kept(house_of("live"), group)


@pytest.mark.parametrize("group", _every(*_OF_PATENTS))
def test_another_corpus_keeps_what_the_documents_promise(house_of: HouseOf, group: list[Case]) -> None:
    _kept(house_of("another corpus"), group)

"""Conformance cases played against mutants until one of them notices.

What the true emulator is asked by each case is learned first: a mutant that touches one operation is played only the
cases that call it, those of its own rules first. Cases that the true emulator breaks judge nobody.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import orjson

from emulator.behaviours.table import TOKEN
from emulator.server.gateway import Gateway
from emulator.verifier.conformance.case import ANYWHERE, Case
from emulator.verifier.conformance.play import CaseFault, play
from emulator.verifier.conformance.stage import House, Knowledge
from emulator.verifier.conformance.table import cases
from emulator.verifier.conformance.target import InProcess, Target
from emulator.verifier.control import Control
from emulator.verifier.report.model import CaseOutcome
from tests.mutants import ground
from tests.mutants.mutant import Mutant

_BASE = "http://127.0.0.1"
_NOTICED = (CaseOutcome.BREACHED, CaseOutcome.QUESTION, CaseOutcome.BROKEN)
WIRES = ("documented", "live")
_UPLOAD = "P010"  # only its files can be refused
OF_THE_WIRE = (
    "code",
    "quota",
    "required",
    "path",
    "method",
    "envelope",
    "token",
    "credentials",
    "example",
    "body",
)  # profiles differ in these alone
_NOW = "2026-03-02T03:04:05Z"


@dataclass(frozen=True)
class Known:
    """A case in a wire profile: what it calls on the true emulator, which codes it is told, and how long that takes."""

    case: Case
    wire: str
    operations: frozenset[str]
    codes: frozenset[int] | None
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """`by` is the case that noticed, None for a survivor; `fault` says that the case itself stumbled."""

    mutant: str
    kind: str
    by: str | None
    sentence: str = ""
    fault: bool = False
    played: int = 0
    seconds: float = 0.0

    @property
    def killed(self) -> bool:
        return self.by is not None


@contextmanager
def house(gateway: Gateway, wire: str) -> Iterator[House]:
    """An emulator as conformance cases see it."""
    with (
        Target(_BASE, transport=InProcess(gateway)) as target,
        Control(_BASE, transport=InProcess(gateway)) as control,
    ):
        yield House(_knowledge(), target, wire, control, own=True)


def every_case() -> tuple[tuple[Case, str], ...]:
    """Every case with the wire profiles in which it is played."""
    return tuple(
        (case, wire)
        for wire in WIRES
        for case in cases(ground.true_service())
        if wire == WIRES[0] or case.rule in OF_THE_WIRE or case.operation == _UPLOAD
    )


def learned(case: Case, wire: str) -> Known | str:
    """What a case asks of the true emulator, or how that breaks it."""
    with ground.emulator(**settings(wire)) as gateway:
        called, codes = set[str](), set[int]()
        _listen(gateway, called, codes)
        with house(gateway, wire) as stage:
            begun = perf_counter()
            result = play(case, stage, keep=False)
            took = perf_counter() - begun
    if result.outcome is not CaseOutcome.HELD:
        return f"{case.id} ({wire}) is left out, the true emulator does not hold it: {result.sentence[:200]}"
    return Known(case, wire, frozenset(called), frozenset(codes), took)


def supposed(case: Case, wire: str) -> Known:
    """A case that nobody has tried: taken to call the operation it is about, and no other."""
    return Known(case, wire, frozenset({case.operation}), None, 0.0)


def judged(mutant: Mutant, known: tuple[Known, ...], most: int | None = None, first: str = "") -> Verdict:
    """What becomes of a mutant; by the `most` likely cases of each wire profile, or by all."""
    begun, played = perf_counter(), 0
    begins = next((one.wire for one in known if told(one) == first), mutant.wires[0])
    for wire in sorted(mutant.wires, key=lambda each: each != begins):
        with _quiet(), ground.emulator(mutant, **settings(wire)) as gateway, house(gateway, wire) as stage:
            ordered = in_order(mutant, [each for each in known if each.wire == wire])
            for one in sorted(ordered, key=lambda each: told(each) != first)[:most]:
                played += 1
                noticed = _noticed(one.case, stage)
                if noticed is not None:
                    took = perf_counter() - begun
                    return Verdict(str(mutant), mutant.kind, told(one), *noticed, played, took)
    return Verdict(str(mutant), mutant.kind, None, played=played, seconds=perf_counter() - begun)


def told(one: Known) -> str:
    """What a case is called, with its wire profile where that is not the usual one."""
    return one.case.id if one.wire == WIRES[0] else f"{one.case.id} ({one.wire})"


def in_order(mutant: Mutant, known: list[Known]) -> list[Known]:
    """The cases that can tell: those of the mutant's operations and rules first, the quick ones before the slow."""
    return sorted((one for one in known if _can_tell(mutant, one)), key=lambda one: _rank(mutant, one))


def _can_tell(mutant: Mutant, one: Known) -> bool:
    """Every case asks for a token; of mutants of that call, those tell that are about it."""
    if mutant.codes and one.codes is not None and not mutant.codes & one.codes:
        return False
    if mutant.touches == {TOKEN}:
        return one.case.operation in (TOKEN, ANYWHERE)
    return not mutant.touches or bool(mutant.touches & one.operations)


def settings(wire: str) -> dict[str, Any]:
    """A server whose clock stands still, so that nothing hangs on how fast it is."""
    return {"wire": wire, "now": _NOW, "freeze": True}


def _rank(mutant: Mutant, one: Known) -> tuple[bool, int, float]:
    about = not mutant.touches or one.case.operation in mutant.touches
    name = one.case.id.lower()
    fitting = sum(rule.lower() in name for rule in mutant.rules)
    return (not (about and fitting), -fitting * about, one.seconds)


def _noticed(case: Case, stage: House) -> tuple[str, bool] | None:
    try:
        result = play(case, stage, keep=False, stop=True)
    except CaseFault as fault:
        return str(fault)[:300], True
    except Exception as error:  # what opens and closes stages stumbled
        return f"{type(error).__name__}: {error}"[:300], True
    return (result.sentence, False) if result.outcome in _NOTICED else None


def _listen(gateway: Gateway, called: set[str], told: set[int]) -> None:
    """Write down which operations are called, that files are fetched, and which codes are answered."""
    by_path = {one.path: one.id for one in ground.true_service().operations.values()}
    for name in ("_respond", "_respond_apart", "_serve_file"):
        true = getattr(gateway, name)

        def heard(request, true=true):  # type: ignore[no-untyped-def]
            called.add(by_path.get(request.path, "file" if request.path.startswith("/files/") else ANYWHERE))
            answer = true(request)
            if answer.body[:1] == b"{" and b"error_code" in answer.body:
                told.add(orjson.loads(answer.body)["error_code"])
            return answer

        setattr(gateway, name, heard)


@contextmanager
def _quiet() -> Iterator[None]:
    """Mutants stumble, and the emulator's log says so at length."""
    log = logging.getLogger("emulator")
    before, log.disabled = log.disabled, True
    try:
        with redirect_stderr(io.StringIO()):
            yield
    finally:
        log.disabled = before


_kept: list[Knowledge] = []


def _knowledge() -> Knowledge:
    if not _kept:
        _kept.append(Knowledge(ground.true_service()))
    return _kept[0]

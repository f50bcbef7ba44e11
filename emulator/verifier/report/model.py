"""What a run came to: findings, calls, the bill, what was met and what never was, drills, cases.

Every command of the verifier ends in one `Report`; every way of showing one reads nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from emulator.contract.coverage import Cell as Cell  # the grid is made where exchanges are read
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding


@dataclass(frozen=True, slots=True)
class Bill:
    """What the calls would have cost; `for_nothing` of it bought what the client never used or already had."""

    credits: int
    for_nothing: int
    budget: int | None = None
    by_operation: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule that the run was judged by, found against or not; `blind` says why it could say nothing."""

    rule: str
    title: str
    theme: str = "rules"
    blind: str | None = None


CALM = "calm"  # the run in which nothing happens; it stands with the drills and is none


class DrillVerdict(StrEnum):
    """How a client came through a mishap."""

    SURVIVED = "survived"
    GAVE_UP = "gave up cleanly"
    WRONG = "wrong"  # it reported success that was none, or wrong data
    FELL = "fell over"  # it ended by an exception of its own or by a signal
    HUNG = "hung"
    NOT_MET = "not met"  # the client never did what the mishap waits for


@dataclass(frozen=True, slots=True)
class DrillResult:
    """`expected` is what a sound client does; `fine` whether this one did as well; `sentence` why the verdict.

    `evidence` is of the mishap, `refusal` the last one the client met and why. `in_question` tells of what is not fine
    that the code it was answered is a guess: the page does not list the real one.
    """

    name: str
    title: str
    expected: str
    verdict: DrillVerdict
    fine: bool
    sentence: str
    exit_code: int | None
    seconds: float
    exchanges: tuple[Exchange, ...] = ()
    findings: tuple[Finding, ...] = ()
    calls: int = 0  # how many there were; `exchanges` may be the telling ones of them
    stdout: str = ""
    stderr: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""
    in_question: bool = False


class CaseOutcome(StrEnum):
    HELD = "held"
    BREACHED = "breached"  # of an observed or documented rule
    QUESTION = "question"  # of an assumed one
    NOT_TRIED = "not tried"
    BROKEN = "broken"  # the target could not be reached, or did not answer as HTTP


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One contract case as it was played; `sentence` says what differed or why it was not tried."""

    id: str
    operation: str
    rule: str
    outcome: CaseOutcome
    evidence: Mapping[str, Any]
    sentence: str = ""
    calls: int = 0
    credits: int = 0
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`subject` is the command or the target; `notes` are sentences about the run itself; `seed` repeats it."""

    kind: Literal["verify", "drill", "conformance", "proxy", "replay"]
    subject: str
    version: str
    started: str
    seed: int | None = None
    exit_code: int | None = None
    findings: tuple[Finding, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    dropped: int = 0
    bill: Bill | None = None
    coverage: tuple[Cell, ...] = ()
    drills: tuple[DrillResult, ...] = ()
    cases: tuple[CaseResult, ...] = ()
    notes: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    documents: Mapping[str, Any] | None = None  # titles of sources, for the evidence of findings

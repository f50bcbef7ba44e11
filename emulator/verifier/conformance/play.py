"""A case played to its end, and what came of it.

A breach of a rule that somebody wrote down or saw is the server's error, one of a rule of ours a question. What goes
wrong inside a case is a `CaseFault`: an error of ours, never told as the server's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from emulator.verifier.conformance.answers import Departed
from emulator.verifier.conformance.case import Breach, Case
from emulator.verifier.conformance.kept import Kept
from emulator.verifier.conformance.stage import House, Stage
from emulator.verifier.conformance.target import Unreachable
from emulator.verifier.report.model import CaseOutcome, CaseResult
from emulator.verifier.standing import LetsNobodyIn

_MOST_TOLD = 5  # breaches in one sentence
_ASSUMED = "assumed"


class CaseFault(Exception):
    """A case has a fault of its own; the text names the case and the fault."""


class Interrupted(Exception):
    """Somebody interrupted a case; `result` is what it had come to, and cost, by then."""

    def __init__(self, result: CaseResult) -> None:
        super().__init__(result.id)
        self.result = result


@dataclass(frozen=True)
class Played:
    """The breaches of a case, the first that was found first."""

    breaches: tuple[str, ...]
    unreachable: str = ""
    interrupted: bool = False


def play(case: Case, house: House, *, keep: bool = True, stop: bool = False) -> CaseResult:
    """Play a case. `stop` ends it at the first breach; without `keep` no exchange is kept.

    Raises CaseFault, Interrupted, and LetsNobodyIn where the run's credentials are not taken.
    """
    kept = Kept(keep)
    with house.stage(case.id, kept.heard) as stage:
        kept.stage = stage
        played = _played(case, stage, stop)
    result = _result(case, played, kept)
    if played.interrupted:
        raise Interrupted(result)
    return result


def _played(case: Case, stage: Stage, stop: bool) -> Played:
    breaches: list[str] = []
    try:
        for breach in case.play(stage):
            breaches.append(breach)
            if stop:
                break
    except Departed as departed:
        breaches.append(str(departed))
    except Unreachable as unreachable:
        return Played(tuple(breaches), str(unreachable))
    except KeyboardInterrupt:
        return Played(tuple(breaches), interrupted=True)
    except LetsNobodyIn:
        raise
    except Exception as error:
        raise CaseFault(f"{case.id}: {type(error).__name__}: {error}") from error
    return Played(tuple(breaches))


def _result(case: Case, played: Played, kept: Kept) -> CaseResult:
    outcome, evidence = CaseOutcome.HELD, case.evidence
    sentence = _told(played.breaches)
    if played.unreachable:
        outcome, sentence = CaseOutcome.BROKEN, played.unreachable
    elif played.breaches:
        gravest = min(played.breaches, key=lambda breach: evidence_of(case, breach)["grade"] == _ASSUMED)
        evidence = evidence_of(case, gravest)
        outcome = CaseOutcome.QUESTION if evidence["grade"] == _ASSUMED else CaseOutcome.BREACHED
    elif played.interrupted:
        outcome, sentence = CaseOutcome.NOT_TRIED, "was interrupted before its end"
    return CaseResult(
        case.id, case.operation, case.rule, outcome, evidence, sentence, kept.calls, kept.credits, kept.exchanges
    )


def evidence_of(case: Case, breach: str) -> "dict[str, object]":
    """How the rule that was broken is known: by the breach, or else by its case."""
    own = breach.evidence if isinstance(breach, Breach) else None
    return dict(own or case.evidence)


def _told(breaches: Iterable[str]) -> str:
    told = list(dict.fromkeys(breaches))
    more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return "; ".join(told[:_MOST_TOLD]) + more


def skipped(case: Case, why: str) -> CaseResult:
    """A case that was not played."""
    return CaseResult(case.id, case.operation, case.rule, CaseOutcome.NOT_TRIED, case.evidence, why)


Player = Callable[[Case], CaseResult]

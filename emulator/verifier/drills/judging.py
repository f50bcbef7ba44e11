"""How a client came through a mishap: one small question after the other, the first that applies gives the verdict.

Each question is a function of a run and of what the client does in calm; it answers with a sentence, or not at all.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from emulator.spec.drills import Drill, Patience
from emulator.verifier.drills import refusals, saying
from emulator.verifier.drills.calm import Calm, bought, done
from emulator.verifier.drills.running import Run
from emulator.verifier.report.columns import short
from emulator.verifier.report.model import DrillVerdict
from emulator.verifier.report.told import number

_PARAMETERS = 68300004
_QUOTED = 60  # places: what a client said fits in one line
_SURVIVED = {
    "same": "it ended well, and did and printed all that it does in calm",
    "other": "it ended well, and did all that it does in calm",
    "less": "it ended well, and no call was refused that was built on nothing",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged."""

    drill: Drill
    calm: Calm
    run: Run
    too_many: Patience

    @property
    def ended_well(self) -> bool:
        return self.run.ran.exit_code == 0

    @property
    def falls(self) -> list[str]:
        """The exceptions that it told of and that no calm run tells of."""
        return [line for line in saying.falls(self.run.ran.output) if saying.masked(line) not in self.calm.falls]


def verdict(case: Case) -> tuple[DrillVerdict, str]:
    """The verdict and why."""
    for judged, question in _QUESTIONS:
        if (sentence := question(case)) is not None:
            return judged, sentence
    return DrillVerdict.SURVIVED, _SURVIVED[case.drill.result]


def fine(drill: Drill, judged: DrillVerdict) -> bool:
    """Whether that is as well as a sound client does. What was not met is no failure."""
    good = {DrillVerdict.SURVIVED, DrillVerdict.NOT_MET}
    return judged in good or (judged is DrillVerdict.GAVE_UP and drill.expected == "gives up")


def in_question(case: Case, judged: DrillVerdict) -> bool:
    """Whether a client that should have survived gave up over a code that stands in for another."""
    refused = refusals.last(case.run.exchanges)
    if fine(case.drill, judged) or judged is not DrillVerdict.GAVE_UP or refused is None:
        return False
    return refusals.stands_in(case.calm.cast.service, refused)


def hung(case: Case) -> str | None:
    ran = case.run.ran
    if not ran.timed_out:
        return None
    count = len(case.run.exchanges) + case.run.dropped
    last = f", the last to {refusals.named(case.run.exchanges[-1])}" if case.run.exchanges else ""
    return f"it had not ended after {ran.seconds:.0f} s and {number(count, 'call')}{last}"


def not_met(case: Case) -> str | None:
    return None if case.run.met else "the client ended before it came to the call that was waited for"


def bought_again(case: Case) -> str | None:
    """The same paid thing over and over."""
    for (operation, asked), times in bought(case.run.exchanges).items():
        if times >= case.calm.bought.get((operation, asked), 0) + case.too_many.purchases:
            return f"it paid for the same {operation} {times} times"
    return None


def hammered(case: Case) -> str | None:
    """The same refusal over and over."""
    refused = Counter(
        (exchange.operation, exchange.code or exchange.status)
        for exchange in case.run.exchanges
        if exchange.operation is not None and not exchange.succeeded and (exchange.status or 500) >= 200
        if exchange.code or (exchange.status or 0) >= 400
    )
    for (operation, code), times in refused.items():
        if times >= case.too_many.refusals:
            return f"it went on asking {refusals.work(operation)}, which was refused with {code} {times} times"
    return None


def fell(case: Case) -> str | None:
    ran = case.run.ran
    if ran.signal is not None:
        return f"it was ended by {ran.signal}"
    if case.ended_well:
        return None
    last = saying.last_line(ran.stderr)
    falls = case.falls or [line for line in saying.falls(ran.stderr) if line == last]
    return f"it ended by an exception of its own: {falls[-1][:200]}" if falls else None


def said_nothing(case: Case) -> str | None:
    if case.ended_well or _said(case):
        return None
    return f"it ended with {case.run.ran.exit_code} and not a word why"


def gave_up(case: Case) -> str | None:
    if case.ended_well:
        return None
    ended = f"ended with {case.run.ran.exit_code} and said: {short(_said(case), _QUOTED)}"
    if case.drill.expected == "gives up":
        return f"it {ended}"
    if in_question(case, DrillVerdict.GAVE_UP):
        return f"it {ended} (the code it met is a guess: see the last refusal)"
    return f"it should have survived, but {ended}"


def left_out(case: Case) -> str | None:
    """It ended well though work of calm is missing; nobody can tell where calls are not known any more."""
    if case.drill.result == "less" or case.run.dropped:
        return None
    now = done(case.calm.cast.service, case.run.exchanges)
    for operation, wanted in case.calm.done.items():
        if (reached := now.get(operation, 0)) < wanted:
            told = "never came to a good end" if not reached else f"came to a good end {reached} of {wanted} times"
            return f"it ended with 0, though {refusals.work(operation)} {told}"
    return None


def other_words(case: Case) -> str | None:
    """It ended well though it did not print what it prints in calm."""
    if case.drill.result != "same":
        return None
    missing = saying.missing(case.calm.lines, case.run.ran.stdout)
    return f"it ended with 0, but did not print as in calm: {missing[0][:160]}" if missing else None


def built_on_nothing(case: Case) -> str | None:
    """It ended well though calls were refused that were built on what was not there."""
    if case.drill.result == "same":
        return None
    for exchange in case.run.exchanges:
        if exchange.code == _PARAMETERS and not exchange.trouble:
            return (
                f"it ended with 0, though {refusals.named(exchange)} was refused: {exchange.reason or 'its parameters'}"
            )
    return None


def stumbled(case: Case) -> str | None:
    """It swallowed an exception that calm does not bring."""
    return f"it ended with 0, though it had met an exception of its own: {case.falls[0][:200]}" if case.falls else None


_QUESTIONS: tuple[tuple[DrillVerdict, Callable[[Case], str | None]], ...] = (
    (DrillVerdict.HUNG, hung),
    (DrillVerdict.NOT_MET, not_met),
    (DrillVerdict.WRONG, bought_again),
    (DrillVerdict.WRONG, hammered),
    (DrillVerdict.FELL, fell),
    (DrillVerdict.FELL, said_nothing),
    (DrillVerdict.GAVE_UP, gave_up),
    (DrillVerdict.WRONG, left_out),
    (DrillVerdict.WRONG, other_words),
    (DrillVerdict.WRONG, built_on_nothing),
    (DrillVerdict.WRONG, stumbled),
)


def _said(case: Case) -> str:
    """What it said about its end: on stderr, or on stdout beyond what it says in calm."""
    ran = case.run.ran
    beyond = list((saying.lines(ran.stdout) - case.calm.lines).elements())
    return saying.last_line(ran.stderr) or (beyond[-1] if beyond else "")

"""The field that a text belongs to: the patents near to it, counted by owner, year and status.

It knows no report: what a count is worth is told where it is asked for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from emulator.behaviours import similarity
from emulator.behaviours.similarity import Found
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.spec.report_rules import Nearness

_LOOKED_AT = 100  # patents, however few are listed: a figure must not depend on how many somebody wants to see


def near(corpus: Corpus, text: str, rules: Nearness) -> Found:
    """The patents that are similar to a text at all, nearest first, at most 100."""
    return [one for one in similarity.similar(corpus, text, _LOOKED_AT) if one[0] >= rules.floor]


def patents(found: Found, rules: Nearness) -> list[Patent]:
    """Those that stand for the field."""
    return [patent for _, patent in found[: rules.field]]


def closeness(found: Found, rules: Nearness) -> float:
    """How near the closest few are on average; 0 where there are none."""
    scores = [score for score, _ in found[: rules.closest]]
    return sum(scores) / len(scores) if scores else 0.0


def recent(some: Sequence[Patent], year: int, rules: Nearness) -> int:
    """How many were published in the last years, of which `year` is one."""
    return sum(patent.pbdt // 10_000 > year - rules.recent_years for patent in some)


def owners(some: Sequence[Patent]) -> Counter[str]:
    return Counter(patent.current_assignee for patent in some)


def share(count: int, whole: Sequence[object]) -> float:
    return count / len(whole) if whole else 0.0


def hundred(part: float) -> float:
    """A part from 0 to 1 as a score from 0 to 100; what lies outside is taken for the end."""
    return round(100 * min(1.0, max(0.0, part)), 1)


def reached(steps: Mapping[str, float], value: float) -> str:
    """The last of some ascending steps that starts at or below a value, the first one for a value below them all."""
    names = [name for name, start in steps.items() if start <= value]
    return names[-1] if names else next(iter(steps))

"""What the decisions about reports hold: `nearness`, `evaluation_rules`, `valuation_rules`, `rerank_weights`.

How scores and estimates are made of them is not known here.
"""

from pydantic import Field

from emulator.spec.evidence import Frozen


class Nearness(Frozen):
    """Which patents count beside a text. Nearness runs from 0 to 1: below `floor` a patent is not similar at all, from
    `near` on it is near. The `closest` few stand for the closest art, the `field` of more for all of it; what was
    published in the last `recent_years` is recent.
    """

    floor: float
    near: float
    closest: int
    field: int
    recent_years: int


class EvaluationRules(Frozen):
    """How an invention is graded: the score from which a grade applies, the maturity from which a stage does, both
    ascending; `advised` words of text; and how many words, and which share of them, some patent must have too, or
    else no score is better than `unsure`.
    """

    grades: dict[str, float]
    stages: dict[str, float]
    advised: int
    known_words: int
    known_share: float
    unsure: float


class ValuationRules(Frozen):
    """What an estimate is made of: dollars and years by patent type (A, U), shares of 100 by office.

    `spread` is the part of an estimate by which it may be too high or too low; `yuan` are what a dollar costs.
    """

    base: dict[str, int]
    term: dict[str, int]
    offices: dict[str, float]
    standing: dict[str, float]
    spread: float
    yuan: float


class RerankWeights(Frozen):
    """What of 100 counts for what in the second ranking of a clearance search."""

    likeness: float
    shared_class: float = Field(alias="class")
    main_field: float

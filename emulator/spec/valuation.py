"""What the decision `valuation_rules` holds; how an estimate is made of it is not known here."""

from emulator.spec.evidence import Frozen


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

"""A corpus of patents made from a grammar: `generate` makes records of any number, `check` says what is inconsistent
in them.

Data in, data out. The package knows nothing of accounts, requests or the clock; all chance comes from the seed it is
given.
"""

from .corpus import generate
from .faults import Fault
from .rules import Checker, check

__all__ = ["Checker", "Fault", "check", "generate"]

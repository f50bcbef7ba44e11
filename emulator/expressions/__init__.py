"""The search language: words joined by AND, OR and NOT, with brackets, quotations, wildcards and names of fields.

`reading` makes a tree of an expression, `words` says what a word matches in a text, `fields` what the names of fields
stand for. Which patents there are, and what a parameter searches, is not known here.
"""

from emulator.expressions.reading import DEEPEST, Kind, read
from emulator.expressions.tree import Every, ExpressionFault, Not, Some, Tree, Word, holds, words

__all__ = ["DEEPEST", "Every", "ExpressionFault", "Kind", "Not", "Some", "Tree", "Word", "holds", "read", "words"]

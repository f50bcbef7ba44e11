"""JSON set out in lines for people, with every character kept but blanks between its parts; other texts as they are.

A parser would lose what is worth seeing: a doubled key, `10.0` for 10, an answer cut in its middle.
"""

import re

_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_DEEPEST = 12


def indented(text: str) -> str:
    """The text in lines, two blanks for each level."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    lines, depth, before = [""], 0, ""
    for part in _PARTS.findall(text):
        if part in "}]":
            depth -= 1
        if (part in "}]" and before not in ("{", "[")) or (before in ("{", "[", ",") and part not in "}]"):
            lines.append("  " * min(max(depth, 0), _DEEPEST))
        lines[-1] += f"{part} " if part == ":" or (part not in '{}[],"' and before and before not in "{}[],:") else part
        if part in "{[":
            depth += 1
        before = part
    return "\n".join(lines)

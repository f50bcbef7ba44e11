"""What a client said: lines that can be compared between runs, and the marks of a program that fell over.

Addresses, ids, instants and lengths of files differ from run to run and are masked; a line that differs between two
calm runs all the same says nothing about a third.
"""

import re
from collections import Counter
from collections.abc import Iterable

_MASKS = (
    (re.compile(r"https?://\S+"), "<address>"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b[0-9A-Fa-f]{16,}\b"), "<id>"),
    (re.compile(r"\b\d{10,}\b"), "<id>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"), "<instant>"),
    (re.compile(r"\b\d\d:\d\d(?::\d\d)?\b"), "<instant>"),
    (re.compile(r"\b\d+(?:\.\d+)? ?(?:ms|s|sec|seconds?)\b"), "<time>"),
    (re.compile(r"\b\d+(?:[.,]\d+)* ?(?:bytes|B|kB|KB|KiB)\b"), "<length>"),
)
_FALLS = (
    re.compile(r"^Traceback \(most recent call last\):", re.MULTILINE),
    re.compile(r"\bUnhandled ?Promise ?Rejection|^Uncaught ", re.MULTILINE | re.IGNORECASE),
    re.compile(r"^\s+at .+\(?.+:\d+:\d+\)?$", re.MULTILINE),  # Node
    re.compile(r"^Exception in thread \"", re.MULTILINE),  # Java
    re.compile(r"^panic: |^goroutine \d+ \[", re.MULTILINE),  # Go
    re.compile(r"^thread '.*' panicked at", re.MULTILINE),  # Rust
    re.compile(r"^Unhandled exception", re.MULTILINE | re.IGNORECASE),  # .NET
    re.compile(r"^PHP Fatal error:|^Fatal error: Uncaught", re.MULTILINE),
)


def lines(text: str) -> Counter[str]:
    """The lines of an output, masked; blank ones are left out."""
    return Counter(masked for line in text.splitlines() if (masked := _masked(line)))


def missing(wanted: Counter[str], text: str) -> list[str]:
    """Lines that an output should have and has not."""
    return list((wanted - lines(text)).elements())


def fell(text: str) -> str | None:
    """The line that shows that a program ended by an exception of its own."""
    found = (match for pattern in _FALLS if (match := pattern.search(text)))
    first = next(found, None)
    if first is None:
        return None
    return last_line(text) if first.group().startswith("Traceback") else first.group().strip()


def last_line(text: str) -> str:
    """The last line that says something; '' without one."""
    said: Iterable[str] = (line.strip() for line in reversed(text.splitlines()))
    return next((line for line in said if line), "")


def _masked(line: str) -> str:
    for pattern, word in _MASKS:
        line = pattern.sub(word, line)
    return line.strip()

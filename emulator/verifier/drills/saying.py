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
_TRACEBACK = "Traceback (most recent call last):"  # Python; what was raised stands below it
_FALLS = (
    re.compile(r"\bUnhandled ?Promise ?Rejection|^Uncaught ", re.IGNORECASE),
    re.compile(r"^Exception in thread \""),  # Java
    re.compile(r"^panic: "),  # Go
    re.compile(r"^thread '.*' panicked at"),  # Rust
    re.compile(r"^Unhandled exception", re.IGNORECASE),  # .NET
    re.compile(r"^PHP Fatal error:|^Fatal error: Uncaught"),
)
_PLACES = (
    re.compile(r"^\s+at .+\(?.+:\d+:\d+\)?$"),  # Node
    re.compile(r"^goroutine \d+ \["),  # Go
)


def lines(text: str) -> Counter[str]:
    """The lines of an output, masked; blank ones are left out."""
    return Counter(seen for line in text.splitlines() if (seen := masked(line)))


def masked(line: str) -> str:
    """A line without what differs from run to run."""
    for pattern, word in _MASKS:
        line = pattern.sub(word, line)
    return line.strip()


def missing(wanted: Counter[str], text: str) -> list[str]:
    """Lines that an output should have and has not."""
    return list((wanted - lines(text)).elements())


def falls(text: str) -> list[str]:
    """The lines that name the exceptions of a program, in their order; a bare place where nothing names one."""
    said = text.splitlines()
    named = [
        _raised(said[place:]) if line.startswith(_TRACEBACK) else line.strip()
        for place, line in enumerate(said)
        if line.startswith(_TRACEBACK) or any(pattern.search(line) for pattern in _FALLS)
    ]
    places = (line.strip() for line in said if any(pattern.search(line) for pattern in _PLACES))
    return named or list(places)[:1]


def last_line(text: str) -> str:
    """The last line that says something; '' without one."""
    said: Iterable[str] = (line.strip() for line in reversed(text.splitlines()))
    return next((line for line in said if line), "")


def _raised(traceback: list[str]) -> str:
    """What stands at the margin below the head of a traceback."""
    return next((line.strip() for line in traceback[1:] if line.strip() and not line[0].isspace()), _TRACEBACK)

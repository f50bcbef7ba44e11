"""Colours of a terminal, or none."""

from dataclasses import dataclass

_CODES = {"red": 31, "green": 32, "yellow": 33, "cyan": 36, "strong": 1, "dim": 2}


@dataclass(frozen=True, slots=True)
class Paint:
    """Texts in colour where `colour`, as they are where not."""

    colour: bool

    def of(self, name: str, text: str) -> str:
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour else text

    def red(self, text: str) -> str:
        return self.of("red", text)

    def strong(self, text: str) -> str:
        return self.of("strong", text)

    def dim(self, text: str) -> str:
        return self.of("dim", text)

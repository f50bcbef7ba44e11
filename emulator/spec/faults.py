"""A document that cannot be understood: which file, which field, and why."""

from pathlib import Path


class SpecFault(Exception):
    """Raised while fixtures are read; the program refuses to start with this one line."""

    def __init__(self, file: Path | str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file = str(file)
        self.field = field
        self.reason = reason

"""What a refusal has to look like: the number of a cause on a page, its HTTP status and its text.

The emulator refuses by these tables, and a server's refusals are judged by them. Which calls are refused, and how the
bytes are written, is not known here.
"""

from emulator.errors import Cause
from emulator.spec.errors import ErrorTable
from emulator.spec.models import Operation, Service

_NOWHERE = "new"  # the table for calls that belong to no page


class Refusals:
    """Tables of `errors.yaml`, joined once. `wire` is a profile's name."""

    def __init__(self, service: Service) -> None:
        self._errors = service.errors
        self._codes = {
            cause: (code, entry.live or code)
            for code, error in service.errors.codes.items()
            for cause, entry in error.causes.items()
        }

    def code_of(self, cause: Cause, operation: Operation | None, wire: str) -> int:
        """The number a cause has on a page: the nearest listed one where the profile wants that."""
        documented, live = self._codes[cause]
        if not self._errors.wire[wire].nearest:
            return live
        return self._table(operation).nearest.get(documented, documented)

    def status_of(self, code: int, operation: Operation | None, wire: str) -> int:
        """The HTTP status of a code: its own where the page lists it, else 200."""
        if self._errors.wire[wire].http == "always_200":
            return 200
        status = self._errors.codes[code].http
        return status if operation is None or status in operation.statuses else 200

    def text_of(self, code: int, operation: Operation | None, wire: str, language: str) -> str:
        """The published text: that of the page's generation, or of the profile's."""
        profile = self._errors.wire[wire]
        order = profile.texts if isinstance(profile.texts, dict) else self._table(operation).texts
        texts = self._errors.codes[code].texts
        chosen = (texts.get(generation) for generation in order[language])
        return next(text for text in chosen if text)

    def _table(self, operation: Operation | None) -> ErrorTable:
        return self._errors.tables[operation.error_table if operation else _NOWHERE]

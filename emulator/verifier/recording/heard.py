"""One exchange as it went over the wire, before anything is judged, hidden or cut.

Proxies and HAR files end in this form. Names of headers are in small letters; a body is None where it was longer
than what is kept, or where a HAR has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from emulator.verifier.foreign import TooLong, unfold

Pairs = tuple[tuple[str, str], ...]
_LARGEST = 8_388_608  # bytes of an unfolded answer


@dataclass(frozen=True, slots=True)
class Heard:
    """`at` is real milliseconds; `status` None where no answer came, and `whole` says that all of it did.

    `cut` says that the client had more of the answer than was written down; nothing of it is here then.

    `known` is what an archive of our own says beside HAR, by the names that it has there.
    """

    at: int
    method: str
    path: str
    raw_query: str
    headers: Pairs
    body: bytes | None
    status: int | None = None
    answer_headers: Pairs = ()
    answer: bytes | None = None
    whole: bool = True
    took: int = 0
    cut: bool = False
    known: Mapping[str, Any] = field(default_factory=dict)

    def header(self, name: str) -> str:
        return _value(self.headers, name)

    def answer_header(self, name: str) -> str:
        return _value(self.answer_headers, name)

    @property
    def query(self) -> Pairs:
        return tuple(parse_qsl(self.raw_query, keep_blank_values=True, errors="replace"))

    @property
    def media_type(self) -> str:
        return self.header("content-type").partition(";")[0].strip().lower()

    @property
    def unfolded(self) -> bytes | None:
        """The answer without its content encoding; None where it cannot be read."""
        if self.answer is None or not self.whole:
            return None
        try:
            return unfold(self.answer, self.answer_header("content-encoding"), _LARGEST)
        except TooLong:
            return None


def _value(headers: Pairs, name: str) -> str:
    return next((value for known, value in headers if known == name), "")

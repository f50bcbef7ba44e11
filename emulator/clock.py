"""What time it is, for everybody and for one account.

The only module that reads the machine's time. A `Reading` says how simulated time follows real time; the
time of an account is the time of all plus its own offset, unless it is pinned. Every function but
`real_now` is pure: readings in, milliseconds or new readings out. Where readings are kept is not known here.

All instants are whole milliseconds since 1970 in UTC; all durations are whole milliseconds.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from typing import Any

_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|min|s|m|h|d)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = 0
LATEST = 250_246_627_200_000  # 9900-01-01: what starts at the last instant still ends in a year that formats


def real_now() -> int:
    """The machine's time."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Reading:
    """Simulated time of all: at real instant `anchor_real` it was `anchor`, and it runs at `rate` unless frozen."""

    anchor_real: int
    anchor: int
    rate: float = 1.0
    frozen: bool = False

    def at(self, real: int) -> int:
        """The simulated instant at a real one."""
        if self.frozen:
            return self.anchor
        return min(LATEST, self.anchor + round(max(0, real - self.anchor_real) * self.rate))

    def rebased(self, real: int) -> "Reading":
        """The same time, anchored here, so that rate and freezing can change from now on."""
        return replace(self, anchor_real=real, anchor=self.at(real))

    def to_record(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Offset:
    """How one account's time differs: by `offset` from the time of all, or pinned to one instant."""

    offset: int = 0
    pinned: int | None = None

    def at(self, shared: int) -> int:
        """The account's instant when everybody's clock shows `shared`."""
        return self.pinned if self.pinned is not None else min(LATEST, shared + self.offset)

    def to_record(self) -> dict[str, Any]:
        return asdict(self)


def reading_of(record: Mapping[str, Any]) -> Reading:
    return Reading(**record)


def offset_of(record: Mapping[str, Any] | None) -> Offset:
    return Offset(**record) if record else Offset()


def duration(text: str) -> int:
    """'8h', '7d', '1h30m', '250ms' in milliseconds. Raises ValueError with a plain sentence."""
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ValueError(f"{text[:40]!r} is not a duration: write for instance 90s, 8h, 7d or 1h30m")
    length = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if length > LATEST:
        raise ValueError(f"{text[:40]!r} is longer than time goes on here")
    return round(length)


def seconds(milliseconds: int) -> str:
    """'6s', '0.25s': exactly, and read back by `duration`."""
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + "s"


def zone(text: str) -> int:
    """'+08:00' in milliseconds east of Greenwich. Raises ValueError with a plain sentence."""
    match = re.fullmatch(r"([+-])(0\d|1[0-4]):([0-5]\d)", text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no offset: write for instance +08:00")
    length = int(match[2]) * _UNITS["h"] + int(match[3]) * _UNITS["m"]
    return length if match[1] == "+" else -length


def zone_told(east: int) -> str:
    """'UTC+08:00' for milliseconds east of Greenwich."""
    hours, minutes = divmod(abs(east) // _UNITS["m"], 60)
    return f"UTC{'-' if east < 0 else '+'}{hours:02}:{minutes:02}"


def time_of_day(text: str) -> int:
    """'08:00' in milliseconds since midnight. Raises ValueError with a plain sentence."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no time of day: write for instance 08:00")
    return int(match[1]) * _UNITS["h"] + int(match[2]) * _UNITS["m"]


def next_time(milliseconds: int, since_midnight: int, east: int) -> int:
    """The first instant after this one at which the clocks of a zone show a time of day."""
    return milliseconds + _UNITS["d"] - (milliseconds + east - since_midnight) % _UNITS["d"]


def day(milliseconds: int, east: int) -> str:
    """The day of an instant in a zone: '2026-01-01'."""
    return (_EPOCH + timedelta(milliseconds=milliseconds + east)).date().isoformat()


def instant(text: str) -> int:
    """An ISO 8601 instant in milliseconds; without a zone it is UTC. Raises ValueError with a plain sentence."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text[:40]!r} is not an instant: write for instance 2026-01-01T00:00:00Z") from error
    if not EARLIEST <= milliseconds <= LATEST:
        raise ValueError(f"{text[:40]!r} is outside 1970 to {iso(LATEST)[:4]}")
    return milliseconds


def iso(milliseconds: int) -> str:
    """'2026-01-01T00:00:00.000Z'."""
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def compact(milliseconds: int) -> str:
    """'20260101T000000Z', as signed links write it."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def http_date(milliseconds: int) -> str:
    """The value of a `Date` header."""
    return formatdate(milliseconds // 1000, usegmt=True)

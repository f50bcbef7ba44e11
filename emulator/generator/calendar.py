"""Dates as the corpus writes them, whole numbers yyyymmdd, and the days on which offices publish. It does not know what
day it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

WORKING = (0, 1, 2, 3, 4)
_NEVER = 99991231


def number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


@lru_cache(maxsize=20_000)
def day(number: int) -> date:
    """The day a number names; ValueError when there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)


def later(number_of_day: int, days: int) -> int:
    return number(day(number_of_day) + timedelta(days=days))


def on_weekday(number_of_day: int, weekdays: Sequence[int] = WORKING) -> int:
    """The same day, or the next one that falls on one of the weekdays (0 is Monday)."""
    here = day(number_of_day)
    return number(here + timedelta(days=min((weekday - here.weekday()) % 7 for weekday in weekdays)))


def between(first: int, second: int) -> int:
    """Days from the first to the second; negative when the second is earlier."""
    return (day(second) - day(first)).days


def years(first: int, second: int) -> float:
    return between(first, second) / 365.25


def fraction_of_year(number_of_day: int) -> float:
    moment = day(number_of_day)
    return moment.year + (moment.timetuple().tm_yday - 1) / 366


Days = Mapping[str, Sequence[Mapping[str, Any]]]


def publishes(days: Days, authority: str, kind: str, number_of_day: int) -> bool:
    """Whether the office publishes such things on that day."""
    found, here = _rule(days, authority, kind, number_of_day), day(number_of_day)
    return here.day in found["days"] if "days" in found else here.weekday() in found["weekdays"]


def publication(days: Days, authority: str, kind: str, number_of_day: int) -> int:
    """The same day, or the next one on which the office publishes such things."""
    while not publishes(days, authority, kind, number_of_day):
        number_of_day = later(number_of_day, 1)
    return number_of_day


def _rule(days: Days, authority: str, kind: str, number_of_day: int) -> Mapping[str, Any]:
    rules = days.get(f"{authority}/{kind}") or days.get(authority) or [{"weekdays": WORKING}]
    return next(rule for rule in rules if number_of_day <= rule.get("until", _NEVER))

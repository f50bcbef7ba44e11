"""Dates as the corpus writes them, whole numbers yyyymmdd. It does not know what day it is."""

from datetime import date, timedelta


def number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def day(number: int) -> date:
    """The day a number names; ValueError when there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)


def later(number_of_day: int, days: int) -> int:
    return number(day(number_of_day) + timedelta(days=days))


def on_weekday(number_of_day: int, weekdays: list[int]) -> int:
    """The same day, or the next one that falls on one of the weekdays (0 is Monday)."""
    here = day(number_of_day)
    return number(here + timedelta(days=min((weekday - here.weekday()) % 7 for weekday in weekdays)))


def between(first: int, second: int) -> int:
    """Days from the first to the second; negative when the second is earlier."""
    return (day(second) - day(first)).days


def fraction_of_year(number_of_day: int) -> float:
    moment = day(number_of_day)
    return moment.year + (moment.timetuple().tm_yday - 1) / 366

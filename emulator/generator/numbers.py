"""Publication and application numbers in the form each office gives them, as the fixtures describe it.

It answers what a number looks like and makes new ones that grow with the date; it does not know which numbers are
taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any

from .calendar import fraction_of_year, later

_NEVER = 99991231
_HOMES = {"HK": "CN", "EU": "EP", "TW": "IB"}  # where who lives there files an international application
_ROC = 1911
_SCATTER = 0.008  # of a year or series: numbers of the same days are not in order
Form = Mapping[str, Any]


class Numbers:
    """The numbers of all offices."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self._weights = {name: tuple(weights) for name, weights in described["check_digits"].items()}
        self._offices = {name: office for name, office in described.items() if name != "check_digits"}

    def of(self, authority: str, patent_type: str) -> Form | None:
        """How the office numbers patents of that type, or None when it does not have them."""
        found: Form | None = self._offices.get(authority, {}).get(patent_type)
        return found

    def form(self, authority: str, patent_type: str, stage: str, pbdt: int, random: Random) -> Form:
        """How a publication of that day is numbered; some kinds have only a share of them."""
        office = self._offices[authority][patent_type]
        forms: Sequence[Form] = office.get("kinds") or office[stage]
        fitting = [form for form in forms if pbdt <= form.get("until", _NEVER)]
        return next(form for form in fitting if random.random() < form.get("share", 1))

    def application(self, authority: str, patent_type: str, apdt: int, home: str, random: Random) -> str:
        """A new application number, filed on that day by somebody who lives in `home`."""
        form = self._offices[authority][patent_type]["apno"]
        slots: dict[str, Any] = {"home": _HOMES.get(home, home), "digit": random.randrange(10), "check": "{check}"}
        made = _written(form, apdt, apdt, slots, random)
        if "check" in form:
            made = made.replace("{check}", self.check_digit(form["check"], made))
        return made

    def publication(self, form: Form, apno: str, apdt: int, pbdt: int, random: Random) -> str:
        """A new publication number that goes with an application number and dates."""
        when = min(pbdt, later(apdt, 365)) if form.get("keeps") else pbdt
        same = "".join(sign for sign in apno.partition(".")[0] + apno.partition(".")[2] if sign.isdigit())
        return _written(form, apdt, when, {"same": same, "design": random.choice((1, 1, 1, 2, 3))}, random)

    def check_digit(self, name: str, number: str) -> str:
        """The check digit for the digits of a number up to a point."""
        digits = [int(sign) for sign in number.partition(".")[0] if sign.isdigit()]
        rest = sum(digit * weight for digit, weight in zip(digits, self._weights[name], strict=True)) % 11
        return "X" if rest == 10 else str(rest)

    def faults(self, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What is wrong with the numbers of a record: field and reason."""
        office = self.of(record["authority"], record["patent_type"])
        if office is None:
            yield "authority", f"{record['authority']} has no patents of type {record['patent_type']} here"
            return
        application = re.fullmatch(office["apno"]["form"], record["apno"])
        if not application:
            yield "apno", f"{record['apno']} is not how {record['authority']} numbers such applications"
        else:
            yield from _stated("apno", application, record)
            check = office["apno"].get("check")
            if check and (wanted := self.check_digit(check, record["apno"])) != application["check"]:
                yield "apno", f"the check digit of {record['apno']} should be {wanted}"
        yield from self._publication_faults(office, record)

    def _publication_faults(self, office: Form, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        forms = [form for name in ("kinds", "published", "granted") for form in office.get(name, ())]
        form = next((form for form in forms if form["kind"] == record["kind"]), None)
        found = re.fullmatch(form["form"], record["pn"]) if form else None
        if not form:
            yield "kind", f"{record['authority']} publishes no {record['kind']!r}"
        elif not found:
            yield "pn", f"{record['pn']} is not how {record['authority']} numbers its {record['kind']}"
        elif record["pbdt"] > form.get("until", _NEVER):
            yield "kind", f"{record['authority']} published no {form['kind']} after {form['until']}"
        else:
            yield from _stated("pn", found, record)


def _stated(field: str, found: re.Match[str], record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Years that stand in a number."""
    filed, published = record["apdt"] // 10000, record["pbdt"] // 10000
    wanted = {"apyear": str(filed), "apyy": f"{filed % 100:02}", "pbyear": str(published), "roc": f"{filed - _ROC:03}"}
    for name, stated in found.groupdict().items():
        if name in wanted and stated != wanted[name]:
            told = "published" if name == "pbyear" else "filed"
            yield field, f"{found[0]} was {told} in another year than {record['pbdt' if name == 'pbyear' else 'apdt']}"


def _written(form: Form, apdt: int, pbdt: int, slots: dict[str, Any], random: Random) -> str:
    filed, published = apdt // 10000, pbdt // 10000
    slots |= {"apyear": filed, "apyy": f"{filed % 100:02}", "pbyear": published, "roc": filed - _ROC}
    if "running" in form:
        first, end = form.get("homes", {}).get(slots.get("home"), form["running"])
        share, slots["series"] = _progress(form, pbdt)
        slots["running"] = first + int((end - first) * min(0.999, share + random.random() * _SCATTER))
    if "anchors" in form:
        slots["serial"] = _serial(tuple(map(tuple, form["anchors"])), pbdt, random)
    made: str = form["write"].format_map(slots)
    return made


def _progress(form: Form, when: int) -> tuple[float, int]:
    """How far the running numbers have come: in the year, or in a series of several years, which is told too."""
    year = fraction_of_year(when)
    if "series" not in form:
        return year % 1, 0
    begin = form["series_begin"]
    for end, series in form["series"]:
        if year < end:
            return (year - begin) / (end - begin), series
        begin = end
    raise ValueError(f"no series goes on in {year:.1f}")


def _serial(anchors: tuple[tuple[int, int], ...], when: int, random: Random) -> int:
    """A running number near the one the office had reached on that day."""
    first, spread = _reached(anchors, when)
    return first + random.randrange(spread)


@lru_cache(maxsize=100_000)
def _reached(anchors: tuple[tuple[int, int], ...], when: int) -> tuple[int, int]:
    year = fraction_of_year(when)
    for (left, low), (right, high) in pairwise(anchors):
        if year < right or right == anchors[-1][0]:
            share = max(0.0, (year - left) / (right - left))
            return int(low + share * (high - low)), max(40, (high - low) // 400)
    raise ValueError("two anchors at least are needed")


def image(record: Mapping[str, Any], random: Random) -> str:
    """The name of the picture a search answers with, in the manner of the office."""
    number, authority = str(record["pn"])[2:].removesuffix(str(record["kind"])), record["authority"]
    match authority:
        case "CN":
            return f"HDA{random.randrange(10**8, 10**10):013d}000011"
        case "US":
            return f"US{number}-D00000_ABST" if record["patent_type"] == "D" else f"US{number}-{record['pbdt']}-D00000"
        case "JP":
            return f"{number:0>10}000002"
        case _:
            return f"{number}_0001"

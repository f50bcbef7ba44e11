"""What must be true of any patent, whether it was generated, stands in somebody's file or was brought over the wire.

Dates are days and in causal order, the simple status follows from the status, classes are such as its type has, and
the hash of a picture is that of the picture. What only holds in a believable world (numbers as offices give them, terms
of protection, families) is not judged here: a patent called CN1A is nobody's mistake.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from emulator.corpus.form import RecordFault

DAYS = ("apdt", "pbdt", "isd")
_CLASSES = {"loc": r"(0[1-9]|[12]\d|3[0-2])-\d\d", "ipc": r"[A-H]\d\d[A-Z]\d{1,4}/\d{2,6}"}
_EXAMPLES = {"loc": "14-03", "ipc": "H04M1/02"}


class Consistency:
    """Judges records that have their form. `simple_status` joins both kinds of status, `drawn` gives the hash of the
    picture of a product and variation.
    """

    def __init__(self, simple_status: Mapping[int, Sequence[int]], drawn: Callable[[str, int], int]) -> None:
        self._simple = {int(simple): frozenset(codes) for simple, codes in simple_status.items()}
        self._drawn = drawn

    def refuse(self, record: Mapping[str, Any]) -> None:
        """Raises RecordFault for the first contradiction."""
        for fault in self.contradictions(record):
            raise fault

    def contradictions(self, record: Mapping[str, Any]) -> Iterator[RecordFault]:
        yield from self.of_facts(record)
        yield from self._of_picture(record)

    def of_facts(self, record: Mapping[str, Any]) -> Iterator[RecordFault]:
        """All but the picture's, which would have to be drawn."""
        yield from _of_dates(record)
        yield from self._of_status(record)
        yield from _of_classes(record)

    def _of_status(self, record: Mapping[str, Any]) -> Iterator[RecordFault]:
        """A status that is not known, or of which the page knows no simple one, is taken as it comes."""
        codes, told = record["legal_status"], record["simple_legal_status"]
        for simple in told:
            if simple not in self._simple:
                known = ", ".join(map(str, sorted(self._simple)))
                yield RecordFault(("simple_legal_status",), f"{simple} is no simple legal status; there are {known}")
        wanted = [[simple for simple, joined in self._simple.items() if code in joined] for code in codes]
        decided = {simple for simple in told if self._simple.get(simple)}  # what no code comes to may stand beside
        if codes and all(wanted) and {one for simple in wanted for one in simple} != decided:
            follows = ", ".join(map(str, sorted({one for simple in wanted for one in simple})))
            reason = f"{_list(told)} does not go with the legal status {_list(codes)}, which comes to {follows}"
            yield RecordFault(("simple_legal_status",), reason)

    def _of_picture(self, record: Mapping[str, Any]) -> Iterator[RecordFault]:
        picture = record["picture"]
        if picture:
            right = f"{self._drawn(picture['product'], picture['variation']):064x}"
            if picture["hash"] != right:
                what = f"{picture['product']} {picture['variation']}"
                yield RecordFault(("picture", "hash"), f"is not the hash of the picture of {what}, {right[:16]}…")


def _of_dates(record: Mapping[str, Any]) -> Iterator[RecordFault]:
    wrong = [name for name in DAYS if record[name] is not None and not is_day(record[name])]
    for name in wrong:
        yield RecordFault((name,), f"{record[name]} is no day of the calendar")
    if wrong:
        return
    if record["pbdt"] < record["apdt"]:
        yield RecordFault(("pbdt",), f"published on {record['pbdt']}, before it was applied for on {record['apdt']}")
    if record["isd"] is not None and record["isd"] < record["apdt"]:
        yield RecordFault(("isd",), f"issued on {record['isd']}, before it was applied for on {record['apdt']}")


def _of_classes(record: Mapping[str, Any]) -> Iterator[RecordFault]:
    design = record["patent_type"] == "D"
    for name, form in _CLASSES.items():
        if record[name] and design != (name == "loc"):
            told = "a design has Locarno classes only" if design else "only designs have Locarno classes"
            yield RecordFault((name,), f"{told} (patent_type is {record['patent_type']})")
        for number, code in enumerate(record[name]):
            if not re.fullmatch(form, code):
                reason = f"{code[:40]!r} is not a class of this kind, such as {_EXAMPLES[name]}"
                yield RecordFault((name, number), reason)


def is_day(number: int) -> bool:
    """Whether yyyymmdd is a day of the calendar."""
    try:
        date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return False
    return True


def _list(codes: Sequence[int]) -> str:
    return ", ".join(map(str, codes)) or "none"

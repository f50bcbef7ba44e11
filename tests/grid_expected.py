"""What a refusal in the grid has to look like, worked out without the emulator's envelope.

Texts come from the transcription of the published pages where it has them, else from `errors.yaml`; the numbers that
causes have, from `errors.yaml`; the orders of texts and keys and the HTTP statuses are written down here once more.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests import published_facts
from contract_tests.documents import SERVICE
from emulator.errors import Cause
from emulator.spec.models import Operation
from tests.grid_guests import Profile

CODES, TABLES = SERVICE.errors.codes, SERVICE.errors.tables
PRINTED: Mapping[str, Mapping[int, str]] = {
    "new": {**published_facts.BUSINESS_ERRORS_EN, **published_facts.PLATFORM_ERRORS_EN},
    "old": {**published_facts.BUSINESS_ERRORS_EN, **published_facts.PLATFORM_ERRORS_EN_OLD},
    "cn": {**published_facts.BUSINESS_ERRORS_CN, **published_facts.PLATFORM_ERRORS_CN},
    "measured": {  # as people have logged them from the live service
        67200004: "No permission or API package quota has exceeded the limit!",
        67200005: "Insufficient balance, call failed!",
        67200008: "apikey not Pass and call failed!",
        67200015: "Grant type error",
        67200101: "Path Not Found",
        67200202: "apikey auth error!",
        67200203: "API need a true rate!",
        68300004: "Invalid parameter!",
    },
}
OLD_PAGES = frozenset({"P009-results", "P009-search", "P009-search-id", "P010"})  # older English, no HTTP statuses
STATUSES = {67200101: 404, 67200003: 401, 67200008: 401, 67200009: 401} | dict.fromkeys(range(67200004, 67200008), 403)


@dataclass(frozen=True)
class Reached:
    """A refusal as it came, the way that led to it, and what the journal says of it.

    `by` is the kind of way: a cause, a reserved word, a planned fault, a header. `wanted` is the cause it should be,
    or the code that was asked for; `waited` are the seconds that the answer was held back.
    """

    operation: Operation
    profile: Profile
    by: str
    way: str
    wanted: Cause | int
    account: str | None
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    entry: Mapping[str, Any]
    waited: tuple[float, ...]

    @property
    def code(self) -> int:
        return int(json.loads(self.body).get("error_code", 0))

    @property
    def page(self) -> Operation | None:
        """The operation whose page the answer follows: none, where the path is that of no operation."""
        return None if self.wanted is Cause.PATH_UNKNOWN else self.operation

    def __str__(self) -> str:
        return f"{self.operation.id} {self.profile} {self.wanted} by {self.way}"


def complaints(reached: Reached) -> Iterator[str]:
    """Everything about an answer and its entry in the journal that is not as it has to be."""
    code = code_of(reached.wanted, reached.page, reached.profile.wire)
    reason = dict(reached.headers).get("x-emulator-reason", "")
    facts = {
        "HTTP status": (reached.status, status_of(code, reached.page, reached.profile.wire)),
        "body": (reached.body, body_of(code, reached.page, reached.profile)),
        "headers": ([name for name, _ in reached.headers], _header_names(reached)),
        "content type": (dict(reached.headers).get("content-type"), "application/json; charset=utf-8"),
        "length": (dict(reached.headers).get("content-length"), str(len(reached.body))),
        "amount": (dict(reached.headers).get("x-openapi-amount", "0"), "0"),
        "wait": (reached.waited, (10.0,) if reached.wanted is Cause.BUSY else ()),
        "journal": (_entered(reached.entry), _entry(reached, code)),
        "reason in the journal": (reached.entry["reason"], reason or "a reason"),
        "trouble in the journal": (bool(reached.entry["trouble"]), _is_asked_for(reached)),
    }
    for what, (found, expected) in facts.items():
        if found != expected:
            yield f"{reached}: {what} is {found!r}, not {expected!r}"


def code_of(wanted: Cause | int, page: Operation | None, wire: str) -> int:
    """A code that was asked for is literal; a cause has the nearest one of the page, or its live one."""
    if not isinstance(wanted, Cause):
        return wanted
    code, entry = next((code, one.causes[wanted]) for code, one in CODES.items() if wanted in one.causes)
    if wire == "live":
        return entry.live or code
    return TABLES[page.error_table if page else "new"].nearest.get(code, code)


def status_of(code: int, page: Operation | None, wire: str) -> int:
    listed = wire == "documented" and (page is None or page.id not in OLD_PAGES)
    return STATUSES.get(code, 200) if listed else 200


def body_of(code: int, page: Operation | None, profile: Profile) -> bytes:
    text = json.dumps(_text(code, page, profile), ensure_ascii=False)
    if profile.wire == "live":
        return f'{{"error_code":{code},"error_msg":{text},"status":false}}'.encode()
    return f'{{"status":false,"error_code":{code},"error_msg":{text}}}'.encode()


def _text(code: int, page: Operation | None, profile: Profile) -> str:
    old = page is not None and page.id in OLD_PAGES
    order = ("old", "new", "measured") if old else ("new", "measured")
    if profile.wire == "live":
        order = ("measured", "old", "new")
    if profile.language == "cn":
        order = ("cn", *order)
    texts = (PRINTED[name].get(code) or CODES[code].texts.get(name) for name in order)
    return next(text for text in texts if text)


def _header_names(reached: Reached) -> list[str]:
    amount = ["x-openapi-amount"] if reached.profile.wire == "documented" else []
    fault = ["x-emulator-fault"] if reached.wanted is Cause.EMULATOR_FAULT else []
    return ["content-type", "date", "x-correlation-id", *amount, "x-emulator-reason", *fault, "content-length"]


def _is_asked_for(reached: Reached) -> bool:
    """Whether a header, a planned fault or a word had a part in it: in every literal code, and in most waits."""
    return not isinstance(reached.wanted, Cause) or (reached.wanted is Cause.BUSY and reached.way != "slow_server")


def _entered(entry: Mapping[str, Any]) -> dict[str, Any]:
    names = ("account", "operation", "error_code", "cause", "cost", "status", "fault", "remarks")
    return {name: entry[name] for name in names}


def _entry(reached: Reached, code: int) -> dict[str, Any]:
    return {
        "account": reached.account,
        "operation": reached.page.id if reached.page else None,
        "error_code": code,
        "cause": reached.wanted.value if isinstance(reached.wanted, Cause) else None,
        "cost": 0,
        "status": status_of(code, reached.page, reached.profile.wire),
        "fault": reached.wanted is Cause.EMULATOR_FAULT,
        "remarks": [],
    }

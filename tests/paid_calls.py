"""Calls that cost something, as several tests make them, and what the bill says of them."""

from typing import Any

from tests.conftest import Caller

P043, SINGLE, CREATE, EXPORT, SUBMIT, REPORT = (
    "/basic-patent-data/abstract-data-translated",
    "/search/patent/image-single",
    "/patent-valuation-data/pre_patent-evaluation-create",
    "/patent-valuation-data/pre_patent-evaluation-export",
    "/ai/image-search/submit",
    "/ai/image-search/report",
)
SAMPLE = "https://static-open.zhihuiya.com/sample/common_demo.png"
SEARCH = {"url": SAMPLE, "patent_type": "D", "model": 1}
CLEARANCE = {"country": ["US"], "lang": "en", "main_field": "phone"}
EVALUATION = {"text": "a wheel", "tech_maturity_index": 1, "report_name": "x"}
KNOWN = ("CN101595528B", "US11205304B2")


def code(answer: Any) -> int:
    return int(answer.json()["error_code"])


def batch(caller: Caller, *numbers: str, **more: Any) -> Any:
    return caller.call("GET", P043, {"patent_number": ",".join(numbers), "replace_by_related": "1"}, **more)


def submit(caller: Caller, **more: Any) -> Any:
    return caller.call("POST", SUBMIT, json=CLEARANCE, **more)


def usage(caller: Caller) -> dict[str, Any]:
    return dict(caller.steer("GET", "/usage"))


def used(caller: Caller) -> tuple[int, int, int, int]:
    """Credits, units, units of the day, what is left."""
    told = usage(caller)
    return told["credits"], told["units"], told["today"]["units"], told["balance"]


def order(caller: Caller, task: str, state: str) -> None:
    caller.steer("PATCH", f"/tasks/{task}", {"state": state})


NOTHING = (0, 0, 0, 10_000)

"""A sound client: does a design like this exist, and is the idea behind it new?

    .venv/bin/python examples/sound_client.py [PICTURE IDEA PATENT_NUMBER...]

Uploads the picture, searches designs like it, has them compared, the market searched and the idea evaluated, and prints
abstracts in English. Address and credentials: PATSNAP_BASE_URL, PATSNAP_CLIENT_ID, PATSNAP_CLIENT_SECRET.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

TOO_FAST, BUSY = 67200002, 67200100
TOKEN_REFUSED = (67200003, 67200008, 67200009)
NEEDED = ("patent_id", "patent_pn", "title", "url")  # of a patent that is sent on
IDEA, DETECTION = "/patent-valuation-data/pre_patent-evaluation", "/ai/infringement-detection"
TASKS = {  # where it is ordered and asked about, and what its id and its state are called
    "clearance": ("/ai/image-search/submit", "POST", "/ai/image-search/report", "task_id", "task_status"),
    "evaluation": (f"{IDEA}-create", "GET", f"{IDEA}-export", "job_id", "report_status"),
    "comparison": (f"{DETECTION}-creation", "POST", f"{DETECTION}-query", "task_id", "task_status"),
}


class Service:
    def __init__(self, timeout: float) -> None:
        self._id, self._secret = os.environ["PATSNAP_CLIENT_ID"], os.environ["PATSNAP_CLIENT_SECRET"]
        self._http = httpx2.Client(base_url=os.environ["PATSNAP_BASE_URL"], timeout=timeout)
        self._token, self._good_until = "", 0.0  # by a clock that runs evenly, whatever day it shows

    def ask(self, method: str, path: str, *, repeatable: bool = True, **parts: Any) -> Any:
        """The `data` of a success, or a file. What is not repeatable might be paid for twice if it were sent twice."""
        renewed, pauses = False, [1, 2, 4]
        while True:
            try:
                code, told = self._once(method, path, parts)
            except (httpx2.TransportError, ValueError) as error:  # nobody knows whether it was carried out
                code, told = BUSY, f"no answer of the service, {type(error).__name__} {error}"
            if code == 0:
                return told
            if code in TOKEN_REFUSED and not renewed:
                self._token, renewed = "", True
            elif pauses and (code == TOO_FAST or (code == BUSY and repeatable)):
                time.sleep(pauses.pop(0))
            else:
                sys.exit(f"given up: {path.partition('?')[0]}: {told} ({code})")

    def _once(self, method: str, path: str, parts: dict[str, Any]) -> tuple[int, Any]:
        """0 and the data, or error code and message."""
        if path.startswith("http"):  # a signed link, which wants no credentials
            answer = self._answered(method, path)
            return (0, answer.content) if answer.status_code == 200 else (answer.status_code, "the file is gone")
        if not self._token or time.monotonic() >= self._good_until:
            self._renew()
        parts = {**parts, "params": {"apikey": self._id, **parts.get("params", {})}}
        return _read(self._answered(method, path, headers={"Authorization": f"Bearer {self._token}"}, **parts))

    def _renew(self) -> None:
        form = {"grant_type": "client_credentials"}
        code, told = _read(self._answered("POST", "/oauth/token", auth=(self._id, self._secret), data=form))
        if code in TOKEN_REFUSED:
            sys.exit(f"given up: no token: {told} ({code})")
        if code:
            raise ValueError(f"no token: {told} ({code})")
        self._token, self._good_until = told["token"], time.monotonic() + told.get("expires_in", 600) - 60

    def _answered(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        answer = self._http.request(method, path, **parts)
        if answer.status_code >= 500:
            raise ValueError(f"HTTP {answer.status_code}")
        return answer


def _read(answer: httpx2.Response) -> tuple[int, Any]:
    body = answer.json()
    if "token" in body:  # the token call answers without an envelope
        return 0, body
    if body.get("status") is True and body.get("error_code") == 0:
        return 0, body.get("data")
    return body.get("error_code") or answer.status_code, body.get("error_msg") or "no message"


def await_all(service: Service, orders: dict[str, Any], every: float, patience: float) -> dict[str, Any]:
    """Order all, then ask for each until it is done. Gives up if one fails, or when patience ends."""
    made = {name: service.ask("POST", TASKS[name][0], repeatable=False, json=body) for name, body in orders.items()}
    results, end = dict[str, Any](), time.monotonic() + patience
    while waiting := [name for name in made if name not in results]:
        for name in waiting:
            _, method, path, id_name, state = TASKS[name]
            where: dict[str, Any] = {"params" if method == "GET" else "json": {id_name: made[name][id_name]}}
            result = service.ask(method, path, **where)
            if result[state] in (3, "FAIL"):
                sys.exit(f"given up: {name}: the task failed")
            if result[state] in (2, "SUCCESS"):
                results[name] = result
        if len(results) < len(made):
            if time.monotonic() + every >= end:
                sys.exit(f"given up: {', '.join(waiting)}: not done after {patience:.0f} seconds")
            time.sleep(every)
    return results


def run(service: Service, options: argparse.Namespace) -> None:
    picture = service.ask("POST", "/image-search/image-upload", files={"image": options.picture.read_bytes()})["url"]
    search = {"url": picture, "patent_type": "D", "model": 1, "limit": 20}
    found = service.ask("POST", "/search/patent/image-single", json=search).get("patent_messages") or []
    print(f"{len(found)} similar designs")
    orders: dict[str, Any] = {
        "clearance": {"url": picture, "country": ["US", "CN", "EU"], "lang": "en"},
        "evaluation": {"text": options.idea.read_text("utf-8"), "tech_maturity_index": 5, "report_name": "Idea"},
    }
    if whole := [{name: one[name] for name in NEEDED} for one in found if all(one.get(name) for name in NEEDED)]:
        orders["comparison"] = {"urls": [picture], "patent_messages": whole, "report_lang": "en"}
    results = await_all(service, orders, options.every, options.patience)
    for report in (results["clearance"].get("report", {}), results.get("comparison", {})):
        for one in report.get("comparisons", []):
            print(f"{one['patent_pn']}: risk {one.get('risk_level', 'unknown')}")
    content = service.ask("GET", results["evaluation"]["report_url"])
    if not content.startswith(b"%PDF-"):
        sys.exit("given up: the evaluation is no PDF")
    if options.out:
        (options.out / "evaluation.pdf").write_bytes(content)
    print(f"evaluation: {len(content)} bytes")
    numbers = list(dict.fromkeys([*options.patents, *(one["patent_pn"] for one in whole)]))
    for start in range(0, len(numbers), 100):
        batch = {"patent_number": ",".join(numbers[start : start + 100]), "lang": "en"}
        for one in service.ask("GET", "/basic-patent-data/abstract-data-translated", params=batch) or []:
            print(f"{one.get('pn')}: {one.get('title')}: {one.get('abstract', 'no abstract')[:60]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Does a design like this exist, and is the idea behind it new?")
    parser.add_argument("picture", nargs="?", type=Path, default=Path(__file__).with_name("kettle.png"))
    parser.add_argument("idea", nargs="?", type=Path, default=Path(__file__).with_name("idea.txt"))
    parser.add_argument("patents", nargs="*", default=["CN101595528B", "US11205304B2"])
    parser.add_argument("--out", type=Path, help="folder where the evaluation is saved")
    for name, seconds in (("every", 2), ("patience", 300), ("timeout", 15)):
        parser.add_argument(f"--{name}", type=float, default=seconds, help="seconds")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    run(Service(options.timeout), options)


if __name__ == "__main__":
    main()

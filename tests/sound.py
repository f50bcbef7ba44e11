"""A client that does everything right: it waits, refreshes, repeats only what may be repeated, or gives up."""

from collections.abc import Callable
from typing import Any

from tests.scenes import PICTURE, SERVICE, Scene

TOKEN_REFUSED = (67200009, 67200003)
LATER = (67200001, 67200002, 67200100, 68300005, 68300006, 68300008)
INVALID = 68300004
_TRIES = 5
_TOKEN_KEPT_MS = 25 * 60 * 1000
_PATIENCE = 40  # polls
_INTERVAL_S = 2.0


class GaveUp(Exception):
    """It ends the program; nothing is called after it."""


class Refused(GaveUp):
    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class SoundClient:
    """`mishap` is called before each call, so that the world can change between any two."""

    def __init__(self, scene: Scene, mishap: Callable[[], None] = lambda: None) -> None:
        self.scene = scene
        self.mishap = mishap
        self._since = scene.machine.milliseconds

    def call(self, operation_id: str, values: dict[str, Any]) -> Any:
        """The `data` of a success. Raises GaveUp."""
        refreshed = False
        for attempt in range(_TRIES):
            if self.scene.machine.milliseconds > self._since + _TOKEN_KEPT_MS:
                self._refresh()
            self.mishap()
            code, data = self._once(operation_id, values)
            if code == 0:
                return data
            if code in TOKEN_REFUSED and not refreshed:
                refreshed = True
                self._refresh()
            elif code is None or code in LATER:
                self.scene.wait(1.2 * 2**attempt)
            else:
                raise Refused(code)
        raise GaveUp(operation_id)

    def _once(self, operation_id: str, values: dict[str, Any]) -> tuple[int | None, Any]:
        try:
            answer = self.scene.send(operation_id, values)
        except (ConnectionResetError, TimeoutError):
            return None, None
        if not answer.headers["content-type"].startswith("application/json"):
            return None, None
        body = answer.json()
        return body["error_code"], body.get("data")

    def _refresh(self) -> None:
        for attempt in range(_TRIES):
            try:
                answer = self.scene.caller.token_call().json()
            except (ConnectionResetError, TimeoutError, ValueError):
                answer = {}
            if "token" in answer.get("data", {}):
                self.scene.token, self._since = answer["data"]["token"], self.scene.machine.milliseconds
                return
            if answer.get("error_code", LATER[0]) not in LATER:
                raise GaveUp(str(answer))
            self.scene.wait(1.2 * 2**attempt)
        raise GaveUp("no token")

    def until_done(self, maker: str, values: dict[str, Any], reader: str) -> Any:
        """What a task came to; it is created anew once when it died or failed before it was read."""
        for _ in range(2):
            made = self.call(maker, values)
            ((name, task),) = ((key, value) for key, value in made.items() if key.endswith("_id"))
            try:
                done = self._polled(reader, name, task)
            except Refused as refused:
                if refused.code != INVALID:
                    raise
                continue
            if done is not None:
                return done
        raise GaveUp(f"{maker} twice without a result")

    def _polled(self, reader: str, name: str, task: Any) -> Any:
        states = SERVICE.client_rules.fields.states
        for _ in range(_PATIENCE):
            data = self.call(reader, {name: str(task)})
            told = next(field for field in states if field in data)
            if data[told] in states[told]["success"]:
                return data
            if data[told] in states[told]["failed"]:
                return None
            self.scene.wait(_INTERVAL_S)
        raise GaveUp(f"{task} never ends")

    def fetch(self, url: str) -> int | None:
        """The status of a download without credentials; None where it broke off."""
        try:
            return self.scene.fetch(url)
        except (ConnectionResetError, TimeoutError):
            return None

    # What programs are written for

    def clearance(self, number: int) -> None:
        wanted = {"country": ["US", "CN"], "lang": "en", "url": PICTURE, "main_field": f"phone {number}"}
        self.until_done("AI39-1-submit", wanted, "AI39-2-report")

    def comparison(self, number: int) -> None:
        found = self.call("P060", {"patent_type": "D", "model": 1, "url": PICTURE, "limit": 2 + number})
        messages = found["patent_messages"]
        if messages:
            wanted = {"urls": [PICTURE], "patent_messages": messages, "report_lang": "en"}
            self.until_done("AI39-1-creation", wanted, "AI39-2-query")

    def pages(self, number: int) -> None:
        query = {"url": f"{PICTURE}?{number}", "limit": 40}
        first = self.call("P009-search-id", query)
        offset, total = len(first["patent_messages"]), first["total_search_result_count"]
        while 0 < offset < min(total, 200):
            page = self.call("P009-results", {"search_id": first["search_id"], "offset": offset, "limit": 40})
            if not page["patent_messages"]:
                return
            offset += len(page["patent_messages"])

    def translations(self, number: int) -> None:
        found = self.call("P069", {"authority": ["US", "CN", "JP", "KR"][: number + 1], "limit": 20})
        patents = list(dict.fromkeys(one["patent_id"] for one in found["results"]))
        for start in range(0, len(patents), 8):
            self.call("P043", {"patent_id": ",".join(patents[start : start + 8]), "lang": "en"})

    def report(self, number: int) -> None:
        text = {"text": f"A bottle with {number} caps. " * 40, "tech_maturity_index": 3, "report_name": "caps"}
        done = self.until_done("R003-create", text, "R003-export")
        self.fetch(done["report_url"])

    def pictures(self, number: int) -> None:
        found = self.call("P060-beta", {"patent_type": "U", "model": 3, "url": PICTURE, "limit": 1 + number})
        for message in found["patent_messages"][:3]:
            self.fetch(message["url"])


WORK = ("clearance", "comparison", "pages", "translations", "report", "pictures")

"""The life of an account: a long row of calls and orders, chosen by a seed and by what was answered before.

Each act is one exchange; what came back is kept whole: status, headers, body, or how the connection broke. Two lives
with the same seed and account differ only when a server answered differently.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

import httpx2

from contract_tests.account import Account
from contract_tests.client import Answer
from contract_tests.documents import SERVICE, least, picture
from contract_tests.flows import KINDS

Record = tuple[str, object]
_NUMBERS = ("CN101595528B", "US10000000B2", "CN1", "EP3000000A1", "CN302582332S")
_FAULTS: tuple[dict[str, Any], ...] = (
    {"error": 67200002},
    {"error": 68300008, "status": 500},
    {"status": 502},
    {"delay": "1ms"},
    {"drip": "4ms"},
    {"truncate": True},
    {"reset": True},
    {"operation": "file", "status": 503},
    {"operation": "P043", "error": 67200100, "every": 2},
    {"error": 67200100, "probability": 0.2},
)
_PLANS: tuple[Any, ...] = (
    "immediate",
    {"polls": 1},
    {"duration": "20s", "outcome": "fail"},
    {"all": "hold", "R003-create": {"polls": 2, "outcome": "fail"}},
    {},
)
_SETTINGS: tuple[dict[str, Any], ...] = (
    {"wire": "live"},
    {"wire": "documented", "language": "cn"},
    {"qps": 1},
    {"qps": None, "daily_limit": 30},
    {"daily_limit": None, "total_limit": 40},
    {"total_limit": None, "balance": 3},
    {"balance": 1000, "prices": {"R003-export": 2}},
    {"strict": True},
    {"strict": False, "link_lifetime": "signed", "created_status": 201},
    {"enabled": False},
    {"enabled": True, "permissions": None},
    {"seed": 7},
)
_PATENTS: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"pn": "CN1", "title": {"cn": "\u676f", "en": "Cup", "jp": "\u676f"}}],
)
_STUBS: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"operation": "P043", "match": {"lang": "cn"}, "data": []}],
    [{"operation": "AI39-2-query", "data": {"task_id": "t", "task_status": 2}}],
)
_ONLY: tuple[dict[str, Any], ...] = (
    {},
    {"only": ["journal"]},
    {"only": ["usage", "clock"]},
    {"only": ["state", "seed"]},
    {"only": ["settings", "faults", "plans", "stubs", "patents"]},
)
_CLOCK: tuple[dict[str, Any], ...] = ({"advance": "1s"}, {"advance": "7s"}, {"advance": "8h"}, {"advance": "25m"})


class Life:
    """One account and what it remembers: its last ids and links."""

    def __init__(self, account: Account, seed: int) -> None:
        self.account = account
        self.records: list[Record] = []
        self._chance = random.Random(f"{seed} {account.client_id}")
        self._tasks = {kind.name: "none" for kind in KINDS}
        self._links: list[str] = []
        self._search = "none"

    def act(self) -> None:
        """One exchange more."""
        doing = self._chance.choices([act for act, _ in _ACTS], [weight for _, weight in _ACTS])[0]
        try:
            answer = doing(self)
        except httpx2.HTTPError as error:
            self.records.append((doing.__name__, type(error).__name__))
            return
        self.records.append((doing.__name__, (answer.status, answer.headers, answer.body)))
        self._remember(answer)

    def _remember(self, answer: Answer) -> None:
        data = self._data(answer)
        self._links += [data[name] for name in ("url", "report_url") if name in data][-1:]
        self._search = data.get("search_id", self._search)

    def _data(self, answer: Answer) -> Mapping[str, Any]:
        """The object of a success; nothing for any other answer, which may be no JSON at all."""
        try:
            data = answer.json().get("data")
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def _call(self, operation_id: str, values: Mapping[str, Any], **more: Any) -> Answer:
        return self.account.send(operation_id, values, **more)

    def _token(self) -> Answer:
        answer = self.account.target.token_call(self.account.client_id, self.account.secret)
        if (token := self._data(answer).get("token")) is not None:
            self.account.use(str(token))
        return answer

    def _translations(self) -> Answer:
        numbers = self._chance.sample(_NUMBERS, self._chance.randint(1, len(_NUMBERS)))
        return self._call("P043", {"patent_number": ",".join(numbers), "lang": self._chance.choice(["cn", "en", "xx"])})

    def _design_search(self) -> Answer:
        return self._call("P009-search-id", least(SERVICE.operations["P009-search-id"]))

    def _results(self) -> Answer:
        return self._call("P009-results", {"search_id": self._search, "limit": self._chance.choice([1, 3, 101])})

    def _similar(self) -> Answer:
        url = self._chance.choice([*self._links[-3:], "https://pictures.example/a.png", "https://x/emulator:fail"])
        return self._call("P060", {**least(SERVICE.operations["P060"]), "url": url, "limit": 2})

    def _upload(self) -> Answer:
        return self._call("P010", {"image": picture()})

    def _create(self) -> Answer:
        kind = self._chance.choice(KINDS)
        answer = self._call(kind.maker, least(SERVICE.operations[kind.maker]))
        self._tasks[kind.name] = self._data(answer).get(kind.id_name, self._tasks[kind.name])
        return answer

    def _ask(self) -> Answer:
        kind = self._chance.choice(KINDS)
        return kind.ask(self.account, self._tasks[kind.name])

    def _download(self) -> Answer:
        nothing = f"http://files.example/files/{self.account.client_id}/images/none.png"  # a link of nobody is nobody's
        return self.account.target.fetch(self._chance.choice(self._links or [nothing]))

    def _wrong(self) -> Answer:
        wish = self._chance.choice([{}, {"X-Emulator-Error": "67200007"}, {"X-Emulator-Error": "1"}])
        return self._call("R003-export", {"colour": "red"}, headers=wish)

    def _configure(self) -> Answer:
        return self.account.steer("PUT", body=self._chance.choice(_SETTINGS))

    def _move_clock(self) -> Answer:
        return self.account.steer("POST", "clock", self._chance.choice(_CLOCK))

    def _plan(self) -> Answer:
        return self.account.steer("PUT", "plan", self._chance.choice(_PLANS))

    def _fault(self) -> Answer:
        times = {"times": self._chance.randint(1, 2), "after": self._chance.randint(0, 2)}
        return self.account.steer("POST", "faults", {**times, **self._chance.choice(_FAULTS)})

    def _order(self) -> Answer:
        task_id = self._tasks[self._chance.choice(KINDS).name]
        state = self._chance.choice(["success", "failed", "running", "expired"])
        return self.account.steer("PATCH", f"tasks/{task_id}", {"state": state})

    def _look(self) -> Answer:
        pages = ("", "usage", "requests", "tasks", "tokens", "faults", "plan", "clock")
        return self.account.steer("GET", self._chance.choice(pages))

    def _reset(self) -> Answer:
        return self.account.steer("POST", "reset", self._chance.choice(_ONLY))

    def _save(self) -> Answer:
        return self.account.steer("POST", "checkpoints/before")

    def _restore(self) -> Answer:
        return self.account.steer("POST", "checkpoints/before/restore")

    def _bring_patents(self) -> Answer:
        return self.account.steer("PUT", "patents", {"patents": self._chance.choice(_PATENTS)})

    def _pin(self) -> Answer:
        return self.account.steer("PUT", "stubs", {"stubs": self._chance.choice(_STUBS)})


_ACTS: tuple[tuple[Callable[[Life], Answer], int], ...] = (
    (Life._token, 8),
    (Life._translations, 8),
    (Life._design_search, 4),
    (Life._results, 5),
    (Life._similar, 5),
    (Life._upload, 2),
    (Life._create, 8),
    (Life._ask, 10),
    (Life._download, 4),
    (Life._wrong, 3),
    (Life._configure, 3),
    (Life._move_clock, 4),
    (Life._plan, 3),
    (Life._fault, 3),
    (Life._order, 3),
    (Life._look, 8),
    (Life._reset, 2),
    (Life._save, 2),
    (Life._restore, 1),
    (Life._bring_patents, 1),
    (Life._pin, 1),
)

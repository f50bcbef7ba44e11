"""Where a case is played: a server, an account on it, and, on an emulator, the control of both.

On an emulator each case has an account of its own, opened plainly and its clock standing still; a target that is none
has one account for all. Every exchange is told to whoever keeps them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import httpx2

from emulator import clock
from emulator.contract.answer import AnswerChecker
from emulator.contract.refusals import Refusals
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Answer, Members
from emulator.verifier.conformance.caller import Caller, Credentials, Entry
from emulator.verifier.conformance.target import Target
from emulator.verifier.control import Control

PLAIN: dict[str, Any] = {
    "seed": 1,
    "language": "en",
    "created_status": 200,
    "strict": False,
    "search_id_lifetime": None,
    "link_lifetime": "documented",
    "qps": None,
    "daily_limit": None,
    "total_limit": None,
    "balance": 1_000_000,
    "prices": {},
    "permissions": None,
    "enabled": True,
}
_NOT_OF_IDS = re.compile(r"[^A-Za-z0-9-]+")
Heard = Callable[[httpx2.Request, Answer], None]


class Knowledge:
    """What is worked out of the documents once for all cases."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.refusals = Refusals(service)
        self.checker = cache(lambda name: AnswerChecker(service, service.operations[name]))


@dataclass(frozen=True)
class House:
    """A target and what is known of it. `control` is None where it is no emulator.

    `name` begins the ids of the accounts that cases open; `wire` is the profile that answers are held against.
    `given` are the credentials for a target that is no emulator, and `entry` its token; `own` says that
    nobody else calls the server.
    """

    knowledge: Knowledge
    target: Target
    wire: str
    control: Control | None = None
    name: str = "case"
    seed: int = 1
    given: Credentials | None = None
    own: bool = False
    entry: Entry = field(default_factory=Entry, repr=False)
    shared: dict[str, dict[str, Members]] = field(default_factory=dict, repr=False)  # what any account is told alike

    @contextmanager
    def stage(self, case_id: str, heard: Heard | None = None) -> Iterator["Stage"]:
        """A stage for one case; the accounts it opened are forgotten in the end."""
        stage = Stage(self, case_id, heard)
        try:
            yield stage
        finally:
            stage.clear()


@dataclass
class Stage:
    """What one case plays on."""

    house: House
    case_id: str
    heard: Heard | None = None
    made: dict[str, str] = field(default_factory=dict)
    _opened: list[str] = field(default_factory=list)

    @property
    def service(self) -> Service:
        return self.house.knowledge.service

    @property
    def wire(self) -> str:
        return self.house.wire

    @property
    def refusals(self) -> Refusals:
        return self.house.knowledge.refusals

    @property
    def control(self) -> Control:
        """The control API, for cases that need it."""
        if self.house.control is None:
            raise LookupError(f"{self.case_id} uses the control API without saying that it needs it")
        return self.house.control

    @cached_property
    def account(self) -> Caller:
        """The account of this case."""
        return self.open()

    @cached_property
    def other(self) -> Caller:
        """A second one, on an emulator."""
        return self.open()

    def open(self, **settings: Any) -> Caller:
        """Another account that nobody has used."""
        if self.house.control is None:
            return self._caller(self.house.given or Credentials())
        account = _NOT_OF_IDS.sub(".", f"{self.house.name}-{len(self._opened) + 1}-{self.case_id}")[:128]
        told = {"secret": "a secret of this account", "wire": self.wire, **PLAIN, "seed": self.house.seed, **settings}
        opened = self.control.of(account, "PUT", "", told)
        self._opened.append(account)
        self._stand_still(account)
        return self._caller(Credentials(account, told["secret"], opened["api_key"]))

    def _stand_still(self, account: str) -> None:
        """Freeze the account's clock at a whole second: signed links and limits by the second tell no less."""
        now = clock.instant(self.control.of(account, "POST", "/clock", {"freeze": True})["now"])
        if now % 1000:
            self.control.of(account, "POST", "/clock", {"advance": f"{1000 - now % 1000}ms"})

    def _caller(self, credentials: Credentials) -> Caller:
        entry = self.house.entry if self.house.control is None else None
        return Caller(self.service, self.house.target, credentials, self.heard, entry)

    def clear(self) -> None:
        """Forget the accounts that were opened."""
        for account in self._opened:
            self.control.of(account, "DELETE", "")
        self._opened.clear()

    def operation(self, operation_id: str) -> Operation:
        return self.service.operations[operation_id]

    def configure(self, **settings: Any) -> None:
        """Change settings of the case's account."""
        self.control.of(self.account.client_id, "PUT", "", settings)

    def plan(self, plan: Any) -> None:
        """How tasks of the case's account run from now on."""
        self.control.of(self.account.client_id, "PUT", "/plan", plan)

    def advance(self, milliseconds: int) -> None:
        """Let time pass for the case's account. A token that may have died by then is fetched anew when needed."""
        if milliseconds:
            self.advance_keeping(milliseconds)
            self.account.forget_token()

    def advance_keeping(self, milliseconds: int) -> None:
        """Let time pass, and go on with the token that there is."""
        if milliseconds:
            self.control.of(self.account.client_id, "POST", "/clock", {"advance": f"{milliseconds}ms"})

    def bill(self) -> int:
        """What the case's account has been billed so far; 0 where nobody can tell."""
        if self.house.control is None:
            return 0
        return int(self.control.of(self.account.client_id, "GET", "/usage")["credits"])

    def now(self) -> int:
        """The instant of the case's account, in milliseconds."""
        return clock.instant(self.control.of(self.account.client_id, "GET", "/clock")["now"])

    def judged(self, operation: Operation, answer: Answer) -> Iterator[str]:
        """What the documents of an operation find wrong with an answer."""
        from emulator.verifier.conformance.judging import judged

        return judged(self, operation, answer)

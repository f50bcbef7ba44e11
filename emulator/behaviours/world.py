"""What a behaviour is given and what it gives back: a `Call` in a `World`, and an `Outcome`.

Plain data and plain functions; nothing here or in the behaviours knows HTTP.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any, Literal

from emulator import entropy
from emulator.behaviours.own_patents import OwnPatents
from emulator.behaviours.pictures import Picture
from emulator.corpus.collection import Corpus
from emulator.spec.models import Operation, Service
from emulator.store.base import Record, Store

SHARED = ""  # the space of what belongs to no account
KEPT = "/kept"  # the space of what outlives resets and restores; no account's id has a slash
COUNTERS = "counters"


@dataclass(frozen=True, slots=True)
class Account:
    """An account's settings as they hold for one call. `search_id_lifetime` and `valid_until` are milliseconds.

    `plan` says how tasks run, by operation or `all`; `prices` are credits, by operation; `balance` is what was left
    when it was set; what is None has no limit.

    One that is not `opened` has asked for its first token and has not got it yet.
    """

    id: str
    seed: int = 1
    wire: Literal["documented", "live"] = "documented"
    language: Literal["en", "cn"] = "en"
    created_status: Literal[200, 201] = 200
    strict: bool = False
    search_id_lifetime: int | None = None
    link_lifetime: Literal["documented", "signed"] = "documented"
    valid_until: int | None = None
    enabled: bool = True
    permissions: tuple[str, ...] | None = None
    plan: Mapping[str, Any] | None = None
    qps: int | None = None
    daily_limit: int | None = None
    total_limit: int | None = None
    balance: int | None = None
    prices: Mapping[str, int] = field(default_factory=dict)
    opened: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """What all calls share. `texts` holds the sentences of reports by name, `font` draws them.

    `corpus` is what ships; what an account sees of it, and of patents that somebody brought, tells `corpus_of`.

    Who forgets an account's records or changes its settings holds `at_work`, and so does a call that runs in a thread
    of its own.
    """

    service: Service
    store: Store
    corpus: Corpus
    texts: Mapping[str, Any]
    font: Path
    own_patents: OwnPatents
    at_work: RLock = field(default_factory=RLock)

    def corpus_of(self, account_id: str) -> Corpus:
        """The shipped patents, over them those for all accounts, over these the account's own."""
        return self.own_patents.corpus(self.store, SHARED, account_id)

    def draw(self, account: Account, purpose: str) -> bytes:
        """Fresh bytes of the account's own stream of chance."""
        return entropy.draw(account.seed, account.id, purpose, count(self.store, account.id, COUNTERS, purpose))


def count(store: Store, space: str, table: str, key: str) -> int:
    """How often something was counted, this time included. Atomic."""
    return int(store.change(space, table, key, _one_more)["made"])


def _one_more(record: Record | None) -> Record:
    return {"made": (record["made"] if record else 0) + 1}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request, and what it shows once somebody has looked at it."""

    name: str
    content: bytes
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What reserved words in a request ask for: an error by its code, a plan for the task, a wait in milliseconds.

    `error` is what was written, which may be no code at all; `error_word` is the word that asks for it.
    """

    error: str | None = None
    error_word: str = ""
    plan: Mapping[str, Any] = field(default_factory=dict)
    wait: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One request after all checks. `documented_id` is set when an account opens with a page's example.

    `id` names the call in the journal; `price` is what one unit of the operation costs this account, in credits. An
    answer that is lost on purpose does not `count`: it is no poll and costs nothing.
    """

    world: World
    operation: Operation
    account: Account
    now: int
    values: Mapping[str, Any]
    base_url: str
    documented_id: str | None = None
    remarks: list[str] = field(default_factory=list)
    id: Callable[[], str] = str
    price: int = 0
    asked: Asked = field(default_factory=Asked)
    counts: bool = True

    @property
    def corpus(self) -> Corpus:
        """The patents this account sees; asked for once where many are looked at."""
        return self.world.corpus_of(self.account.id)

    def draw(self, purpose: str) -> bytes:
        return self.world.draw(self.account, purpose)

    def remark(self, sentence: str) -> None:
        """Something accepted that a sound client would not do; kept in the journal."""
        self.remarks.append(sentence)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes into `data`, how many results the price counts, and the body of an answer that may come unwrapped.

    `keep` records what the call makes, where that must wait until its result is paid for; `beside` are members of the
    envelope that no page knows.
    """

    data: Any
    found: int = 1
    flat: Mapping[str, Any] | None = None
    keep: Callable[[], None] | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

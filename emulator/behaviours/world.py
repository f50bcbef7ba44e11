"""What a behaviour is given and what it gives back: a `Call` in a `World`, and an `Outcome`.

Plain data and plain functions; nothing here or in the behaviours knows HTTP.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from emulator import entropy
from emulator.behaviours.corpus import Corpus
from emulator.behaviours.own_patents import OwnPatents
from emulator.spec.models import Operation, Service
from emulator.store.base import Record, Store

SHARED = ""  # the space of what belongs to no account
COUNTERS = "counters"


@dataclass(frozen=True, slots=True)
class Account:
    """An account's settings as they hold for one call. `search_id_lifetime` and `valid_until` are milliseconds.

    One that is not `opened` has asked for its first token and has not got it yet.
    """

    id: str
    seed: int = 1
    wire: str = "documented"
    language: str = "en"
    created_status: int = 200
    strict: bool = False
    search_id_lifetime: int | None = None
    link_lifetime: str = "documented"
    valid_until: int | None = None
    enabled: bool = True
    permissions: tuple[str, ...] | None = None
    opened: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """What all calls share. `texts` holds the sentences of reports by name, `font` draws them.

    `corpus` is what ships; what an account sees of it, and of patents that somebody brought, tells `corpus_of`.

    Who forgets an account's records holds `at_work`, and so does a call that runs in a thread of its own.
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

    def next_number(self, account: Account, purpose: str) -> int:
        """How many draws for a purpose the account has made, this one included. Atomic."""
        record = self.store.change(account.id, COUNTERS, purpose, _one_more)
        return int(record["made"])

    def draw(self, account: Account, purpose: str) -> bytes:
        """Fresh bytes of the account's own stream of chance."""
        return entropy.draw(account.seed, account.id, purpose, self.next_number(account, purpose))


def _one_more(record: Record | None) -> Record:
    return {"made": (record["made"] if record else 0) + 1}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One request after all checks. `documented_id` is set when an account opens with a page's example."""

    world: World
    operation: Operation
    account: Account
    now: int
    values: Mapping[str, Any]
    base_url: str
    documented_id: str | None = None
    remarks: list[str] = field(default_factory=list)

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
    """What goes into `data`, how many results the price counts, and the body of an answer that may come unwrapped."""

    data: Any
    found: int = 1
    flat: Mapping[str, Any] | None = None

"""Beginning again: everything or only what some words name, for one account or for all.

Which tables a word means stands in `TABLES` and nowhere else; a table that no word claims is `state`. What lies in
the space `KEPT` outlives every reset. A bill outlives its tasks, and they do not follow into the next one. Who asks for
a reset is not known here.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from emulator.behaviours import meter
from emulator.behaviours.accounts import KEYS, Accounts
from emulator.behaviours.accounts import TABLE as ACCOUNT
from emulator.behaviours.clocks import TABLE as CLOCK
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.faults import NUMBERS
from emulator.behaviours.faults import TABLE as FAULTS
from emulator.behaviours.meter import CHARGES, SETTLED
from emulator.behaviours.meter import TABLE as METER
from emulator.behaviours.own_patents import TABLE as PATENTS
from emulator.behaviours.plans import TABLE as PLAN
from emulator.behaviours.quota import PLATFORM, WINDOW
from emulator.behaviours.stubs import TABLE as STUBS
from emulator.behaviours.world import COUNTERS, KEPT, SHARED, World


class Word(StrEnum):
    STATE = "state"
    USAGE = "usage"
    CLOCK = "clock"
    SEED = "seed"
    FAULTS = "faults"
    PLANS = "plans"
    PATENTS = "patents"
    STUBS = "stubs"
    JOURNAL = "journal"
    SETTINGS = "settings"


TABLES: Mapping[Word, frozenset[str]] = {
    Word.USAGE: frozenset({METER, SETTLED, CHARGES, WINDOW}),
    Word.CLOCK: frozenset({CLOCK}),
    Word.SEED: frozenset({COUNTERS}),
    Word.FAULTS: frozenset({FAULTS, NUMBERS}),
    Word.PLANS: frozenset({PLAN}),
    Word.PATENTS: frozenset({PATENTS}),
    Word.STUBS: frozenset({STUBS}),
    Word.JOURNAL: frozenset({"requests"}),
    Word.SETTINGS: frozenset({ACCOUNT, KEYS, PLATFORM}),
}
_IDENTITY = frozenset({ACCOUNT, KEYS})  # who an account is: only a whole reset forgets that
_WORD_OF = {table: word for word, tables in TABLES.items() for table in tables}


class Resets:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks) -> None:
        self._world = world
        self._store = world.store
        self._accounts = accounts
        self._clocks = clocks

    def of_account(self, account_id: str, words: Collection[Word] | None = None) -> None:
        """Without words a configured account is as if it were new, and one that opened itself goes."""
        with self._world.at_work:
            if words is None:
                self._begin_again([account_id])
            else:
                self._close_books(account_id, words)
                self._forget(account_id, words)
                self._set_up(account_id, words)

    def of_all(self, words: Collection[Word] | None = None) -> None:
        """The same for every account, and for what belongs to none."""
        with self._world.at_work:
            spaces = [space for space in self._store.spaces() if space != KEPT]
            for space in spaces:
                self._close_books(space, words or ())
            if words is None or Word.CLOCK in words:
                self._clocks.rewind()
            if words is None:
                self._forget(SHARED, frozenset(Word))
                self._store.clear(SHARED, TABLES[Word.SETTINGS])
                self._begin_again([space for space in spaces if space != SHARED])
                return
            for space in spaces:
                self._forget(space, words)
            for account_id in self._accounts.ids():
                self._set_up(account_id, words)

    def _begin_again(self, spaces: Collection[str]) -> None:
        forms = {space: self._accounts.form(space) for space in spaces}
        for space in spaces:
            self._store.clear(space)
        for space, form in forms.items():
            if form is not None:
                self._accounts.reopen(space, form, self._clocks.now())

    def _close_books(self, space: str, words: Collection[Word]) -> None:
        """Before anything goes, the clock too: what tasks gave back by now."""
        if Word.USAGE in words:
            meter.begin(self._store, space)
        elif Word.STATE in words or Word.CLOCK in words:
            meter.settle(self._store, space, self._clocks.now(space))

    def _forget(self, space: str, words: Collection[Word]) -> None:
        """What the words name, but for what is never missing: who an account is, and the clock of all."""
        stays = _IDENTITY | (TABLES[Word.CLOCK] if space == SHARED else frozenset())
        named = {table for table in self._store.tables(space) if _WORD_OF.get(table, Word.STATE) in words}
        self._store.clear(space, frozenset(named - stays))

    def _set_up(self, account_id: str, words: Collection[Word]) -> None:
        """What a forgotten part is like in an account that has just opened."""
        if Word.SETTINGS in words:
            self._accounts.return_to_form(account_id)
            if Word.USAGE not in words:  # its balance is set anew
                meter.grant(self._store, account_id, self._clocks.now(account_id))
        if Word.STATE in words:
            self._accounts.lay_out_examples(account_id, self._clocks.now(account_id))

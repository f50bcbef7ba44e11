"""Snapshots: everything as it is now, of all or of one account, and back to it later or on another server.

A restore checks first and changes everything at once afterwards. What lies in the space `KEPT` is in no snapshot. How
a snapshot is written down is not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from pydantic import TypeAdapter, ValidationError

from emulator.behaviours import plans
from emulator.behaviours.accounts import ID_RULE, KEY_PREFIX, Accounts, may_be_called
from emulator.behaviours.accounts import TABLE as ACCOUNT
from emulator.behaviours.clocks import TABLE as CLOCK
from emulator.behaviours.clocks import Clocks, Face
from emulator.behaviours.world import KEPT, SHARED, Account, World
from emulator.store.base import Contents, Record

_SETTINGS = {field.name for field in fields(Account)}
_ACCOUNT = TypeAdapter(Account)


class Misfit(ValueError):
    """A sound snapshot that is not of this server or account."""


class Unsound(ValueError):
    """A snapshot whose contents cannot be what this emulator has written."""


@dataclass(frozen=True)
class Snapshot:
    """Of one account, or with `SHARED` of all. The clock in question stands in `clock` and not in `contents`."""

    account: str
    program: str
    seed: int
    corpus: str
    clock: Face
    contents: Mapping[str, Contents]


class Snapshots:
    """Of a server with this seed, by a program of this version."""

    def __init__(self, world: World, accounts: Accounts, clocks: Clocks, seed: int, program: str) -> None:
        self._world = world
        self._store = world.store
        self._accounts = accounts
        self._clocks = clocks
        self._seed = seed
        self._program = program

    def take(self, account: str) -> Snapshot:
        """What stands now."""
        with self._world.at_work:
            held = self._store.export(self._spaces() if account == SHARED else [account])
            if account in held:
                held[account] = _with_clock(held[account], {})
            clock = self._clocks.face(account)
        return Snapshot(account, self._program, self._seed, self._world.corpus.fingerprint, clock, held)

    def restore(self, snapshot: Snapshot, account: str) -> None:
        """Let an account, or all, be as in the snapshot, whatever was before. Raises Misfit or Unsound."""
        self.check(snapshot, account)
        with self._world.at_work:
            table = self._clocks.table(account, snapshot.clock)
            clocked = _with_clock(snapshot.contents.get(account, Contents()), table)
            gone = {space: Contents() for space in self._spaces()} if account == SHARED else {}
            restored = {**snapshot.contents, account: clocked}
            self._store.replace({space: held for space, held in gone.items() if space not in restored} | restored)
            if account != SHARED:
                self._accounts.make_known(account)

    def check(self, snapshot: Snapshot, account: str) -> None:
        """Raises Misfit or Unsound, as a restore would."""
        self._refuse_misfit(snapshot, account)
        self._refuse_unsound(snapshot)

    def _spaces(self) -> list[str]:
        return [space for space in self._store.spaces() if space != KEPT]

    def _refuse_misfit(self, snapshot: Snapshot, account: str) -> None:
        if snapshot.account != account:
            raise Misfit(f"the snapshot is of {_told(snapshot.account)}, not of {_told(account)}")
        if snapshot.seed != self._seed:
            raise Misfit(f"the snapshot is of a server with seed {snapshot.seed}; this one has seed {self._seed}")
        if snapshot.corpus != self._world.corpus.fingerprint:
            here = self._world.corpus.fingerprint
            raise Misfit(
                f"the snapshot is of a server with other patents: its corpus is {snapshot.corpus[:64]!r}, here it is "
                f"{here!r}"
            )

    def _refuse_unsound(self, snapshot: Snapshot) -> None:
        if snapshot.account != SHARED and list(snapshot.contents) != [snapshot.account]:
            raise Unsound(f"contents: the space of {_told(snapshot.account)} is expected, and no other")
        for space, held in snapshot.contents.items():
            records = held.records.get(ACCOUNT, {})
            if space != SHARED and not self._may_be_an_account(space):
                raise Unsound(f"contents: {space[:140]!r} is no space of an account: an id is {ID_RULE}")
            if snapshot.account == space != SHARED and not records:
                raise Unsound(f"contents: the table {ACCOUNT!r} of {_told(space)} is missing")
            if not all(map(_is_account, records.values())):
                raise Unsound(f"contents: the table {ACCOUNT!r} of {_told(space)} has settings unknown here")

    def _may_be_an_account(self, space: str) -> bool:
        return space.startswith(KEY_PREFIX) or may_be_called(self._world.service.credentials, space)


def _with_clock(contents: Contents, table: Mapping[str, Record]) -> Contents:
    """Contents with this table of the clock, or with none."""
    others = {name: records for name, records in contents.records.items() if name != CLOCK}
    return replace(contents, records=others | ({CLOCK: table} if table else {}))


def _is_account(record: Record) -> bool:
    """Whether a record is one of an account: its settings, now and as first configured, can be those of one."""
    forms = [record] if record.get("configured") is None else [record, record["configured"]]
    return "configured" in record and all(isinstance(form, Mapping) and _is_form(form) for form in forms)


def _is_form(form: Record) -> bool:
    secret, settings = form.get("secret", ""), form.get("settings")
    if not (secret is None or isinstance(secret, str)) or not isinstance(settings, Mapping):
        return False
    try:
        _ACCOUNT.validate_python({"id": "any", **settings})
        for plan in (settings.get("plan") or {}).values():
            plans.written(plan)
    except (ValidationError, LookupError, TypeError, AttributeError):
        return False
    return settings.keys() <= _SETTINGS


def _told(account: str) -> str:
    return "all" if account == SHARED else f"the account {account!r}"

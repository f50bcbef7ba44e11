"""The patents of the emulated world, read once, and found by id, number or family.

Knows what a patent record holds and nothing of searching, accounts or operations.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from emulator.behaviours.patent_form import Names, PatentForm, RecordFault

LANGUAGES = ("cn", "en", "jp")


class CorpusFault(Exception):
    """A file of patents that cannot be used: which file, which line, why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a patent shows: the product drawn, its variation, how many views, and the difference hash of the first."""

    product: str
    variation: int
    views: int
    hash: int


@dataclass(frozen=True, slots=True, eq=False)
class Patent:
    """One publication. Dates are yyyymmdd as numbers; `patent_type` is D, U or A (invention)."""

    patent_id: str
    pn: str
    authority: str
    kind: str
    patent_type: str
    apno: str
    apdt: int
    pbdt: int
    isd: int | None
    title: Mapping[str, str]
    abstract: Mapping[str, str] | None
    claims: str
    description: str
    loc: tuple[str, ...]
    ipc: tuple[str, ...]
    original_assignee: str
    current_assignee: str
    inventors: tuple[str, ...]
    legal_status: tuple[int, ...]
    simple_legal_status: tuple[int, ...]
    family_id: int
    img_id: str
    picture: Drawing | None

    def prose(self) -> list[str]:
        """Titles, abstracts, claims and description."""
        return [*self.title.values(), *(self.abstract or {}).values(), self.claims, self.description]

    def identity(self) -> list[str]:
        """Numbers, names and classes."""
        return [
            self.pn,
            self.apno,
            self.original_assignee,
            self.current_assignee,
            *self.inventors,
            *self.loc,
            *self.ipc,
        ]


class Corpus:
    """All patents, in the order of the file. `fingerprint` tells one corpus from another, known pictures included.

    `shown` is what they show, and what pictures from elsewhere are near to: where patents are laid over a `base`,
    those stay what they were.
    """

    MAIN, TEXTS = "main", "texts"  # what `main_field` searches, and what TACD stands for

    def __init__(
        self,
        patents: Iterable[Patent],
        known_pictures: Mapping[str, Mapping[str, Any]],
        fingerprint: str,
        base: "Corpus | None" = None,
    ) -> None:
        self.patents = tuple(patents)
        self.known_pictures = known_pictures
        self.fingerprint = fingerprint
        self._base = base
        self._by_id = {patent.patent_id.lower(): patent for patent in self.patents}
        self._by_number = {patent.pn.lower(): patent for patent in self.patents}
        self._families: dict[int, list[Patent]] = {}
        for patent in self.patents:
            self._families.setdefault(patent.family_id, []).append(patent)
        shown = tuple(patent.picture for patent in self.patents if patent.picture is not None)
        self.shown: tuple[Drawing, ...] = (base.shown if base else ()) or shown
        self._texts: dict[tuple[str, str], str] = {}

    def overlaid(self, own: Iterable[Patent]) -> "Corpus":
        """These patents and more; of those with the same id or number the last counts."""
        names: set[str] = set()
        patents: list[Patent] = []
        for patent in reversed([*self.patents, *own]):
            mine = {patent.patent_id.lower(), patent.pn.lower()}
            if names.isdisjoint(mine):
                patents.append(patent)
                names |= mine
        return Corpus(reversed(patents), self.known_pictures, self.fingerprint, self)

    def by_id(self, patent_id: str) -> Patent | None:
        """However it is capitalised, as for numbers."""
        return self._by_id.get(patent_id.lower())

    def by_number(self, number: str) -> Patent | None:
        return self._by_number.get(number.lower())

    def relatives(self, patent: Patent) -> list[Patent]:
        """The other members of the family, the most recently published first."""
        others = [member for member in self._families[patent.family_id] if member is not patent]
        return sorted(others, key=lambda member: (-member.pbdt, member.pn))

    def text_of(self, patent: Patent, extent: str) -> str:
        """The text that a search looks at, in lower case, made at first use and once for all that share the patent."""
        if self._base is not None and self._base.by_id(patent.patent_id) is patent:
            return self._base.text_of(patent, extent)
        text = self._texts.get((patent.patent_id, extent))
        if text is None:
            parts = patent.prose() if extent == self.TEXTS else [*patent.prose(), *patent.identity()]
            text = self._texts[patent.patent_id, extent] = "\n".join(parts).lower()
        return text


def read(patents_file: Path, form: PatentForm, known_pictures: Mapping[str, Mapping[str, Any]]) -> Corpus:
    """The corpus of a file with one JSON object a line. Raises CorpusFault naming file, line, field and reason."""
    try:
        lines = patents_file.read_bytes().splitlines()
    except OSError as error:
        raise CorpusFault(f"{patents_file.name}: whole file: {error.strerror}") from error
    patents: list[Patent] = []
    names = Names()
    for number, line in enumerate(lines, 1):
        try:
            record = orjson.loads(line)
            form.check(record)
            names.take(record)
        except RecordFault as fault:
            raise CorpusFault(f"{patents_file.name}: line {number}: {fault}") from fault
        except orjson.JSONDecodeError as error:
            raise CorpusFault(f"{patents_file.name}: line {number}: is not JSON: {error}") from error
        patents.append(patent_of(record))
    return Corpus(patents, known_pictures, _fingerprint(lines, known_pictures))


def _fingerprint(lines: Iterable[bytes], known_pictures: Mapping[str, Mapping[str, Any]]) -> str:
    shown = sorted((str(url), drawing["product"], drawing["variation"]) for url, drawing in known_pictures.items())
    return hashlib.sha256(b"\n".join([*lines, repr(shown).encode()])).hexdigest()


def patent_of(record: Mapping[str, Any]) -> Patent:
    """A record of the file as a Patent."""
    picture = record["picture"]
    lists = ("loc", "ipc", "inventors", "legal_status", "simple_legal_status")
    drawing = Drawing(**{**picture, "hash": int(picture["hash"], 16)}) if picture else None
    return Patent(**{**record, **{name: tuple(record[name]) for name in lists}, "picture": drawing})

"""All patents together, found by id, number or family, and chosen by what an index of them tells.

Knows nothing of accounts, operations or values of parameters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from emulator.corpus.patents import Drawing, Patent

if TYPE_CHECKING:
    from emulator.corpus.index import Index
    from emulator.corpus.lines import Mask
    from emulator.corpus.selection import Selection


@dataclass(frozen=True, slots=True)
class Hit:
    """A patent that was found, and its score."""

    patent: Patent
    score: float


class Layer(Protocol):
    """Patents with their index, and the rows of those that others of the same name lie over."""

    @property
    def index(self) -> "Index": ...

    @property
    def hidden(self) -> tuple[int, ...]: ...

    def row_of(self, patent: Patent) -> int | None: ...


class Corpus:
    """All patents, in the order of the file. `fingerprint` tells one corpus from another, known pictures included."""

    def __init__(
        self, patents: Iterable[Patent], known_pictures: Mapping[str, Mapping[str, Any]], fingerprint: str
    ) -> None:
        self.known_pictures = known_pictures
        self.fingerprint = fingerprint
        self.hidden: tuple[int, ...] = ()
        self._own = tuple(patents)
        self._by_id = {_lower(patent.patent_id): row for row, patent in enumerate(self._own)}
        self._by_number = {_lower(patent.pn): row for row, patent in enumerate(self._own)}

    def overlaid(self, own: Iterable[Patent]) -> "Corpus":
        """These patents and more; of those with the same id or number the last counts."""
        return _Overlaid(self, own)

    @property
    def patents(self) -> tuple[Patent, ...]:
        return self._own

    @property
    def layers(self) -> "tuple[Layer, ...]":
        return (self,)

    def __len__(self) -> int:
        return len(self._own)

    @cached_property
    def index(self) -> "Index":
        from emulator.corpus.index import Index  # numpy is loaded when somebody searches

        return Index(self._own)

    def selected(self, passes: "Callable[[Index], Mask]") -> "Selection":
        """The patents of which an index says that they pass."""
        from emulator.corpus.selection import Selection

        return Selection.of(self.layers, passes)

    def row_of(self, patent: Patent) -> int | None:
        row = self.row_of_id(patent.patent_id)
        return row if row is not None and self._own[row] is patent else None

    def row_of_id(self, patent_id: str) -> int | None:
        """However it is capitalised, as for numbers."""
        return self._by_id.get(patent_id.lower())

    def row_of_number(self, number: str) -> int | None:
        return self._by_number.get(number.lower())

    def has(self, field: str, name: str) -> bool:
        """Whether a patent has that `patent_id` or `pn`."""
        return (self.by_number(name) if field == "pn" else self.by_id(name)) is not None

    def by_id(self, patent_id: str) -> Patent | None:
        row = self.row_of_id(patent_id)
        return None if row is None else self._own[row]

    def by_number(self, number: str) -> Patent | None:
        row = self.row_of_number(number)
        return None if row is None else self._own[row]

    def relatives(self, patent: Patent) -> list[Patent]:
        """The other members of the family, the most recently published first."""
        members = chain.from_iterable(_family(layer, patent.family_id) for layer in self.layers)
        return sorted(
            (member for member in members if member is not patent), key=lambda member: (-member.pbdt, member.pn)
        )

    @cached_property
    def shown(self) -> tuple[Drawing, ...]:
        """What the patents show, and what pictures from elsewhere are near to: only they, unless none shows a thing."""
        return tuple(patent.picture for patent in self._own if patent.picture is not None)


class _Overlaid(Corpus):
    """A corpus with other patents over it, whose index and pictures stay what they were."""

    def __init__(self, base: Corpus, own: Iterable[Patent]) -> None:
        names: set[str] = set()
        kept: list[Patent] = []
        for patent in reversed(list(own)):
            mine = {patent.patent_id.lower(), patent.pn.lower()}
            if names.isdisjoint(mine):
                kept.append(patent)
                names |= mine
        super().__init__(reversed(kept), base.known_pictures, base.fingerprint)
        self._base = _Below(base, _hidden(base, kept))

    def overlaid(self, own: Iterable[Patent]) -> "Corpus":
        """There are two layers at most: what lies above takes up what lay there."""
        return _Overlaid(self._base.corpus, [*self._own, *own])

    @cached_property
    def patents(self) -> tuple[Patent, ...]:
        hidden = set(self._base.hidden)
        return (*(one for row, one in enumerate(self._base.corpus.patents) if row not in hidden), *self._own)

    @property
    def layers(self) -> tuple[Layer, ...]:
        return (self._base, self) if self._own else (self._base,)

    def __len__(self) -> int:
        return len(self._base.corpus) - len(self._base.hidden) + len(self._own)

    def by_id(self, patent_id: str) -> Patent | None:
        return super().by_id(patent_id) or self._base.visible(self._base.corpus.row_of_id(patent_id))

    def by_number(self, number: str) -> Patent | None:
        return super().by_number(number) or self._base.visible(self._base.corpus.row_of_number(number))

    @cached_property
    def shown(self) -> tuple[Drawing, ...]:
        return self._base.corpus.shown or super().shown


@dataclass(frozen=True, slots=True)
class _Below:
    """The lower corpus, and the rows of it that are not seen."""

    corpus: Corpus
    hidden: tuple[int, ...]

    @property
    def index(self) -> "Index":
        return self.corpus.index

    def row_of(self, patent: Patent) -> int | None:
        return self.corpus.row_of(patent)

    def visible(self, row: int | None) -> Patent | None:
        return None if row is None or row in self.hidden else self.corpus.patents[row]


def _lower(name: str) -> str:
    """The name itself if nothing has to be changed: many are kept."""
    lower = name.lower()
    return name if lower == name else lower


def _hidden(base: Corpus, own: Iterable[Patent]) -> tuple[int, ...]:
    rows = {row for patent in own for row in (base.row_of_id(patent.patent_id), base.row_of_number(patent.pn))}
    return tuple(sorted(row for row in rows if row is not None))


def _family(layer: Layer, family_id: int) -> Iterator[Patent]:
    return (patent for row, patent in layer.index.family(family_id) if row not in layer.hidden)

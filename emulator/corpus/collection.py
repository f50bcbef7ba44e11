"""All patents together, found by id, number or family.

Knows nothing of searching, accounts or operations.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from emulator.corpus.patents import Drawing, Patent


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

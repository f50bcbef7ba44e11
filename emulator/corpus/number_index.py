"""Which patents have a number, whichever way it is written; and which an office published.

Each part is made at first use, in one pass over the patents of an index, and kept with it. A corpus with patents laid
over others asks the layers one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from heapq import merge

from emulator import patent_numbers
from emulator.corpus.collection import Corpus, Layer
from emulator.corpus.patents import Patent

_LONGEST_END = 2  # letters and digits of the longest kind code; a check digit is one


class NumberIndex:
    """All patents by number, in plain form: `emulator.patent_numbers.plain`."""

    def __init__(self, patents: Sequence[Patent]) -> None:
        self._patents = patents

    def published_as(self, number: str) -> list[Patent]:
        """Those with this publication number, or any kind of it where it has no kind code; the latest first."""
        return _found(self._published, number, lambda patent: patent.pn)

    def filed_as(self, number: str) -> list[Patent]:
        """Those with this application number, whether or not its check digit is told; the latest first."""
        return _found(self._filed, number, lambda patent: patent.apno)

    def of_office(self, authority: str) -> Sequence[Patent]:
        """All that an office published, the latest first."""
        return self._offices.get(authority, ())

    def offices(self) -> Iterable[str]:
        """Those that published anything."""
        return self._offices

    @cached_property
    def _published(self) -> dict[str, list[Patent]]:
        return self._grouped(lambda patent: patent_numbers.without_kind(patent.pn, patent.kind))

    @cached_property
    def _filed(self) -> dict[str, list[Patent]]:
        return self._grouped(lambda patent: patent_numbers.without_check_digit(patent.apno))

    @cached_property
    def _offices(self) -> dict[str, list[Patent]]:
        offices = self._grouped(lambda patent: patent.authority)
        return {office: sorted(patents, key=_latest_first) for office, patents in offices.items()}

    def _grouped(self, by: Callable[[Patent], str]) -> dict[str, list[Patent]]:
        groups: dict[str, list[Patent]] = {}
        for patent in self._patents:
            groups.setdefault(by(patent), []).append(patent)
        return groups


def _found(groups: dict[str, list[Patent]], number: str, whole: Callable[[Patent], str]) -> list[Patent]:
    """The group of the number, and those of groups with a shorter one whose whole number it is."""
    found = list(groups.get(number, ()))
    for end in range(1, _LONGEST_END + 1):
        found += [one for one in groups.get(number[:-end], ()) if patent_numbers.plain(whole(one)) == number]
    return sorted(dict.fromkeys(found), key=_latest_first)


def _latest_first(patent: Patent) -> tuple[int, str]:
    return -patent.pbdt, patent.pn


class Layered:
    """The numbers of all patents that somebody sees."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers

    def published_as(self, number: str) -> list[Patent]:
        return self._merged(lambda index: index.published_as(number))

    def filed_as(self, number: str) -> list[Patent]:
        return self._merged(lambda index: index.filed_as(number))

    def of_office(self, authority: str) -> Sequence[Patent]:
        return self._merged(lambda index: index.of_office(authority))

    def offices(self) -> list[str]:
        return sorted({office for layer in self._layers for office in layer.index.written_numbers.offices()})

    def _merged(self, ask: Callable[[NumberIndex], Sequence[Patent]]) -> list[Patent]:
        found = [_visible(layer, ask(layer.index.written_numbers)) for layer in self._layers]
        return found[0] if len(found) == 1 else list(merge(*found, key=_latest_first))


def _visible(layer: Layer, patents: Sequence[Patent]) -> list[Patent]:
    hidden = set(layer.hidden)
    return [patent for patent in patents if layer.row_of(patent) not in hidden] if hidden else list(patents)


def index_of(corpus: Corpus) -> Layered:
    """The numbers of a corpus."""
    return Layered(corpus.layers)

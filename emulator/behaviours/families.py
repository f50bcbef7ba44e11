"""P014: the families of patents, narrow and wide, each with its number and its members.

A record names its simple family. The wide families are worked out: whatever hangs together by simple families and by
applications with several publications. No record tells priorities, so that is all that can relate two families here.
"""

from typing import Any

from emulator import patent_numbers
from emulator.behaviours import asked_patents
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.collection import Corpus
from emulator.corpus.number_index import index_of
from emulator.corpus.patents import Patent

_INT32 = 2**31 - 1
Members = list[Patent]


def patent_family(call: Call) -> Outcome:
    """One item for each known patent, in the order asked."""
    beyond, corpus = call.world.service.values.wide_family_ids_beyond, call.corpus
    items = [_item(corpus, patent, beyond) for patent in asked_patents.of(call)]
    return Outcome(items, found=len(items))


def _item(corpus: Corpus, patent: Patent, beyond: int) -> dict[str, Any]:
    simple, wide = _simple_family(corpus, patent), _wide_family(corpus, patent)
    wide_id = _wide_id(min(member.family_id for member in wide), beyond)
    return {
        "pn": patent.pn,
        "patent_id": patent.patent_id,
        "patent_family": {
            "simple_family": _told(simple),
            "inpadoc_family": _told(wide),
            "patsnap_family": _told(wide),
            "simple_family_id": patent.family_id,
            "inpadoc_family_id": wide_id,
            "patsnap_family_id": wide_id,
        },
    }


def _simple_family(corpus: Corpus, patent: Patent) -> Members:
    return [patent, *corpus.relatives(patent)]


def _wide_family(corpus: Corpus, patent: Patent) -> Members:
    """Relatives, publications of the same applications, relatives of these, and so on; each is looked for once."""
    index, family, waiting = index_of(corpus), {patent: None}, [patent]
    families: set[int] = set()
    applications: set[str] = set()
    while waiting:
        member, near = waiting.pop(), list[Patent]()
        if member.family_id not in families:
            near += corpus.relatives(member)
        if member.apno not in applications:
            near += index.filed_as(patent_numbers.plain(member.apno))
        families.add(member.family_id)
        applications.add(member.apno)
        waiting += [one for one in dict.fromkeys(near) if one not in family]
        family |= dict.fromkeys(near)
    return list(family)


def _wide_id(smallest: int, beyond: int) -> int:
    """One number for each smallest simple family, within 1 and what an int32 holds."""
    return (smallest - 1 + beyond) % _INT32 + 1


def _told(members: Members) -> list[dict[str, Any]]:
    """By publication, the first that was published first."""
    ordered = sorted(members, key=lambda member: (member.pbdt, member.pn))
    return [_member(number, one) for number, one in enumerate(ordered, 1)]


def _member(sequence: int, patent: Patent) -> dict[str, Any]:
    return {
        "kind": patent.kind,
        "country": patent.authority,
        "sequence": sequence,
        "doc_number": patent.pn.removeprefix(patent.authority).removesuffix(patent.kind),
    }

"""Each filter of a search really filters, and loses nothing that fits.

What fits is worked out from what the searches tell of their patents, so no corpus is presumed. A filter that would
choose all or nothing of what there is proves nothing, and says so by choosing otherwise.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.spec.models import Service
from emulator.verifier.conformance.answers import Members, listed, text, whole
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.searches import MOST, Search, searches, universe
from emulator.verifier.conformance.stage import Stage

RULE = "filter"
_CALLS = 60  # pages of the unfiltered and the filtered, at most
Known = Mapping[str, Members]


@dataclass(frozen=True)
class Filter:
    """What to ask for, made of what there is, and which patents fit that."""

    name: str
    title: str
    value: Callable[[Known], Any]
    fits: Callable[[Members, Any], bool]


def _most_common(values: Iterable[Any], known: Known) -> Any:
    """The most common of some values that not all patents have."""
    counted = Counter(values).most_common()
    return next((value for value, times in counted if times < len(known)), counted[0][0] if counted else None)


def _middle(name: str) -> Callable[[Known], str]:
    def value(known: Known) -> str:
        days = sorted(whole(item[name]) for item in known.values() if name in item)
        return str(days[len(days) // 2])

    return value


def _country(known: Known) -> list[str]:
    return [_most_common((text(item["authority"]) for item in known.values()), known)]


def _two_countries(known: Known) -> list[str]:
    return [one for one, _ in Counter(text(item["authority"]) for item in known.values()).most_common()[1:3]]


def _class(known: Known) -> str | None:
    """A Locarno class, which utility models do not have."""
    found = _most_common((loc for item in known.values() for loc in listed(item["loc"])), known)
    return None if found is None else text(found)


def _whole_class(known: Known) -> str | None:
    found = _class(known)
    return found and found[:2]


def _no_class(known: Known) -> str | None:
    found = _class(known)
    return found and f"NOT {found}"


def _owner(known: Known) -> str:
    owners = [item["current_assignee"] for item in known.values() if "current_assignee" in item]
    return f'"{_most_common(owners, known)}"'


def _number(known: Known) -> str:
    return sorted(known)[len(known) // 2]


def _owned(item: Members, value: str) -> bool:
    owners = (str(item.get(name, "")) for name in ("current_assignee", "original_assignee"))
    return any(value.strip('"').casefold() in owner.casefold() for owner in owners)


FILTERS = (
    Filter("country", "patents of one office", _country, lambda item, value: item["authority"] in value),
    Filter("country", "patents of two offices", _two_countries, lambda item, value: item["authority"] in value),
    Filter("loc", "patents of one class", _class, lambda item, value: value in item["loc"]),
    Filter(
        "loc", "patents of a whole class", _whole_class,
        lambda item, value: any(loc[:2] == value for loc in item["loc"]),
    ),
    Filter(
        "loc", "patents not of a class", _no_class,
        lambda item, value: value.removeprefix("NOT ") not in item["loc"],
    ),
    Filter("assignees", "patents of one owner", _owner, _owned),
    Filter("main_field", "a patent by its number", _number, lambda item, value: item["patent_pn"] == value),
    Filter(
        "query_text", "a patent by its number", lambda known: f"PN: {_number(known)}",
        lambda item, value: item["patent_pn"] == value.removeprefix("PN: "),
    ),
    Filter("apply_start_time", "filed from a day on", _middle("apdt"), lambda one, day: one["apdt"] >= int(day)),
    Filter("apply_end_time", "filed up to a day", _middle("apdt"), lambda one, day: one["apdt"] <= int(day)),
    Filter("public_start_time", "published from a day on", _middle("pbdt"), lambda one, day: one["pbdt"] >= int(day)),
    Filter("public_end_time", "published up to a day", _middle("pbdt"), lambda one, day: one["pbdt"] <= int(day)),
)  # fmt: skip


def cases(service: Service) -> Iterator[Case]:
    for search in searches(service):
        for filter_ in FILTERS:
            if search.operation.parameter(filter_.name):
                yield _filters(search, filter_)
        if search.operation.parameter("simple_legal_status"):
            yield _by_status(search)
        if search.operation.parameter("legal_status"):
            yield _by_codes(search)
        if search.operation.parameter("patent_type"):
            yield _by_type(search)
        if search.operation.parameter("stemming"):
            yield _stems(search)


def made(search: Search, rule: str, about: str, title: str, script: Callable[[Stage], Iterator[str]]) -> Case:
    """A case about a search."""

    def prepared(stage: Stage) -> Iterator[str]:
        search.prepare(stage)
        yield from script(stage)

    needs = (Need.CONTROL,) if search.needs_control else ()
    parameter = search.operation.parameter(about.partition(" ")[0])
    proof = parameter.evidence if parameter else search.operation.evidence
    calls = _CALLS * (2 if search.needs_control else 1)
    cost = calls * search.credits
    return case(rule, search.operation, about, title, prepared, evidence=proof, calls=calls, credits=cost, needs=needs)


def differs(search: Search, stage: Stage, wanted: set[str], **values: Any) -> Iterator[str]:
    """How what a search lists differs from what it ought to; as far as one page tells, where pages have no end."""
    told = search.all(stage, **values)
    numbers = set(told.numbers)
    asked = ", ".join(f"{name} {value}" for name, value in values.items())
    if wrong := sorted(numbers - wanted):
        yield f"{asked}: {len(wrong)} of {len(numbers)} do not fit, {wrong[0]} for one"
    whole_list = search.has_offset or told.total <= MOST
    if whole_list and len(numbers) == told.total and (lost := sorted(wanted - numbers)):
        yield f"{asked}: {len(lost)} of {len(wanted)} that fit are lost, {lost[0]} for one"
    if told.total != len(wanted):
        yield f"{asked}: the total is {told.total}, and {len(wanted)} fit"


def _filters(search: Search, filter_: Filter) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        for patent_type in _types(search, filter_):
            known = universe(stage, patent_type)
            if len(known) < 2:
                continue
            if (value := filter_.value(known)) is None:
                continue
            wanted = {number for number, item in known.items() if filter_.fits(item, value)}
            yield from differs(search, stage, wanted, **{filter_.name: value}, **_of(patent_type, search))

    return made(search, RULE, f"{filter_.name} {filter_.title}", f"{filter_.name} lists {filter_.title}", script)


def _types(search: Search, filter_: Filter) -> tuple[str, ...]:
    """Designs; and utility models for one filter, which shows that they are filtered as well."""
    both = filter_.name == "country" and search.operation.parameter("patent_type")
    return ("D", "U") if both else ("D",)


def _of(patent_type: str, search: Search) -> dict[str, Any]:
    if not search.operation.parameter("patent_type"):
        return {}
    return {"patent_type": patent_type, "model": 2 if patent_type == "D" else 4}


def _by_status(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        words = stage.service.values.simple_legal_status_words
        known = list(universe(stage, "D"))
        told: dict[str, list[str]] = {}
        asking = stage.operation("P041")
        for start in range(0, len(known), MOST):
            answer = stage.account.call(asking, {"patent_number": ",".join(known[start : start + MOST])})
            told |= {item["pn"]: listed(item["simple_legal_status"]) for item in answer.items}
        by_code = {code: sum(word in status for status in told.values()) for code, word in words.items()}
        first, second = sorted(by_code, key=lambda code: -by_code[code])[:2]
        for codes in ([first], [second], [first, second], [second, first]):
            wanted = {number for number, status in told.items() if {words[code] for code in codes} & set(status)}
            yield from differs(search, stage, wanted, simple_legal_status=",".join(map(str, codes)))

    title = "simple_legal_status lists patents that stand so, by what P041 says"
    return made(search, RULE, "simple_legal_status", title, script)


def _by_codes(search: Search) -> Case:
    parameter = search.operation.parameter("legal_status")
    assert parameter is not None
    codes = parameter.schema_["x-list"]["items"]["enum"]

    def script(stage: Stage) -> Iterator[str]:
        whole_total = search.page(stage, limit=1).total
        totals = {code: search.page(stage, limit=1, legal_status=code).total for code in codes}
        common = sorted(codes, key=lambda code: -totals[code])[:2]
        if whole_total > 1 and max(totals.values()) >= whole_total and sum(totals.values()) > whole_total * 2:
            yield f"a legal_status chooses {max(totals.values())} of {whole_total}"
        sets = {code: set(search.all(stage, legal_status=code).numbers) for code in common}
        if len(codes) > 1 and sets[common[0]] and sets[common[0]] == sets[common[1]]:
            yield f"legal_status {common[0]} and {common[1]} list the same patents"
        both = [",".join(several) for several in (common, common[::-1])]
        together = {search.page(stage, limit=1, legal_status=codes).total for codes in both}
        if len(together) > 1 or min(together) < max(totals.values()):
            yield f"legal_status {both[0]} chooses {sorted(together)}, one of them alone {max(totals.values())}"
        for several in (common, common[::-1]):
            if search.has_offset:
                yield from differs(search, stage, set.union(*sets.values()), legal_status=",".join(several))

    title = "each legal_status lists patents of its own, and several list those of all"
    return made(search, RULE, "legal_status", title, script)


def _by_type(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        designs, models = (universe(stage, one) for one in ("D", "U"))
        if both := designs.keys() & models.keys():
            yield f"{min(both)} is both a design and a utility model"
        for patent_type, known in (("D", designs), ("U", models)):
            yield from differs(search, stage, set(known), **_of(patent_type, search))

    return made(search, RULE, "patent_type", "designs and utility models are searched apart", script)


def _stems(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        for words in (("phone", "phones"), ("device", "devices")):
            plain, stemmed = (
                [search.page(stage, limit=1, query_text=f"TACD: {word}", stemming=stems).total for word in words]
                for stems in (0, 1)
            )
            if stemmed[0] != stemmed[1] or stemmed[0] < max(plain):
                yield f"{words[0]} and {words[1]} find {plain}, with stemming {stemmed}"
            untold = [search.page(stage, limit=1, query_text=f"TACD: {word}").total for word in words]
            if untold != plain:
                yield f"{words[0]} and {words[1]} find {untold} where stemming is not told, and {plain} without it"

    return made(search, RULE, "stemming", "with stemming, forms of a word find the same", script)

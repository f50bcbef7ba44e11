"""One promise across operations: the same patent has the same title, number and dates wherever it is told of."""

from collections.abc import Iterator

from emulator.spec.evidence import OURS
from emulator.spec.models import Service
from emulator.verifier.conformance.answers import Members, objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.searches import Search, described, searches
from emulator.verifier.conformance.stage import Stage

RULE = "same"
_SOME = 20
_SHARED = ("apdt", "pbdt", "apno", "title", "current_assignee", "original_assignee")


def cases(service: Service) -> Iterator[Case]:
    for search in searches(service):
        yield _search(search)
    yield case(
        RULE, service.operations["P043"], "", "titles, numbers and ids are the same wherever they are told", _titles,
        evidence=OURS, calls=9, credits=100,
    )  # fmt: skip


def _search(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        search.prepare(stage)
        items = search.page(stage, limit=_SOME).items
        numbers = ",".join(text(item["patent_pn"]) for item in items)
        if not numbers:
            return
        told = stage.account.call(stage.operation("P069"), {"pn": numbers, "limit": _SOME})
        known = {item["pn"]: item for item in objects(told.items)}
        for item in items:
            if (other := known.get(item["patent_pn"])) is None:
                yield f"{item['patent_pn']} is not found by its number"
                continue
            yield from compared(item, other)

    title = "the patents of a search are those of the search by numbers"
    return case(
        RULE, search.operation, "", title, script,
        evidence=OURS, calls=4, credits=2 * search.credits + 1, needs=_needs(search),
    )  # fmt: skip


def _needs(search: Search) -> tuple[Need, ...]:
    return (Need.CONTROL,) if search.needs_control else ()


def compared(item: Members, other: Members) -> Iterator[str]:
    """Where two operations tell otherwise of one patent; a search by picture, and the search by numbers."""
    for name in (*_SHARED, "patent_id"):
        if name in item and name in other and item[name] != other[name]:
            yield f"{name} of {other['pn']} is {item[name]!r} here, {other[name]!r} in the search by numbers"
    if "inventor" in item and "inventor" in other and _people(item) != _people(other):
        yield f"the inventors of {other['pn']} differ"


def _people(item: Members) -> list[str]:
    return [name.strip() for name in text(item["inventor"]).split("|")]


def _titles(stage: Stage) -> Iterator[str]:
    translated, numbered = stage.operation("P043"), stage.operation("P069")
    search = described(stage.service)
    for lang in ("en", "cn"):
        items = search.page(stage, limit=_SOME, lang=lang).items
        ids = ",".join(text(item["patent_id"]) for item in items)
        told = objects(stage.account.call(translated, {"patent_id": ids, "lang": lang}).items)
        known = {item["patent_id"]: item for item in told}
        for item in items:
            other = known.get(item["patent_id"])
            if other is None or (other["pn"], other["title"]) != (item["patent_pn"], item["title"]):
                yield f"{item['patent_pn']} is translated otherwise in {lang}: {other}"
    example = least(numbered)
    found = objects(stage.account.call(numbered, example).items)
    for asked in (stage.operation(name) for name in ("P041", "P014", "P044", "P045")):
        for item in found:
            answer = stage.account.call(asked, {"patent_id": item["patent_id"]})
            if [one["pn"] for one in answer.items] != [item["pn"]]:
                yield f"{asked.id} gives {item['patent_id']} another number than {item['pn']}"

"""Translations: each language has its own words, and a text that is missing may come from a relative, who is named."""

from collections.abc import Iterator

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Members, objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.patents import every, ids, made, some

_BATCH = 100


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if operation.parameter("replace_by_related"):
            yield _own(operation)
            yield _of_relatives(operation)
            yield _languages(operation)


def text_of(operation: Operation) -> str:
    """The member of an item that is its text."""
    members = operation.answer["properties"]["data"]["items"]["properties"]
    (name,) = (one for one in members if one not in ("pn", "patent_id", "pn_related", "title"))
    return str(name)


def _asked(stage: Stage, operation: Operation, patents: list[Members], related: int) -> list[Members]:
    values = {"patent_id": ids(patents), "replace_by_related": related}
    return objects(stage.account.call(operation, values).items)


def _own(operation: Operation) -> Case:
    name = text_of(operation)

    def script(stage: Stage) -> Iterator[str]:
        told = []
        for related in (0, 1):
            before = stage.bill()
            items = _asked(stage, operation, some(stage, _BATCH), related)
            paid, found = stage.bill() - before, sum(name in item for item in items)
            if stage.house.control and paid != found + 1:  # the search by numbers costs one
                yield f"{found} have a {name}, and {paid - 1} were paid for"
            told.append(items)
        plain, filled = told
        if any("pn_related" in item for item in plain):
            yield "a text comes from a relative though none was asked for"
        for one, other in zip(plain, filled, strict=False):
            if name in one and one != other:
                yield f"{one['pn']} has a {name} of its own, and another with replace_by_related"

    title = f"a patent's own {name} is never replaced, and each that is told is paid for"
    return made(operation, "own text", title, script, credits=210)


def _of_relatives(operation: Operation) -> Case:
    """Looks through all that there is for texts that are missing, and for relatives who have them."""
    name = text_of(operation)

    def script(stage: Stage) -> Iterator[str]:
        known = every(stage)
        for start in range(0, len(known), _BATCH):
            batch = known[start : start + _BATCH]
            lacking = [item for item in _asked(stage, operation, batch, 0) if name not in item]
            if lacking:
                yield from _replaced(stage, operation, name, lacking)

    title = f"a missing {name} comes from a relative who has one, and who is named"
    return case(
        "patents", operation, "related", title, script,
        evidence=OURS, calls=200, credits=4000, needs=(Need.CONTROL,),
    )  # fmt: skip


def _replaced(stage: Stage, operation: Operation, name: str, lacking: list[Members]) -> Iterator[str]:
    for item, relatives in _families(stage, lacking):
        (told,) = _asked(stage, operation, [item], 1)
        numbers = {"patent_number": ",".join(relatives)}
        own = {one["pn"]: one[name] for one in objects(stage.account.call(operation, numbers).items) if name in one}
        if (name in told) is not bool(own):
            what = "one is told" if name in told else "none is told"
            yield f"{item['pn']} has {len(own)} relatives with a {name}, and {what}"
        elif own and own.get(told["pn_related"]) != told[name]:
            yield f"the {name} of {item['pn']} is not that of {told['pn_related']}"
        if not own and "pn_related" in told:
            yield f"{item['pn']} names a relative without a {name}"


def _families(stage: Stage, items: list[Members]) -> Iterator[tuple[Members, list[str]]]:
    """Each patent with the numbers of its simple family."""
    told = objects(stage.account.call(stage.operation("P014"), {"patent_id": ids(items)}).items)
    known = {one["patent_id"]: one["patent_family"]["simple_family"] for one in told}
    for item in items:
        members = objects(known.get(item["patent_id"], []))
        yield item, [text(one["country"]) + text(one["doc_number"]) + text(one["kind"]) for one in members]


def _languages(operation: Operation) -> Case:
    name = text_of(operation)
    languages = operation.parameter("lang").schema_["enum"]  # type: ignore[union-attr]

    def script(stage: Stage) -> Iterator[str]:
        asked = ids(some(stage, 20))
        told = {
            lang: objects(stage.account.call(operation, {"patent_id": asked, "lang": lang}).items) for lang in languages
        }
        words = {lang: " ".join(item.get(name, "") for item in told[lang]) for lang in languages}
        if len(set(words.values())) < len(languages) and any(words.values()):
            yield f"two languages have the same {name}"
        if _chinese(words["en"]) > len(words["en"]) // 10:
            yield f"{name} in English is written in Chinese signs"
        if words["cn"] and _chinese(words["cn"]) < len(words["cn"]) // 4:
            yield f"{name} in Chinese has hardly a Chinese sign"

    return made(operation, "languages", "each language has its own words", script, credits=70)


def _chinese(words: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in words)

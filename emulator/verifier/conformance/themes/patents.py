"""What operations tell of patents that are asked for by id: which, in which order, once each, and what it costs.

P043 to P045 translate, P041 and P014 tell status and family; all by the same rules for lists of ids.
"""

from collections.abc import Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Operation, Service
from emulator.verifier.conformance.answers import Departed, Members, listed, objects, text, whole
from emulator.verifier.conformance.case import Case, case
from emulator.verifier.conformance.empty import NO_NUMBER
from emulator.verifier.conformance.stage import Stage

RULE = "patents"
_SOME = 6
_OFFICES = ["US", "CN", "EP", "JP", "EU"]


def cases(service: Service) -> Iterator[Case]:
    for operation in service.operations.values():
        if {"patent_id", "patent_number"} <= set(operation.any_of) and operation.method == "GET":
            yield from _of_ids(operation)
            if operation.parameter("replace_by_related"):
                yield _replaced(operation)
                yield _languages(operation)
    yield _families(service.operations["P014"])
    yield _statuses(service.operations["P041"], service)


def some(stage: Stage, count: int = _SOME) -> list[Members]:
    """Patents as the search by numbers lists them; each call lists the same."""
    asked = {"authority": _OFFICES, "limit": count}
    found = objects(stage.account.call(stage.operation("P069"), asked).items)
    if len(found) < min(count, 4):
        raise Departed(f"the search by numbers lists {len(found)} patents of {', '.join(_OFFICES)}")
    return found


def _made(operation: Operation, about: str, title: str, script: Any, calls: int = 4, credits: int = 30) -> Case:
    return case(RULE, operation, about, title, script, evidence=OURS, calls=calls, credits=credits)


def _ids(items: list[Members], name: str = "patent_id") -> str:
    return ",".join(text(item["pn" if name == "patent_number" else name]) for item in items)


def _of_ids(operation: Operation) -> Iterator[Case]:
    def in_order(stage: Stage) -> Iterator[str]:
        asked = some(stage)[::-1]
        for name in ("patent_id", "patent_number"):
            told = stage.account.call(operation, {name: _ids(asked, name)}).items
            got = [(item["patent_id"], item["pn"]) for item in told]
            if got != [(item["patent_id"], item["pn"]) for item in asked]:
                yield f"by {name} the patents do not come in the order asked"

    yield _made(operation, "order", "patents come in the order asked, by id and by number", in_order)

    def doubles(stage: Stage) -> Iterator[str]:
        one, two = some(stage)[:2]
        before = stage.bill()
        answer = stage.account.call(operation, {"patent_id": _ids([one, two, one, one])})
        if [item["patent_id"] for item in answer.items] != [one["patent_id"], two["patent_id"]]:
            yield "patents asked for twice are not answered once"
        paid, before = stage.bill() - before, stage.bill()
        stage.account.call(operation, {"patent_id": _ids([one, two])})
        if stage.bill() - before != paid:
            yield f"with doubles it costs {paid}, without them {stage.bill() - before}"
        again = stage.account.call(operation, {"patent_id": f"{one['patent_id']},{text(one['patent_id']).upper()}"})
        if len(again.items) != 1:
            yield "an id in capital letters is another patent"

    yield _made(operation, "doubles", "a patent asked for twice is answered and paid for once", doubles)

    def unknown(stage: Stage) -> Iterator[str]:
        one, two = some(stage)[:2]
        before = stage.bill()
        plain = stage.account.call(operation, {"patent_number": _ids([one, two], "patent_number")})
        paid, before = stage.bill() - before, stage.bill()
        numbers = f"{NO_NUMBER},{one['pn']},手机,{two['pn']}"
        answer = stage.account.call(operation, {"patent_number": numbers})
        if answer.data != plain.data:
            yield "unknown numbers are not left out"
        if stage.bill() - before != paid:
            yield f"with unknown numbers it costs {stage.bill() - before}, without them {paid}"

    yield _made(operation, "unknown", "unknown numbers are left out and not paid for", unknown)

    def wins(stage: Stage) -> Iterator[str]:
        one, two = some(stage)[:2]
        both = {"patent_id": one["patent_id"], "patent_number": two["pn"]}
        if [item["pn"] for item in stage.account.call(operation, both).items] != [one["pn"]]:
            yield "with both, patent_id does not count"
        if stage.account.call(operation, {**both, "patent_id": "unknown"}).items:
            yield "where patent_id is unknown, patent_number counts"

    yield case(
        RULE, operation, "both", "with both, patent_id counts", wins,
        evidence=operation.any_of_evidence, calls=3, credits=3,
    )  # fmt: skip


# --- Translations ---------------------------------------------------------------------------------------------


def _texts(operation: Operation) -> list[str]:
    """The members of an item that are its texts."""
    members = operation.answer["properties"]["data"]["items"]["properties"]
    return [name for name in members if name not in ("pn", "patent_id", "pn_related", "title")]


def _replaced(operation: Operation) -> Case:
    (name,) = _texts(operation)

    def script(stage: Stage) -> Iterator[str]:
        asked = _ids(some(stage, 100))
        before = stage.bill()
        plain = objects(stage.account.call(operation, {"patent_id": asked, "replace_by_related": 0}).items)
        paid, before = stage.bill() - before, stage.bill()
        filled = objects(stage.account.call(operation, {"patent_id": asked, "replace_by_related": 1}).items)
        paid_filled = stage.bill() - before
        if stage.house.control and paid != sum(name in item for item in plain):
            yield f"{sum(name in item for item in plain)} have their own {name}, and {paid} were paid for"
        if stage.house.control and paid_filled != sum(name in item for item in filled):
            yield f"{sum(name in item for item in filled)} have a {name}, and {paid_filled} were paid for"
        if any("pn_related" in item for item in plain):
            yield "a text comes from a relative though none was asked for"
        for one, other in zip(plain, filled, strict=False):
            if name in one and one != other:
                yield f"{one['pn']} has a {name} of its own, and another with replace_by_related"
            if name not in one and ("pn_related" in other) is not (name in other):
                yield f"{one['pn']} has a {name} from nobody"
        yield from _of_relatives(stage, [item for item in filled if "pn_related" in item])

    def _of_relatives(stage: Stage, replaced: list[Members]) -> Iterator[str]:
        if not replaced:
            return
        numbers = ",".join(dict.fromkeys(text(item["pn_related"]) for item in replaced))
        told = stage.account.call(operation, {"patent_number": numbers}).items
        own = {item["pn"]: item.get(name) for item in objects(told)}
        for item in replaced:
            if own.get(item["pn_related"]) != item[name]:
                yield f"the {name} of {item['pn']} is not that of {item['pn_related']}"

    title = f"a missing {name} is left out, or taken from a relative that is named, and paid for where there is one"
    return _made(operation, "related", title, script, credits=310)


def _languages(operation: Operation) -> Case:
    (name,) = _texts(operation)
    languages = operation.parameter("lang").schema_["enum"]  # type: ignore[union-attr]

    def script(stage: Stage) -> Iterator[str]:
        asked = _ids(some(stage, 20))
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

    return _made(operation, "languages", "each language has its own words", script, calls=4, credits=70)


def _chinese(words: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in words)


# --- Status and family ------------------------------------------------------------------------------------------


def _families(operation: Operation) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        asked = some(stage, 100)
        seen: dict[int, Any] = {}
        for item in objects(stage.account.call(operation, {"patent_id": _ids(asked)}).items):
            family = item["patent_family"]
            for name in ("simple_family", "inpadoc_family", "patsnap_family"):
                numbers = [text(one["country"]) + text(one["doc_number"]) for one in objects(family[name])]
                if not any(text(item["pn"]).startswith(number) for number in numbers):
                    yield f"{item['pn']} is no member of its {name}"
                if [one["sequence"] for one in family[name]] != list(range(1, len(numbers) + 1)):
                    yield f"the members of the {name} of {item['pn']} are not numbered from 1"
            if seen.setdefault(whole(family["simple_family_id"]), family["simple_family"]) != family["simple_family"]:
                yield f"the simple family of {item['pn']} has other members where a relative is asked for"
            if len(listed(family["inpadoc_family"])) < len(listed(family["simple_family"])):
                yield f"the INPADOC family of {item['pn']} is smaller than its simple family"

    return _made(operation, "families", "a patent is a member of its families, wherever they are asked for", script)


def _statuses(operation: Operation, service: Service) -> Case:
    words = set(service.values.simple_legal_status_words.values())

    def script(stage: Stage) -> Iterator[str]:
        for item in objects(stage.account.call(operation, {"patent_id": _ids(some(stage, 100))}).items):
            told = listed(item["simple_legal_status"])
            if not told or not set(told) <= words:
                yield f"{item['pn']} stands {told}, which are no words for a status"

    return _made(operation, "words", "a legal status is told in its words", script)

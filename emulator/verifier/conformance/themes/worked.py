"""Work that takes time heeds what was ordered: defaults, the language of titles, the text a report is about.

The order is answered with an id alone; what became of it is told by the result.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Service
from emulator.verifier.conformance.answers import objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, tasks
from emulator.verifier.conformance.places import Place, least, parameters, places, whole
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.searches import Search, described, searches
from emulator.verifier.conformance.stage import Stage
from emulator.verifier.conformance.themes.patents import ids

_SOME = 20
_LINK = re.compile(r'(https?)://[^"]*')
_OTHER_TEXT = "The invention concerns a saddle that folds away under water and dries its rider. " * 4


def cases(service: Service) -> Iterator[Case]:
    for flow in tasks(service):
        for place in parameters(flow.maker):
            if "default" in place.schema:
                yield _default(flow, place)
        if flow.maker.parameter("text"):
            yield from (_about_order(flow, place) for place in parameters(flow.maker))
        if "comparisons" in str(flow.reader.answer) and flow.maker.parameter("patent_number"):
            yield _patent_named(flow)
        if flow.maker.parameter("patent_messages"):
            yield _patents_sent(flow)
    for search in searches(service):
        if search.operation.parameter("lang"):
            yield _titles(search)
        if search.operation.parameter("model"):
            yield _models(search)
    for operation in service.operations.values():
        if operation.security == "shared":
            yield from (_left_out(place) for place in places(operation) if _may_be_left_out(place))


def _done(stage: Stage, flow: Flow, **values: Any) -> Any:
    return flow.ask(stage.account, flow.create(stage.account, **values)).data


def _case(rule: str, flow: Flow, about: str, title: str, script: Any, evidence: Any) -> Case:
    cost = 2 * price(flow.maker, least(flow.maker))
    needs = (Need.CONTROL,)
    return case(rule, flow.maker, about, title, script, evidence=evidence, calls=6, credits=cost, needs=needs)


def _default(flow: Flow, place: Place) -> Case:
    value = place.schema["default"]

    def told(data: Any) -> str:
        """What a result says, its links only by how they begin, its own id not at all."""
        names = ("task_id", "job_id", flow.id_name)
        return _LINK.sub(r"\1", json.dumps({name: part for name, part in data.items() if name not in names}))

    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        plain, written = _done(stage, flow), _done(stage, flow, **{place.top: value})
        if (told(plain), _report_of(stage, plain)) != (told(written), _report_of(stage, written)):
            yield f"{place.top} left out has another result than its default {value!r}"

    proof = place.schema.get("x-keyword-evidence", {}).get("default", place.schema["x-evidence"])
    title = f"the result is that of {place.top} {value!r} where it is left out"
    return _case("default", flow, f"{place.top} by result", title, script, proof)


def _report_of(stage: Stage, data: Any) -> bytes:
    """The file that a result links to, if it does."""
    return stage.account.fetch(text(data["report_url"])).body if "report_url" in data else b""


def _about_order(flow: Flow, place: Place) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        one, other = (_report_of(stage, _done(stage, flow, **{place.top: value})) for value in _two_values(place))
        if one == other:
            yield f"two values of {place.top} have the same report"

    return _case("file", flow, place.top, f"a report heeds {place.top}", script, OURS)


def _two_values(place: Place) -> list[Any]:
    """Two values that a report tells apart."""
    schema = place.schema
    if schema["type"] == "array":
        return [whole(place.operation)[place.top], []]
    if schema["type"] == "integer":
        return [schema.get("minimum", schema.get("enum", [1])[0]), schema.get("default", schema.get("enum", [2])[-1])]
    return [schema["enum"][0], schema["enum"][-1]] if "enum" in schema else [schema["example"], _OTHER_TEXT[:80] * 3]


def _patent_named(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        for item in described(stage.service).page(stage, limit=2).items:
            named = {"patent_number": item["patent_pn"], "report_lang": "cn"}
            asked = {"patent_number": item["patent_pn"], "lang": "cn"}
            (title,) = objects(stage.account.call(stage.operation("P043"), asked).items)
            compared = objects(_done(stage, flow, **named)["comparisons"])
            told = [(one["patent_pn"], one["patent_id"], one["title"]) for one in compared]
            if told != [(item["patent_pn"], item["patent_id"], title["title"])]:
                yield f"asked about {item['patent_pn']}, the answer compares {told}"

    return _case("verdict", flow, "patent", "the patent that was named is the one compared with", script, OURS)


def _patents_sent(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        stage.plan("immediate")
        sent = least(flow.maker)["patent_messages"]
        names = ("patent_pn", "patent_id", "title")
        told = objects(_done(stage, flow)["comparisons"])
        known = [[one[name] for name in names] for one in sent]
        wrong = [one for one in told if [one[name] for name in names] not in known]
        if wrong or not told:
            yield f"{len(wrong)} of {len(told)} comparisons are not with patents that were sent"

    return _case("verdict", flow, "patents", "the patents that were sent are those compared with", script, OURS)


# --- What searches tell besides ------------------------------------------------------------------------------


def _titles(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        search.prepare(stage)
        for lang in ("en", "cn"):
            items = search.page(stage, limit=_SOME, lang=lang).items
            asked = {"patent_id": ids(list(items), "patent_id"), "lang": lang}
            told = objects(stage.account.call(stage.operation("P043"), asked).items)
            known = {item["patent_id"]: item["title"] for item in told}
            for item in items:
                if (title := known.get(item["patent_id"])) != item["title"]:
                    yield f"in {lang}, {item['patent_pn']} is {item['title']!r}, and {title!r} by P043"

    return _about(search, "same", "titles", "titles are in the language asked for, as P043 has them", script)


def _models(search: Search) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        search.prepare(stage)
        for model in (1, 2):
            items = search.page(stage, limit=_SOME, patent_type="D", model=model).items
            if any(("loc_match" in item) is not (model == 1) for item in items):
                how = "not everywhere" if model == 1 else "though it looks at no class"
                yield f"model {model} tells loc_match {how}"

    return _about(search, "fields", "loc_match", "only the smart model tells how classes match", script)


def _about(search: Search, rule: str, about: str, title: str, script: Any) -> Case:
    needs = (Need.CONTROL,) if search.needs_control else ()
    cost = 2 * search.credits + 2 * _SOME
    return case(rule, search.operation, about, title, script, evidence=OURS, calls=8, credits=cost, needs=needs)


# --- Members of what is sent --------------------------------------------------------------------------------


def _may_be_left_out(place: Place) -> bool:
    return len(place.steps) > 1 and isinstance(place.steps[-1], str) and not place.required


def _left_out(place: Place) -> Case:
    operation = place.operation

    def script(stage: Stage) -> Iterator[str]:
        answer = stage.account.call(operation, place.cut())
        if answer.code != 0:
            yield f"without {place.written} it is refused with {answer.told}"

    title = f"{place.written} may be left out"
    cost = price(operation, place.cut())
    return case("required", operation, f"not {place.written}", title, script, evidence=OURS, credits=cost)

"""Comparisons of pictures with patents agree with themselves: levels with scores, lists of countries with levels.

And they are about what was asked: these patents, these offices, this language, this id.
"""

from collections.abc import Iterator
from typing import Any

from emulator.spec.evidence import OURS
from emulator.spec.models import Service
from emulator.verifier.conformance.answers import Members, listed, objects, text
from emulator.verifier.conformance.case import Case, Need, case
from emulator.verifier.conformance.flows import Flow, tasks
from emulator.verifier.conformance.places import least
from emulator.verifier.conformance.prices import price
from emulator.verifier.conformance.searches import described
from emulator.verifier.conformance.stage import Stage

RULE = "verdict"
_INVALID = 2
_WORDS = ("similar", "difference", "confusion", "risk_desc", "suggestion")


def cases(service: Service) -> Iterator[Case]:
    for flow in tasks(service):
        yield _echo(flow)
        if "comparisons" in str(flow.reader.answer):
            yield _agrees(flow)
            for name in ("report_lang", "lang"):
                if flow.maker.parameter(name):
                    yield _language(flow, name)
    detection = next(flow for flow in tasks(service) if flow.maker.parameter("patent_messages"))
    clearance = next(flow for flow in tasks(service) if flow.maker.parameter("loc_items"))
    yield _those_sent(detection)
    yield from _narrowed(clearance)


def _done(stage: Stage, flow: Flow, **values: Any) -> Members:
    """What a task has found, at once."""
    stage.plan("immediate")
    data: Members = flow.ask(stage.account, flow.create(stage.account, **values)).data
    return data


def _case(flow: Flow, about: str, title: str, script: Any, calls: int = 3) -> Case:
    cost = calls * price(flow.maker, least(flow.maker)) + 2
    return case(
        RULE, flow.reader, about, title, script, evidence=OURS, calls=calls, credits=cost, needs=(Need.CONTROL,)
    )


def _echo(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        for plan in ("hold", "immediate"):
            stage.plan(plan)
            made = flow.create(stage.account)
            told = flow.ask(stage.account, made).data.get(flow.id_name, made)
            if str(told) != made:
                yield f"asked for {made}, it answers about {told}"

    return _case(flow, "id", "an answer is about the id that was asked for", script, calls=4)


def _parts(data: Members) -> tuple[list[Members], Members]:
    """The comparisons, and what is concluded from them."""
    told = data.get("report", data)
    return objects(told["comparisons"]), told


def _countries(comparisons: list[Members], level: str) -> set[str]:
    return {text(one["country"]) for one in comparisons if one["risk_level"] == level}


def _agrees(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        levels = stage.service.values.risk_levels
        comparisons, told = _parts(_done(stage, flow))
        for one in comparisons:
            wanted = "High" if one["score"] >= levels.High else "Medium" if one["score"] >= levels.Medium else "Low"
            if one["risk_level"] != wanted:
                yield f"a score of {one['score']} is called {one['risk_level']}"
        alive = [one for one in comparisons if one["status"] != _INVALID]
        high, middle = (_countries(alive, level) for level in ("High", "Medium"))
        if set(listed(told["high_risk_country"])) != high:
            yield f"high_risk_country is {told['high_risk_country']}, by the comparisons {sorted(high)}"
        if set(listed(told["middle_risk_country"])) != middle - high:
            yield f"middle_risk_country is {told['middle_risk_country']}, by the comparisons {sorted(middle - high)}"
        if told["suspected_infringement_count"] != sum(one["risk_level"] == "High" for one in alive):
            yield f"suspected_infringement_count is {told['suspected_infringement_count']}"
        scores = [one["score"] for one in comparisons]
        if scores != sorted(scores, reverse=True):
            yield "the comparisons do not begin with the most like"

    return _case(flow, "", "levels follow from scores, and lists of countries from levels", script)


def _language(flow: Flow, name: str) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        for language in ("cn", "en"):
            comparisons, _ = _parts(_done(stage, flow, **{name: language}))
            for one in comparisons:
                words = " ".join(text(one[word]) for word in _WORDS)
                signs = sum("\u4e00" <= letter <= "\u9fff" for letter in words)
                if (signs > len(words) // 3) is not (language == "cn"):
                    yield f"in {language} the verdict about {one['patent_pn']} is written in another language"

    return _case(flow, "language", "a verdict is written in the language asked for", script, calls=4)


def _those_sent(flow: Flow) -> Case:
    def script(stage: Stage) -> Iterator[str]:
        sent = [dict(item) for item in described(stage.service).page(stage, limit=12).items]
        offices = sorted({text(item["authority"]) for item in sent})
        for wanted in ({}, {"country": offices[:1]}):
            comparisons, told = _parts(_done(stage, flow, patent_messages=sent, **wanted))
            among = [item["patent_pn"] for item in sent if not wanted or item["authority"] in offices[:1]]
            if sorted(text(one["patent_pn"]) for one in comparisons) != sorted(among):
                yield f"{len(among)} patents were to be compared, and {len(comparisons)} were"
            if not set(listed(told["country"])) >= {one["country"] for one in comparisons}:
                yield f"country is {told['country']}, and others are compared as well"

    return _case(flow, "patents", "the patents that were sent are compared, or those of the offices named", script, 5)


def _narrowed(flow: Flow) -> Iterator[Case]:
    def offices(stage: Stage) -> Iterator[str]:
        for office in ("US", "CN"):
            told = _done(stage, flow, country=[office])
            found = objects(told["patent_messages"]["patent_messages"])
            if not found:
                yield f"nothing is found for {office}"
            wrong = [one["patent_pn"] for one in found if not text(one["patent_pn"]).startswith(office)]
            if wrong:
                yield f"{wrong[0]} is found where only {office} was asked for"

    yield _case(flow, "offices", "a clearance search keeps to the offices named", offices, calls=4)

    def days(stage: Stage) -> Iterator[str]:
        found = objects(_done(stage, flow)["patent_messages"]["patent_messages"])
        filed = sorted(one["apdt"] for one in found if "apdt" in one)
        if not filed:
            return
        middle = filed[len(filed) // 2]
        later = objects(_done(stage, flow, apply_start_time=str(middle))["patent_messages"]["patent_messages"])
        if any(one["apdt"] < middle for one in later):
            yield f"a patent is found that was filed before {middle}"
        if not later:
            yield f"nothing is found from {middle} on, though something is there"

    yield _case(flow, "days", "a clearance search keeps to patents filed from a day on", days, calls=4)

"""AI39-1 submit and AI39-2 report: may a product be sold in these countries, judged by older designs.

The search runs when the report is asked for, over facts recorded at submission. Two rankings are merged by
reciprocal rank: one by likeness of pictures, one that also counts agreement of classes.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from emulator.behaviours import comparison, image_search, images, patent_pictures, search, tasks
from emulator.behaviours.comparison import Product
from emulator.behaviours.infringement import STATUS
from emulator.behaviours.pictures import Sight, nearest
from emulator.behaviours.search import Hit
from emulator.behaviours.tasks import State
from emulator.behaviours.verdict import Pair
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.store.base import Record


def create_clearance_task(call: Call) -> Outcome:
    """AI39-1 submit: remember what is searched."""
    url = call.values.get("url")
    names = ("country", "lang", "loc_items", "main_field", "apply_start_time")
    facts = {name: call.values[name] for name in names if name in call.values}
    return Outcome({"task_id": tasks.create(call, {**facts, "picture": _noted(call, url) if url else None})})


def clearance_result(call: Call) -> Outcome:
    """AI39-2 report: the state, and once it is success the report and both rankings."""
    task, state = tasks.find(call, "task_id")
    head = {"task_id": task["id"], "task_status": STATUS[state]}
    return Outcome(head if state is not State.SUCCESS else {**head, **_result(call, task)})


def _noted(call: Call, url: str) -> Record:
    return {**images.noted(images.seen(call, url)), "drawing": images.noted_drawing(call, url)}


def _result(call: Call, task: Record) -> dict[str, Any]:
    facts = tasks.facts_of(call.world.store, call.account.id, task)
    corpus = call.corpus
    hits = _hits(call, facts, corpus)
    shown = hits[: call.world.service.values.clearance_listed]
    messages = [_message(call, facts, hit) for hit in shown]
    leading = hits[: call.world.service.values.comparison_count]
    sight = images.recalled(facts["picture"]) if facts["picture"] else None
    product = comparison.product_of(call.world, corpus, sight)
    if facts.get("loc_items"):
        product = replace(product, classes=frozenset(facts["loc_items"]))  # the user knows better than the picture
    compared = [_comparison(call, facts, hit, _pair(corpus, facts, hit, sight), product) for hit in leading]
    head = {"apply_start_time": facts["apply_start_time"]} if "apply_start_time" in facts else {}
    drawing = images.recalled_drawing(facts["picture"]["drawing"]) if facts["picture"] else None
    report = {
        "loc": facts.get("loc_items") or sorted({loc for hit in leading for loc in hit.patent.loc}),
        "country": facts["country"],
        "comparisons": compared,
        "operate_date": tasks.finished_at(task),
        **head,
        **comparison.tally(compared),
    }
    return {
        "report": report,
        "patent_messages": {"patent_messages": messages, "total_search_result_count": len(hits)},
        "rrffusion_response": _fusion(call, hits, messages, search.mentions(corpus, facts.get("main_field"))),
        **({"line_drawing_base64": b64encode(drawing).decode()} if drawing else {}),
    }


def _hits(call: Call, facts: Record, corpus: Corpus) -> Sequence[Hit]:
    values = {name: facts.get(name) for name in ("country", "loc_items", "main_field", "apply_start_time")}
    if facts["picture"]:
        values["main_field"] = None  # an aid to the ranking beside a picture, a filter without one
    patents = search.found(corpus, values, "D")
    if not facts["picture"]:
        score = call.world.service.values.score_without_picture
        return search.latest(patents, score)
    return search.ranked(patents, images.recalled(facts["picture"]).hashes)


def _message(call: Call, facts: Record, hit: Hit) -> dict[str, Any]:
    message = image_search.patent_message(call, hit, facts["lang"])
    return {
        **message,
        "score": hit.score,
        "url_120": patent_pictures.link(call, hit.patent, thumbnail=True),
        "inventor": ";".join(hit.patent.inventors),
        "risk_level": comparison.risk_of(call.world, hit.score),
    }


def _pair(corpus: Corpus, facts: Record, hit: Hit, sight: Sight | None) -> Pair:
    drawing = hit.patent.picture
    seen = nearest(drawing.hash, sight.hashes) if sight and drawing else None
    return comparison.pair(corpus, hit.patent, facts["lang"], hit.score, seen)


def _comparison(call: Call, facts: Record, hit: Hit, pair: Pair, product: Product) -> dict[str, Any]:
    patent, language = hit.patent, facts["lang"]
    return {
        **comparison.compare(call.world, language, pair, patent.title[language], product),
        "img_id": patent.img_id,
        "status": comparison.validity_of(patent),
        "patent_id": patent.patent_id,
        "patent_pn": patent.pn,
    }


def _fusion(
    call: Call, hits: Sequence[Hit], messages: list[dict[str, Any]], mentions: Callable[[Patent], bool]
) -> dict[str, Any]:
    """Both ranks of each patent and their merged score, 1/(k + rank) added up."""
    constant = call.world.service.values.rrf_constant
    scores = [_reranked_score(call, hit, hits[0], mentions(hit.patent)) for hit in hits[: len(messages)]]
    reranked = sorted(range(len(scores)), key=lambda first: (-scores[first], first))
    rows = []
    for second, first in enumerate(reranked, 1):
        rows.append(
            {
                **messages[first],
                "traditional_rank": first + 1,
                "traditional_score": hits[first].score,
                "rerank_rank": second,
                "rerank_score": scores[first],
                "rrf_score": 1 / (constant + first + 1) + 1 / (constant + second),
            }
        )
    rows.sort(key=lambda row: (-row["rrf_score"], row["patent_pn"]))
    return {"k_value": constant, "rerank_count": len(rows), "traditional_count": len(hits), "patent_messages": rows}


def _reranked_score(call: Call, hit: Hit, leading: Hit, mentioned: bool) -> float:
    """0 to 100: for likeness, for sharing a class with the leading patent, and for matching `main_field`."""
    weights = call.world.service.values.rerank_weights
    shared = not set(leading.patent.loc).isdisjoint(hit.patent.loc)
    return round(weights.likeness * hit.score + weights.shared_class * shared + weights.main_field * mentioned, 2)

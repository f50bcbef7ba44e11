"""The searches by picture: P009 in two steps or in one, P060, its beta and P061 in one.

A P009 search keeps the picture's hash and nothing else; its results are computed when they are asked for.
"""

from collections.abc import Callable
from typing import Any

from emulator.behaviours import images, search, tasks
from emulator.behaviours.search import Hit
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.patents import Patent

RETURNED = "returned"
Message = Callable[[Call, Hit, str], dict[str, Any]]


def create_design_search(call: Call) -> Outcome:
    """P009 search-id: remember a picture, answer the first page; nobody reads that of a page's example."""
    seen = images.seen(call, call.values["url"])
    search_id = tasks.create(call, {"hash": f"{seen:064x}"})
    head = {"search_id": search_id}
    return Outcome(head) if call.documented_id else _designs(call, seen, head)


def design_search_results(call: Call) -> Outcome:
    """P009 results: a page of what the search found, by this call's own filters."""
    record, _ = tasks.find(call, "search_id")
    recommended = call.world.service.life("search_recommended")
    if call.now >= record["created"] + recommended:
        call.remark(
            f"search_id is older than the {recommended // 60_000} minutes within which the page recommends to fetch"
        )
    return _designs(call, int(tasks.facts_of(call.world.store, call.account.id, record)["hash"], 16), {})


def search_designs(call: Call) -> Outcome:
    """P009 search: a page of designs, and nothing to come back for."""
    return _designs(call, images.seen(call, call.values["url"]), {})


def search_single_image(call: Call) -> Outcome:
    """P060."""
    return similar(call, [images.seen(call, call.values["url"])])


def search_by_shape(call: Call) -> Outcome:
    """P060 beta: its patents come without classes and authority."""
    return similar(call, [images.seen(call, call.values["url"])], listed_message)


def search_multiple_images(call: Call) -> Outcome:
    """P061: a patent is as like as its likeness to the nearest picture."""
    return similar(call, [images.seen(call, url) for url in call.values["urls"]])


def similar(call: Call, hashes: list[int], message: Message | None = None) -> Outcome:
    """A page of the patents that look like pictures of one thing, by the filters and the order of the call."""
    remark_on_what_changes_nothing(call)
    ranked = search.ranked(search.found(call.corpus, call.values, call.values["patent_type"]), hashes)
    hits = search.ordered(ranked, call.values["field"], call.values["order"])
    shown = search.page(hits, call.values)
    remember_returned(call, [hit.patent for hit in shown])
    classes = _predicted_classes(call, hashes[0])
    told = message or patent_message
    messages = [{**told(call, hit, call.values["lang"]), **_scoring(call, hit, classes)} for hit in shown]
    return Outcome({"patent_messages": messages, "total_search_result_count": len(hits)}, found=len(messages))


def remark_on_what_changes_nothing(call: Call) -> None:
    """Note the parameters of a call that are accepted without effect."""
    for parameter in call.operation.parameters:
        quiet = (False, parameter.schema_.get("default"))
        if parameter.schema_.get("x-no-effect") and call.values.get(parameter.name, False) not in quiet:
            call.remark(f"{parameter.name} is accepted and changes nothing here")


def _designs(call: Call, seen: int, head: dict[str, Any]) -> Outcome:
    hits = search.ranked(search.found(call.corpus, call.values, "D"), [seen])
    hits = search.ordered(hits, call.values.get("field"), call.values["order"])
    messages = [_design(call, hit) for hit in search.page(hits, call.values)]
    return Outcome({**head, "patent_messages": messages, "total_search_result_count": len(hits)}, found=len(messages))


def _design(call: Call, hit: Hit) -> dict[str, Any]:
    patent = hit.patent
    return {
        "url": images.link(call, patent),
        "score": hit.score,
        "title": patent.title["original"],
        "patent_id": patent.patent_id,
        "patent_pn": patent.pn,
    }


def _predicted_classes(call: Call, seen: int) -> frozenset[str]:
    """The Locarno classes of the design most like the first picture: what model 1 takes the picture for."""
    if call.values["model"] != 1 or call.values["field"] != "SCORE":
        return frozenset()
    nearest = search.ranked(search.found(call.corpus, {}, "D"), [seen])[:1]
    return frozenset(loc for hit in nearest for loc in hit.patent.loc)


def _scoring(call: Call, hit: Hit, classes: frozenset[str]) -> dict[str, Any]:
    """`score` only where results are sorted by it, `loc_match` only with model 1 besides."""
    if call.values["field"] != "SCORE":
        return {}
    if call.values["model"] != 1:
        return {"score": hit.score}
    return {"score": hit.score, "loc_match": int(not classes.isdisjoint(hit.patent.loc))}


def patent_message(call: Call, hit: Hit, language: str) -> dict[str, Any]:
    """A similar patent as P060, P061 and the clearance report tell it; `language` is original, cn or en."""
    patent = hit.patent
    return {
        "loc": patent.loc,
        "url": images.link(call, patent),
        "apdt": patent.apdt,
        "apno": patent.apno,
        "pbdt": patent.pbdt,
        "title": patent.title[language],
        "img_id": patent.img_id,
        "inventor": "|".join(patent.inventors),
        "authority": patent.authority,
        "patent_id": patent.patent_id,
        "patent_pn": patent.pn,
        "current_assignee": patent.current_assignee,
        "original_assignee": patent.original_assignee,
    }


def listed_message(call: Call, hit: Hit, language: str) -> dict[str, Any]:
    """A similar patent as P060 beta and P062 tell it."""
    message = patent_message(call, hit, language)
    return {name: value for name, value in message.items() if name not in ("loc", "authority")}


def remember_returned(call: Call, patents: list[Patent]) -> None:
    """Which patents an image search has shown this account: AI39-1 wants only those."""
    for patent in patents:
        call.world.store.put(call.account.id, RETURNED, patent.patent_id, {"at": call.now})


def was_returned(call: Call, patent_id: str) -> bool:
    return call.world.store.get(call.account.id, RETURNED, patent_id) is not None

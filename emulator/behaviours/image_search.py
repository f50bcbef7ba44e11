"""The searches by picture: P009 in two steps or in one, P060, its beta and P061 in one.

A P009 search keeps what its picture looks like and nothing else; its results are computed when they are asked for.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from emulator.behaviours import images, patent_pictures, search, tasks
from emulator.behaviours.pictures import Sight
from emulator.behaviours.search import Hit
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.patents import Patent

if TYPE_CHECKING:
    from emulator.corpus.selection import Ranking

RETURNED = "returned"
SMART, SHAPE_AND_COLOUR = 1, 4  # the values of `model` that change what plain likeness says
Message = Callable[[Call, Hit, str], dict[str, Any]]


def create_design_search(call: Call) -> Outcome:
    """P009 search-id: remember a picture, answer the first page; nobody reads that of a page's example."""
    seen = images.seen(call, call.values["url"])
    search_id = tasks.create(call, images.noted(seen))
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
    return _designs(call, images.recalled(tasks.facts_of(call.world.store, call.account.id, record)), {})


def search_designs(call: Call) -> Outcome:
    """P009 search: a page of designs, and nothing to come back for."""
    return _designs(call, images.seen(call, call.values["url"]), {})


def search_single_image(call: Call) -> Outcome:
    """P060."""
    return similar(call, [images.seen(call, call.values["url"])])


def search_by_shape(call: Call) -> Outcome:
    """P060 beta: an upload is turned into a line drawing first; patents come without classes and authority."""
    return similar(call, [images.seen_in_lines(call, call.values["url"])], listed_message)


def search_multiple_images(call: Call) -> Outcome:
    """P061: a patent is as like as its likeness to the nearest picture."""
    return similar(call, [images.seen(call, url) for url in call.values["urls"]])


def similar(call: Call, sights: list[Sight], message: Message | None = None) -> Outcome:
    """A page of the patents that look like pictures of one thing, by the filters and the order of the call."""
    remark_on_what_changes_nothing(call)
    classes = _predicted_classes(call, sights[0])
    hits = search.ordered(_ranked(call, sights, classes), call.values["field"], call.values["order"])
    shown = search.page(hits, call.values)
    remember_returned(call, [hit.patent for hit in shown])
    told = message or patent_message
    messages = [{**told(call, hit, call.values["lang"]), **_scoring(call, hit, classes)} for hit in shown]
    return Outcome({"patent_messages": messages, "total_search_result_count": len(hits)}, found=len(messages))


def remark_on_what_changes_nothing(call: Call) -> None:
    """Note the parameters of a call that are accepted without effect."""
    for parameter in call.operation.parameters:
        quiet = (False, parameter.schema_.get("default"))
        if parameter.schema_.get("x-no-effect") and call.values.get(parameter.name, False) not in quiet:
            call.remark(f"{parameter.name} is accepted and changes nothing here")


def _designs(call: Call, seen: Sight, head: dict[str, Any]) -> Outcome:
    hits = search.ranked(search.found(call.corpus, call.values, "D"), seen.hashes)
    hits = search.ordered(hits, call.values.get("field"), call.values["order"])
    messages = [_design(call, hit) for hit in search.page(hits, call.values)]
    return Outcome({**head, "patent_messages": messages, "total_search_result_count": len(hits)}, found=len(messages))


def _design(call: Call, hit: Hit) -> dict[str, Any]:
    patent = hit.patent
    return {
        "url": patent_pictures.link(call, patent),
        "score": hit.score,
        "title": patent.title["original"],
        "patent_id": patent.patent_id,
        "patent_pn": patent.pn,
    }


def _ranked(call: Call, sights: list[Sight], classes: frozenset[str]) -> "Ranking":
    """By likeness to the nearest picture; model 1 lowers other classes, model 4 what is like a coloured picture."""
    patents = search.found(call.corpus, call.values, call.values["patent_type"])
    model, values = call.values["model"], call.world.service.values
    if model == SHAPE_AND_COLOUR:
        looks = [(sight.hashes, 1 - values.colour_weight * sight.colour) for sight in sights]
        return search.weighed(patents, looks)
    every = [one for sight in sights for one in sight.hashes]
    return search.weighed(patents, [(every, 1.0)], (classes, values.other_class_weight) if model == SMART else None)


def _predicted_classes(call: Call, seen: Sight) -> frozenset[str]:
    """The Locarno classes of the design most like the first picture: what model 1 takes the picture for."""
    if call.values["model"] != SMART:
        return frozenset()
    nearest = search.ranked(search.found(call.corpus, {}, "D"), seen.hashes)[:1]
    return frozenset(loc for hit in nearest for loc in hit.patent.loc)


def _scoring(call: Call, hit: Hit, classes: frozenset[str]) -> dict[str, Any]:
    """`score` only where results are sorted by it, `loc_match` only with model 1 besides."""
    if call.values["field"] != "SCORE":
        return {}
    if call.values["model"] != SMART:
        return {"score": hit.score}
    return {"score": hit.score, "loc_match": int(not classes.isdisjoint(hit.patent.loc))}


def patent_message(call: Call, hit: Hit, language: str) -> dict[str, Any]:
    """A similar patent as P060, P061 and the clearance report tell it; `language` is original, cn or en."""
    patent = hit.patent
    return {
        "loc": patent.loc,
        "url": patent_pictures.link(call, patent),
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

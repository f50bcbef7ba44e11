"""AI39-1 creation and AI39-2 query: pictures against the patents that an image search returned. AI67: against one.

The pictures are looked at when the task is created, because their links may die before the task does. What the
comparison says is `comparison`'s business.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emulator.behaviours import comparison, image_search, images, patent_pictures, tasks
from emulator.behaviours.comparison import Product
from emulator.behaviours.pictures import Sight, likeness, nearest
from emulator.behaviours.tasks import State
from emulator.behaviours.verdict import Pair
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.errors import ApiError, Cause
from emulator.store.base import Record

STATUS = {State.RUNNING: 1, State.SUCCESS: 2, State.FAILED: 3}


def create_infringement_task(call: Call) -> Outcome:
    """AI39-1 creation: remember what the pictures show and the patents to compare them with."""
    sights = [images.seen(call, url) for url in call.values["urls"]]
    for message in call.values["patent_messages"]:
        _question_origin(call, message)
    patents = [
        {name: message[name] for name in ("patent_id", "patent_pn", "title", "url")}
        for message in call.values["patent_messages"]
    ]
    task_id = tasks.create(
        call,
        {
            "pictures": [images.noted(sight) for sight in sights],
            "image": call.values["urls"][0],
            "patents": patents,
            "language": call.values["report_lang"],
            "countries": call.values.get("country") or [],
        },
    )
    return Outcome({"task_id": task_id})


def create_one_to_one_task(call: Call) -> Outcome:
    """AI67-1: remember what the picture shows and the one patent to compare it with."""
    seen = images.seen(call, call.values["url"])
    corpus = call.corpus
    patent = _shown_patent(corpus, call.values["patent_number"])
    language = call.values["report_lang"]
    facts = {
        "pictures": [images.noted(seen)],
        "image": call.values["url"],
        "patents": [
            {"patent_id": patent.patent_id, "patent_pn": patent.pn, "title": patent.title[language], "url": ""}
        ],
        "language": language,
        "countries": [],
    }
    return Outcome({"task_id": tasks.create(call, facts)})


def infringement_result(call: Call) -> Outcome:
    """AI39-2 query and AI67-2: the state, and once it is success the comparisons."""
    task, state = tasks.find(call, "task_id")
    head = {"task_id": task["id"], "task_status": STATUS[state]}
    return Outcome(
        head
        if state is not State.SUCCESS
        else {**head, **_result(call, tasks.facts_of(call.world.store, call.account.id, task))}
    )


def _question_origin(call: Call, message: dict[str, Any]) -> None:
    """Patents should come from P060 or P061, with links that live; a strict account refuses others.

    The page's own example, with which accounts open, is not questioned.
    """
    if call.documented_id is not None:
        return
    for wrong, doubt in (
        (not image_search.was_returned(call, message["patent_id"]), f"no image search returned {message['patent_pn']}"),
        (images.is_dead_link(call, message["url"]), f"the picture link of {message['patent_pn']} is dead"),
    ):
        if wrong and call.account.strict:
            raise ApiError(Cause.PARAMETER_INVALID, f"{doubt} (strict account; {call.operation.evidence.cited})")
        if wrong:
            call.remark(doubt)


def _shown_patent(corpus: Corpus, number: str) -> Patent:
    """The patent of a number; 68300004 for one that is unknown or shows nothing to compare with."""
    patent = corpus.by_number(number)
    if patent is None:
        raise ApiError(Cause.PARAMETER_INVALID, f"no patent has the number {number[:60]!r}")
    if patent.picture is None:
        raise ApiError(Cause.PARAMETER_INVALID, f"{patent.pn} has no picture to compare with")
    return patent


def _result(call: Call, facts: Record) -> dict[str, Any]:
    corpus, wanted = call.corpus, facts["countries"]
    sights = [images.recalled(picture) for picture in facts["pictures"]]
    products = [comparison.product_of(call.world, corpus, sight) for sight in sights]
    pairs = [(message, *_pair(call, facts, message, corpus, sights)) for message in facts["patents"]]
    pairs = sorted(
        (one for one in pairs if not wanted or one[1].country in wanted),
        key=lambda one: (-one[1].score, one[1].number),
    )
    compared = [_comparison(call, facts, message, pair, products[number]) for message, pair, number in pairs]
    return {
        "loc": sorted({loc for _, pair, _ in pairs if pair.patent for loc in pair.patent.loc}),
        "country": wanted or list(dict.fromkeys(one["country"] for one in compared)),
        "user_image": facts["image"],
        "comparisons": compared,
        **comparison.tally(compared),
    }


def _pair(
    call: Call, facts: Record, message: dict[str, Any], corpus: Corpus, sights: Sequence[Sight]
) -> tuple[Pair, int]:
    """The patent with the picture that is most like it, and which of the pictures that is.

    The patent may be none that the corpus knows.
    """
    patent = corpus.by_id(message["patent_id"])
    shown = patent.picture.hash if patent and patent.picture else images.seeded(call, message["url"])
    closest = [nearest(shown, sight.hashes) for sight in sights]
    seen = nearest(shown, closest)
    score, which = round(likeness(shown, seen), 7), closest.index(seen)
    if patent is not None:
        known = comparison.pair(corpus, patent, facts["language"], score, seen)
        return replace(known, number=message["patent_pn"], shown=shown), which
    number = message["patent_pn"]
    return Pair(number, message["title"], number[:2], score, "unknown", seen=seen, shown=shown), which


def _comparison(call: Call, facts: Record, message: dict[str, Any], pair: Pair, product: Product) -> dict[str, Any]:
    patent = pair.patent
    return {
        **comparison.compare(call.world, facts["language"], pair, message["title"], product),
        "status": comparison.validity_of(patent),
        "patent_id": message["patent_id"],
        "patent_pn": message["patent_pn"],
        "patent_image_url": patent_pictures.link(call, patent) if patent and patent.picture else message["url"],
    }

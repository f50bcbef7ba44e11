"""P062: up to ten pictures that are searched one by one, overnight, by the same filters.

The pictures are looked at when the batch is created, because their links may die before the night is over. One that
cannot be seen fails alone; a batch of which none can be seen is refused. What each picture finds is computed when the
result is asked for.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from emulator.behaviours import image_search, images, search, tasks
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Call, Outcome
from emulator.errors import ApiError
from emulator.store.base import Record

WORDS = {State.RUNNING: "running", State.SUCCESS: "success", State.FAILED: "failed"}
_NAMES = ("task_id", "job_id")


def create_batch_search(call: Call) -> Outcome:
    """P062 create: remember what the pictures show and how they are to be searched. It costs what will be found."""
    image_search.remark_on_what_changes_nothing(call)
    pictures = _seen(call, call.values["urls"])
    values = {name: value for name, value in call.values.items() if name != "urls"}
    found = 0 if call.documented_id else _pictures_found(call, pictures)
    task_id = tasks.new_id(call)
    facts = {"pictures": pictures, "values": values}
    return Outcome({"job_id": task_id}, found, keep=partial(tasks.lay_down, call, task_id, facts, found))


def batch_search_result(call: Call) -> Outcome:
    """P062 result: the state, and once it is success what each picture has found."""
    task, state = tasks.find(call, next(name for name in _NAMES if call.values.get(name)))
    if state is not State.SUCCESS:
        return Outcome({"status": WORDS[state]})
    facts = tasks.facts_of(call.world.store, call.account.id, task)
    results = [_result(replace(call, values=facts["values"]), picture) for picture in facts["pictures"]]
    return Outcome(
        {
            "status": WORDS[state],
            "search_result": [told for told, _ in results],
            "total_search_result_count": sum(total for _, total in results),
        }
    )


def _seen(call: Call, urls: list[str]) -> list[Record]:
    """Each address with what it looks like, or None. Raises what the first one raises when all fail."""
    pictures: list[Record] = []
    failures: dict[int, ApiError] = {}
    for number, url in enumerate(urls, 1):
        try:
            pictures.append({"url": url, "sight": images.noted(images.seen(call, url))})
        except ApiError as error:
            pictures.append({"url": url, "sight": None})
            failures[number] = error
    if failures and (call.account.strict or len(failures) == len(urls)):
        raise next(iter(failures.values()))
    for number, failure in failures.items():
        call.remark(f"picture {number} of the batch fails: {failure.reason}")
    return pictures


def _pictures_found(call: Call, pictures: list[Record]) -> int:
    """For how many pictures the search will find anything."""
    shown = len(search.found(call.corpus, call.values, call.values["patent_type"])) > call.values["offset"]
    return sum(picture["sight"] is not None for picture in pictures) if shown else 0


def _result(call: Call, picture: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """What one picture has found, and how many patents there are in all."""
    if picture["sight"] is None:
        return {"status": "failed", "search_url": picture["url"], "result_count": 0, "patent_messages": []}, 0
    data = image_search.similar(call, [images.recalled(picture["sight"])], image_search.listed_message).data
    messages = data["patent_messages"]
    told = {
        "status": "success",
        "search_url": picture["url"],
        "result_count": len(messages),
        "patent_messages": messages,
    }
    return told, data["total_search_result_count"]

"""For every client rule what breaks it, and something near that does not."""

from collections.abc import Callable
from typing import Any

from tests.scenes import PICTURE, SERVICE, Scene

KNOWN = "718ead9c-4f3c-4674-8f5a-24e126827269"
Play = Callable[[Scene], Any]
BAD: dict[str, Play] = {}
FINE: dict[str, list[Play]] = {}


def bad(rule: str) -> Callable[[Play], Play]:
    """What must make the rule fire."""

    def keep(play: Play) -> Play:
        assert rule not in BAD
        BAD[rule] = play
        return play

    return keep


def fine(rule: str) -> Callable[[Play], Play]:
    """What must not, nor any other rule."""

    def keep(play: Play) -> Play:
        FINE.setdefault(rule, []).append(play)
        return play

    return keep


# Parameters


@bad("parameter_breach")
def _(scene: Scene) -> None:
    scene.call("P009-search-id", {"url": PICTURE, "limit": 500})


@fine("parameter_breach")
def _(scene: Scene) -> None:
    scene.fault(operation="P009-search-id", error=68300004)
    scene.call("P009-search-id", {"url": PICTURE, "limit": 100})


@bad("batch_too_long")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": ",".join(scene.patents(101))})


@fine("batch_too_long")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": ",".join(scene.patents(100))})


@bad("undocumented_parameter")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN, "language": "cn"})


@fine("undocumented_parameter")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN, "lang": "cn"})


@bad("duplicate_ids")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": f"{KNOWN},{KNOWN.upper()}"})


@fine("duplicate_ids")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": ",".join(scene.patents(2))})


@bad("body_unreadable")
def _(scene: Scene) -> None:
    scene.send("P060", content=b"{", headers={"Content-Type": "application/json"})


@fine("body_unreadable")
def _(scene: Scene) -> None:
    scene.fault(operation="P060", error=68300007)
    scene.search()


# Paths


@bad("path_unknown")
def _(scene: Scene) -> None:
    scene.caller.call("GET", "/basic-patent-data/abstract")


@fine("path_unknown")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN}, headers={"X-Emulator-Error": "67200101"})


@bad("method_wrong")
def _(scene: Scene) -> None:
    scene.caller.call("POST", SERVICE.operations["P043"].path)


@fine("method_wrong")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN}, headers={"X-Emulator-Error": "67200012"})


# Credentials


@bad("credentials_missing")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN}, headers={"Authorization": None})


def _key(scene: Scene) -> str:
    return str(scene.steer("PUT", "")["api_key"])


@fine("credentials_missing")
def _(scene: Scene) -> None:
    scene.call(
        "P043", {"patent_id": KNOWN}, params={"apikey": None}, headers={"Authorization": f"Bearer {_key(scene)}"}
    )


@bad("credentials_misplaced")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN}, params={"token": scene.token})


@fine("credentials_misplaced")
def _(scene: Scene) -> None:
    scene.call("P043", {"patent_id": KNOWN}, params={"apikey": _key(scene)}, headers={"Authorization": None})


@bad("credentials_to_files")
def _(scene: Scene) -> None:
    url = scene.search()["patent_messages"][0]["url"]
    scene.fetch(url, headers={"Authorization": f"Bearer {scene.token}"})


@fine("credentials_to_files")
def _(scene: Scene) -> None:
    assert scene.fetch(scene.search()["patent_messages"][0]["url"]) == 200


@bad("token_per_call")
def _(scene: Scene) -> None:
    for patent in scene.patents(4):
        scene.new_token()
        scene.call("P043", {"patent_id": patent})


@fine("token_per_call")
def _(scene: Scene) -> None:
    for patent in scene.patents(5):
        scene.call("P043", {"patent_id": patent})
        scene.jump("29m")
        scene.new_token()


@fine("token_per_call")
def _(scene: Scene) -> None:
    tokens = [scene.caller.token() for _ in range(8)]  # eight threads that begin at once
    for token, patent in zip(tokens, scene.patents(8), strict=True):
        scene.token = token
        scene.call("P043", {"patent_id": patent})


@bad("dead_token_reused")
def _(scene: Scene) -> None:
    scene.jump("31m")
    for _ in range(2):
        scene.call("P043", {"patent_id": KNOWN})


@fine("dead_token_reused")
def _(scene: Scene) -> None:
    scene.jump("31m")
    for patent in scene.patents(8):  # eight threads that had begun with the old token
        scene.call("P043", {"patent_id": patent})
    scene.new_token()
    for patent in scene.patents(8):
        scene.call("P043", {"patent_id": patent})


# Tasks


@bad("poll_too_fast")
def _(scene: Scene) -> None:
    task = scene.submit()
    for _ in range(4):
        scene.poll(task)
        scene.wait(0.5)


@fine("poll_too_fast")
def _(scene: Scene) -> None:
    task = scene.submit()
    for _ in range(4):
        scene.poll(task)
        scene.wait(2)


@fine("poll_too_fast")
def _(scene: Scene) -> None:
    scene.steer("POST", "/clock", {"freeze": True})
    scene.steer("PUT", "/plan", {"polls": 20})
    task = scene.submit()
    for _ in range(21):
        scene.poll(task)


@fine("poll_too_fast")
def _(scene: Scene) -> None:
    task = scene.submit()
    for _ in range(4):
        scene.poll(task)
        scene.jump("2s")


@bad("poll_after_end")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.wait(7)
    for _ in range(4):
        scene.poll(task)


@fine("poll_after_end")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.wait(7)
    scene.poll(task)
    scene.poll(task)  # a program that was started again


@bad("poll_for_ever")
def _(scene: Scene) -> None:
    scene.steer("POST", "/clock", {"freeze": True})
    scene.steer("PUT", "/plan", {"hold": True})
    task = scene.submit()
    for _ in range(601):
        scene.poll(task)


@fine("poll_for_ever")
def _(scene: Scene) -> None:
    scene.steer("PUT", "/plan", {"hold": True})
    task = scene.submit()
    for _ in range(300):
        scene.poll(task)
        scene.wait(2)


@bad("task_never_read")
def _(scene: Scene) -> None:
    scene.submit()


@fine("task_never_read")
def _(scene: Scene) -> None:
    scene.submit()
    scene.fault(operation="AI67-1", error=67200005)
    scene.call("AI67-1", {"patent_number": "EU0065350760001S", "url": PICTURE})  # and gives up


@fine("task_never_read")
def _(scene: Scene) -> None:
    scene.call("P062-create", {"patent_type": "D", "model": 1, "urls": [PICTURE]})  # ready tomorrow


@bad("submitted_twice")
def _(scene: Scene) -> None:
    for task in (scene.submit(), scene.submit()):
        scene.wait(7)
        scene.poll(task)


@fine("submitted_twice")
def _(scene: Scene) -> None:
    scene.fault(operation="AI39-1-submit", truncate=True, times=1)
    scene.call("AI39-1-submit", {"country": ["US"], "lang": "en", "url": PICTURE})
    task = scene.submit()
    scene.wait(7)
    scene.poll(task)


@fine("submitted_twice")
def _(scene: Scene) -> None:
    scene.steer("PUT", "/plan", {"duration": "1s", "outcome": "fail"})
    for _ in range(2):
        task = scene.submit()
        scene.wait(2)
        scene.poll(task)


@fine("submitted_twice")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.jump("8h")
    scene.new_token()
    scene.poll(task)
    task = scene.submit()
    scene.wait(7)
    scene.poll(task)


# Ids, patents and links


@bad("failure_ignored")
def _(scene: Scene) -> None:
    scene.fault(operation="AI39-1-submit", error=68300008, times=1)
    made = scene.call("AI39-1-submit", {"country": ["US"], "lang": "en", "url": PICTURE})
    scene.poll(str((made or {}).get("task_id")))


@fine("failure_ignored")
def _(scene: Scene) -> None:
    scene.fault(operation="AI39-1-submit", error=68300008, times=1)
    scene.call("AI39-1-submit", {"country": ["US"], "lang": "en", "url": PICTURE})
    scene.wait(2)
    task = scene.submit()
    scene.wait(7)
    scene.poll(task)


@bad("unknown_id")
def _(scene: Scene) -> None:
    scene.poll("11111111-2222-3333-4444-555555555555")


@fine("unknown_id")
def _(scene: Scene) -> None:
    scene.poll("80d440b7-80a5-4233-a75f-ab72b0885c88")  # the page's own example


@bad("dead_id")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.jump("8h")
    scene.new_token()
    scene.poll(task)
    scene.poll(task)


@fine("dead_id")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.jump("8h")
    scene.new_token()
    scene.poll(task)


def _results(scene: Scene, search: str, offset: int, limit: int = 10) -> Any:
    return scene.call("P009-results", {"search_id": search, "offset": offset, "limit": limit})


@bad("search_too_old")
def _(scene: Scene) -> None:
    search = scene.call("P009-search-id", {"url": PICTURE, "limit": 10})["search_id"]
    scene.wait(20 * 60)
    _results(scene, search, 10)


@fine("search_too_old")
def _(scene: Scene) -> None:
    search = scene.call("P009-search-id", {"url": PICTURE, "limit": 10})["search_id"]
    scene.wait(20 * 60 - 1)
    _results(scene, search, 10)


@fine("search_too_old")
def _(scene: Scene) -> None:
    search = scene.call("P009-search-id", {"url": PICTURE, "limit": 10})["search_id"]
    scene.jump("29m")
    _results(scene, search, 10)


@bad("dead_link")
def _(scene: Scene) -> None:
    url = scene.search()["patent_messages"][0]["url"]
    scene.jump("9h")
    assert [scene.fetch(url), scene.fetch(url)] == [403, 403]


@fine("dead_link")
def _(scene: Scene) -> None:
    url = scene.search()["patent_messages"][0]["url"]
    scene.jump("9h")
    scene.fetch(url)
    scene.new_token()
    scene.fetch(scene.search()["patent_messages"][0]["url"])


def _compare(scene: Scene, messages: Any) -> None:
    made = scene.call("AI39-1-creation", {"urls": [PICTURE], "patent_messages": messages, "report_lang": "en"})
    scene.wait(7)
    scene.call("AI39-2-query", {"task_id": made["task_id"]})


@bad("unseen_patents")
def _(scene: Scene) -> None:
    messages = scene.search()["patent_messages"]
    _compare(scene, [{**messages[0], "patent_id": scene.patents(1)[0]}])


@fine("unseen_patents")
def _(scene: Scene) -> None:
    _compare(scene, scene.search()["patent_messages"])


@fine("unseen_patents")
def _(scene: Scene) -> None:
    creation = SERVICE.operations["AI39-1-creation"]
    _compare(scene, creation.example_values()["patent_messages"])


# Paging


@bad("page_repeated")
def _(scene: Scene) -> None:
    for page in (0, 1, 2):
        scene.search(offset=page)


@fine("page_repeated")
def _(scene: Scene) -> None:
    scene.search(offset=0)
    scene.fault(operation="P060", truncate=True, times=1)
    scene.search(offset=3)
    scene.search(offset=3)
    scene.search(offset=6, limit=100)


@bad("page_skipped")
def _(scene: Scene) -> None:
    for page in (0, 1, 2):
        scene.search(offset=page * 5)


@fine("page_skipped")
def _(scene: Scene) -> None:
    for offset in (6, 0, 3):  # in parallel
        scene.search(offset=offset)


@fine("page_skipped")
def _(scene: Scene) -> None:
    search = scene.call("P009-search-id", {"url": PICTURE, "limit": 10})["search_id"]
    _results(scene, search, 10, 20)
    _results(scene, search, 30, 20)


@bad("page_beyond_total")
def _(scene: Scene) -> None:
    narrow = {"country": ["US"], "assignees": "huawei", "limit": 100}
    total = scene.search(**narrow)["total_search_result_count"]
    scene.search(**narrow, offset=total)


@fine("page_beyond_total")
def _(scene: Scene) -> None:
    narrow = {"country": ["US"], "assignees": "huawei"}
    total = scene.search(**narrow, limit=1)["total_search_result_count"]
    scene.search(**narrow, offset=1, limit=max(1, total - 1))


# After an error


@bad("retried_unchanged")
def _(scene: Scene) -> None:
    scene.steer("PUT", "", {"permissions": ["P060"]})
    for _ in range(2):
        scene.call("P043", {"patent_id": KNOWN})


@fine("retried_unchanged")
def _(scene: Scene) -> None:
    scene.steer("PUT", "", {"permissions": ["P060"]})
    scene.call("P043", {"patent_id": KNOWN})
    scene.steer("PUT", "", {"permissions": None})
    scene.call("P043", {"patent_id": KNOWN})


@bad("rate_hammered")
def _(scene: Scene) -> None:
    scene.fault(operation="P043", error=67200002, times=3)
    for _ in range(4):
        scene.call("P043", {"patent_id": KNOWN})


@fine("rate_hammered")
def _(scene: Scene) -> None:
    scene.fault(operation="P043", error=67200002, times=3)
    for _ in range(4):
        scene.call("P043", {"patent_id": KNOWN})
        scene.wait(1)


@bad("limit_hammered")
def _(scene: Scene) -> None:
    scene.steer("PUT", "", {"balance": 0})
    for patent in scene.patents(12):
        scene.call("P043", {"patent_id": patent})
        scene.wait(0.1)


@fine("limit_hammered")
def _(scene: Scene) -> None:
    task = scene.submit()
    scene.steer("PUT", "", {"balance": 0})
    scene.call("P043", {"patent_id": KNOWN})
    scene.wait(7)
    scene.poll(task)

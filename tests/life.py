"""A round of calls through everything an account can have, and its answers byte for byte."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from contract_tests.documents import SERVICE, least, picture
from tests.conftest import Caller
from tests.test_decided import CREATION, P043, QUERY, SEARCH, SINGLE, data

UPLOAD, EVALUATE, EXPORT = (SERVICE.operations[name].path for name in ("P010", "R003-create", "R003-export"))
PATENT = {"patent_number": "CN101595528B"}
Answered = tuple[int, list[tuple[str, str]], bytes]


def life_of(caller: Caller, between: Callable[[], object] = lambda: None) -> list[Answered]:
    """Token, picture, searches, tasks, their results six seconds later, files, a translation and a refusal.

    `between` happens between any two of the calls.
    """
    answers: list[Any] = []

    def keep(answer: Any) -> Any:
        between()
        answers.append(answer)
        return answer

    def fetch(url: str) -> None:
        parts = urlsplit(url)
        keep(caller.send("GET", f"{parts.path}?{parts.query}"))

    caller._token = None
    keep(caller.token_call())
    url = data(keep(caller.call("POST", UPLOAD, files={"image": ("a.png", picture(), "image/png")})))["url"]
    fetch(url)
    found = data(keep(caller.call("POST", SINGLE, json={"url": url, "patent_type": "D", "model": 1})))
    keep(caller.call("GET", SEARCH, {"url": url}))
    creation = {**least(SERVICE.operations["AI39-1-creation"]), "patent_messages": found["patent_messages"][:2]}
    task = data(keep(caller.call("POST", CREATION, json=creation)))
    job = data(keep(caller.call("POST", EVALUATE, json=least(SERVICE.operations["R003-create"]))))
    caller.advance("6s")
    keep(caller.call("POST", QUERY, json=task))
    fetch(data(keep(caller.call("GET", EXPORT, job)))["report_url"])
    keep(caller.call("GET", P043, PATENT))
    keep(caller.call("GET", P043))
    return [(answer.status_code, answer.headers.multi_items(), answer.content) for answer in answers]

"""Links and files: signatures not looked at, files of another type, pictures and links of other accounts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator import clock
from emulator.behaviours import images, links, patent_pictures, reports, tasks
from emulator.behaviours.links import Gone, LinkState
from emulator.server.messages import Answer, Request
from emulator.spec.models import Service
from tests.mutants.documents import changed_section
from tests.mutants.mutant import Mutant, Patch, Respond

RULES = ("link", "file", "download", "report", "image")
_PDF, _DOCX, _PNG = b"%PDF", b"PK\x03\x04", b"\x89PNG"
_JPEG = b"\xff\xd8\xff"


def signed(service: Service) -> list[Mutant]:
    """Links that are good though unsigned, altered or expired, and good ones refused as each of these."""
    bad = (LinkState.UNSIGNED, LinkState.TAMPERED, LinkState.EXPIRED)
    found = [
        _mutant("link judged wrong", f"{one} is good", Patch(links, "judge", _instead(LinkState.GOOD, one)))
        for one in bad
    ]
    found += [
        _mutant("link judged wrong", f"good is {one}", Patch(links, "judge", _instead(one, LinkState.GOOD)))
        for one in bad
    ]
    found += [
        _mutant("link judged wrong", f"{one} told as {other}", Patch(links, "judge", _instead(other, one)))
        for one, other in (
            (LinkState.TAMPERED, LinkState.UNSIGNED),
            (LinkState.UNSIGNED, LinkState.TAMPERED),
            (LinkState.EXPIRED, LinkState.TAMPERED),
        )
    ]
    return found


def made(service: Service) -> list[Mutant]:
    """Links with other words, dates, lives and hosts than the documents have."""
    said = {"algorithm": "AWS4-HMAC-SHA1", "credential": "SOMEBODY", "scope": "us-east-1/s3/aws4_request"}
    found = [
        Mutant("link made wrong", f"{name}={value}", rules=RULES, service=changed_section("links", **{name: value}))
        for name, value in said.items()
    ]
    ways: dict[str, Callable[[Any], Any]] = {
        "a second longer": lambda make: (
            lambda rules, account, url, path, now, life: make(rules, account, url, path, now, life + 1000)
        ),
        "a second shorter": lambda make: (
            lambda rules, account, url, path, now, life: make(rules, account, url, path, now, life - 1000)
        ),
        "begins an hour late": lambda make: (
            lambda rules, account, url, path, now, life: make(rules, account, url, path, now + 3_600_000, life)
        ),
        "without signature": lambda make: lambda *given: make(*given).rpartition("&")[0],
        "another host": lambda make: (
            lambda rules, account, url, *given: make(rules, account, "http://other.invalid", *given)
        ),
        "without query": lambda make: lambda *given: make(*given).partition("?")[0],
    }
    return found + [_mutant("link made wrong", name, Patch(links, "make", make)) for name, make in ways.items()]


def contents(service: Service) -> list[Mutant]:
    """Files of each type that are empty, broken off, of another type, or told as another."""
    kinds = {"pdf": _PDF, "docx": _DOCX, "png": _PNG, "jpg": _JPEG}
    edits: dict[str, Callable[[Answer], Answer]] = {
        "a page of HTML": lambda answer: replace(answer, body=b"<html><body>Not found</body></html>"),
        "empty": lambda answer: replace(answer, body=b""),
        "cut in half": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
        "told as text": lambda answer: replace(
            answer,
            headers=tuple((name, "text/plain" if name == "content-type" else text) for name, text in answer.headers),
        ),
        "status 201": lambda answer: replace(answer, status=201),
    }
    return [
        Mutant("file wrong", f"{name}:{how}", rules=(name, *RULES), files=_files(magic, edit))
        for name, magic in kinds.items()
        for how, edit in edits.items()
    ]


def refused(service: Service) -> list[Mutant]:
    """Refusals of files with another status, or as a success."""
    return [
        Mutant("file refused wrong", f"{status} as {other}", rules=RULES, files=_status(status, other))
        for status in (403, 404)
        for other in (200, 404 if status == 403 else 403, 500)
    ]


def images_of_others(service: Service) -> list[Mutant]:
    """Pictures and files that outlive their life, and pictures of other accounts, looked at all the same."""
    return [
        _mutant("another account's image visible", "in searches", Patch(images, "_own_picture", _anybodys)),
        _mutant("file outlives its life", "uploads", Patch(images, "uploaded_file", _late)),
        _mutant("file outlives its life", "reports", Patch(reports, "file", _kept)),
        _mutant("file outlives its life", "unknown views", Patch(patent_pictures, "patent_picture", _first_view)),
        _mutant("file outlives its life", "uploads in searches", Patch(images, "_own_picture", _early)),
    ]


def _mutant(kind: str, name: str, patch: Patch) -> Mutant:
    return Mutant(kind, name, rules=RULES, patches=(patch,))


def _instead(wrong: LinkState, of: LinkState) -> Any:
    def make(judge: Any) -> Any:
        def act(*given: Any) -> LinkState:
            true: LinkState = judge(*given)
            return wrong if true is of else true

        return act

    return make


def _files(magic: bytes, edit: Callable[[Answer], Answer]) -> Callable[[Respond], Respond]:
    def wrap(serve: Respond) -> Respond:
        def answer(request: Request) -> Answer:
            given = serve(request)
            return edit(given) if given.status == 200 and given.body.startswith(magic) else given

        return answer

    return wrap


def _status(status: int, other: int) -> Callable[[Respond], Respond]:
    def wrap(serve: Respond) -> Respond:
        def answer(request: Request) -> Answer:
            given = serve(request)
            return replace(given, status=other) if given.status == status else given

        return answer

    return wrap


def _anybodys(true: Any) -> Any:
    def act(call: Any, url: str) -> Any:
        path, _ = links.read(url)
        account = call.account if path is None else replace(call.account, id=path.account)
        return true(replace(call, account=account), url)

    return act


def _early(true: Any) -> Any:
    """As if the upload had just been made: its link says when that was."""

    def act(call: Any, url: str) -> Any:
        _, query = links.read(url)
        date = dict(query).get("X-Amz-Date")
        return true(replace(call, now=clock.instant(date)) if date else call, url)

    return act


def _late(true: Any) -> Any:
    def act(world: Any, account: Any, name: str, now: int) -> Any:
        return true(world, account, name, 0)

    return act


def _kept(true: Any) -> Any:
    """A report's file is made though its life has ended."""

    def act(world: Any, account: Any, kind: str, name: str, endings: Any, now: int, make: Any) -> Any:
        try:
            return true(world, account, kind, name, endings, now, make)
        except Gone as gone:
            job = name.removesuffix(next((one for one in endings if name.endswith(one)), ""))
            task = world.store.get(account.id, tasks.TASKS, job)
            if task is None or not gone.was_there:
                raise
            return make(world, account, task)

    return act


def _first_view(true: Any) -> Any:
    def act(world: Any, account: Any, name: str) -> Any:
        patent_id = name.partition("/")[0]
        return true(world, account, f"{patent_id}/0.png")

    return act

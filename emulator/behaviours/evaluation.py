"""R003: a report about an invention that is not yet filed, from submission to a PDF behind a link.

Scores and similar patents follow from the submitted text alone, so that the same text has the same report. How a
report looks on paper is `paper`'s business.
"""

import re
from datetime import UTC, datetime

from emulator import entropy
from emulator.behaviours import links, tasks
from emulator.behaviours.links import FilePath, Gone
from emulator.behaviours.paper import Evaluation, SimilarPatent, evaluation_pdf
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Account, Call, Outcome, World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.store.base import Record

REPORTS = "reports"
_NAME = "-application.pdf"
_STATUS = {State.RUNNING: "PENDING", State.SUCCESS: "SUCCESS", State.FAILED: "FAIL"}
_WORD = re.compile(r"[A-Za-z]{4,}|(?=([\u4e00-\u9fff]{2}))")  # English words; Chinese pairs, overlapping
_COMMON = frozenset({"that", "with", "this", "from", "which", "have", "each", "such", "when", "into", "than", "then"})


def create_evaluation(call: Call) -> Outcome:
    """R003 create: remember the text."""
    names = ("text", "report_name", "tech_maturity_index", "limit", "report_info")
    facts = {name: call.values[name] for name in names if name in call.values}
    return Outcome({"job_id": tasks.create(call, facts)})


def export_evaluation(call: Call) -> Outcome:
    """R003 export: PENDING, FAIL, or SUCCESS with a link."""
    task, state = tasks.find(call, "job_id")
    status = {"report_status": _STATUS[state]}
    return Outcome(status if state is not State.SUCCESS else {"report_url": _link(call, task), **status})


def report_file(world: World, account: Account, name: str, now: int) -> bytes:
    """The PDF behind a report's link, while the report lives. A name is `<operation>/<job id>-application.pdf`."""
    job = name.removesuffix(_NAME)
    task = world.store.get(account.id, tasks.TASKS, job)
    if not name.endswith(_NAME) or task is None or tasks.state_at(task, now) is not State.SUCCESS:
        world.store.drop(account.id, REPORTS, job)
        raise Gone(was_there=task is not None)
    pdf = world.store.get_bytes(account.id, REPORTS, job)
    if pdf is None:
        facts = tasks.facts_of(world.store, account.id, task)
        evaluation = _evaluation(world, world.corpus_of(account.id), facts, task["created"])
        pdf = evaluation_pdf(evaluation, world.texts["evaluation"], world.font)
        world.store.put_bytes(account.id, REPORTS, job, pdf)
    return pdf


def _link(call: Call, task: Record) -> str:
    """One link for the report's whole life, or a short one made anew at each export."""
    ends, expires = tasks.finished_at(task), tasks.expires_at(task)
    assert ends is not None, "a report that succeeded has ended"
    assert expires is not None, "and so its life ends"
    start, life = ends, call.world.service.life("report")
    if call.account.link_lifetime == "signed":
        start = call.now - call.now % 1000
        life = min(call.world.service.life("report_link_signed"), expires - start)
    path = FilePath(call.account.id, REPORTS, tasks.key(task["operation"], task["id"]) + _NAME)
    return links.make(call.world.service.links, call.account, call.base_url, path, start, life)


def _evaluation(world: World, corpus: Corpus, facts: Record, created: int) -> Evaluation:
    text: str = facts["text"][: world.service.values.report_text_printed]
    rows = facts.get("report_info") or ()
    language = "cn" if _is_chinese(text) else "en"
    similar = _similar(corpus, text, facts["limit"])
    closeness = similar[0][0] if similar else 0.0
    chance = entropy.draw(0, text, "evaluation", facts["tech_maturity_index"])
    return Evaluation(
        report_name=facts["report_name"],
        text=text,
        tech_maturity_index=facts["tech_maturity_index"],
        info=tuple((row["key"], row["value"]) for row in rows[: world.service.values.report_rows_printed]),
        language=language,
        created=datetime.fromtimestamp(created / 1000, UTC).date(),
        innovation=_score(chance[0], 90 - 60 * closeness),
        patentability=_score(chance[1], 85 - 50 * closeness),
        transformation=_score(chance[2], 40 + 5 * facts["tech_maturity_index"]),
        indices=_indices(chance),
        similar=tuple(_row(patent, score, language) for score, patent in similar),
    )


def _indices(chance: bytes) -> tuple[tuple[str, float], ...]:
    names = ("novelty", "claim_breadth", "market_activity", "competition")
    return tuple((name, _score(byte, 60)) for name, byte in zip(names, chance[3:], strict=False))


def _score(byte: int, middle: float) -> float:
    """Around the middle, up to 12 either way, from 0 to 100."""
    return round(min(100.0, max(0.0, middle + byte % 25 - 12)), 1)


def _similar(corpus: Corpus, text: str, limit: int) -> list[tuple[float, Patent]]:
    """The patents that share most words with the text, by the share of the text's words they have."""
    words = {(match[1] or match[0]).lower() for match in _WORD.finditer(text)} - _COMMON
    scored = [
        (sum(word in corpus.text_of(patent, Corpus.TEXTS) for word in words) / max(1, len(words)), patent)
        for patent in corpus.patents
    ]
    best = sorted((item for item in scored if item[0] > 0), key=lambda item: (-item[0], item[1].pn))
    return best[:limit]


def _row(patent: Patent, score: float, language: str) -> SimilarPatent:
    return SimilarPatent(patent.pn, patent.title[language], patent.current_assignee, patent.pbdt, round(score, 2))


def _is_chinese(text: str) -> bool:
    """Whether most of its letters are Chinese characters."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum("\u4e00" <= letter <= "\u9fff" for letter in letters) > len(letters)

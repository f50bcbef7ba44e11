"""R003: a report about an invention that is not yet filed, from submission to a PDF behind a link.

Scores and similar patents follow from the submitted text, its maturity and the day, so that the same text has the same
report. What the figures are is `assessment`'s business, how a report looks on paper that of `paper`.
"""

from collections.abc import Iterator
from datetime import date

from emulator import clock
from emulator.behaviours import assessment, drawings, field, reports, similarity, tasks, terms
from emulator.behaviours.assessment import Disclosure
from emulator.behaviours.paper import Evaluation, SimilarPatent, evaluation_pdf
from emulator.behaviours.similarity import Found
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Account, Call, Outcome, World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.store.base import Record

REPORTS = "reports"
_ENDING = "-application.pdf"
_STATUS = {State.RUNNING: "PENDING", State.SUCCESS: "SUCCESS", State.FAILED: "FAIL"}
# What the simple legal statuses are called in the texts of reports.
STANDING = {0: "inactive", 1: "active", 2: "pending", 220: "ended", 221: "designated", 999: "undetermined"}
_PICTURE = 320  # pixels


def create_evaluation(call: Call) -> Outcome:
    """R003 create: remember the text."""
    names = ("text", "report_name", "tech_maturity_index", "limit", "report_info")
    facts = {name: call.values[name] for name in names if name in call.values}
    return Outcome({"job_id": tasks.create(call, facts)})


def export_evaluation(call: Call) -> Outcome:
    """R003 export: PENDING, FAIL, or SUCCESS with a link."""
    task, state = tasks.find(call, "job_id")
    status = {"report_status": _STATUS[state]}
    if state is not State.SUCCESS:
        return Outcome(status)
    return Outcome({"report_url": reports.link(call, task, REPORTS, _ENDING, signed="report_link_signed"), **status})


def report_file(world: World, account: Account, name: str, now: int) -> bytes:
    """The PDF behind a report's link, while the report lives."""
    return reports.file(world, account, REPORTS, name, (_ENDING,), now, _made)


def _made(world: World, account: Account, task: Record) -> bytes:
    facts = tasks.facts_of(world.store, account.id, task)
    evaluation = _evaluation(world, world.corpus_of(account.id), facts, task["created"])
    return evaluation_pdf(evaluation, world.texts["evaluation"], world.font)


def _evaluation(world: World, corpus: Corpus, facts: Record, created: int) -> Evaluation:
    text: str = facts["text"][: world.service.values.report_text_printed]
    values = world.service.values
    rows = facts.get("report_info") or ()
    language = "cn" if terms.language_of(text) == "cn" else "en"
    day = date.fromisoformat(clock.day(created, values.day_zone))
    found = field.near(corpus, text, values.nearness)
    disclosure = Disclosure(text, facts["tech_maturity_index"], day.year)
    assessed = assessment.assessed(corpus, disclosure, found, values)
    return Evaluation(
        report_name=facts["report_name"],
        text=text,
        tech_maturity_index=facts["tech_maturity_index"],
        info=tuple((row["key"], row["value"]) for row in rows[: values.report_rows_printed]),
        language=language,
        created=day,
        **assessed.dimensions,
        overall=assessed.overall,
        grades=assessed.grades,
        indices=assessed.indices,
        similar=tuple(_listed(corpus, text, found[: facts["limit"]], language, values.nearness.closest)),
        findings=assessed.findings,
    )


def _listed(corpus: Corpus, text: str, found: Found, language: str, closest: int) -> Iterator[SimilarPatent]:
    """The first so many are the closest, which are told with abstract, drawing and shared words."""
    for number, (score, patent) in enumerate(found):
        near = number < closest
        yield SimilarPatent(
            patent_pn=patent.pn,
            title=patent.title[language],
            assignee=patent.current_assignee,
            publication_date=patent.pbdt,
            score=score,
            office=patent.authority,
            status=STANDING.get(patent.simple_legal_status[0], "undetermined"),
            abstract=_told(patent, language) if near else "",
            classes=(*patent.loc, *patent.ipc)[:4],
            shared=similarity.shared(corpus, text, patent) if near else (),
            picture=picture_of(patent) if near else None,
            closest=near,
        )


def _told(patent: Patent, language: str) -> str:
    """The abstract, or the claims of a patent that has none."""
    return similarity.excerpt(patent.abstract, language) or similarity.excerpt(patent.claims, language)


def picture_of(patent: Patent) -> bytes | None:
    """The first view of what a patent shows, as a PNG file."""
    shown = patent.picture
    return None if shown is None else drawings.png(shown.product, shown.variation, 0, size=_PICTURE)

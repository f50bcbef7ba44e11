"""R002: what a granted patent is worth, from submission to a PDF or a Word file behind a link.

The figures are `appraisal`'s business, how a report looks on paper that of `paper`.
"""

from datetime import date

from emulator import clock
from emulator.behaviours import appraisal, reports, tasks
from emulator.behaviours.evaluation import STANDING, picture_of
from emulator.behaviours.links import Gone
from emulator.behaviours.paper import Valuation, valuation_pdf, valuation_word
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Account, Call, Outcome, World
from emulator.corpus.patents import Patent
from emulator.errors import ApiError, Cause
from emulator.store.base import Record

VALUATIONS = "valuations"
ENDINGS = {"pdf": "-value-report.pdf", "word": "-value-report.docx"}
_WAITING, _EXPORTING, _DONE, _FAILED = 0, 1, 2, 3
_LONGEST_QUEUE = 10  # as in the sample answer


def create_valuation(call: Call) -> Outcome:
    """R002 create: remember which patent, and which kind of file; refuse a patent that is not supported."""
    patent = _patent(call)
    facts = {"patent_id": patent.patent_id, "report_type": call.values["report_type"]}
    return Outcome({"job_id": int(tasks.create(call, facts))})


def valuation_status(call: Call) -> Outcome:
    """R002 status: waiting, being exported, done with a link, or failed with a cause."""
    task, state = tasks.find(call, "job_id")
    queue = _queue(call, task) if state is State.RUNNING else 0
    answer = {"job_id": int(task["id"]), "queue_num": queue}
    if state is State.FAILED:
        cause = call.world.texts["valuation"][call.account.language]["abnormal_cause"]
        return Outcome({**answer, "job_status": _FAILED, "abnormal_cause": cause})
    if state is State.SUCCESS:
        facts = tasks.facts_of(call.world.store, call.account.id, task)
        link = reports.link(call, task, VALUATIONS, ENDINGS[facts["report_type"]])
        return Outcome({**answer, "job_status": _DONE, "download_url": link})
    return Outcome({**answer, "job_status": _WAITING if queue else _EXPORTING})


def valuation_file(world: World, account: Account, name: str, now: int) -> bytes:
    """The file behind a report's link, while the report lives."""
    return reports.file(world, account, VALUATIONS, name, tuple(ENDINGS.values()), now, _made)


def language_of(patent: Patent) -> str:
    return "cn" if patent.authority == "CN" else "en"


def _patent(call: Call) -> Patent:
    """The one patent that is named; the id counts where both are given."""
    name = "patent_id" if "patent_id" in call.values else "patent_number"
    given = str(call.values[name])
    if "," in given:
        raise ApiError(Cause.PARAMETER_INVALID, f"{name}: one patent is valued at a time, several are named")
    found = call.corpus.by_id(given) if name == "patent_id" else call.corpus.by_number(given)
    if found is None:
        raise ApiError(Cause.PARAMETER_INVALID, f"{name} names no patent of the corpus")
    if found.patent_type == appraisal.DESIGN:
        raise ApiError(Cause.PARAMETER_INVALID, f"{found.pn} is a design, and designs are not valued ({_page(call)})")
    if not appraisal.may_be_valued(found):
        raise ApiError(Cause.PARAMETER_INVALID, f"{found.pn} is not granted, so it is not valued ({_page(call)})")
    return found


def _page(call: Call) -> str:
    return call.operation.evidence.cited


def _queue(call: Call, task: Record) -> int:
    """How many stand before a report: falling to 1 while it waits, 0 from when it is exported."""
    waiting = call.world.service.values.valuation_waiting
    done = tasks.progress(task, call.now)
    if done >= waiting:
        return 0
    first = 1 + int(task["id"]) // 1000 % _LONGEST_QUEUE
    return max(1, round(first * (1 - done / waiting)))


def _made(world: World, account: Account, task: Record) -> bytes:
    facts = tasks.facts_of(world.store, account.id, task)
    corpus = world.corpus_of(account.id)
    patent = corpus.by_id(facts["patent_id"])
    if patent is None:  # somebody's own patent, which has been taken away since
        raise Gone(was_there=True)
    language, values = language_of(patent), world.service.values
    rules = values.valuation_rules
    day = date.fromisoformat(clock.day(task["created"], values.day_zone))
    appraised = appraisal.appraised(corpus, patent, day, language, rules, values.nearness)
    standing = STANDING.get(patent.simple_legal_status[0], "undetermined")
    valuation = Valuation(patent, language, day, appraised, rules.yuan, standing, picture_of(patent))
    write = valuation_word if facts["report_type"] == "word" else valuation_pdf
    return write(valuation, world.texts["valuation"], world.font)

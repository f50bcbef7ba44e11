"""Made-up reports, one of each kind of command, rich enough to look at; and one of everything hostile."""

from dataclasses import replace
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.verifier.report.model import (
    Bill,
    CaseOutcome,
    CaseResult,
    Cell,
    DrillResult,
    DrillVerdict,
    Judged,
    Report,
)

_START = clock.instant("2026-01-01T00:00:00Z")
_DOCUMENTS = {
    "tutorial": {"title": "vendor tutorial getStart", "kind": "vendor page"},
    "seed-003": {"title": "vendor page [P043] 摘要翻译 (Chinese)", "kind": "contract page"},
    "page-report": {"title": "vendor page [AI39-2] Appearance Anti-Infringement Search - Get Result"},
    "own-decision": {"title": "our own decision where no document speaks"},
}
_PATHS = {
    "token": ("POST", "/oauth/token"),
    "P043": ("GET", "/basic-patent-data/abstract-data-translated"),
    "AI39-1-submit": ("POST", "/ai/image-search/submit"),
    "AI39-2-report": ("GET", "/ai/image-search/report"),
}
_QUERIES = {"P043": "apikey=demo-client&patent_number=CN101595528B&lang=en", "AI39-2-report": "task_id=None"}


def exchange(place: int, operation: str = "P043", **facts: Any) -> Exchange:
    """The call at a place of the run, half a second after the one before."""
    method, path = _PATHS[operation]
    made = Exchange(
        id=f"call-{place:05}",
        at=_START + 500 * place,
        account="verify",
        operation=operation,
        method=method,
        path=path,
        query=_QUERIES.get(operation, ""),
        status=200,
        code=0,
        cost=int(operation == "P043"),
        request='{"url": "https://example.com/lamp.jpg", "lang": "cn"}' if method == "POST" else None,
        answer='{"data":[{"pn":"CN101595528B","title":"一种手机","abstract":"A phone <b>with</b> & ..."}],'
        '"status":true,"error_code":0}',
    )
    return replace(made, **facts)


def _finding(rule: str, severity: Severity, operation: str | None, *calls: str, **told: str) -> Finding:
    return Finding(
        rule,
        severity,
        operation,
        calls,
        told["sentence"],
        told["advice"],
        {"grade": told.get("grade", "documented"), "source": told.get("source", "tutorial")},
    )


FINDINGS = (
    _finding(
        "token_used_after_its_end",
        Severity.ERROR,
        "P043",
        "call-00003",
        "call-00004",
        sentence="The client went on with a token that had ended 12 s before, though the answer was 67200009.",
        advice="When 67200009 comes, ask for one new token, repeat the call once, and keep that token.",
    ),
    _finding(
        "id_that_nobody_made",
        Severity.ERROR,
        "AI39-2-report",
        *(f"call-{place:05}" for place in range(5, 11)),
        sentence='The client asked for the task "None", which no answer ever named: status was false in HTTP 200.',
        advice="Look at `status` and `error_code` of every answer before reading `data`.",
        source="page-report",
    ),
    _finding(
        "token_for_every_call",
        Severity.WARNING,
        "token",
        "call-00000",
        "call-00002",
        sentence="The client asked for 6 tokens in 4 s, while the first was still good for 29 minutes.",
        advice="Keep the token and use it for its 30 minutes.",
        grade="observed",
    ),
    _finding(
        "undocumented_parameter",
        Severity.NOTE,
        "P043",
        "call-00001",
        sentence="The client sent `language`, which 摘要翻译的接口文档里没有这个参数所以被忽略了而且没有任何提示.",
        advice="Leave it out, or send `lang`.",
        grade="assumed",
        source="own-decision",
    ),
)
EXCHANGES = (
    exchange(0, "token", answer=None, request=None),
    exchange(1),
    exchange(2, "token", answer=None, request=None),
    *(
        exchange(
            place,
            status=401,
            code=67200009,
            cost=0,
            cause="token_expired",
            reason="the token ended 12 s ago (tutorial)",
        )
        for place in (3, 4)
    ),
    *(
        exchange(place, "AI39-2-report", code=68300004, reason="task_id None is not known", answer='{"status":false}')
        for place in range(5, 11)
    ),
    exchange(11, "AI39-1-submit", trouble=("reset",), status=None, code=None, answer=None, fault=False),
)
_CODES = {"0": "success", "67200002": "too many calls in one second", "67200009": "the token is expired or wrong"}
COVERAGE = (
    *(Cell("P043", "code", code, int(code != "67200002"), told) for code, told in _CODES.items()),
    *(Cell("AI39-2-report", "code", code, int(code == "0"), told) for code, told in _CODES.items()),
    *(Cell("AI39-2-report", "state", state, int(state == "running")) for state in ("running", "success", "failed")),
    *(Cell("P009-results", "code", code, 0, told) for code, told in _CODES.items()),
    *(Cell("P009-results", "page", page, 0) for page in ("first", "middle", "last")),
)


def verify() -> Report:
    return Report(
        "verify",
        "python my_client.py --patents CN101595528B",
        "0.5.0",
        "2026-01-01T00:00:00.000Z",
        seed=1,
        exit_code=0,
        findings=FINDINGS,
        exchanges=EXCHANGES,
        bill=Bill(214, 3, budget=500, by_operation={"P043": 114, "AI39-1-submit": 100}),
        coverage=COVERAGE,
        notes=("The clock stood still from call 3 on, so speed was not judged there.",),
        judged=(
            *(Judged(finding.rule, finding.sentence, "tokens") for finding in FINDINGS),
            Judged("paging_repeats", "A page was fetched twice.", "paging"),
            Judged("polling_too_fast", "Polls came too fast.", "tasks", blind="the clock stood still"),
        ),
        documents=_DOCUMENTS,
    )


def clean() -> Report:
    return replace(verify(), findings=(), bill=Bill(3, 0), notes=())


_VERDICTS = (
    ("token_expires", DrillVerdict.SURVIVED, True, "It asked for one new token and went on."),
    ("balance_ends", DrillVerdict.GAVE_UP, True, "It said what it had, and ended with 3."),
    ("task_fails", DrillVerdict.WRONG, False, "It ended with 0 and printed a result, though the task had failed."),
    ("connection_reset", DrillVerdict.FELL, False, "It ended by an exception: ConnectionResetError."),
    ("slow_drip", DrillVerdict.HUNG, False, "It was still waiting after 60 s."),
    ("link_expired", DrillVerdict.NOT_MET, True, "It never used a link."),
    ("clock_behind", DrillVerdict.GAVE_UP, False, "It ended with 1 and said: refused (the code is a guess)."),
)
_REFUSAL = "P043 was answered 67200003: the token ended 12 s ago; it means 67200009, which this page does not list"


def drill() -> Report:
    results = tuple(
        DrillResult(
            name,
            f"Drill of {name.replace('_', ' ')}",
            "asks for a new token once, repeats the call, and ends with 0 and the whole result",
            verdict,
            fine,
            sentence,
            exit_code=None if verdict is DrillVerdict.HUNG else int(not fine),
            seconds=1.25 * (place + 1),
            exchanges=EXCHANGES[1 : 3 + place],
            findings=FINDINGS[1:2] if name == "task_fails" else (),
            stdout="patents: 3\n",
            stderr="" if fine else "Traceback (most recent call last):\n  ...\nConnectionResetError: [Errno 104]\n",
            evidence={"grade": "documented", "source": "tutorial", "note": "a token lives 30 minutes"},
            refusal="" if fine else _REFUSAL,
            in_question=name == "clock_behind",
        )
        for place, (name, verdict, fine, sentence) in enumerate(_VERDICTS)
    )
    return Report(
        "drill",
        "python my_client.py",
        "0.5.0",
        "2026-01-01T00:00:00.000Z",
        seed=1,
        drills=results,
        notes=("Drills ran two at a time.",),
        documents=_DOCUMENTS,
    )


RULES = ("required", "type", "at_most", "one_of", "answer_shape", "code_listed", "life", "price")
OPERATIONS = ("token", "P043", "P044", "P009-results", "AI39-1-submit", "AI39-2-report", "R003-create", "R003-export")


def _outcome(operation: str, rule: str, place: int) -> CaseOutcome:
    bad = {("P043", "at_most"): CaseOutcome.BREACHED, ("R003-export", "life"): CaseOutcome.QUESTION}
    if operation == "P009-results" and rule == "life":
        return CaseOutcome.NOT_TRIED
    return bad.get((operation, rule), CaseOutcome.HELD) if place == 0 else CaseOutcome.HELD


def conformance(each: int = 3) -> Report:
    told = {
        CaseOutcome.BREACHED: "101 ids were accepted; the page allows 100 at most.",
        CaseOutcome.QUESTION: "The link answered after 7 days.",
        CaseOutcome.NOT_TRIED: "It costs 12 credits, and nothing may be spent.",
    }
    cases = tuple(
        CaseResult(
            f"{operation}/{rule}/{place}",
            operation,
            rule,
            outcome,
            {"grade": "assumed" if outcome is CaseOutcome.QUESTION else "documented", "source": "seed-003"},
            told.get(outcome, ""),
            calls=2,
            credits=int(rule == "price"),
            exchanges=EXCHANGES[1:3] if outcome in (CaseOutcome.BREACHED, CaseOutcome.QUESTION) else (),
        )
        for operation in OPERATIONS
        for rule in RULES
        for place in range(each)
        for outcome in (_outcome(operation, rule, place),)
    )
    return Report(
        "conformance",
        "http://127.0.0.1:8390",
        "0.5.0",
        "2026-01-01T00:00:00.000Z",
        cases=cases,
        bill=Bill(24, 0),
        notes=("1 case costs credits and was not tried; --spend 12 tries it.",),
        documents=_DOCUMENTS,
    )


def proxy() -> Report:
    return replace(verify(), kind="proxy", subject="https://connect.patsnap.com", seed=None, exit_code=None, dropped=17)


def replay() -> Report:
    return replace(conformance(1), kind="replay", subject="recordings/2026-01-01")


ALL = {made.__name__: made for made in (verify, clean, drill, conformance, proxy, replay)}

EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}]]>&amp;"
    "\x00\x07\x1b[31mred\x1b]0;title\x07\r\n::error::planted\n##[error]planted\u202egnp.exe\u2066 \ud800\udfff"
    "\ufffe\uffff \x85\u2028"
)
SECRETS = (
    "sk-abcdefghijklmnop0123456789",
    "Ab3Cd5Ef7Gh9Ij1Kl3Mn5Op7Qr9St1Uv",
    "X-Amz-Signature=5f0e6a2d",
    '{"client_secret": "planted-secret"}',
)


def hostile() -> Report:
    """Everything that a client or a target can put into a report is as bad as it can be."""
    long = EVIL + " ".join(SECRETS) + "x" * 10_000_000
    evil = " ".join((EVIL, *SECRETS[:3]))
    bad = replace(
        exchange(0),
        id=evil,
        method="GET" + EVIL,
        path="/" + EVIL,
        query="token=planted-secret&" + EVIL,
        operation=evil,
        reason=evil,
        cause=EVIL,
        trouble=(evil,),
        request=long,
        answer=long,
        facts={"secret": "planted-secret"},
    )
    finding = Finding(evil, Severity.ERROR, evil, (evil,), evil, evil, {"grade": evil, "source": evil, "note": evil})
    result = DrillResult(
        evil, evil, evil, DrillVerdict.WRONG, False, evil, 1, 1.0, (bad,), (finding,), stdout=long, stderr=long
    )
    case = CaseResult(evil, evil, evil, CaseOutcome.BREACHED, {"grade": evil, "source": evil}, evil, exchanges=(bad,))
    return Report(
        "verify",
        evil,
        evil,
        evil,
        findings=(finding,),
        exchanges=(bad,),
        bill=Bill(1, 1, by_operation={evil: 1}),
        coverage=(Cell(evil, "code", evil, 1, evil), Cell(evil, "state", evil, 0, evil)),
        drills=(result,),
        cases=(case,),
        notes=(evil,),
        judged=(Judged(evil, evil, evil, evil),),
        documents={evil: {"title": evil}},
    )

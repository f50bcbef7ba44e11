"""How runs are judged, on runs that nobody made: each question must fire where it should, and keep silent elsewhere."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.documents import SERVICE
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.spec import loader
from emulator.spec.drills import Drill
from emulator.verifier.child import Ran
from emulator.verifier.drills import refusals, saying
from emulator.verifier.drills.calm import done, learnt
from emulator.verifier.drills.drilling import resting, telling
from emulator.verifier.drills.judging import Case, fine, in_question, verdict
from emulator.verifier.drills.running import Run
from emulator.verifier.report.model import DrillResult, DrillVerdict

WHOLE_TABLE = loader.drills(SERVICE)
DRILLS = WHOLE_TABLE.drills
ENDED = Ran(0, None, False, "20 designs\nreport: 31234 bytes\n", "", 2.0)


def call(operation: str, same: str = "a", **more: Any) -> Exchange:
    facts = {"same": same, **more.pop("facts", {})}
    given = {"status": 200, "code": None if operation == "file" else 0, **more}
    return Exchange(f"{operation}-{same}", 0, "demo", operation, "GET", f"/{same}", "", facts=facts, **given)


WHOLE = (
    call("P060", cost=1),
    call("AI39-1-submit", cost=1),
    call("AI39-2-report", facts={"state": "running"}),
    call("AI39-2-report", facts={"state": "success"}),
    call("P043", "first", cost=3),
    call("P043", "second", cost=2),
    call("file", "report.pdf"),
)
CALM = learnt(SERVICE, Run(ENDED, WHOLE), Run(ENDED, WHOLE))
RETRIED = (call("P060", code=67200002, trouble=("all-fault-1",)), *WHOLE)


def judged(drill: str | Drill = "too-fast", run: Run | None = None, **ran: Any) -> tuple[DrillVerdict, str]:
    one = DRILLS[drill] if isinstance(drill, str) else drill
    run = run or Run(ENDED, RETRIED)
    return verdict(Case(one, CALM, replace(run, ran=replace(run.ran, **ran)), WHOLE_TABLE.too_many))


def test_a_client_that_does_all_as_in_calm_survived() -> None:
    assert judged() == (DrillVerdict.SURVIVED, "it ended well, and did and printed all that it does in calm")


def test_a_client_over_its_limit_hung() -> None:
    told = judged(exit_code=None, timed_out=True, seconds=60.0)
    assert told == (DrillVerdict.HUNG, "it had not ended after 60 s and 8 calls, the last to the download")
    _, sentence = judged(run=Run(ENDED, WHOLE[:1]), exit_code=None, timed_out=True, seconds=60.0)
    assert sentence == "it had not ended after 60 s and 1 call, the last to P060"


def test_a_fault_that_had_no_call_was_not_met() -> None:
    assert judged(run=Run(ENDED, WHOLE, met=False))[0] is DrillVerdict.NOT_MET


@pytest.mark.parametrize(
    ("times", "expected"), [(3, DrillVerdict.SURVIVED), (4, DrillVerdict.WRONG)], ids=["twice more", "three times more"]
)
def test_the_same_thing_may_be_paid_for_twice_more_and_not_again_and_again(times: int, expected: DrillVerdict) -> None:
    run = Run(ENDED, (*WHOLE[1:], *[call("P060", cost=1)] * times))
    assert judged(run=run)[0] is expected


@pytest.mark.parametrize(("times", "expected"), [(7, DrillVerdict.GAVE_UP), (8, DrillVerdict.WRONG)])
@pytest.mark.parametrize("refusal", [{"code": 67200005}, {"code": None, "status": 502}], ids=str)
def test_hammering_is_wrong_even_if_the_client_gives_up(
    times: int, expected: DrillVerdict, refusal: dict[str, Any]
) -> None:
    run = Run(replace(ENDED, exit_code=1, stderr="no money"), (call("P060", **refusal),) * times)
    assert judged("balance-ends", run)[0] is expected


def test_lost_answers_and_successes_are_no_hammering() -> None:
    run = Run(ENDED, (*WHOLE, *[call("AI39-2-report", facts={"state": "running"})] * 20))
    assert judged(run=run)[0] is DrillVerdict.SURVIVED


FALLS = {
    "Traceback (most recent call last):\n  File x\nKeyError: 'data'": "KeyError: 'data'",
    "Uncaught TypeError: x is undefined": "Uncaught",
    "[UnhandledPromiseRejection: x]": "UnhandledPromiseRejection",
    "Error: x\n    at main (/client.js:10:5)": "at main (/client.js:10:5)",
    'Exception in thread "main" java.lang.NullPointerException': 'Exception in thread "',
    "panic: runtime error: index out of range": "panic:",
    "thread 'main' panicked at src/main.rs:4": "thread 'main' panicked at",
    "PHP Fatal error:  Uncaught Error": "PHP Fatal error:",
}


@pytest.mark.parametrize("said", FALLS)
def test_an_exception_of_the_client_s_own_is_a_fall(said: str) -> None:
    found, sentence = judged(exit_code=1, stderr=said)
    assert found is DrillVerdict.FELL
    assert FALLS[said] in sentence


def test_a_signal_is_a_fall() -> None:
    assert judged(exit_code=None, signal="SIGSEGV") == (DrillVerdict.FELL, "it was ended by SIGSEGV")


def test_an_end_without_a_word_is_a_fall() -> None:
    assert judged(exit_code=3) == (DrillVerdict.FELL, "it ended with 3 and not a word why")


@pytest.mark.parametrize(
    "said", [{"stderr": "no\nmoney left\n"}, {"stdout": "20 designs\nmoney left\n"}], ids=["stderr", "stdout"]
)
def test_an_end_with_a_word_is_giving_up(said: dict[str, Any]) -> None:
    found, sentence = judged("balance-ends", exit_code=1, **said)
    assert (found, sentence) == (DrillVerdict.GAVE_UP, "it ended with 1 and said: money left")


def test_giving_up_where_a_client_should_survive_says_so_and_quotes_one_line() -> None:
    found, sentence = judged("too-fast", exit_code=1, stderr="slow down " * 50)
    assert found is DrillVerdict.GAVE_UP
    assert sentence.startswith("it should have survived, but ended with 1 and said: slow down slow")
    assert len(sentence.partition("said: ")[2]) == 60


EXPIRED: dict[str, Any] = {"cause": "token_rejected", "reason": "the bearer token has expired", "status": 401}


@pytest.mark.parametrize(
    ("code", "drill", "question"),
    [
        (67200003, "token-expires", True),
        (67200009, "token-expires", False),
        (67200003, "task-never-ends", False),
    ],
    ids=["a stand-in", "the code itself", "where a client may give up"],
)
def test_giving_up_over_a_code_that_stands_in_for_another_is_a_question(code: int, drill: str, question: bool) -> None:
    run = Run(replace(ENDED, exit_code=1, stderr="refused"), (WHOLE[0], call("P043", code=code, **EXPIRED), WHOLE[1]))
    case = Case(DRILLS[drill], CALM, run, WHOLE_TABLE.too_many)
    found, sentence = verdict(case)
    assert (found, in_question(case, found)) == (DrillVerdict.GAVE_UP, question)
    assert sentence.endswith("(the code it met is a guess: see the last refusal)") is question
    assert not in_question(case, DrillVerdict.WRONG)


def test_the_last_refusal_is_told_with_its_reason() -> None:
    run = (call("P043", code=67200003, **EXPIRED), call("file", code=None, status=403), call("P060"))
    refused = [refusals.last(run[:count]) for count in (3, 1)]
    assert [refusals.told(one) for one in refused if one] == [
        "the download was answered HTTP 403",
        "P043 was answered 67200003: the bearer token has expired",
    ]
    assert refusals.last(run[2:]) is None


def drilled(name: str, found: DrillVerdict, *rules: str) -> DrillResult:
    findings = tuple(Finding(rule, Severity.ERROR, "P043", (), "", "", {}) for rule in rules)
    well = found is DrillVerdict.SURVIVED
    return DrillResult(name, "", "", found, well, "", 1, 1.0, findings=findings)


def test_who_fails_a_mishap_is_not_blamed_again_where_it_is_part_of_another() -> None:
    ground = drilled("too-fast", DrillVerdict.WRONG, "no_pause")
    same = resting(drilled("chinese-texts", DrillVerdict.WRONG, "no_pause", "other"), ground)
    assert (same.verdict, same.fine) == (DrillVerdict.NOT_MET, True)
    assert same.sentence == "it fails at too-fast, which happens here, too: see there"
    assert [finding.rule for finding in same.findings] == ["other"]
    for other in (drilled("chinese-texts", DrillVerdict.FELL), drilled("chinese-texts", DrillVerdict.HUNG)):
        assert resting(other, ground) is other
    failed = drilled("chinese-texts", DrillVerdict.WRONG)
    assert resting(failed, drilled("too-fast", DrillVerdict.SURVIVED)) is failed


LEFT_OUT = {
    "a batch": ([one for one in WHOLE if one.path != "/second"], "P043 came to a good end 1 of 2 times"),
    "a task": ([one for one in WHOLE if one.facts.get("state") != "success"], "AI39-2-report never came"),
    "a file": (
        [replace(one, status=403) if one.operation == "file" else one for one in WHOLE],
        "the download never came",
    ),
    "half a file": (
        [replace(one, facts={**one.facts, "lost": True}) if one.operation == "file" else one for one in WHOLE],
        "the download never came",
    ),
    "refused": ([replace(one, code=67200005) if one.path == "/first" else one for one in WHOLE], "P043 came"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_ending_well_without_all_of_the_work_is_wrong(name: str) -> None:
    exchanges, sentence = LEFT_OUT[name]
    found, told = judged(run=Run(ENDED, tuple(exchanges)))
    assert found is DrillVerdict.WRONG
    assert sentence in told


def test_nothing_is_concluded_from_calls_that_are_not_known_any_more() -> None:
    assert judged(run=Run(ENDED, WHOLE[3:], dropped=3))[0] is DrillVerdict.SURVIVED


def test_a_failed_task_is_no_work_done() -> None:
    assert done(SERVICE, [call("AI39-2-report", facts={"state": "failed"})]) == {}


def test_ending_well_with_another_output_is_wrong_where_it_should_be_the_same() -> None:
    found, sentence = judged(stdout="0 designs\nreport: 31234 bytes\n")
    assert (found, "20 designs" in sentence) == (DrillVerdict.WRONG, True)


@pytest.mark.parametrize("drill", ["unknown-fields", "optional-fields-missing", "chinese-texts"])
def test_where_answers_are_changed_the_work_alone_is_asked_for(drill: str) -> None:
    """A client that prints raw answers prints what was changed in them, too."""
    assert judged(drill, stdout='{"data": [], "added": 1}')[0] is DrillVerdict.SURVIVED
    assert judged(drill, Run(ENDED, RETRIED[:-1]))[0] is DrillVerdict.WRONG


def test_where_nothing_is_found_less_may_be_done_but_nothing_built_on_it() -> None:
    less = Run(replace(ENDED, stdout="nothing found"), (call("P060", trouble=("all-fault-1",)),))
    assert judged("empty-result", less)[0] is DrillVerdict.SURVIVED
    built = replace(less, exchanges=(*less.exchanges, call("AI39-1-creation", code=68300004, reason="none given")))
    found, sentence = judged("empty-result", built)
    assert found is DrillVerdict.WRONG
    assert "AI39-1-creation was refused: none given" in sentence


def test_an_exception_that_was_swallowed_is_wrong_if_nothing_else_is() -> None:
    found, _ = judged(stderr="Traceback (most recent call last):\nValueError: x")
    assert found is DrillVerdict.WRONG


TOLD = "WARNING skipped\nTraceback (most recent call last):\n  File x\nKeyError: 'inventor'\nall done\n"


def test_an_exception_that_calm_tells_of_too_is_held_against_nobody() -> None:
    """Even if one calm run alone told of it; another one is, and so is the same one that ends the program."""
    runs = (Run(ENDED, WHOLE), Run(replace(ENDED, stderr=TOLD), WHOLE))
    calm = learnt(SERVICE, *runs)

    def found(**ran: Any) -> DrillVerdict:
        run = Run(replace(ENDED, **ran), RETRIED)
        return verdict(Case(DRILLS["too-fast"], calm, run, WHOLE_TABLE.too_many))[0]

    assert found(stderr=TOLD) is DrillVerdict.SURVIVED
    assert found(stderr=TOLD.replace("inventor", "data")) is DrillVerdict.WRONG
    assert found(stderr=TOLD + "the service refuses", exit_code=1) is DrillVerdict.GAVE_UP
    assert found(stderr=TOLD.removesuffix("all done\n"), exit_code=1) is DrillVerdict.FELL


def test_fine_is_what_is_expected_or_better() -> None:
    good = {True: set[DrillVerdict](), False: set[DrillVerdict]()}
    for name, survives in (("too-fast", True), ("balance-ends", False)):
        good[survives] = {one for one in DrillVerdict if fine(DRILLS[name], one)}
    assert good[True] == {DrillVerdict.SURVIVED, DrillVerdict.NOT_MET}
    assert good[False] == good[True] | {DrillVerdict.GAVE_UP}


def test_lines_are_compared_without_what_differs_from_run_to_run() -> None:
    one = "task 80d440b7-80a5-4233-a75f-ab72b0885c88 at 2026-01-01T10:00:00Z\nsee http://127.0.0.1:4000/x?y\n\n"
    other = "task 11111111-80a5-4233-a75f-ab72b0885c88 at 2027-11-30 23:59:59\nsee http://127.0.0.1:4001/z\n"
    assert saying.lines(one) == saying.lines(other) == Counter({"task <id> at <instant>": 1, "see <address>": 1})
    assert saying.lines("score 0.93") != saying.lines("score 0.94")
    assert saying.lines("took 2.1 s, 71173 bytes") == saying.lines("took 13 s, 71180 bytes")


def test_a_line_that_differs_in_calm_is_asked_of_nobody() -> None:
    first, second = (Run(replace(ENDED, stdout=f"20 designs\ndrawn {word}\n"), WHOLE) for word in ("a", "b"))
    assert learnt(SERVICE, first, second).lines == Counter({"20 designs": 1})


def test_shown_are_calls_around_the_first_odd_one_those_of_findings_and_the_last() -> None:
    run = tuple(call("P043", str(place), code=67200005 if place == 50 else 0) for place in range(200))
    finding = Finding("rule", Severity.ERROR, "P043", ("P043-7", "P043-8", "P043-9", "P043-10"), "", "", {})
    places = [int(one.path[1:]) for one in telling(run, [finding])]
    assert places == [7, 8, 9, *range(48, 70), *range(195, 200)]
    assert telling((), ()) == ()

"""How cases are played and told: grades, faults of ours, broken targets, what may be spent, where links lead."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from emulator.app import create_app
from emulator.settings import Settings
from emulator.spec import loader
from emulator.verifier.conformance.answers import Departed
from emulator.verifier.conformance.caller import Credentials
from emulator.verifier.conformance.case import Breach, Case, Need, case
from emulator.verifier.conformance.houses import house_at
from emulator.verifier.conformance.play import CaseFault, play
from emulator.verifier.conformance.run import Run
from emulator.verifier.conformance.stage import House, Knowledge, Stage
from emulator.verifier.conformance.table import cases, chosen
from emulator.verifier.conformance.target import InProcess, Target, Unreachable
from emulator.verifier.control import Control
from emulator.verifier.report.model import CaseOutcome, CaseResult
from emulator.verifier.standing import NoEntry

SERVICE = loader.load()
CALL = SERVICE.operations["P043"]
ADDRESS = "http://localhost"
DOCUMENTED, ASSUMED = {"grade": "documented", "source": "seed-003"}, {"grade": "assumed", "source": "own-decision"}
Answers = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture(scope="module")
def emulator() -> Iterator[House]:
    transport = InProcess(create_app(Settings(freeze=True, now=0)))
    with Control(ADDRESS, transport=transport) as control, Target(ADDRESS, transport=transport) as target:
        yield House(Knowledge(SERVICE), target, "documented", control, own=True)


def abroad(answers: Answers) -> House:
    """A server that is no emulator and answers like this."""
    target = Target("https://service.example", transport=httpx2.MockTransport(answers))
    return House(Knowledge(SERVICE), target, "documented", given=Credentials("client", "a secret"))


def told(*breaches: str, grade: dict[str, str] = DOCUMENTED, credits: int = 0, calls: int = 0, about: str = "") -> Case:
    """A case that finds these breaches, after some calls."""

    def script(stage: Stage) -> Iterator[str]:
        for _ in range(calls):
            stage.account.request(CALL, {})
        yield from breaches

    return case("rule", CALL, about, "a rule", script, evidence=grade, credits=credits)


def outcome(house: House, one: Case) -> CaseOutcome:
    return play(one, house).outcome


def test_a_breach_is_an_error_or_a_question_by_how_its_rule_is_known(emulator: House) -> None:
    assert outcome(emulator, told()) is CaseOutcome.HELD
    assert outcome(emulator, told("differs")) is CaseOutcome.BREACHED
    assert outcome(emulator, told("differs", grade=ASSUMED)) is CaseOutcome.QUESTION
    assert outcome(emulator, told(Breach("differs", ASSUMED))) is CaseOutcome.QUESTION
    assert outcome(emulator, told("differs", Breach("differs, too", DOCUMENTED), grade=ASSUMED)) is CaseOutcome.BREACHED


def test_a_fault_of_a_case_is_ours_and_never_told_as_the_servers(emulator: House) -> None:
    def script(stage: Stage) -> Iterator[str]:
        raise LookupError("oops")
        yield ""

    faulty = case("rule", CALL, "", "a rule", script)
    with pytest.raises(CaseFault, match="rule/P043: LookupError: oops"):
        play(faulty, emulator)
    run = Run(emulator)
    (result,) = run.play([faulty])
    assert result.outcome is CaseOutcome.NOT_TRIED
    assert run.faults == ["rule/P043: LookupError: oops"]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"data": 7}', b'{"status": true, "error_code": 0}'])
def test_an_answer_of_another_shape_is_the_servers_breach(body: bytes) -> None:
    house = abroad(lambda request: httpx2.Response(200, content=body))
    ids = ["example/P043/least", "page/P060/limit", "token/token/made", "task/AI67-2/known at once"]
    some = chosen(cases(SERVICE), ids)
    assert len(some) == 4
    assert {play(one, house).outcome for one in some} <= {CaseOutcome.BREACHED, CaseOutcome.QUESTION}


def test_a_target_that_cannot_be_reached_is_told_once() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("connection refused")

    run = Run(abroad(refuse))
    results = run.play([told(calls=1, about=str(number)) for number in range(5)])
    assert [one.outcome for one in results] == [CaseOutcome.BROKEN] + [CaseOutcome.NOT_TRIED] * 4
    assert "connection refused" in results[0].sentence
    assert {one.sentence for one in results[1:]} == {"the target could not be reached any more"}


def test_an_answer_that_breaks_off_ends_its_case_alone() -> None:
    def half(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == CALL.path:
            raise httpx2.RemoteProtocolError("peer closed connection")
        return httpx2.Response(404)

    results = Run(abroad(half)).play([told(calls=1, about="one"), told(about="two")])
    assert [one.outcome for one in results] == [CaseOutcome.BROKEN, CaseOutcome.HELD]


# --- What it costs --------------------------------------------------------------------------------------------


def _priced(price: int) -> Answers:
    return lambda request: httpx2.Response(200, json={}, headers={"x-openapi-amount": str(price)})


def _tried(results: tuple[CaseResult, ...]) -> list[str]:
    return [one.id.rpartition("/")[2] for one in results if one.outcome is not CaseOutcome.NOT_TRIED]


def test_abroad_only_what_is_free_is_tried_unless_more_is_allowed() -> None:
    some = [told(calls=1, about="free"), told(calls=1, credits=1, about="one"), told(calls=1, credits=3, about="three")]
    assert _tried(Run(abroad(_priced(0))).play(some)) == ["free"]
    assert _tried(Run(abroad(_priced(0)), spend=1).play(some)) == ["free", "one"]
    assert _tried(Run(abroad(_priced(0)), spend=3).play(some)) == ["free", "one", "three"]


def test_spending_ends_before_it_would_pass_what_is_allowed() -> None:
    some = [told(calls=1, credits=2, about=str(number)) for number in range(4)]
    run = Run(abroad(_priced(2)), spend=5)
    assert len(_tried(run.play(some))) == 2
    assert run.spent == 4


def test_a_server_that_takes_credits_for_what_is_free_is_asked_no_more() -> None:
    run = Run(abroad(_priced(1)))
    results = run.play([told(calls=1, about=str(number)) for number in range(4)])
    assert len(_tried(results)) == 1
    assert "1 credits were taken, and --spend allowed 0" in results[-1].sentence


def test_without_the_header_the_published_price_counts() -> None:
    def silent(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json={"data": [{}, {}], "status": True, "error_code": 0})

    run = Run(replace(abroad(silent), wire="live"), spend=9)
    run.play([told("differs", calls=2, credits=4)])
    assert run.spent == 4
    run.play([told(calls=2, credits=2)])
    assert run.spent == 6


def test_cases_that_claim_to_be_free_are(emulator: House) -> None:
    """Played on an emulator as on any server, none of them costs anything, and none needs what it does not say."""
    house = House(emulator.knowledge, emulator.target, "documented", given=Credentials("nobody-yet", "its secret"))
    run = Run(house)
    results = run.play(cases(SERVICE))
    assert run.faults == []
    assert run.spent == 0
    assert {one.outcome for one in results} == {CaseOutcome.HELD, CaseOutcome.NOT_TRIED}
    assert sum(one.outcome is CaseOutcome.HELD for one in results) > 1000


def test_cases_say_at_most_what_they_cost(emulator: House) -> None:
    some = [one for one in cases(SERVICE) if one.operation in ("P043", "P009-results", "R003-export", "P062-create")]
    for one in some:
        result = play(one, emulator)
        calls = [exchange for exchange in result.exchanges if exchange.operation != "token"]
        assert (one.id, len(calls) <= one.calls, result.credits <= one.credits) == (one.id, True, True)


# --- Where requests go ------------------------------------------------------------------------------------------


def test_links_to_other_hosts_are_not_followed_unless_they_are_the_vendors_and_it_is_wished() -> None:
    asked: list[str] = []

    def heard(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(200)

    plain = Target("https://service.example", transport=httpx2.MockTransport(heard))
    follows = Target("https://service.example", transport=httpx2.MockTransport(heard), files_at=("zhihuiya.com",))
    for target, link in (
        (plain, "https://cdn.zhihuiya.com/a.pdf"),
        (plain, "https://service.example.evil.com/a.pdf"),
        (follows, "https://evil-zhihuiya.com/a.pdf"),
        (follows, "no address"),
    ):
        with pytest.raises(Departed):
            target.fetch(link)
    plain.fetch("https://service.example/files/a.pdf")
    follows.fetch("https://cdn.zhihuiya.com/a.pdf")
    assert asked == ["service.example", "cdn.zhihuiya.com"]


def test_an_emulators_files_are_asked_of_itself() -> None:
    asked: list[Any] = []

    def heard(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200)

    target = Target("http://127.0.0.1:8390", transport=httpx2.MockTransport(heard), own_files=True)
    target.fetch("https://public.example/files/a/b.pdf?X-Amz-Expires=1")
    assert asked == ["http://127.0.0.1:8390/files/a/b.pdf?X-Amz-Expires=1"]


def test_no_secret_stays_in_what_is_kept(emulator: House) -> None:
    some = chosen(cases(SERVICE), ["token/token/ways", "credentials/P043/ways in", "file/P010", "token/token/made"])
    for one in some:
        kept = repr(play(one, emulator).exchanges)
        assert "a secret of this account" not in kept
        assert "a+secret+of+this+account" not in kept
        with emulator.stage(one.id) as stage:
            assert stage.account.credentials.key not in kept
            assert stage.account.token not in kept


def test_nobody_at_an_address_and_no_credentials_are_told_plainly() -> None:
    with pytest.raises(Unreachable, match="cannot be reached"), house_at("http://127.0.0.1:9", SERVICE):
        pass


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.verifier.conformance.houses._opened", lambda control, name: None)
    with pytest.raises(NoEntry, match="PATSNAP_CLIENT_ID"), house_at(ADDRESS, SERVICE, environment={}):
        pass
    with house_at(ADDRESS, SERVICE, environment={"PATSNAP_API_KEY": "sk-0"}) as house:
        assert house.given == Credentials(key="sk-0")


# --- Which cases there are ----------------------------------------------------------------------------------------


def test_every_operation_has_cases_of_its_own_and_every_life_is_tried() -> None:
    every = cases(SERVICE)
    assert {one.operation for one in every} >= set(SERVICE.operations)
    lives = {one.id.rpartition("/")[2] for one in every if one.rule == "life"}
    tried = {name for name in SERVICE.lives if name in lives}
    assert tried >= {"token", "task", "submit_task", "batch", "search", "search_recommended", "report", "value_report"}
    assert {"link documented", "link signed", "picture"} <= lives


def test_cases_are_chosen_by_operation_rule_or_id() -> None:
    every = cases(SERVICE)
    assert {one.operation for one in chosen(every, ["P043"])} == {"P043"}
    assert {one.rule for one in chosen(every, ["limit", "life"])} == {"limit", "life"}
    assert [one.id for one in chosen(every, ["example/P043/least"])] == ["example/P043/least"]
    assert len(chosen(every, ["limit/P009-results"])) == sum(one.id.startswith("limit/P009-results/") for one in every)
    assert chosen(every, []) == every


def test_a_case_that_needs_control_says_so(emulator: House) -> None:
    assert Need.CONTROL in chosen(cases(SERVICE), ["quota/P043/rate"])[0].needs

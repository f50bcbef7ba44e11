"""The JUnit form, held against the rules of the schemas that Jenkins and Ant read by."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from emulator.verifier import run_rules
from emulator.verifier.child import Ran
from emulator.verifier.report import junit
from emulator.verifier.report.harmless import harmless
from emulator.verifier.report.verdict import FailOn
from tests import sample_reports

ALL = {**sample_reports.ALL, "hostile": sample_reports.hostile}
COUNT, SECONDS = r"\d+", r"\d+(\.\d+)?"
# Element: its attributes with their patterns (`!` marks what must be there), and the elements it may hold.
RULES: dict[str, tuple[dict[str, str], set[str]]] = {
    "testsuites": (
        {"name": ".*", "tests": COUNT, "failures": COUNT, "errors": COUNT, "disabled": COUNT, "time": SECONDS},
        {"testsuite"},
    ),
    "testsuite": (
        {
            "name!": "(?s).+",
            "tests!": COUNT,
            "failures": COUNT,
            "errors": COUNT,
            "skipped": COUNT,
            "time": SECONDS,
            "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
        },
        {"testcase", "properties", "system-out", "system-err"},
    ),
    "testcase": (
        {"name!": "(?s).+", "classname!": "(?s).+", "time": SECONDS},
        {"skipped", "failure", "error", "system-out", "system-err"},
    ),
    "failure": ({"type!": ".*", "message": "(?s).*"}, set()),
    "error": ({"type!": ".*", "message": "(?s).*"}, set()),
    "skipped": ({"message": "(?s).*"}, set()),
    "system-out": ({}, set()),
    "system-err": ({}, set()),
}


def _read(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(junit.form(harmless(ALL[name]())).encode())


@pytest.mark.parametrize("name", ALL)
def test_every_element_keeps_to_the_schema(name: str) -> None:
    for element in _read(name).iter():
        attributes, children = RULES[element.tag]
        patterns = {key.removesuffix("!"): pattern for key, pattern in attributes.items()}
        assert {key.removesuffix("!") for key in attributes if key.endswith("!")} <= element.attrib.keys()
        assert all(re.fullmatch(patterns[key], value) for key, value in element.attrib.items()), element.attrib
        assert {child.tag for child in element} <= children


@pytest.mark.parametrize("name", ALL)
def test_the_numbers_are_those_of_the_testcases(name: str) -> None:
    root = _read(name)
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
    assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))
    names = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(names) == len(set(names))


def test_a_suite_for_each_theme_and_a_testcase_for_each_rule() -> None:
    suites = {suite.attrib["name"]: suite for suite in _read("verify")}
    assert list(suites) == ["rules: tokens", "rules: paging", "rules: tasks"]
    skipped = suites["rules: tasks"].find("testcase/skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "could not be judged: the clock stood still"
    assert suites["rules: paging"].find("testcase/failure") is None


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 2), ("warning", 3), ("never", 0)])
def test_a_failure_is_what_fails_the_command(fail_on: FailOn, failures: int) -> None:
    root = ElementTree.fromstring(junit.form(harmless(sample_reports.verify()), fail_on))
    assert len(root.findall(".//failure")) == failures
    assert "67200009" in "".join(root.itertext())


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 2), ("never", 0)])
def test_questions_fail_only_when_warnings_do(fail_on: FailOn, failures: int) -> None:
    root = ElementTree.fromstring(junit.form(harmless(sample_reports.conformance()), fail_on))
    assert len(root.findall(".//failure")) == failures
    assert len(root.findall(".//skipped")) == 3


def test_drills_carry_their_time_and_what_the_client_printed() -> None:
    case = _read("drill").find(".//testcase[@name='connection_reset']")
    assert case is not None
    assert case.attrib["time"] == "5.000"
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "fell over"
    assert "ConnectionResetError" in str(case.findtext("system-err"))


FAILED, CALLS = Ran(2, None, False, "", "", 1.0), [sample_reports.exchange(1)]


def test_a_client_that_failed_is_a_failure() -> None:
    findings = tuple(run_rules.findings_of(FAILED, 0, CALLS, False))
    report = replace(sample_reports.clean(), exit_code=2, findings=findings)
    failure = ElementTree.fromstring(junit.form(harmless(report))).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "The client ended with exit code 2."

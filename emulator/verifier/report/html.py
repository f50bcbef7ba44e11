"""A report as one HTML page that stands alone: nothing is loaded, and the page itself forbids that anything be.

Style and script stand in the page and are allowed by their hashes, so that nothing a client sent can ever run. All is
there without the script; only the filters need it. Bodies are shown as far as `_BODIES` reaches, findings first.
"""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from functools import cache, partial
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from emulator.contract.exchange import Exchange
from emulator.contract.finding import Severity
from emulator.verifier.report import cases, coverage, told
from emulator.verifier.report.harmless import Harmless
from emulator.verifier.report.indented import indented
from emulator.verifier.report.model import CaseResult, DrillResult
from emulator.verifier.report.verdict import OF_CASES, counts, of_drill

_CODE = re.compile(r"`([^`\n]{1,200})`")
_BODIES = 6_000_000  # characters of all bodies on the page
_BODY = 9_000  # of one
_TAIL = 4_000  # of what a client printed


def form(report: Harmless) -> str:
    """The page. Lone surrogates and the like are written out already: it can be stored as UTF-8."""
    return _template().render(_words(report))


class _Bodies:
    """Hands out the bodies of calls until the page has enough of them."""

    def __init__(self, left: int) -> None:
        self._left = left

    def of(self, exchange: Exchange) -> tuple[str, str] | None:
        """Request and answer for people; None where there is no room any more."""
        request, answer = (_cut(text or "") for text in (exchange.request, exchange.answer))
        if len(request) + len(answer) > self._left:
            return None
        self._left -= len(request) + len(answer)
        return indented(request), indented(answer)


def _cut(text: str) -> str:
    return text if len(text) <= _BODY else f"{text[:_BODY]} ... <cut; the JSON report has more>"


def _marked(text: str) -> Markup:
    """A sentence, escaped, with what stands between backticks set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def _tail(text: str) -> str:
    return text if len(text) <= _TAIL else f"... {text[-_TAIL:]}"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("emulator.verifier.report", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = _marked
    return environment.get_template("report.html.j2")


@cache
def _part(name: str) -> Markup:
    """Style or script of the package; the only texts that are not escaped."""
    return Markup(resources.files(__package__).joinpath("page", name).read_text("utf-8"))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy() -> str:
    style, script = _hash(_part("report.css")), _hash(_part("report.js"))
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _words(report: Harmless) -> dict[str, Any]:
    """Everything that the templates name."""
    bad = [case for case in report.cases if case.outcome in OF_CASES]
    return {
        **_frame(report),
        **_look(report),
        "findings": sorted(report.findings, key=lambda finding: told.SEVERITIES.index(finding.severity)),
        "fired": Counter(finding.rule for finding in report.findings),
        "calls": {exchange.id: exchange for exchange in report.exchanges},
        "anchors": {exchange.id: f"call-{place}" for place, exchange in enumerate(report.exchanges, 1)},
        "matrix": cases.cells(report.cases),
        "rules": list(dict.fromkeys(case.rule for case in report.cases)),
        "bad_cases": bad,
        "good_cases": [case for case in report.cases if case.outcome not in OF_CASES],
        "first_bad": {(case.operation, case.rule): len(bad) - place for place, case in enumerate(reversed(bad))},
        "grid": coverage.grid(report.coverage),
        "missed": coverage.missed(report.coverage),
        "unused": {cell.operation for cell in report.coverage} - coverage.used(report.coverage),
        "met": coverage.how_much(report.coverage),
        "paid": told.paid(report),
    }


def _frame(report: Harmless) -> dict[str, Any]:
    found = counts(report)
    fine = sum(drill.fine for drill in report.drills) + sum(case.outcome not in OF_CASES for case in report.cases)
    listed = [*((str(one), f"{one}s".capitalize(), found[one]) for one in told.SEVERITIES), ("fine", "Fine", fine)]
    named = {finding.operation for finding in told.findings_of(report)}
    named |= {exchange.operation for exchange in told.exchanges(report)} | {case.operation for case in report.cases}
    return {
        "report": report,
        "policy": _policy(),
        "style": _part("report.css"),
        "script": _part("report.js"),
        "headline": told.headline(report),
        "worst": next((str(one) for one in told.SEVERITIES if found[one]), "fine"),
        "drills": told.drills(report),
        "all_calls": told.all_sent(report),
        "filters": [row for row in listed if row[2]],
        "operations": sorted(filter(None, named)),
        "sections": list(_sections(report)),
        "judges_client": _judges_client(report),
        "grades": told.GRADES,
    }


def _judges_client(report: Harmless) -> bool:
    """Whether no findings are worth a word."""
    return report.kind in ("verify", "proxy") or bool(report.findings)


def _sections(report: Harmless) -> list[tuple[str, str, int | None]]:
    parts: list[tuple[str, str, int | None, bool]] = [
        ("findings", "Findings", len(report.findings), _judges_client(report)),
        ("drills", "Drills", len(told.drills_of(report)), bool(report.drills)),
        ("cases", "Cases", len(report.cases), bool(report.cases)),
        ("coverage", "Coverage", None, bool(report.coverage)),
        ("bill", "Bill", None, report.bill is not None),
        ("rules", "Rules", len(report.judged), bool(report.judged)),
        ("notes", "About this run", None, bool(report.notes)),
        ("calls", "Calls", len(report.exchanges), bool(report.exchanges)),
    ]
    return [(id, name, count) for id, name, count, there in parts if there]


def _look(report: Harmless) -> dict[str, Any]:
    """What templates call."""
    return {
        "proof": partial(told.proof, report),
        "shown": _Bodies(_BODIES).of,
        "instant": told.instant,
        "time": told.time,
        "answered": told.answered,
        "state": _state,
        "tail": _tail,
        "came_to": told.met,
        "sent": told.sent,
        "by_id": lambda exchanges: {exchange.id: exchange for exchange in exchanges},
        "severity_of": _severity,
        "severity_of_drill": _severity_of_drill,
    }


def _state(exchange: Exchange) -> str:
    return "good" if exchange.succeeded or (exchange.code is None and (exchange.status or 999) < 400) else "bad"


def _severity(case: CaseResult) -> str:
    return str(OF_CASES.get(case.outcome, Severity.NOTE))


def _severity_of_drill(drill: DrillResult) -> str:
    return str(of_drill(drill) or "fine")

"""A report as JSON for programs, in a form that stays: `report.schema.json` beside this module describes it.

`version` rises when a member changes its meaning or goes; new members may come at any time.
"""

import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding
from emulator.verifier.report import told
from emulator.verifier.report.harmless import Harmless
from emulator.verifier.report.model import Bill, CaseResult, DrillResult
from emulator.verifier.report.verdict import counts

FORMAT, VERSION = "patsnap-emulator report", 1


def form(report: Harmless) -> str:
    """The report as a JSON text, in UTF-8 characters, with a line end."""
    return json.dumps(record(report), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the form."""
    text = resources.files(__package__).joinpath("report.schema.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def record(report: Harmless) -> dict[str, Any]:
    """The same as plain data."""
    found = counts(report)
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": report.kind,
        "subject": report.subject,
        "emulator": report.version,
        "started": report.started,
        "seed": report.seed,
        "exit_code": report.exit_code,
        "headline": told.headline(report),
        "counts": {f"{severity}s": found[severity] for severity in told.SEVERITIES},
        "findings": _findings(report, report.findings),
        "calls": [_call(exchange) for exchange in report.exchanges],
        "dropped": report.dropped,
        "bill": report.bill and _bill(report.bill),
        "coverage": [
            {
                "operation": cell.operation,
                "axis": cell.axis,
                "value": cell.value,
                "meaning": cell.meaning or None,
                "met": cell.met,
            }
            for cell in report.coverage
        ],
        "drills": [_drill(report, drill) for drill in report.drills],
        "cases": [_case(report, case) for case in report.cases],
        "rules": [
            {"rule": judged.rule, "title": judged.title, "theme": judged.theme, "blind": judged.blind}
            for judged in report.judged
        ],
        "notes": list(report.notes),
    }


def _evidence(report: Harmless, evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "grade": evidence.get("grade"),
        "source": evidence.get("source"),
        "title": told.source(report, evidence) or None,
        "note": evidence.get("note"),
    }


def _findings(report: Harmless, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [{**finding.record(), "evidence": _evidence(report, finding.evidence)} for finding in findings]


def _call(exchange: Exchange) -> dict[str, Any]:
    """Without the facts that rules work on: they are no promise."""
    return {
        "id": exchange.id,
        "at": clock.iso(exchange.at),
        "account": exchange.account,
        "operation": exchange.operation,
        "method": exchange.method,
        "path": exchange.path,
        "query": exchange.query,
        "status": exchange.status,
        "error_code": exchange.code,
        "cost": exchange.cost,
        "cause": exchange.cause,
        "reason": exchange.reason,
        "trouble": list(exchange.trouble),
        "fault": exchange.fault,
        "request": exchange.request,
        "answer": exchange.answer,
    }


def _bill(bill: Bill) -> dict[str, Any]:
    return {
        "credits": bill.credits,
        "for_nothing": bill.for_nothing,
        "budget": bill.budget,
        "by_operation": dict(bill.by_operation or {}),
    }


def _drill(report: Harmless, drill: DrillResult) -> dict[str, Any]:
    return {
        "name": drill.name,
        "title": drill.title,
        "expected": drill.expected,
        "verdict": str(drill.verdict),
        "fine": drill.fine,
        "in_question": drill.in_question,
        "sentence": drill.sentence,
        "evidence": _evidence(report, drill.evidence),
        "refusal": drill.refusal or None,
        "exit_code": drill.exit_code,
        "seconds": drill.seconds,
        "sent": told.sent(drill),
        "calls": [_call(exchange) for exchange in drill.exchanges],
        "findings": _findings(report, drill.findings),
        "stdout": drill.stdout,
        "stderr": drill.stderr,
    }


def _case(report: Harmless, case: CaseResult) -> dict[str, Any]:
    return {
        "id": case.id,
        "operation": case.operation,
        "rule": case.rule,
        "outcome": str(case.outcome),
        "sentence": case.sentence,
        "evidence": _evidence(report, case.evidence),
        "credits": case.credits,
        "sent": told.sent(case),
        "calls": [_call(exchange) for exchange in case.exchanges],
    }

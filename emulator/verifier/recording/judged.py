"""The calls of an HTTP archive judged by the client rules, as those of a command are."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from emulator import clock
from emulator.contract.exchange import Exchange
from emulator.contract.raw_exchange import RawReader
from emulator.spec.models import Service
from emulator.verifier import run_rules
from emulator.verifier.calls import Calls
from emulator.verifier.recording import har_in
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.telling import raw_of
from emulator.verifier.report.model import Report
from emulator.verifier.verify import judged as judged_calls


def judged(service: Service, archive: Path) -> Report:
    """Raises har_in.Unreadable."""
    traffic = har_in.read(archive, service)
    reader = RawReader(service)
    each = (_exchange(reader, heard, f"call-{place}") for place, heard in enumerate(traffic.heard, 1))
    started = traffic.heard[0].at if traffic.heard else clock.real_now()
    report = judged_calls(service, archive.name, clock.iso(started), Calls(tuple(each), 0))
    return replace(
        report,
        findings=(*run_rules.findings_of_archive(report.exchanges), *report.findings),
        notes=(*report.notes, *traffic.notes),
        judged=(run_rules.NEVER_CALLED, *report.judged),
    )


def _exchange(reader: RawReader, heard: Heard, name: str) -> Exchange:
    """The call; of an archive of our own, which has no headers, with the facts that stand in it."""
    exchange = reader.exchange(raw_of(heard, name))
    facts, code = heard.known.get("_facts"), heard.known.get("_error_code")
    if not isinstance(facts, Mapping):
        return exchange
    told = {field: heard.known.get(f"_{field}") for field in ("account", "operation")}
    cost = heard.known.get("_cost")
    return replace(
        exchange,
        account=str(told["account"] or ""),
        operation=str(told["operation"]) if told["operation"] else None,
        code=code if isinstance(code, int) else None,
        cost=cost if isinstance(cost, int) else 0,
        facts=facts,
    )

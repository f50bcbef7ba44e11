"""The calls of an HTTP archive judged by the client rules, as those of a command are."""

from dataclasses import replace
from pathlib import Path

from emulator import clock
from emulator.contract.raw_exchange import RawReader
from emulator.spec.models import Service
from emulator.verifier.calls import Calls
from emulator.verifier.recording import har_in
from emulator.verifier.recording.telling import raw_of
from emulator.verifier.report.model import Report
from emulator.verifier.verify import judged as judged_calls


def judged(service: Service, archive: Path) -> Report:
    """Raises har_in.Unreadable."""
    traffic = har_in.read(archive, service)
    reader = RawReader(service)
    each = (reader.exchange(raw_of(heard, f"call-{place}")) for place, heard in enumerate(traffic.heard, 1))
    started = traffic.heard[0].at if traffic.heard else clock.real_now()
    report = judged_calls(service, archive.name, clock.iso(started), Calls(tuple(each), 0))
    return replace(report, notes=(*report.notes, *traffic.notes))

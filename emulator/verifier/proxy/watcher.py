"""What a proxy makes of the exchanges that pass: marks in headers, a recording, and in the end a report.

The newest calls are kept, to a bound; the rest is only counted.
"""

import logging
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from emulator import __version__, clock
from emulator.contract.exchange import Exchange
from emulator.contract.finding import Finding, Severity
from emulator.contract.raw_exchange import RawReader
from emulator.contract.shown import LONGEST_BODY
from emulator.contract.violation import Violation
from emulator.spec.models import Service
from emulator.verifier import judgement
from emulator.verifier.proxy.breaches import Breaches, header
from emulator.verifier.recording.heard import Heard
from emulator.verifier.recording.recorder import Recorder
from emulator.verifier.recording.telling import raw_of
from emulator.verifier.report.model import Bill, Report
from emulator.verifier.report.told import number, were

_CONTROL = "/_emulator"  # how an emulator is steered is no matter of the service
_ADVICE = "Compare the answer with its page: the service has changed, or the documents of the emulator are wrong."
_CALLS_NAMED = 20
_MOST_WAITING = 134_217_728  # bytes of exchanges that wait to be judged
_LONG_BODY = 1_048_576  # bytes of a body that are kept for an archive
_LONG_BODIES = 268_435_456  # of all of them; once they are used up, bodies are cut as those of a journal are
_log = logging.getLogger("emulator")


class Watcher:
    """`keep` is the number of exchanges that a report can show."""

    def __init__(self, service: Service, subject: str, *, keep: int, recorder: Recorder | None = None) -> None:
        self._service, self._subject, self._recorder = service, subject, recorder
        self._breaches, self._reader = Breaches(service), RawReader(service)
        self._started = clock.real_now()
        self._exchanges: deque[Exchange] = deque(maxlen=keep)
        self._answered: dict[tuple[str, str, str], tuple[Violation, list[str]]] = {}
        self._failures: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._bodies_left = _LONG_BODIES
        self._seen = self._waiting = self._passed_over = 0
        self._worker = ThreadPoolExecutor(1, "watcher")  # nobody waits while an exchange is judged and written

    def breaches(self, asked: Heard, answered: Heard | None) -> bytes:
        """The line for the header of an answer that is about to go on."""
        if asked.path.startswith(_CONTROL):
            return b""
        try:
            told = self._breaches.of_answer(answered)[1] if answered else ()
            return header(self._breaches.of_request(asked), told)
        except Exception as error:
            self._fault(error)
            return b""

    def failed(self, sentence: str) -> None:
        """The upstream failed, and this was why."""
        self._failures[sentence] += 1

    def heard(self, heard: Heard) -> None:
        """An exchange is over."""
        if heard.path.startswith(_CONTROL):
            return
        size = len(heard.body or b"") + len(heard.answer or b"")
        if self._waiting + size > _MOST_WAITING:
            self._passed_over += 1
            return
        self._waiting += size
        self._worker.submit(self._keep, heard, size)

    def report(self) -> Report:
        """Everything until now; no exchange comes after it."""
        self._worker.shutdown()
        if self._recorder is not None:
            self._recorder.close()
        exchanges = tuple(self._exchanges)
        dropped = self._seen - len(exchanges)
        found = judgement.of(self._service, exchanges, dropped)
        return Report(
            kind="proxy",
            subject=self._subject,
            version=__version__,
            started=clock.iso(self._started),
            findings=(*found.findings, *self._answers()),
            exchanges=exchanges,
            dropped=dropped,
            bill=Bill(sum(one.cost for one in exchanges), found.for_nothing),
            coverage=found.coverage,
            judged=found.rules,
            notes=tuple(self._notes()),
            documents={name: source.title for name, source in self._service.sources.items()},
        )

    def _keep(self, heard: Heard, size: int) -> None:
        try:
            self._judge(heard)
        except Exception as error:
            self._fault(error)
        finally:
            self._waiting -= size

    def _fault(self, error: Exception) -> None:
        """A bug of ours: the exchange goes on untouched, and the report says so."""
        _log.exception("fault of the proxy")
        self._faults[type(error).__name__] += 1

    def _judge(self, heard: Heard) -> None:
        self._seen += 1
        name = f"call-{self._seen}"
        self._exchanges.append(self._reader.exchange(raw_of(heard, name), longest_body=self._room_for(heard)))
        operation, violations = self._breaches.of_answer(heard)
        for violation in violations:
            key = (operation.id if operation else "", violation.where, violation.rule)
            calls = self._answered.setdefault(key, (violation, []))[1]
            if len(calls) < _CALLS_NAMED:
                calls.append(name)
        if self._recorder is not None:
            self._recorder.add(heard)

    def _room_for(self, heard: Heard) -> int:
        size = len(heard.body or b"") + len(heard.unfolded or b"")
        if size > self._bodies_left:
            return LONGEST_BODY
        self._bodies_left -= size
        return _LONG_BODY

    def _answers(self) -> Iterator[Finding]:
        """What was wrong with the service's answers, each kind once; what nobody wrote down is only a warning."""
        for (operation, _, rule), (violation, calls) in self._answered.items():
            assumed = violation.evidence["grade"] == "assumed"
            severity = Severity.WARNING if assumed else Severity.ERROR
            told = tuple(reversed(calls))
            yield Finding(f"answer-{rule}", severity, operation, told, violation.sentence, _ADVICE, violation.evidence)

    def _notes(self) -> Iterator[str]:
        for sentence, times in self._failures.items():
            yield f"the upstream failed {times} times: {sentence}" if times > 1 else f"the upstream failed: {sentence}"
        for name, times in self._faults.items():
            them = number(times, "exchange")
            yield f"{them} could not be judged for a fault of this program ({name}), which its log has"
        if self._passed_over:
            them = number(self._passed_over, "exchange")
            yield f"{them} came faster than could be judged, and {were(self._passed_over)} only passed on"
        if self._recorder is not None:
            yield f"{number(self._recorder.written, 'example')} {were(self._recorder.written)} recorded"
            for reason, count in self._recorder.left_out.items():
                yield f"{number(count, 'call')} {reason} {were(count)} not recorded"

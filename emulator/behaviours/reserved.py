"""Values that ask for trouble: words inside an address, a text or a name that mean failing, slow or stuck work.

Which parameters are looked at and what the words do stand in `service.yaml`; errors are asked for by their literal
code. Tasks fail, take long or never end; a call that makes no task fails, waits, or is too slow for the service.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from emulator.behaviours import plans
from emulator.behaviours.tasks import State
from emulator.behaviours.world import Asked
from emulator.spec.models import Operation, Service

_PREFIX = "emulator:"
_WORD = re.compile(rf"(?<![A-Za-z0-9]){_PREFIX}(?:(fail|slow|stuck)(?![\w-])|error=([0-9]+|\w*))", re.ASCII)
_LONGEST = 60  # of a word that is told


def asked(service: Service, operation: Operation, values: Mapping[str, Any]) -> Asked:
    """What the reserved words in the values ask for; an error by its code wins over all else."""
    texts = [text for name in service.reserved.parameters for text in _texts(values.get(name))]
    found = [match for text in texts for match in _WORD.finditer(text)]
    if not found:
        return Asked()
    words = tuple(dict.fromkeys(match[0][:_LONGEST] for match in found))
    for match in found:
        if match[1] is None:
            return Asked(error=match[2], error_word=match[0][:_LONGEST], words=words)
    names = frozenset(match[1] for match in found)
    if operation.makes_tasks:
        return Asked(plan=_plan(names, service, operation), words=words)
    if "fail" not in names:
        return Asked(wait=_wait(names, service, operation), words=words)
    wait = _wait(names - {"stuck"}, service, operation)  # what fails is not stuck
    return Asked(error=str(service.reserved.failure), error_word=f"{_PREFIX}fail", wait=wait, words=words)


def _texts(value: Any) -> Iterator[str]:
    """The texts of a parameter, one or several, that may hold a word; in an address it may be quoted."""
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            yield unquote(text) if "%" in text else text


def _plan(names: frozenset[str], service: Service, operation: Operation) -> Mapping[str, Any]:
    how: Mapping[str, Any] = {}
    if "stuck" in names:
        how = plans.lasting(None)
    elif "slow" in names:
        by_night = "nights" in plans.usual(service, operation.id)["how"]
        how = plans.overnight(service.reserved.slow_nights) if by_night else plans.lasting(service.reserved.slow_task)
    return {**how, "outcome": State.FAILED} if "fail" in names else how


def _wait(names: frozenset[str], service: Service, operation: Operation) -> int:
    """As long as the page says an answer usually takes; or a moment longer than it may take at most."""
    if "stuck" in names:
        return service.longest_answer(operation) + 1
    return service.usual_answer(operation) if "slow" in names else 0

"""What was heard in the form that the contract judges."""

from emulator.contract.raw_exchange import Raw, lowered
from emulator.verifier.recording.heard import Heard


def raw_of(heard: Heard, name: str) -> Raw:
    """The exchange under a name of its own; its time is the machine's."""
    return Raw(
        id=name,
        at=heard.at,
        method=heard.method,
        path=heard.path,
        query=heard.raw_query,
        headers=lowered(heard.headers),
        body=heard.body or b"",
        status=heard.status,
        answer_headers=lowered(heard.answer_headers),
        answer=heard.unfolded,
        arrived=heard.whole,
        real=heard.at,
    )

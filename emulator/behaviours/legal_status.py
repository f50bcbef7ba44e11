"""P041: the simple legal status of patents, in words.

The words for the codes stand in `fixtures/decisions.yaml`; what a status means is not known here.
"""

from emulator.behaviours import asked_patents
from emulator.behaviours.world import Call, Outcome


def simple_legal_status(call: Call) -> Outcome:
    """One item for each known patent, in the order asked."""
    words = call.world.service.values.simple_legal_status_words
    items = [
        {
            "pn": patent.pn,
            "patent_id": patent.patent_id,
            "simple_legal_status": [words[code] for code in patent.simple_legal_status],
        }
        for patent in asked_patents.of(call)
    ]
    return Outcome(items, found=len(items))

"""The patents that a call asks for by a list of ids or numbers: P043 to P045, P041 and P014 alike.

How many may be asked for at once, and that something must be, is told by the pages and checked before.
"""

from emulator.behaviours.world import Call
from emulator.corpus.patents import Patent


def of(call: Call) -> list[Patent]:
    """The known patents, each once, in the order asked; `patent_id` wins over `patent_number`."""
    corpus = call.corpus
    if ids := call.values.get("patent_id"):
        known = [corpus.by_id(patent_id) for patent_id in ids]
    else:
        known = [corpus.by_number(number) for number in call.values["patent_number"]]
    if unknown := known.count(None):
        call.remark(f"{unknown} of {len(known)} ids are of no patent here; they were left out")
    return list(dict.fromkeys(patent for patent in known if patent is not None))

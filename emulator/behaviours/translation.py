"""P043: titles and abstracts in Chinese, English or Japanese, up to 100 patents at once.

Unknown ids are left out. A family member's abstract stands in only where the caller asks for it.
"""

from typing import Any

from emulator.behaviours import batch
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.patents import Patent


def translated_abstracts(call: Call) -> Outcome:
    """One item for each known id, in the order asked; items with a text are what the price counts."""
    language = call.values["lang"]
    replace = call.values["replace_by_related"] == 1
    items = [_item(call, patent, language, replace) for patent in batch.asked(call)]
    return Outcome(items, found=sum("abstract" in item for item in items))


def _item(call: Call, patent: Patent, language: str, replace: bool) -> dict[str, Any]:
    item: dict[str, Any] = {"pn": patent.pn, "title": patent.title[language]}
    if patent.abstract is not None:
        return {**item, "abstract": patent.abstract[language], "patent_id": patent.patent_id}
    relatives = call.corpus.relatives(patent) if replace else []
    for relative in relatives:
        if relative.abstract is not None:
            return {
                **item,
                "abstract": relative.abstract[language],
                "patent_id": patent.patent_id,
                "pn_related": relative.pn,
            }
    return {**item, "patent_id": patent.patent_id}

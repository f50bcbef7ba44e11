"""P043, P044, P045: abstracts, claims or descriptions in Chinese, English or Japanese, up to 100 patents at once.

Unknown ids are left out. A family member's text stands in only where the caller asks for it. Which fields an item has,
and in which order, is as the page of the operation says.
"""

from collections.abc import Callable
from typing import Any

from emulator.behaviours import asked_patents
from emulator.behaviours.world import Call, Outcome
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.corpus.texts import Words

Text = Callable[[Patent], Words | None]


def translated_abstracts(call: Call) -> Outcome:
    """P043, with titles."""
    return _translated(call, "abstract", lambda patent: patent.abstract)


def translated_claims(call: Call) -> Outcome:
    """P044."""
    return _translated(call, "claims", lambda patent: patent.claims)


def translated_descriptions(call: Call) -> Outcome:
    """P045."""
    return _translated(call, "description", lambda patent: patent.description)


def _translated(call: Call, name: str, text_of: Text) -> Outcome:
    """One item for each known id, in the order asked; items with a text are what the price counts."""
    fields = tuple(call.operation.answer["properties"]["data"]["items"]["properties"])
    items = []
    corpus = call.corpus if call.values["replace_by_related"] == 1 else None
    for patent in asked_patents.of(call):
        facts = {"pn": patent.pn, "title": patent.title[call.values["lang"]], "patent_id": patent.patent_id}
        facts |= _text(corpus, patent, name, call.values["lang"], text_of)
        items.append({field: facts[field] for field in fields if field in facts})
    return Outcome(items, found=sum(name in item for item in items))


def _text(corpus: Corpus | None, patent: Patent, name: str, language: str, text_of: Text) -> dict[str, Any]:
    """The patent's own text, or that of the first relative which has one and that relative's number, or nothing.

    Relatives are looked at where there is a corpus to find them in.
    """
    if own := text_of(patent):
        return {name: own[language]}
    for relative in corpus.relatives(patent) if corpus else ():
        if text := text_of(relative):
            return {name: text[language], "pn_related": relative.pn}
    return {}

"""Which function does what an operation's `x-behaviour` names, and what that function wants of the operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emulator.behaviours import (
    batch_search,
    clearance,
    evaluation,
    families,
    image_search,
    images,
    infringement,
    legal_status,
    number_search,
    translation,
    valuation,
)
from emulator.behaviours.world import Call, Outcome

Does = Callable[[Call], Outcome]
TOKEN = "token"


@dataclass(frozen=True)
class Behaviour:
    """`reads` are parameters that must be required or have a default; `creates` and `finds` want the words for that."""

    do: Does
    reads: tuple[str, ...] = ()
    creates: bool = False
    finds: bool = False


def _wired_by_the_app(call: Call) -> Outcome:
    raise LookupError(f"{call.operation.id}: the app gives this behaviour the accounts it needs")


_PAGE = ("limit", "order")
_TRANSLATED = ("lang", "replace_by_related")
_SIMILAR = ("patent_type", "model", "lang", "field", *_PAGE)

BEHAVIOURS: Mapping[str, Behaviour] = {
    "batch_search_result": Behaviour(batch_search.batch_search_result, finds=True),
    "clearance_result": Behaviour(clearance.clearance_result, ("task_id",), finds=True),
    "create_batch_search": Behaviour(batch_search.create_batch_search, ("urls", "offset", *_SIMILAR), creates=True),
    "create_clearance_task": Behaviour(clearance.create_clearance_task, ("country", "lang"), creates=True),
    "create_design_search": Behaviour(image_search.create_design_search, ("url", *_PAGE), creates=True),
    "create_evaluation": Behaviour(
        evaluation.create_evaluation, ("text", "report_name", "tech_maturity_index", "limit"), creates=True
    ),
    "create_infringement_task": Behaviour(
        infringement.create_infringement_task, ("urls", "patent_messages", "report_lang"), creates=True
    ),
    "create_one_to_one_task": Behaviour(
        infringement.create_one_to_one_task, ("patent_number", "url", "report_lang"), creates=True
    ),
    "create_valuation": Behaviour(valuation.create_valuation, ("report_type",), creates=True),
    "design_search_results": Behaviour(image_search.design_search_results, ("search_id", *_PAGE), finds=True),
    "export_evaluation": Behaviour(evaluation.export_evaluation, ("job_id",), finds=True),
    "infringement_result": Behaviour(infringement.infringement_result, ("task_id",), finds=True),
    "patent_family": Behaviour(families.patent_family),
    "search_by_shape": Behaviour(image_search.search_by_shape, ("url", *_SIMILAR)),
    "search_designs": Behaviour(image_search.search_designs, ("url", *_PAGE)),
    "search_multiple_images": Behaviour(image_search.search_multiple_images, ("urls", *_SIMILAR)),
    "search_numbers": Behaviour(number_search.search_numbers, ("offset", "limit")),
    "search_single_image": Behaviour(image_search.search_single_image, ("url", *_SIMILAR)),
    "simple_legal_status": Behaviour(legal_status.simple_legal_status),
    TOKEN: Behaviour(_wired_by_the_app),
    "translated_abstracts": Behaviour(translation.translated_abstracts, _TRANSLATED),
    "translated_claims": Behaviour(translation.translated_claims, _TRANSLATED),
    "translated_descriptions": Behaviour(translation.translated_descriptions, _TRANSLATED),
    "upload_image": Behaviour(images.upload, ("image",)),
    "valuation_status": Behaviour(valuation.valuation_status, ("job_id",), finds=True),
}

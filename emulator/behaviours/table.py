"""Which function does what an operation's `x-behaviour` names."""

from collections.abc import Callable, Mapping

from emulator.behaviours import clearance, evaluation, image_search, images, infringement, translation
from emulator.behaviours.world import Call, Outcome

Behaviour = Callable[[Call], Outcome]

BEHAVIOURS: Mapping[str, Behaviour] = {
    "clearance_result": clearance.clearance_result,
    "create_clearance_task": clearance.create_clearance_task,
    "create_design_search": image_search.create_design_search,
    "create_evaluation": evaluation.create_evaluation,
    "create_infringement_task": infringement.create_infringement_task,
    "design_search_results": image_search.design_search_results,
    "export_evaluation": evaluation.export_evaluation,
    "infringement_result": infringement.infringement_result,
    "search_multiple_images": image_search.search_multiple_images,
    "search_single_image": image_search.search_single_image,
    "translated_abstracts": translation.translated_abstracts,
    "upload_image": images.upload,
}

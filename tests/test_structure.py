"""The structure of the pages that are no contract, written down once more by hand: paths, names, types, required marks.

A `*` marks what the page calls required; `a.b` is a member b, also of the items of an array a.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from contract_tests.documents import SERVICE

_DATES = "apply_start_time:string apply_end_time:string public_start_time:string public_end_time:string"
_SEARCH = (
    f"{_DATES} assignees:string country:array field:string include_machine_translation:boolean is_https:integer "
    "lang:string legal_status:string limit:integer loc:string main_field:string model:integer* offset:integer "
    "order:string patent_type:string* return_img_id:boolean score_expansion:boolean simple_legal_status:string "
    "query_text:string stemming:integer pre_filter:integer"
)
_LISTED = (
    "url:string* apdt:integer apno:string pbdt:integer score:number title:string* img_id:string* inventor:string "
    "loc_match:integer patent_id:string* patent_pn:string* current_assignee:string original_assignee:string"
)
_COMPARISON = (
    "score:number title:string status:integer country:string similar:string confusion:string patent_id:string "
    "patent_pn:string risk_desc:string difference:string risk_level:string suggestion:string patent_image_url:string"
)


def _under(name: str, members: str) -> str:
    return " ".join(f"{name}.{member}" for member in members.split())


STRUCTURES: Mapping[str, tuple[str, str, str]] = {
    # operation: method and path, parameters, members of `data`
    "P009-search": (
        "GET /image-search/search",
        f"{_DATES} url:string* loc:string assignees:string legal_status:string limit:integer offset:integer "
        "field:string order:string",
        "patent_messages:array total_search_result_count:integer "
        + _under("patent_messages", "url:string score:number title:string patent_id:string patent_pn:string"),
    ),
    "P060-beta": (
        "POST /search/patent/image-single/beta",
        f"{_SEARCH} url:string*",
        "patent_messages:array total_search_result_count:integer " + _under("patent_messages", _LISTED),
    ),
    "P062-create": (
        "POST /search/patent/image-search/single-batch-create",
        f"{_SEARCH} urls:array*",
        "job_id:string",
    ),
    "P062-result": (
        "POST /search/patent/image-search/single-batch-result",
        "task_id:string* job_id:string",  # the second is named by the text alone
        "status:string search_result:array total_search_result_count:integer "
        + _under("search_result", "status:string search_url:string result_count:integer patent_messages:array ")
        + " "
        + _under("search_result.patent_messages", _LISTED),
    ),
    "AI67-1": (
        "POST /ai/infringement-detection-1v1-creation",
        "patent_number:string* report_lang:string url:string*",
        "task_id:string",
    ),
    "AI67-2": (
        "POST /ai/infringement-detection-1v1-query",
        "task_id:string*",
        "loc:array country:array task_id:string user_image:string comparisons:array task_status:integer "
        "high_risk_country:array middle_risk_country:array suspected_infringement_count:integer "
        "suspected_infringement_country:array " + _under("comparisons", _COMPARISON),
    ),
    "R002-create": (
        "POST /patent-valuation-data/patent-report/task/create",
        "patent_id:string patent_number:string report_type:string*",
        "job_id:integer",  # the page gives the type string and shows a number
    ),
    "R002-status": (
        "GET /patent-valuation-data/patent-report/job_id/status",
        "job_id:string",
        "job_id:integer queue_num:integer job_status:integer download_url:string abnormal_cause:string",
    ),
}


def _members(schema: Mapping[str, Any], path: str) -> Iterator[str]:
    inside = schema.get("items", schema)
    for name, part in inside.get("properties", {}).items():
        mark = "*" if name in inside.get("required", ()) else ""
        yield f"{path}{name}:{part['type']}{mark}"
        yield from _members(part, f"{path}{name}.")


@pytest.mark.parametrize("operation_id", STRUCTURES)
def test_an_operation_has_the_structure_of_its_page(operation_id: str) -> None:
    operation = SERVICE.operations[operation_id]
    called, parameters, data = STRUCTURES[operation_id]
    assert f"{operation.method} {operation.path}" == called
    held = [f"{one.name}:{one.schema_['type']}{'*' * one.published_required}" for one in operation.parameters]
    assert sorted(held) == sorted(parameters.split())
    assert sorted(_members(operation.answer["properties"]["data"], "")) == sorted(data.split())

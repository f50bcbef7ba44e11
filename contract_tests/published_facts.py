"""What five published API pages say, as plain data.

This module answers, for the pages R003 export, AI39-1 creation, AI39-1 submit, P043 and P009 results: which
parameters and response fields they print, with types, required marks, limits, defaults, allowed values and
example literals; the success example; the error tables with their exact texts; the times and lifetimes they
give; and the remaining rules (`Page.facts`, which also lists what a page says against itself or against a
sibling). It is transcribed by hand from the pages (seed 000 to seed 004), independently of the emulator's
documents, so that the two can be compared; where a copy of a page lost a name, the method or the path, that
alone comes from the structural reference of the operations and is marked as not printed. A parameter's
location follows from the method (GET: query, POST: body), and the nesting of response fields from the
success example, since the tables are flat. It does not know how the real service behaves, whether it differs
from its pages, or anything about other operations; None, an empty tuple or a missing key means that the page
does not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """A request parameter, or a member of the items of an array parameter."""

    name: str
    type: str
    location: str  # "query" or "body"
    required: bool  # the mark in the page's table
    example: Any = None  # None where the table prints "-"
    minimum: int | None = None
    maximum: int | None = None
    max_items: int | None = None
    default: Any = None
    enum: tuple[Any, ...] = ()  # in the printed order; empty when the list is open
    separator: str | None = None
    format: str | None = None
    members: tuple[Parameter, ...] = ()
    name_printed: bool = True  # anywhere on the page: the name column itself is lost in seeds 000 to 003
    required_by_note: bool = False  # the prose says required, the table does not mark it


@dataclass(frozen=True)
class Field:
    """A response field; the path runs through arrays without an index."""

    path: str
    type: str
    example: Any = None
    required: bool = False
    enum: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Life:
    """A lifetime, and whether the page says it or only a sample link carries it."""

    of: str  # "task", "image", "report", "search_id_recommended" or "sample_link"
    seconds: int
    said_in: str  # "prose" or "sample"


@dataclass(frozen=True)
class Page:
    """One published page. `title` is the whole heading, with the number in brackets."""

    id: str
    title: str
    language: str  # "en" or "cn"
    method: str
    path: str
    method_and_path_printed: bool
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    success_example: Any
    business_errors: dict[int, str]
    platform_errors: dict[int, str]
    http_statuses: dict[int, str]
    normal_ms: int | None = None
    max_ms: int | None = None
    lives: tuple[Life, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


# --- Tables that several pages print alike ----------------------------------------------------------------

# Seeds 000, 001, 002 and 004.
BUSINESS_ERRORS_EN: dict[int, str] = {
    68300004: "Invalid parameter!",
    68300005: "Search api failure!",
    68300006: "Analytic basic access error!",
    68300007: "Bad request!",
    68300008: "Service error, please try again later!",
    68300010: "The file does not comply with upload specifications!",
}

# Seed 003.
BUSINESS_ERRORS_CN: dict[int, str] = {
    68300004: "请求参数异常!",
    68300005: "查询Api失败!",
    68300006: "解析基本存取错误!",
    68300007: "存在错误的请求!",
    68300008: "服务中断异常,请稍后再试!",
    68300010: "文件不符合上传规范!",
}

# Seeds 000, 001 and 002.
PLATFORM_ERRORS_EN: dict[int, str] = {
    67200000: "API call exceeds the total limit set by the platform!",
    67200001: "API call exceeds the total limit set by the platform!",
    67200002: "The current call rate is too fast, exceeding the current configuration limit QPS!",
    67200003: (
        "The key and secret parameters for applying for the token are incorrect or the client has been disabled!"
    ),
    67200004: "The requested api does not have permission. Please contact our support personnel!",
    67200005: "Insufficient account balance/number of calls!",
    67200006: "The client has exceeded the activation validity period!",
    67200007: "The current call exceeds the configured usage limit of the day!",
    67200008: "Please check if the required apikey in the query parameter has been transmitted!",
    67200009: ("The apikey does not match the passed bearerToken. Please check if a valid token is being used!"),
    67200012: "The request is illegal!",
    67200100: "The current server status is busy, request response timeout!",
    67200101: "The API requested currently does not exist. Please check the request path!",
}

# Seed 003.
PLATFORM_ERRORS_CN: dict[int, str] = {
    67200001: "API整体限流错误!",
    67200002: "用户调用请求限流限制错误!",
    67200003: "申请token的key和secret不正确或者状态错误!",
    67200004: "无权限或该接口的套餐已超过系统设置的上限!",
    67200005: "账户余额不足,调用失败!",
    67200006: "客户端已过期,调用失败!",
    67200007: "超过调用额度,调用失败!",
}

# Seed 004: an older and shorter English table.
PLATFORM_ERRORS_EN_OLD: dict[int, str] = {
    67200001: "API call exceeds the total limit set by the platform!",
    67200002: "Quota exceeds the limit!",
    67200003: "Access token expired or authentication error!",
    67200004: "No permission or API package quota has exceeded the limit!",
    67200005: "Insufficient balance, call failed!",
    67200006: "This client has expired and call failed!",
}

# Seed 000.
HTTP_EXPORT: dict[int, str] = {0: "Success", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}

# Seeds 001 and 002.
HTTP_CREATE: dict[int, str] = {
    0: "Success",
    201: "Created",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
}

# Seed 003.
HTTP_CN: dict[int, str] = {0: "请求成功", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}

# Seed 004.
HTTP_OLD: dict[int, str] = {0: "Success"}

# The fields around `data`, the same on all five pages.
ENVELOPE: tuple[Field, ...] = (
    Field("status", "boolean", False, required=True),
    Field("error_msg", "string", "The request parameter format is incorrect!"),
    Field("error_code", "integer", 0, required=True),
)

# Seeds 001 and 004.
AUTHORITY_CODE_REFERENCE = "https://analytics.patsnap.com/status"

# True of all five pages.
ENVELOPE_CONTRADICTION = (
    "the field table shows status false next to error_code 0 and an error text; the success example has "
    "status true and no error_msg"
)
HTTP_ZERO_CONTRADICTION = "the HTTP table prints 0 for success, which is no HTTP status"
SAME_TEXT_CONTRADICTION = "platform errors 67200000 and 67200001 carry the same text"


# --- Seed 000 ---------------------------------------------------------------------------------------------

_REPORT_URL = (
    "https://patsnap-imagediscovery.cdn.zhihuiya.com/uploadsearch/2024-01-05/"
    "1704422647215-19eb5c92a7b54713aa2a7f3184ab8301-application.pdf"
    "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Date=20240105T024441Z"
    "&X-Amz-SignedHeaders=host"
    "&X-Amz-Expires=10800"
    "&X-Amz-Credential=AKIAOCKXBMBTRQNHGHMQ%2F20240105%2Fcn-northwest-1%2Fs3%2Faws4_request"
    "&X-Amz-Signature=90bbe0c3954d6bc138916416a1cd0942c0d374dcbbe038621201ebce56a63747"
)

R003_EXPORT = Page(
    id="R003-export",
    title="[R003]Export Pre-patent Evaluation Report",
    language="en",
    method="GET",
    path="/patent-valuation-data/pre_patent-evaluation-export",
    method_and_path_printed=False,
    parameters=(
        # The name is printed, but as the description.
        Parameter("job_id", "string", "query", False, "297e0d32-6c07-48c5-8de5-44efe052bfd1"),
    ),
    fields=(
        Field("data", "object"),
        Field("data.report_url", "string", _REPORT_URL),
        Field("data.report_status", "string", "SUCCESS", enum=("SUCCESS", "FAIL", "PENDING")),
        *ENVELOPE,
    ),
    success_example={
        "data": {"report_url": _REPORT_URL, "report_status": "SUCCESS"},
        "status": True,
        "error_code": 0,
    },
    business_errors=BUSINESS_ERRORS_EN,
    platform_errors=PLATFORM_ERRORS_EN,
    http_statuses=HTTP_EXPORT,
    normal_ms=5000,
    max_ms=10000,
    lives=(
        Life("report", 7 * 24 * 3600, "prose"),
        Life("sample_link", 10800, "sample"),
    ),
    facts={
        "report_status_meaning": {
            "SUCCESS": "exported",
            "FAIL": "failed, a new export task has to be created",
            "PENDING": "in progress, the link can be asked for later",
        },
        "link_cleared_after_expiry": True,
        "polling_interval_seconds": None,
        "contradictions": (
            "the download link is said to live 7 days; the sample link carries X-Amz-Expires=10800 (3 hours)",
            "the introduction speaks of entering evaluation content to obtain a job ID; the tables take a "
            "job_id and return a link",
            "job_id is the only parameter and is not marked required",
            ENVELOPE_CONTRADICTION,
            SAME_TEXT_CONTRADICTION,
            HTTP_ZERO_CONTRADICTION,
        ),
    },
)


# --- Seed 001 ---------------------------------------------------------------------------------------------

_SIMILAR_IMAGE_URL = "http://patsnap-imagefulltext240.cdn.zhihuiya.com/EU/S/00/47/44/21/70/00/9/004744217_0009_0002.png"
_SIGNED_SIMILAR_IMAGE_URL = (
    "http://patsnap-imagefulltext240.cdn.zhihuiya.com/EU/S/00/47/44/21/70/00/9/004744217_0009_0002.png"
    "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Date=20240311T111032Z"
    "&X-Amz-SignedHeaders=host"
    "&X-Amz-Expires=604800"
    "&X-Amz-Credential=AKIAPEVKZSEKLAJCRYAA%2F20240311%2Fcn-northwest-1%2Fs3%2Faws4_request"
    "&X-Amz-Signature=017c433982a4c397014bb96c92f320c7da2248a9d6b2ce6352f6adbffc4b0d99"
)

AI39_1_CREATION = Page(
    id="AI39-1-creation",
    title="[AI39-1]Infringement detection search creation",
    language="en",
    method="POST",
    path="/ai/infringement-detection-creation",
    method_and_path_printed=False,
    parameters=(
        Parameter("country", "array", "body", False, ["US", "EU", "CN"], separator=","),
        Parameter(
            "patent_messages",
            "array",
            "body",
            True,
            [
                {
                    "url": _SIMILAR_IMAGE_URL,
                    "apdt": 20190528,
                    "apno": "EU006535076",
                    "pbdt": 20190528,
                    "score": 0.8884816,
                    "title": "Mobile phones",
                    "inventor": "ELSHAFIE, AHMED|YANG, WEI|HOSSEINI, SEYEDKIANOUSH",
                    "loc_match": 1,
                    "patent_id": "6e433449-143b-41d9-9abf-6c6519b07779",
                    "patent_pn": "EU0065350760001S",
                    "original_assignee": "HUAWEI TECHNOLOGIES CO., LTD.",
                }
            ],
            max_items=100,
            members=(
                Parameter("apdt", "integer<int64>", "body", False, 20190528),
                Parameter("apno", "string", "body", False, "EU006535076"),
                Parameter(
                    "current_assignee",
                    "string",
                    "body",
                    False,
                    "HUAWEI TECHNOLOGIES CO., LTD.",
                    name_printed=False,
                ),
                Parameter(
                    "inventor",
                    "string",
                    "body",
                    False,
                    "ELSHAFIE, AHMED|YANG, WEI|HOSSEINI, SEYEDKIANOUSH",
                ),
                Parameter("loc_match", "integer<int32>", "body", False, 1, enum=(1, 0)),
                Parameter("original_assignee", "string", "body", False, "HUAWEI TECHNOLOGIES CO., LTD."),
                Parameter("patent_id", "string", "body", True, "6e433449-143b-41d9-9abf-6c6519b07779"),
                Parameter("patent_pn", "string", "body", True, "EU0065350760001S"),
                Parameter("pbdt", "integer<int64>", "body", False, 20190528),
                Parameter("score", "number", "body", False, 0.8884816),
                Parameter("title", "string", "body", True, "Mobile phones"),
                Parameter("url", "string", "body", True, _SIGNED_SIMILAR_IMAGE_URL),
            ),
        ),
        Parameter("report_lang", "string", "body", True, "cn", enum=("cn", "en")),
        Parameter(
            "urls",
            "array",
            "body",
            True,
            [
                "https://static-open.zhihuiya.com/sample/common_demo.png",
                "https://static-open.zhihuiya.com/sample/common_demo_2.png",
            ],
        ),
    ),
    fields=(
        Field("data", "object"),
        Field("data.task_id", "string", "80d440b7-80a5-4233-a75f-ab72b0885c88"),
        *ENVELOPE,
    ),
    success_example={
        "data": {"task_id": "80d440b7-80a5-4233-a75f-ab72b0885c88"},
        "status": True,
        "error_code": 0,
    },
    business_errors=BUSINESS_ERRORS_EN,
    platform_errors=PLATFORM_ERRORS_EN,
    http_statuses=HTTP_CREATE,
    normal_ms=5000,
    max_ms=10000,
    lives=(
        Life("task", 8 * 3600, "prose"),
        Life("image", 32400, "prose"),  # printed both as 9 hours and as 32,400 seconds
        Life("sample_link", 604800, "sample"),
    ),
    facts={
        "preceded_by": ("P060", "P061"),
        "required_in_prose": ("urls", "patent_messages", "report_lang"),
        "optional_in_prose": ("country",),
        "max_patent_messages": 100,
        "report_languages": ("cn", "en"),
        "countries_named": ("US", "EU", "CN"),  # in the example only; the list itself is the reference
        "authority_code_reference": AUTHORITY_CODE_REFERENCE,
        "loc_match_meaning": {1: "hits", 0: "misses"},
        "loc_match_valid_when": {"model": 1, "field": "SCORE"},
        "score_valid_when": {"field": "SCORE"},
        "inventor_separator_in_example": "|",
        "polling_interval_seconds": None,
        "contradictions": (
            "the image URL is said to live 32400 seconds; the sample link of a similar image carries "
            "X-Amz-Expires=604800 (7 days)",
            "country is an array, yet described as items separated by comma",
            "the url of a similar patent is unsigned in the example of patent_messages and signed in its own row",
            "the member rows name a current assignee, which the example of patent_messages leaves out",
            "loc_match and score depend on a model and a field parameter that this page does not have; the "
            "value SCORE is not among the sort fields of seed 004",
            "seed 002 carries the same number AI39-1 for a different operation",
            "seed 002 marks task_id required in the response, this page does not",
            ENVELOPE_CONTRADICTION,
            SAME_TEXT_CONTRADICTION,
            HTTP_ZERO_CONTRADICTION,
        ),
    },
)


# --- Seed 002 ---------------------------------------------------------------------------------------------

AI39_1_SUBMIT = Page(
    id="AI39-1-submit",
    title="[AI39-1]Appearance Anti-Infringement Search - Submit Task",
    language="en",
    method="POST",
    path="/ai/image-search/submit",
    method_and_path_printed=False,
    parameters=(
        Parameter("apply_start_time", "string", "body", False, "20200101", format="yyyyMMdd"),
        Parameter("country", "array", "body", True, ["US", "CN", "JP", "KR", "AU"]),
        Parameter("lang", "string", "body", False, "cn", enum=("cn", "en"), required_by_note=True),
        Parameter("loc_items", "array", "body", False, ["14-01", "14-02"], name_printed=False),
        Parameter("main_field", "string", "body", False, "智能手机", name_printed=False),
        # The note says what the url must be, not that it is required.
        Parameter("url", "string", "body", False, "https://static-open.zhihuiya.com/sample/common_demo.png"),
    ),
    fields=(
        Field("data", "object"),
        Field("data.task_id", "string", "80d440b7-80a5-4233-a75f-ab72b0885c88", required=True),
        *ENVELOPE,
    ),
    success_example={
        "data": {"task_id": "80d440b7-80a5-4233-a75f-ab72b0885c88"},
        "status": True,
        "error_code": 0,
    },
    business_errors=BUSINESS_ERRORS_EN,
    platform_errors=PLATFORM_ERRORS_EN,
    http_statuses=HTTP_CREATE,
    normal_ms=5000,
    max_ms=10000,
    facts={
        "required_in_prose": ("country", "lang"),
        "required_in_table": ("country",),
        "image_formats": ("jpg", "png"),
        "url_must_be_accessible": True,
        "url_called_required": False,
        "countries_named": ("US", "CN", "JP", "KR", "AU", "EU"),
        "countries_open": True,
        "lang_meaning": {"cn": "Chinese", "en": "English"},
        "apply_start_time_keeps": "patents filed after the date",
        "loc_items_classification": "Locarno",
        "asynchronous": True,
        "result_by_polling_with": "task_id",
        "polling_interval_seconds": None,
        "contradictions": (
            "the note calls lang required, the table does not mark it",
            "the note says what the url must be, and the search is said to be based on an image, but the "
            "table does not mark url required",
            "the note is printed twice",
            "seed 001 carries the same number AI39-1 for a different operation",
            "seed 001 gives task_id 8 hours, this page gives no life for it",
            ENVELOPE_CONTRADICTION,
            SAME_TEXT_CONTRADICTION,
            HTTP_ZERO_CONTRADICTION,
        ),
    },
)


# --- Seed 003 ---------------------------------------------------------------------------------------------

_ABSTRACT = (
    "Non- volatile memory devices (100, 610) logically organized to have erase blocks of at least two "
    "different sizes provide for concurrent erasure of multiple physical blocks (340) of memory cells "
    "(208, 308), while providing for individual selection of those physical blocks (340) for read and "
    "program operations, hi this manner, data expected to require frequent updating can be stored in "
    "locations corresponding to first erase blocks having a first size while data expected to require "
    "relatively infrequent updating can be stored in locations corresponding to second erase blocks larger "
    "than the first erase blocks."
)

P043 = Page(
    id="P043",
    title="[P043]摘要翻译",
    language="cn",
    method="GET",
    path="/basic-patent-data/abstract-data-translated",
    method_and_path_printed=False,
    parameters=(
        Parameter("lang", "string", "query", False, "en", enum=("cn", "en", "jp"), name_printed=False),
        Parameter(
            "patent_id",
            "string",
            "query",
            False,
            "1a47a70d-6b54-4709-a72a-ed552781fcac,7353c607-0594-4592-b99e-aea9f517de17",
            max_items=100,
            separator=",",
        ),
        Parameter("patent_number", "string", "query", False, "CN101595528B", max_items=100, separator=","),
        Parameter(
            "replace_by_related",
            "integer<int32>",
            "query",
            False,
            0,
            default=0,  # printed as "no replacement by default"
            enum=(1, 0),
            name_printed=False,
        ),
    ),
    fields=(
        Field("data", "array"),
        Field("data.pn", "string", "US11205304B2"),
        Field("data.title", "string", "Memory device architectures and operation"),
        Field("data.abstract", "string", _ABSTRACT),
        Field("data.patent_id", "string", "718ead9c-4f3c-4674-8f5a-24e126827269"),
        Field("data.pn_related", "string", "CN103106923A"),
        *ENVELOPE,
    ),
    success_example={
        "data": [
            {
                "pn": "US11205304B2",
                "title": "Memory device architectures and operation",
                "abstract": _ABSTRACT,
                "patent_id": "718ead9c-4f3c-4674-8f5a-24e126827269",
                "pn_related": "CN103106923A",
            }
        ],
        "status": True,
        "error_code": 0,
    },
    business_errors=BUSINESS_ERRORS_CN,
    platform_errors=PLATFORM_ERRORS_CN,
    http_statuses=HTTP_CN,
    normal_ms=5000,
    max_ms=10000,
    facts={
        "one_of": ("patent_id", "patent_number"),
        "preferred_when_both": "patent_id",
        "batch_limit": 100,
        "batch_separator": ",",
        "charged_per": "successful item",
        "languages_supported": ("cn", "en", "jp"),
        "languages_supported_in_prose": ("中文", "英文", "日文"),
        "one_language_per_call": True,
        "replace_by_related_meaning": {1: "是", 0: "否"},
        "replace_by_related_concerns": ("abstract",),  # when the patent's own abstract cannot be had
        "pn_related_only_when_replaced": True,
        "contradictions": (
            "lang selects the language, but is neither marked required nor given a default",
            "the description of replace_by_related speaks of the abstract alone, that of pn_related of the text",
            "the pages in English give other meanings to the same platform errors",
            ENVELOPE_CONTRADICTION,
            HTTP_ZERO_CONTRADICTION,
        ),
    },
)


# --- Seed 004 ---------------------------------------------------------------------------------------------

_LEGAL_STATUS: dict[int, str] = {
    1: "disclosure",
    2: "substantive review",
    3: "authorization",
    8: "avoidance of reauthorization",
    11: "withdrawal",
    13: "rejection",
    14: "full cancellation",
    15: "expiration",
    16: "unpaid annual fee",
    21: "restoration of rights",
    22: "Termination of rights",
    23: "Partial invalidation",
    24: "application for termination",
    30: "abandonment",
    222: "PCT International Announcement",
    223: "PCT enters designated country (specified period)",
    224: "PCT enters designated country (specified period)",
    225: "PCT does not enter designated country",
}

_SIMPLE_LEGAL_STATUS: dict[int, str] = {
    0: "Inactive",
    1: "Active",
    2: "Pending",
    220: "PCT designated stage expired",
    221: "PCT designated stage",
    999: "Undetermined",
}

_SAMPLE_IMAGE_URL = "https://img2.baidu.com/it/u=3901385603,500927275&fm=253&fmt=auto&app=138&f=JPEG?w=680&h=434"

P009_RESULTS = Page(
    id="P009-results",
    title="[P009]Receive Patent List by Image Search ID V2",
    language="en",
    method="GET",
    path="/image-search/results",
    method_and_path_printed=True,
    parameters=(
        Parameter("search_id", "string", "query", True, "C8C1EC5B3B068562CEFA779B7CC9C7F5-1-D"),
        Parameter("loc", "string", "query", False, "(01-01 OR 01-02)"),
        Parameter("assignees", "string", "query", False, "华为"),
        Parameter(
            "legal_status",
            "string",
            "query",
            False,
            "3,2",
            enum=(
                *("1", "2", "3", "8", "11", "13", "14", "15", "16", "21", "22", "23", "24", "30"),
                *("222", "223", "224", "225"),
            ),
            separator=",",  # shown by the example only
        ),
        Parameter("country", "string", "query", False, "CN,US", separator=","),
        Parameter(
            "simple_legal_status",
            "string",
            "query",
            False,
            "1,2",
            enum=("0", "1", "2", "220", "221", "999"),
            separator=",",
        ),
        Parameter("main_field", "string", "query", False, "car"),
        Parameter("apply_start_time", "string", "query", False, "20100101", format="yyyyMMdd"),
        Parameter("apply_end_time", "string", "query", False, "20200101", format="yyyyMMdd"),
        Parameter("public_start_time", "string", "query", False, "20100101", format="yyyyMMdd"),
        Parameter("public_end_time", "string", "query", False, "20200101", format="yyyyMMdd"),
        Parameter("limit", "integer<int32>", "query", False, 10, minimum=1, maximum=100, default=10),
        Parameter("offset", "integer<int32>", "query", False, 10, minimum=0, maximum=1000, default=0),
        Parameter("field", "string", "query", False, "PBD", enum=("APD", "PBD", "ISD")),
        Parameter("order", "string", "query", False, "desc", default="desc", enum=("desc", "asc")),
    ),
    fields=(
        Field("data", "object"),
        # The example cell holds a reference to another table.
        Field("data.patent_messages", "array", "Please check the form: PatentMessage"),
        Field("data.patent_messages.url", "string", _SAMPLE_IMAGE_URL),
        Field("data.patent_messages.score", "number", 0.99),
        Field("data.patent_messages.title", "string", "智能手表"),
        Field("data.patent_messages.patent_id", "string", "002853ca-7b58-4b11-8142-7525a466491e"),
        Field("data.patent_messages.patent_pn", "string", "HK04110995S"),
        Field("data.total_search_result_count", "integer<int32>", 100),
        *ENVELOPE,
    ),
    success_example={
        "data": {
            "patent_messages": [
                {
                    "url": _SAMPLE_IMAGE_URL,
                    "score": 0.99,
                    "title": "智能手表",
                    "patent_id": "002853ca-7b58-4b11-8142-7525a466491e",
                    "patent_pn": "HK04110995S",
                }
            ],
            "total_search_result_count": 100,
        },
        "status": True,
        "error_code": 0,
    },
    business_errors=BUSINESS_ERRORS_EN,
    platform_errors=PLATFORM_ERRORS_EN_OLD,
    http_statuses=HTTP_OLD,
    lives=(Life("search_id_recommended", 20 * 60, "prose"),),
    facts={
        "printed_url": "https://connect.patsnap.com/image-search/results",
        "max_results_per_call": 100,
        "offset_for_results_after_100": 100,
        "sort_fields": ("APD", "PBD", "ISD"),
        "default_sort": "similarity",
        "default_order": "desc",
        "legal_status_meaning": _LEGAL_STATUS,
        "simple_legal_status_meaning": _SIMPLE_LEGAL_STATUS,
        "separator_shown_by_example_only": ("legal_status",),
        "countries_named": ("CN", "US"),  # in the example only; the list itself is the reference
        "authority_code_reference": AUTHORITY_CODE_REFERENCE,
        "loc_operators": ("AND", "OR", "NOT"),
        "main_field_covers": (
            "title",
            "abstract",
            "claims",
            "description",
            "publication number",
            "application number",
            "applicant",
            "inventor",
            "IPC/UPC/LOC classification numbers",
        ),
        "contradictions": (
            "results are sorted by similarity by default, but field has no value for similarity; seed 001 "
            "speaks of the value SCORE",
            "legal_status 223 and 224 have the same meaning",
            "the HTTP table stops after 0 and no times are given, unlike the other pages",
            "the platform error table is shorter than the one in seeds 000 to 002 and gives other texts to "
            "the same codes",
            "patent_messages has a reference to another form in place of an example",
            ENVELOPE_CONTRADICTION,
            HTTP_ZERO_CONTRADICTION,
        ),
    },
)


PAGES: dict[str, Page] = {page.id: page for page in (R003_EXPORT, AI39_1_CREATION, AI39_1_SUBMIT, P043, P009_RESULTS)}

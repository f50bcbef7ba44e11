"""Searches find what a naive reading of the corpus file finds: every filter, expressions, order, pages and totals.

The same expectation holds for the results of a search id and for the search by one picture, which share their filters.
"""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contract_tests.account import Account
from contract_tests.patents import found, pictured
from contract_tests.searches import BOTH, Search, all_of, results, single

pytestmark = pytest.mark.emulator_only
REPEATABLE = settings(
    deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CLASSES = sorted({loc for one in pictured("D") for loc in one["loc"]} | {one[:2] for one in ("14-01", "21-01")})


_FILTERS: list[Mapping[str, str]] = [
    {},
    {"loc": "14-03"},
    {"loc": "14"},
    {"loc": "(14-01 OR 14-02)"},
    {"loc": "14-03 AND 10-02"},
    {"loc": "14 AND NOT 14-02"},
    {"loc": "not (14 or 21-01)"},
    {"loc": "14-01 NOT 14-03"},
    {"loc": "14-01 or 14-03 and 10-02"},
    {"loc": "99-99"},
    {"assignees": "华为"},
    {"assignees": "huawei"},
    {"assignees": "technologies co"},
    {"assignees": '"technologies co" OR 恒湾电子（香港）有限公司'},
    {"assignees": "NOT 华为"},
    {"assignees": "HUAWEI TECHNOLOGIES CO., LTD."},
    {"assignees": "hua"},
    {"country": "CN"},
    {"country": "CN,US"},
    {"country": "ZZ"},
    {"legal_status": "3"},
    {"legal_status": "16,8,21"},
    {"legal_status": "222"},
    {"simple_legal_status": "0"},
    {"simple_legal_status": "1,2"},
    {"simple_legal_status": "999"},
    {"main_field": "phone"},
    {"main_field": "手机"},
    {"main_field": "(phones or 手机)"},
    {"main_field": "phone NOT watch"},
    {"main_field": '"rounded corners"'},
    {"main_field": "US AND strap"},
    {"main_field": "14-03"},
    {"main_field": "ELSHAFIE"},
    {"main_field": "ELSH*"},
    {"main_field": "*phone"},
    {"main_field": "w?tch"},
    {"main_field": "wat"},
    {"main_field": "机"},
    {"main_field": "“mobile phone” OR （手机 AND 圆角）"},
    {"main_field": "HK041109*"},
    {"apply_start_time": "20200101"},
    {"apply_end_time": "20190528"},
    {"apply_start_time": "20190528", "apply_end_time": "20190528"},
    {"apply_start_time": "20210101", "apply_end_time": "20200101"},
    {"public_start_time": "20190528"},
    {"public_end_time": "20190528"},
    {"public_start_time": "20180101", "public_end_time": "20201231"},
    {"loc": "14", "country": "CN,US", "simple_legal_status": "1", "apply_start_time": "20180101"},
]


def _named(values: Mapping[str, str]) -> str:
    return "-".join(f"{name}={value}" for name, value in values.items()) or "none"


@BOTH
@pytest.mark.parametrize("values", [pytest.param(values, id=_named(values)) for values in _FILTERS])
def test_a_filter_finds_what_the_file_holds(account: Account, search: Search, values: dict[str, str]) -> None:
    answered = all_of(search, account, **values)
    assert set(answered.numbers) == found(values)
    assert answered.total == len(answered.numbers) == len(set(answered.numbers))


@pytest.mark.parametrize(
    "text",
    [
        "TACD: phone",
        "手机",
        "tacd: (rounded AND NOT watch)",
        "TACD: US",
        'TACD: "mobile phone" corner',
        "US*",
        "TTL: phone*",
        "ABST: watch",
        "CLMS: watch NOT 图",
        "DESC: FIG",
        "PN: CN*",
        "ALL_AN: 华为",
    ],
)
def test_query_text_searches_the_fields_it_names(account: Account, text: str) -> None:
    assert set(all_of(single, account, query_text=text).numbers) == found({"query_text": text})


def test_utility_models_are_found_apart_from_designs(account: Account) -> None:
    values = {"patent_type": "U", "model": 3}
    assert set(all_of(single, account, **values).numbers) == found({}, "U")
    assert found({}, "U")
    assert not found({}, "U") & found({}, "D")


_TREES = st.recursive(
    st.sampled_from(CLASSES),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " NOT ", " AND NOT ", " and ", " or "]), inner).map("".join),
        inner.map("({})".format),
        inner.map("NOT ({})".format),
    ),
    max_leaves=8,
)


@REPEATABLE
@given(expression=_TREES)
@example(expression="14-01 NOT NOT (14-02)")
@example(expression="NOT 14-01 OR 14-01 AND 21-01")
def test_any_loc_expression_finds_what_the_file_holds(account: Account, expression: str) -> None:
    assert set(all_of(results, account, loc=expression).numbers) == found({"loc": expression})


_WORDS = st.sampled_from(
    ["phone", "手机", "watch", '"rounded corners"', "strap", "HUAWEI", "14-03", "key", "s", "USB*", "电子手", "CN"]
)


@REPEATABLE
@given(words=st.lists(_WORDS, min_size=1, max_size=4), joint=st.sampled_from([" ", " AND ", " OR ", " NOT "]))
def test_any_field_expression_finds_what_the_file_holds(account: Account, words: list[str], joint: str) -> None:
    expression = joint.join(words)
    assert set(all_of(single, account, main_field=expression).numbers) == found({"main_field": expression})


_DAYS = st.sampled_from(sorted({str(one[name]) for one in pictured("D") for name in ("apdt", "pbdt")}))


@REPEATABLE
@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            "country": st.sampled_from(["CN", "US,EU", "JP,KR,AU", "HK"]),
            "simple_legal_status": st.sampled_from(["0", "1", "0,1,2", "2,999"]),
            "legal_status": st.sampled_from(["3", "3,16", "13,14,15", "8"]),
            "apply_start_time": _DAYS,
            "apply_end_time": _DAYS,
            "public_start_time": _DAYS,
            "public_end_time": _DAYS,
            "loc": st.sampled_from(["14", "14-01 OR 21-01", "NOT 14"]),
        },
    )
)
def test_any_filters_together_find_what_the_file_holds(account: Account, values: dict[str, str]) -> None:
    assert set(all_of(results, account, **values).numbers) == found(values)

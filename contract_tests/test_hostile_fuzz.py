"""Whatever hypothesis thinks of, in a body, a query, a path or as bare bytes, a documented code comes back."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contract_tests.account import Account
from contract_tests.documents import CALLS, OPERATIONS, SERVICE, is_documented, least, whole

pytestmark = pytest.mark.emulator_only
FUZZ = settings(
    deadline=None, derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_JSON = [one.id for one in CALLS if one.body and one.body.media_type == "application/json"]
_IN_QUERY = [one.id for one in CALLS if not one.body]
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=30),
    st.sampled_from(["CN", "D", "14-01", "20200101", "en", "http://[", "https://a/files/b", "(", "NOT NOT x", "\x00"]),
)  # fmt: skip
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def _nearly_sound(draw: st.DrawFn, operation_id: str) -> dict[str, Any]:
    """The page's example with anything in some of its places."""
    request = whole(SERVICE.operations[operation_id])
    for name in draw(st.lists(st.sampled_from(sorted(request)), max_size=4, unique=True)):
        request[name] = draw(_VALUES)
    for name in draw(st.lists(st.sampled_from(sorted(request)), max_size=4, unique=True)):
        request.pop(name)
    return request


@FUZZ
@given(data=st.data())
@pytest.mark.parametrize("operation_id", _JSON)
def test_anything_in_a_json_body_meets_a_documented_code(
    account: Account, operation_id: str, data: st.DataObject
) -> None:
    is_documented(account.send(operation_id, data.draw(_nearly_sound(operation_id))), SERVICE.operations[operation_id])


@FUZZ
@given(data=st.data())
@pytest.mark.parametrize("operation_id", _IN_QUERY)
def test_anything_in_a_query_meets_a_documented_code(account: Account, operation_id: str, data: st.DataObject) -> None:
    texts = (
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
        | st.integers()
        | st.sampled_from([" , ,", ",", "()", "14 NOT"])
    )
    names = sorted(parameter.name for parameter in SERVICE.operations[operation_id].parameters)
    given_values = data.draw(st.dictionaries(st.sampled_from(names), texts, max_size=5))
    is_documented(
        account.send(operation_id, {**least(SERVICE.operations[operation_id]), **given_values}),
        SERVICE.operations[operation_id],
    )


@FUZZ
@given(
    body=st.binary(max_size=200),
    media_type=st.sampled_from(["application/json", "multipart/form-data; boundary=b", "text/plain", ""]),
)
@example(body=b"", media_type="application/json")
@pytest.mark.parametrize("operation_id", [one.id for one in OPERATIONS])
def test_any_bytes_meet_a_documented_code(account: Account, operation_id: str, body: bytes, media_type: str) -> None:
    answer = account.send_body(operation_id, body, media_type)
    if operation_id == "token":
        assert answer.code in (67200003, 67200015)
    else:
        is_documented(answer, SERVICE.operations[operation_id])


@FUZZ
@given(
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    method=st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "PATCH"]),
)
def test_any_path_is_answered(account: Account, path: str, method: str) -> None:
    answer = account.target.send(method, "/" + quote(path))
    assert answer.status in (200, 401, 403, 404)
    assert answer.header("x-emulator-fault") is None


def test_the_server_lives_and_knows_of_no_fault(account: Account) -> None:
    """Last in this file: nothing above has left a mark."""
    assert account.target.steer("GET", "health").json()["status"] == "ok"
    assert account.call("P043", patent_number="CN101595528B").code == 0
    journal = account.target.steer("GET", "requests").json()["requests"]
    assert [entry for entry in journal if entry["fault"]] == []

"""Which operation a request means, and what is said when it means none."""

import pytest

from emulator.errors import ApiError, Cause
from emulator.server.routing import Routes
from emulator.spec import loader
from emulator.spec.models import Operation

SERVICE = loader.load()
ROUTES = Routes(SERVICE.operations.values())
RESULTS = "/image-search/results"


def found(method: str, path: str) -> Operation:
    """As the pipeline does it: the path first, then the method."""
    assert ROUTES.at(path).path == path
    return ROUTES.called(method, path)


def refusal(method: str, path: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        found(method, path)
    return caught.value


@pytest.mark.parametrize("operation", SERVICE.operations.values(), ids=SERVICE.operations)
def test_every_operation_is_found(operation: Operation) -> None:
    assert found(operation.method, operation.path) is operation


@pytest.mark.parametrize(
    ("method", "path", "right"),
    [
        ("POST", RESULTS, "GET"),
        ("GET", "/ai/image-search/submit", "POST"),
        ("HEAD", RESULTS, "GET"),
        ("get", RESULTS, "GET"),
        ("BREW", RESULTS, "GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(method: str, path: str, right: str) -> None:
    error = refusal(method, path)
    assert error.cause is Cause.METHOD_WRONG
    assert error.reason == f"the page wants {right}, not {method}"


def test_a_long_method_is_quoted_shortly() -> None:
    assert len(refusal("X" * 5000, RESULTS).reason) < 200


@pytest.mark.parametrize(
    "path",
    [
        RESULTS + "/",
        RESULTS + "/v2",
        RESULTS + "/V2",
        "/Image-Search/Results",
        "/v2" + RESULTS,
        "//image-search/results",
        RESULTS + "/v2/",
        "/image-search/result",
        "/image_search/results",
        "/imagesearch/results",
    ],
)
def test_a_near_miss_is_told_the_path_that_was_probably_meant(path: str) -> None:
    error = refusal("GET", path)
    assert error.cause is Cause.PATH_UNKNOWN
    assert error.reason == f"no operation has this path; {RESULTS} is near"


@pytest.mark.parametrize("path", ["/", "", "/nothing/like/it", "/favicon.ico", "/" + "x" * 100_000])
def test_what_is_near_nothing_is_told_so(path: str) -> None:
    error = refusal("GET", path)
    assert (error.cause, error.reason) == (Cause.PATH_UNKNOWN, "no operation has this path")

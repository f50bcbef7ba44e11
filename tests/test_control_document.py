"""The control API describes itself: the document is valid, and every route it serves stands in it."""

from typing import Any

from openapi_spec_validator import validate

from tests.conftest import Caller


def document(caller: Caller) -> dict[str, Any]:
    answer = caller.send("GET", "/_emulator/control.json")
    assert answer.status_code == 200
    return dict(answer.json())


def test_the_document_is_valid_openapi(caller: Caller) -> None:
    validate(document(caller))


def test_every_route_stands_in_it(caller: Caller) -> None:
    described = {(path, method) for path, node in document(caller)["paths"].items() for method in node}
    routes = caller.app._control.routes
    served = {(route.path, method.lower()) for route in routes if route.methods for method in route.methods - {"HEAD"}}
    assert described == served


def test_a_query_nobody_understands_is_refused_by_name(caller: Caller) -> None:
    answer = caller.send("GET", "/_emulator/tasks/x?opration=P043")
    assert answer.status_code == 400
    assert answer.json()["error"] == "opration is not understood; did you mean operation?"
    answer = caller.send("GET", "/_emulator/clock?rate=3")
    assert (answer.status_code, answer.json()["error"]) == (400, "rate is not understood")

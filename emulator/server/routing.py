"""Which operation a method and a path mean: one dictionary, made at the start.

For a path that no operation has, says which one was probably meant.
"""

import difflib
from collections.abc import Iterable

from emulator.errors import ApiError, Cause
from emulator.spec.models import Operation


class Routes:
    def __init__(self, operations: Iterable[Operation]) -> None:
        self._exact = {(operation.method, operation.path): operation for operation in operations}
        self._paths: dict[str, list[str]] = {}
        for method, path in self._exact:
            self._paths.setdefault(path, []).append(method)

    def at(self, path: str) -> Operation:
        """An operation of the path, whatever the method; ApiError when there is none, with a hint."""
        methods = self._paths.get(path)
        if methods is None:
            raise ApiError(Cause.PATH_UNKNOWN, self._hint(path))
        return self._exact[methods[0], path]

    def called(self, method: str, path: str) -> Operation:
        """The operation of a known path and a method; ApiError when the method is another."""
        operation = self._exact.get((method, path))
        if operation is None:
            wanted = " or ".join(self._paths[path])
            raise ApiError(Cause.METHOD_WRONG, f"the page wants {wanted}, not {method[:20]}")
        return operation

    def _hint(self, path: str) -> str:
        plain = "/" + path.strip("/").lower().removesuffix("/v2").removeprefix("v2/")
        known = {candidate.lower(): candidate for candidate in self._paths}
        near = [known[plain]] if plain in known else difflib.get_close_matches(path[:200], self._paths, 1, 0.8)
        return "no operation has this path" + (f"; {near[0]} is near" if near else "")

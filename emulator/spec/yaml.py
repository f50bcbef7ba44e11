"""Reading YAML as version 1.2 means it.

PyYAML follows YAML 1.1, where `NO` is false, `12:30` is 750 and a date is an object. Here only true, false,
null, whole numbers and decimal fractions are not strings, and a key that occurs twice is refused.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from emulator.spec.faults import SpecFault

DECIMAL = re.compile(r"^(?:[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?)$")
_DEEPEST = 1000  # brackets in brackets; no document of ours comes near
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML looks for it under this name


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    pairs = [
        (loader.construct_object(key, deep=True), loader.construct_object(value, deep=True))
        for key, value in node.value
    ]
    if any(isinstance(key, (dict, list)) for key, _ in pairs):
        raise yaml.constructor.ConstructorError(None, None, "a key is no single value", node.start_mark)
    result = dict(pairs)
    if len(result) != len(pairs):
        raise yaml.constructor.ConstructorError(
            None, None, f"a key occurs twice in {list(result)[:3]}", node.start_mark
        )
    return result


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", DECIMAL.pattern, "-+0123456789."),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(file: Path) -> Any:
    """The content of a YAML file. Raises SpecFault with the line where it cannot be understood."""
    try:
        content = file.read_bytes()
        _refuse_depth(file, content)
        return yaml.load(content, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "whole file"
        raise SpecFault(file, line, " ".join(str(getattr(error, "problem", None) or error).split())) from error
    except ValueError as error:  # a number of thousands of digits
        raise SpecFault(file, "whole file", " ".join(str(error).split())) from error
    except OSError as error:
        raise SpecFault(file, "whole file", error.strerror or "cannot be read") from error


def _refuse_depth(file: Path, content: bytes) -> None:
    """The reader of YAML, written in C, dies of brackets in brackets; those in quotes are counted too."""
    depth = 0
    for byte in content:
        depth += (byte in b"[{") - (byte in b"]}")
        if depth > _DEEPEST:
            raise SpecFault(file, "whole file", f"nests deeper than {_DEEPEST}")

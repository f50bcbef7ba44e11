"""How the house is built: which module may know which, who reads time and chance, how long things may get.

Each rule is a function from a module to its breaches, so that small made-up modules can prove that it fires.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import emulator

HOME = Path(emulator.__file__).parent
BASE = frozenset({"clock", "entropy", "errors"})
# Who may know whom: cli -> app -> server -> behaviours -> store | spec, and server -> contract -> spec.
KNOWS = {
    "__init__": {"app", "settings"},
    "__main__": {"cli"},
    "cli": {"__init__", "app", "fixtures", "settings", "behaviours", "corpus", "generator", "spec", "verifier", *BASE},
    "app": {"__init__", "fixtures", "server", "behaviours", "contract", "spec", "store", "settings", *BASE},
    "fixtures": {"behaviours", "corpus", "contract", "spec", "store"},
    "server": {"__init__", "behaviours", "corpus", "contract", "spec", "store", "settings", *BASE},
    "verifier": {"__init__", "contract", "spec", "settings", *BASE},
    "behaviours": {"corpus", "spec", "store", "expressions", "patent_numbers", *BASE},
    "contract": {"spec", "expressions", "patent_numbers", "clock", "errors"},
    "corpus": {"spec", "expressions", "patent_numbers", *BASE},
    "spec": {"clock", "errors"},
    "generator": {"behaviours", "corpus", "spec", "expressions"},
    "settings": {"clock"},
    "store": set(),
    "expressions": set(),
    "patent_numbers": set(),
    "clock": set(),
    "entropy": set(),
    "errors": set(),
}
CONCRETE_STORES = frozenset({"memory", "sqlite", "redis"})
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 260, 40
# Longer ones and why they may be.
LONGER = {"spec.operations.read_operation": "one line for each field of the record it makes; nothing to take apart"}


@dataclass(frozen=True)
class Module:
    """A module's dotted name below `emulator` and its source; the package itself is called `__init__`."""

    name: str
    source: str

    @property
    def unit(self) -> str:
        return self.name.partition(".")[0]

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)


def modules() -> list[Module]:
    files = sorted(HOME.rglob("*.py"))
    return [Module(_name(file), file.read_text("utf-8")) for file in files]


def _name(file: Path) -> str:
    return ".".join(file.relative_to(HOME).with_suffix("").parts)


def imported(module: Module) -> Iterator[str]:
    """Everything imported anywhere in a module, with the names that are taken from it.

    A relative import that stays beside the module, in the same part of the house, is left out.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not (node.level == 1 and "." in module.name):
            prefix = "." * node.level + (f"{node.module}." if node.module else "")
            yield from (prefix + alias.name for alias in node.names)


def ours(module: Module) -> Iterator[tuple[str, ...]]:
    """The imports of our own modules, as parts below `emulator`; the package itself is `__init__`."""
    for name in imported(module):
        parts = name.split(".")
        if parts[0] == "emulator":
            exists = parts[1:2] and (
                (HOME / parts[1]).exists() or (HOME / f"{parts[1]}.py").exists() or parts[1] in KNOWS
            )
            yield tuple(parts[1:]) if exists else ("__init__", *parts[1:])


def wrong_arrows(module: Module) -> Iterator[str]:
    for name in imported(module):
        if name.startswith("."):
            yield f"relative import {name}"
    for parts in ours(module):
        if parts[0] != module.unit and parts[0] not in KNOWS.get(module.unit, set()):
            yield f"{module.unit} knows {'.'.join(parts)}"
        if parts[0] == "store" and module.unit not in ("store", "app") and CONCRETE_STORES & set(parts):
            yield f"{module.unit} knows the store {parts[1]}"
        if parts[0] == "__init__" and parts not in (("__init__",), ("__init__", "__version__")):
            yield f"{module.unit} takes {'.'.join(parts[1:])} of the package"


def starlette_outside_server(module: Module) -> Iterator[str]:
    for name in imported(module):
        if name.split(".")[0] == "starlette" and module.unit != "server":
            yield name


def time_outside_clock(module: Module) -> Iterator[str]:
    if module.name == "clock":
        return
    yield from (name for name in imported(module) if name.split(".")[0] == "time")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("utcnow", "today", "real_now_ns"):
            yield ast.unparse(node)
        elif isinstance(node, ast.Attribute) and node.attr in ("now", "time"):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if owner in ("datetime", "date", "time", "loop", "get_event_loop()", "get_running_loop()"):
                yield ast.unparse(node)


def chance_outside_entropy(module: Module) -> Iterator[str]:
    if module.name == "entropy":
        return
    for name in imported(module):
        root, last = name.split(".")[0], name.split(".")[-1]
        if (
            root == "secrets"
            or (root == "random" and module.unit != "generator")
            or last in ("uuid1", "uuid4", "urandom")
        ):
            yield name
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("uuid1", "uuid4", "urandom"):
            yield ast.unparse(node)


def without_a_docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield "no docstring"


def nameless_modules(module: Module) -> Iterator[str]:
    yield from (part for part in module.name.split(".") if part in ("utils", "util", "helpers", "common", "manager"))


def too_long(module: Module) -> Iterator[str]:
    lines = module.source.count("\n")
    if lines > MOST_LINES_OF_A_FILE and module.name not in LONGER:
        yield f"{lines} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION and f"{module.name}.{node.name}" not in LONGER:
                yield f"{node.name}: {length} lines"


RULES: tuple[Callable[[Module], Iterator[str]], ...] = (
    wrong_arrows,
    starlette_outside_server,
    time_outside_clock,
    chance_outside_entropy,
    without_a_docstring,
    nameless_modules,
    too_long,
)

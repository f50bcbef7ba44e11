"""The documents as one OpenAPI 3.1 document, for tools that read such.

Refers to the shared components as the fixtures do; our extensions stay in as `x-` members. Knows no server.
"""

from typing import Any

from emulator.spec.models import Operation, Service


def document(service: Service, version: str, base_url: str | None = None) -> dict[str, Any]:
    """The whole service as OpenAPI. `base_url` is where this emulator answers."""
    paths: dict[str, Any] = {}
    for operation in service.operations.values():
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{service.title}, emulated", "version": version, "description": service.description},
        "servers": [{"url": url} for url in ([base_url] if base_url else service.hosts)],
        "paths": paths,
        "security": _plain(service.security),
        "components": _plain(service.components),
        "x-sources": {name: source.title for name, source in service.sources.items()},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    node: dict[str, Any] = _plain(operation.fragment)
    node["x-evidence"] = operation.evidence.model_dump(exclude_defaults=True)
    if operation.notes:
        node["description"] = "\n".join(f"* {note.text} ({note.evidence})" for note in operation.notes)
    return node


def _plain(node: Any) -> Any:
    """A copy whose keys are texts, as JSON wants them."""
    if isinstance(node, dict):
        return {str(name): _plain(part) for name, part in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(part) for part in node]
    return node

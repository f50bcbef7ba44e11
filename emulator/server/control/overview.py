"""What this emulator is: health, its documents as OpenAPI, the operations in short."""

from starlette.requests import Request
from starlette.responses import Response

from emulator import __version__
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import World
from emulator.server.control.answers import Json
from emulator.settings import Settings
from emulator.spec.openapi import document


class OverviewPages:
    def __init__(self, world: World, clocks: Clocks, settings: Settings) -> None:
        self._world = world
        self._clocks = clocks
        self._settings = settings

    async def health(self, request: Request) -> Response:
        shared = self._clocks.describe("")
        return Json(
            {
                "status": "ok",
                "version": __version__,
                "store": "memory",
                "clock": shared["now"],
                "mode": shared["mode"],
                "patents": len(self._world.corpus.patents),
                "operations": len(self._world.service.operations),
            }
        )

    async def openapi(self, request: Request) -> Response:
        base_url = self._settings.public_url or str(request.base_url).rstrip("/")
        return Json(document(self._world.service, __version__, base_url))

    async def operations(self, request: Request) -> Response:
        return Json(
            {
                "operations": [
                    {
                        "id": operation.id,
                        "method": operation.method,
                        "path": operation.path,
                        "title": operation.title,
                        "family": operation.family,
                        "price": operation.price.model_dump(include={"credits", "per"}),
                        "evidence": operation.evidence.model_dump(exclude_defaults=True),
                    }
                    for operation in self._world.service.operations.values()
                ]
            }
        )

"""What this emulator is: health, its documents as OpenAPI, the operations in short."""

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response

from emulator import __version__
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import World
from emulator.server.control import pages
from emulator.server.control.answers import Json
from emulator.server.control.pages import Page
from emulator.settings import Settings
from emulator.spec import openapi


class OverviewPages:
    def __init__(self, world: World, clocks: Clocks, settings: Settings, pages: Callable[[], Iterable[Page]]) -> None:
        self._world = world
        self._clocks = clocks
        self._settings = settings
        self._pages = pages

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/health", self.health, "Whether the emulator is there, and what it runs on."),
            Page("GET", "/openapi.json", self.openapi, "The emulated service as OpenAPI 3.1."),
            Page("GET", "/control.json", self.control, "This control API as OpenAPI 3.1."),
            Page("GET", "/operations", self.operations, "The emulated operations in short."),
        ]

    async def health(self, request: Request) -> Response:
        shared = self._clocks.describe("")
        return Json(
            {
                "status": "ok",
                "version": __version__,
                "store": "memory",
                "clock": shared["now"],
                "mode": shared["mode"],
                "patents": len(self._world.corpus),
                "operations": len(self._world.service.operations),
            }
        )

    async def openapi(self, request: Request) -> Response:
        return Json(openapi.document(self._world.service, __version__, self._base_url(request)))

    async def control(self, request: Request) -> Response:
        return Json(pages.document(self._pages(), __version__, self._base_url(request)))

    def _base_url(self, request: Request) -> str:
        return self._settings.public_url or str(request.base_url).rstrip("/")

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

"""Every picture of a patent by the control API: links to all views, as the account's own links would be.

The service answers one view of a patent; who builds a page about one, or tests a reader of files, finds all here.
"""

from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours import patent_pictures
from emulator.behaviours.accounts import Accounts
from emulator.behaviours.clocks import Clocks
from emulator.behaviours.world import World
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json, Refused
from emulator.server.control.pages import Page
from emulator.settings import Settings


class PicturePages:
    def __init__(self, world: World, accounts: Accounts, clocks: Clocks, settings: Settings) -> None:
        self._world = world
        self._accounts = accounts
        self._clocks = clocks
        self._settings = settings

    def pages(self) -> list[Page]:
        path = "/accounts/{account}/pictures/{patent}"
        return [Page("GET", path, self.show, "Links to every view of a patent: PNG, JPEG and thumbnail.")]

    async def show(self, request: Request) -> Response:
        account = self._accounts.find(known(self._accounts, request.path_params["account"]))
        assert account is not None, "it was just known"
        name, corpus = request.path_params["patent"], self._world.corpus_of(account.id)
        patent = corpus.by_number(name) or corpus.by_id(name)
        if patent is None:
            raise Refused(404, f"no patent has the number or the id {name[:60]!r}")
        base_url = self._settings.public_url or str(request.base_url).rstrip("/")
        views = patent_pictures.views(self._world, account, patent, base_url, self._clocks.now(account.id))
        return Json({"patent_id": patent.patent_id, "pn": patent.pn, "views": views})

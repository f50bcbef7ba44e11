"""What clients did wrong and what they have met, by the control API: judged from the journal when somebody asks."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import SHARED
from emulator.contract import client_rules
from emulator.contract.coverage import coverage
from emulator.contract.exchange import Exchange
from emulator.contract.waste import for_nothing
from emulator.server.control.accounts import known
from emulator.server.control.answers import Json
from emulator.server.control.pages import Page
from emulator.server.journal import Journal
from emulator.spec.models import Service


class FindingPages:
    def __init__(self, service: Service, accounts: Accounts, journal: Journal) -> None:
        self._service = service
        self._accounts = accounts
        self._journal = journal

    def pages(self) -> list[Page]:
        return [
            Page("GET", "/findings", self.findings, "What the client did wrong, newest last.", each=True),
            Page("GET", "/coverage", self.coverage, "What the client has met, and what it never met.", each=True),
        ]

    async def findings(self, request: Request) -> Response:
        account, calls = self._calls(request)
        spaces = [SHARED, *self._accounts.ids()] if account is None else [account]
        dropped = {space: self._journal.dropped(space) for space in spaces}
        found = client_rules.judge(self._service, calls, dropped=dropped)
        told = {
            "findings": [finding.record() for finding in found],
            "blind": client_rules.blind(self._service, calls, dropped=dropped),
            "calls": len(calls),
            "dropped": sum(dropped.values()),
            "for_nothing": for_nothing(self._service, calls),
        }
        return Json(told)

    async def coverage(self, request: Request) -> Response:
        _, calls = self._calls(request)
        cells = coverage(self._service, calls)
        met = sum(1 for cell in cells if cell.met)
        return Json({"met": met, "never_met": len(cells) - met, "cells": [asdict(cell) for cell in cells]})

    def _calls(self, request: Request) -> tuple[str | None, list[Exchange]]:
        account = request.path_params.get("account")
        if account is not None:
            known(self._accounts, account)
        return account, [Exchange.of(record) for record in self._journal.read(account)]

"""One client of a target: its calls, with a token fetched when there is none, and the control of its account."""

from collections.abc import Mapping
from typing import Any

from contract_tests.client import Answer, Pairs, Target
from contract_tests.documents import SERVICE, least


class Account:
    """One client of a target: calls with its token, fetched when there is none, or with an `sk-` key in its place."""

    def __init__(self, target: Target, client_id: str, secret: str, key: str | None = None) -> None:
        self.target = target
        self.client_id = client_id
        self.secret = secret
        self._key = key
        self._token: str | None = None

    @property
    def token(self) -> str:
        if self._key is not None:
            return self._key
        if self._token is None:
            self._token = self.new_token()
        return self._token

    def use(self, token: str) -> None:
        """From now on call with this token."""
        self._token = token

    def new_token(self) -> str:
        """Another token; the one that calls use stays as it is."""
        body = self.target.token_call(self.client_id, self.secret).json()
        return str(body["data"]["token"])

    def call(self, operation_id: str, /, **values: Any) -> Answer:
        return self.send(operation_id, values)

    def send(
        self,
        operation_id: str,
        values: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        more_query: Pairs = (),
    ) -> Answer:
        return self.target.call(
            operation_id,
            values,
            apikey=self.client_id or None,
            bearer=self.token,
            headers=headers,
            more_query=more_query,
        )

    def send_body(self, operation_id: str, content: bytes, media_type: str = "application/json") -> Answer:
        """An operation with a body that no documents describe, and with what its query must have."""
        operation = SERVICE.operations[operation_id]
        needed = [(name, str(value)) for name, value in least(operation).items() if name in operation.names("query")]
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Content-Type": media_type} if media_type else {})
        query = [("apikey", self.client_id)] if self.client_id else []
        return self.target.send(
            operation.method, operation.path, query=[*query, *needed], headers=headers, content=content
        )

    def steer(self, method: str, part: str = "", body: Any = None, query: Pairs = ()) -> Answer:
        """One request of the control API about this account."""
        return self.target.steer(method, f"accounts/{self.client_id}/{part}", body, query)

    def configure(self, **settings: Any) -> Answer:
        answer = self.steer("PUT", body=settings)
        assert answer.status in (200, 201), answer.body
        return answer

    def advance(self, by: str) -> None:
        """Let time pass for this account alone; a token that may have died is forgotten."""
        self._move({"advance": by})

    def set_clock(self, instant: str) -> None:
        """Move this account's clock forward to an instant."""
        self._move({"set": instant})

    def _move(self, order: Mapping[str, str]) -> None:
        answer = self.steer("POST", "clock", order)
        assert answer.status == 200, answer.body
        self._token = None

    def order(self, task_id: str, state: str) -> Answer:
        """Put a task made here into a state."""
        return self.steer("PATCH", f"tasks/{task_id}", {"state": state})

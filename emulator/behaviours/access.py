"""The token call: an account that has shown its secret gets a token.

Grant type and secret are checked before; here the answer is laid out as published.
"""

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import Call, Outcome


def token(call: Call, accounts: Accounts) -> Outcome:
    """A token in the published flat form with a `data` twin; under `live` the envelope wraps it."""
    rules = call.world.service.credentials
    data = {
        "token": accounts.issue_token(call.account, call.now),
        "token_type": rules.token_type,
        "expires_in": rules.expires_in,
        "status": rules.token_status,
        "issued_at": str(call.now),
    }
    return Outcome(data, found=0, bare={"data": data, **data} if call.account.wire == "documented" else None)

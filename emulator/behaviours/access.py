"""The token call: an account that has shown its secret gets a token.

The secret is checked before; here only the grant type is, and the answer is laid out as published.
"""

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import Call, Outcome
from emulator.errors import ApiError, Cause


def token(call: Call, accounts: Accounts) -> Outcome:
    """A token in the published flat form with a `data` twin; under `live` the envelope wraps it."""
    rules = call.world.service.credentials
    if call.values.get("grant_type") != rules.grant_type:
        raise ApiError(Cause.GRANT_TYPE_WRONG, f"grant_type is not {rules.grant_type} (tutorial)")
    data = {
        "token": accounts.issue_token(call.account, call.now),
        "token_type": rules.token_type,
        "expires_in": rules.expires_in,
        "status": rules.token_status,
        "issued_at": str(call.now),
    }
    flat = {"data": data, **data}
    return Outcome(data, found=0, bare=flat if call.account.wire == "documented" else None)

"""The token call: a client that has shown its secret gets a token, and its account is opened by the first.

Grant type and secret are checked before; how the answer is laid out on the wire is not known here.
"""

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import Call, Outcome


def token(call: Call, accounts: Accounts) -> Outcome:
    """A token, in the published flat form with a `data` twin where the wire profile has it so."""
    rules = call.world.service.credentials
    accounts.bind_client(call.account, call.values["client_secret"], call.now)
    data = {
        "token": accounts.issue_token(call.account, call.now),
        "token_type": rules.token_type,
        "expires_in": rules.expires_in,
        "status": rules.token_status,
        "issued_at": str(call.now),
    }
    return Outcome(data, found=0, flat={"data": data, **data})

"""Where credentials stand in a request, for both generations.

The older one: `apikey` = client id in the query and a token in the header. The newer one: an `sk-` key, in the header
or as `apikey`. The token call: Basic, user info of the URL, or form fields. Whether they are right is the
accounts' business.
"""

from collections.abc import Callable

from emulator.behaviours.accounts import Accounts
from emulator.behaviours.world import Account
from emulator.errors import ApiError, Cause
from emulator.server.messages import Request
from emulator.server.reading import form_fields
from emulator.spec.models import Operation

_KEY = "sk-"


def admit(operation: Operation, request: Request, accounts: Accounts, now_of: Callable[[str], int]) -> Account:
    """The account that calls, opened now if it may be; ApiError when credentials are missing or wrong."""
    if operation.security == "clientSecret":
        accounts.refuse_other_grants(_grant_type(request), request.media_type)
        return accounts.admit_client(*client_credentials(request))
    apikey, bearer = request.query_value("apikey"), request.bearer
    keys = {value for value in (apikey, bearer) if value and value.startswith(_KEY)}
    if len(keys) > 1:
        raise ApiError(Cause.KEY_REJECTED, "apikey and bearer are two different sk- keys")
    if keys:
        return _keyholder(keys.pop(), apikey, accounts, now_of)
    if not apikey and (bearer is None or accounts.has_issued(bearer)):
        raise ApiError(
            Cause.KEY_MISSING, "the query parameter apikey (the client id) is missing, and there is no sk- key"
        )
    if bearer is None:
        given = "authorization" in request.headers
        told = "the header Authorization does not begin with Bearer" if given else "the header Authorization is missing"
        raise ApiError(Cause.TOKEN_REJECTED, f"there is no bearer token beside the apikey: {told}")
    return accounts.admit_token(apikey or "", bearer, now_of)


def _keyholder(key: str, apikey: str | None, accounts: Accounts, now_of: Callable[[str], int]) -> Account:
    """The account of a key. Another client's id beside it is refused, as it would be beside a token."""
    if apikey and apikey not in (key, accounts.id_of_key(key)):
        raise ApiError(Cause.TOKEN_REJECTED, "the sk- key is not one of this apikey")
    return accounts.admit_key(key, now_of)


def claimed(request: Request, accounts: Accounts) -> Account | None:
    """The account that a request says it comes from, before anything is proved: it has the refusal and its form."""
    apikey, bearer = request.query_value("apikey"), request.bearer
    for key in (bearer, apikey):
        if key and key.startswith(_KEY) and (owner := accounts.owner_of(key)):
            return owner
    name = apikey or client_credentials(request)[0]
    return accounts.find(name) if name else None


def client_credentials(request: Request) -> tuple[str, str]:
    """Client id and secret of a token call, empty where there are none."""
    if request.basic is not None:
        return request.basic
    fields = form_fields(request)
    return fields.get("client_id", ""), fields.get("client_secret", "")


def _grant_type(request: Request) -> str | None:
    return form_fields(request).get("grant_type") or request.query_value("grant_type")

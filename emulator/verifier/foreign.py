"""Bytes of a server that nobody vouches for: read up to a bound, unfolded up to a bound, and as JSON up to a depth.

What an answer should say is not known here.
"""

import zlib
from typing import Any

import httpx2
import orjson

MOST_BYTES = 64 * 1024 * 1024  # of an answer, unfolded: far above any page or PDF, far below any memory
_DEEPEST = 100  # levels of a JSON value: documented answers have less than ten, and whoever walks them may recurse


class TooLong(Exception):
    """An answer has more bytes than are read."""


class NoJson(ValueError):
    """The bytes are no JSON, or JSON that nobody can walk; the text says why."""


def received(http: httpx2.Client, request: httpx2.Request, **how: Any) -> tuple[httpx2.Response, bytes | None]:
    """The answer and its bytes without their content encoding; None where they are more than `MOST_BYTES`.

    The connection of an answer that is too long is closed. Raises httpx2.HTTPError.
    """
    answer = http.send(request, stream=True, **how)
    try:
        return answer, _unfolded(answer)
    except TooLong:
        return answer, None
    finally:
        answer.close()


def unfold(content: bytes, encoding: str, most: int) -> bytes | None:
    """Gzip and deflate undone; None of another encoding, or of what is broken. Raises TooLong above `most` bytes."""
    match encoding.strip().lower():
        case "" | "identity":
            return content
        case "gzip" | "x-gzip" | "deflate":
            pass
        case _:
            return None
    for window in (47, -15):  # with the head of gzip or zlib; deflate also comes without
        reader = zlib.decompressobj(window)
        try:
            plain = reader.decompress(content, most + 1)
        except zlib.error:
            continue
        if len(plain) > most:
            raise TooLong
        return plain if reader.eof else None
    return None


def json_of(content: bytes) -> Any:
    """The JSON value. Raises NoJson."""
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise NoJson(f"no JSON: {error}") from error
    _walked(value)
    return value


def _walked(value: Any) -> None:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inner(one)]
        if not level:
            return
    raise NoJson(f"JSON of more than {_DEEPEST} levels")


def _inner(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _unfolded(answer: httpx2.Response) -> bytes:
    """Raises TooLong, and httpx2.DecodingError of what cannot be unfolded."""
    if answer.is_stream_consumed:  # an application of this process has answered: all is there
        if len(answer.content) > MOST_BYTES:
            raise TooLong
        return answer.content
    content = bytearray()
    for chunk in answer.iter_raw():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooLong
    plain = unfold(bytes(content), answer.headers.get("content-encoding", ""), MOST_BYTES)
    if plain is None:
        raise httpx2.DecodingError("the content encoding cannot be undone", request=answer.request)
    return plain

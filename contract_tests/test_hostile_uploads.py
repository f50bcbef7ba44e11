"""An upload is taken when it is one whole JPG or PNG under the name `image`, and refused in good order otherwise."""

import pytest

from contract_tests.account import Account
from contract_tests.documents import FILE_REFUSED, INVALID, UNREADABLE, picture

pytestmark = pytest.mark.emulator_only
_FILES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", FILE_REFUSED),
    "text": (b"not a picture", FILE_REFUSED),
    "gif": (b"GIF89a" + bytes(100), FILE_REFUSED),
    "pdf": (b"%PDF-1.7", FILE_REFUSED),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FILE_REFUSED),
    "png-head-alone": (b"\x89PNG\r\n\x1a\n", FILE_REFUSED),
    "jpeg-head-alone": (b"\xff\xd8\xff\xe0", FILE_REFUSED),
    "half-a-picture": (picture()[: len(picture()) // 2], FILE_REFUSED),
    "sound": (picture(), 0),
}


@pytest.mark.parametrize("name", list(_FILES))
def test_only_a_whole_picture_is_taken(account: Account, name: str) -> None:
    content, code = _FILES[name]
    assert account.call("P010", image=content).code == code


def _part(head: str, content: bytes) -> bytes:
    return b"--b\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n--b--\r\n"


_MULTIPARTS: dict[str, tuple[bytes, str, set[int]]] = {
    "field-instead-of-file": (
        _part('name="image"', picture()),
        "multipart/form-data; boundary=b",
        {INVALID, FILE_REFUSED, 0},
    ),
    "empty-field": (_part('name="image"', b""), "multipart/form-data; boundary=b", {INVALID, FILE_REFUSED}),
    "other-name": (_part('name="file"; filename="a.png"', picture()), "multipart/form-data; boundary=b", {INVALID}),
    "no-name": (_part('filename="a.png"', picture()), "multipart/form-data; boundary=b", {INVALID, UNREADABLE}),
    "no-boundary": (_part('name="image"; filename="a"', picture()), "multipart/form-data", {UNREADABLE}),
    "other-boundary": (_part('name="image"; filename="a"', picture()), "multipart/form-data; boundary=c", {UNREADABLE}),
    "unfinished": (
        _part('name="image"; filename="a"', picture())[:-6],
        "multipart/form-data; boundary=b",
        {UNREADABLE, INVALID, FILE_REFUSED},
    ),
    "empty-body": (b"", "multipart/form-data; boundary=b", {UNREADABLE, INVALID}),
    "garbage": (b"\xff" * 1000, "multipart/form-data; boundary=b", {UNREADABLE}),
    "bare-picture": (picture(), "image/png", {UNREADABLE}),
    "no-type": (picture(), "", {UNREADABLE}),
    "strange-file-name": (
        _part('name="image"; filename="../../\xff\x00.png"', picture()),
        "multipart/form-data; boundary=b",
        {0, UNREADABLE},
    ),
}


@pytest.mark.parametrize("name", list(_MULTIPARTS))
def test_an_upload_in_disorder_is_refused_in_order(account: Account, name: str) -> None:
    content, media_type, codes = _MULTIPARTS[name]
    answer = account.send_body("P010", content, media_type)
    assert answer.header("x-emulator-fault") is None, answer.reason
    assert answer.status == 200
    assert answer.code in codes

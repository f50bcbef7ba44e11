"""Signed links: good to the second, refused when anything in them is changed or somebody else signs."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import clock
from emulator.behaviours import links
from emulator.behaviours.links import FilePath, LinkState
from emulator.behaviours.world import Account
from emulator.spec import loader

RULES = loader.load().links
NOW, LIFE = clock.instant("2026-01-01T00:00:00Z"), 9 * 3_600_000
OWNER, PATH = Account("a client", seed=1), FilePath("a client", "images", "0123.png")
URL = links.make(RULES, OWNER, "http://host:8390", PATH, NOW, LIFE)


def state(url: str, account: Account = OWNER, now: int = NOW) -> LinkState:
    path, query = links.read(url)
    assert path is not None
    return links.judge(account, path, query, now)


def test_a_link_has_the_form_of_the_vendor_s_samples() -> None:
    parts = urlsplit(URL)
    query = dict(parse_qsl(parts.query))
    assert (parts.netloc, parts.path) == ("host:8390", "/files/a%20client/images/0123.png")
    assert list(query) == [
        "X-Amz-Algorithm",
        "X-Amz-Date",
        "X-Amz-SignedHeaders",
        "X-Amz-Expires",
        "X-Amz-Credential",
        "X-Amz-Signature",
    ]
    signature = query.pop("X-Amz-Signature")
    assert len(bytes.fromhex(signature)) == 32
    assert query == {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": "20260101T000000Z",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": "32400",
        "X-Amz-Credential": "EMULATOR0PATSNAP0ONLY/20260101/cn-northwest-1/s3/aws4_request",
    }
    assert "EMULATOR0PATSNAP0ONLY%2F20260101%2Fcn-northwest-1%2Fs3%2Faws4_request" in parts.query


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (-1000, LinkState.GOOD),
        (0, LinkState.GOOD),
        (LIFE - 1, LinkState.GOOD),
        (LIFE, LinkState.EXPIRED),
        (LIFE + 1, LinkState.EXPIRED),
    ],
)
def test_a_link_lives_exactly_its_life(since: int, expected: LinkState) -> None:
    assert state(URL, now=NOW + since) is expected


@pytest.mark.parametrize("past", [1, 500, 999])
def test_a_link_made_within_a_second_counts_from_its_beginning(past: int) -> None:
    url = links.make(RULES, OWNER, "http://host", PATH, NOW + past, LIFE)
    assert state(url, now=NOW + past + LIFE - 1000) is LinkState.GOOD
    assert state(url, now=NOW + LIFE - 1) is LinkState.GOOD
    assert state(url, now=NOW + LIFE) is LinkState.EXPIRED


def changed_bytes() -> list[str]:
    """The link with each character of path and query changed, one at a time."""
    start = URL.index("/files/") + len("/files/")
    swap = {"/": "x", "&": "x", "=": "x", "?": "x"}
    return [
        URL[:at] + swap.get(letter, "1" if letter != "1" else "2") + URL[at + 1 :]
        for at, letter in enumerate(URL)
        if at >= start
    ]


@pytest.mark.parametrize("url", changed_bytes())
def test_a_link_with_any_character_changed_is_refused(url: str) -> None:
    path, query = links.read(url)
    assert path is None or links.judge(OWNER, path, query, NOW) is not LinkState.GOOD


@pytest.mark.parametrize(
    "more", ["&x=1", "&X-Amz-Expires=99999999", "&X-Amz-Signature=0", "&response-content-type=text/html"]
)
def test_a_link_with_anything_added_is_refused(more: str) -> None:
    assert state(URL + more) is LinkState.TAMPERED


@pytest.mark.parametrize(
    "name", ["X-Amz-Algorithm", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires", "X-Amz-Credential"]
)
def test_a_link_with_anything_left_out_is_refused(name: str) -> None:
    path, query = links.read(URL)
    assert path is not None
    left = [pair for pair in query if pair[0] != name]
    assert links.judge(OWNER, path, left, NOW) is LinkState.TAMPERED


def test_a_link_without_a_signature_is_told_apart() -> None:
    assert state(URL.partition("&X-Amz-Signature")[0]) is LinkState.UNSIGNED
    assert state(URL.partition("?")[0]) is LinkState.UNSIGNED


@pytest.mark.parametrize("signature", ["\u00fc", "\ud800", "0" * 10_000])
def test_what_is_no_text_of_a_signature_is_refused(signature: str) -> None:
    _, query = links.read(URL)
    forged = [(name, signature if name == "X-Amz-Signature" else value) for name, value in query]
    assert links.judge(OWNER, PATH, forged, NOW) is LinkState.TAMPERED


@pytest.mark.parametrize("other", [Account("another", seed=1), Account("a client", seed=2)])
def test_another_account_and_another_seed_sign_otherwise(other: Account) -> None:
    assert state(URL, account=other) is LinkState.TAMPERED
    assert state(links.make(RULES, other, "http://host", PATH, NOW, LIFE)) is LinkState.TAMPERED


def test_settings_that_are_not_the_seed_do_not_touch_signatures() -> None:
    assert state(URL, account=replace(OWNER, wire="live", language="cn", strict=True)) is LinkState.GOOD


@pytest.mark.parametrize(
    "path", ["/files/", "/files/a", "/files/a/images", "/files/a/images/", "/files//images/x", "/file/a/images/x", "/"]
)
def test_what_is_no_path_of_ours_has_no_parts(path: str) -> None:
    assert links.path_of(path) is None


whole = st.characters(codec="utf-8")
names = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=20)


@given(names, st.text(whole, min_size=1, max_size=20))
def test_a_path_survives_being_written(account: str, name: str) -> None:
    path = FilePath(account, "images", name)
    assert links.read(f"http://host{path}?x=1")[0] == path


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (URL, True),
        (URL.replace("host:8390", "elsewhere"), True),
        ("http://host:8390/files/x", True),
        ("http://host:8390/other", False),
        ("http://elsewhere/files/x", False),
        ("https://static-open.zhihuiya.com/sample/common_demo.png", False),
        ("http://[::1", False),
        ("", False),
        ("no url at all", False),
    ],
)
def test_a_link_of_ours_is_known_by_host_or_credential(url: str, ours: bool) -> None:
    assert links.is_ours(RULES, url, "http://host:8390") is ours

"""Who is led through the forward proxy and who is refused, from the head of a request alone."""

import pytest

from emulator.verifier.intercept.wanted import judge

HOSTS = ("connect.patsnap.com", "connect.zhihuiya.com")


@pytest.mark.parametrize(
    "target",
    [
        "connect.patsnap.com:443",
        "connect.zhihuiya.com:443",
        "CONNECT.PatSnap.Com:443",
        "connect.patsnap.com.:443",
        "connect.patsnap.com:0443",
    ],
)
def test_a_tunnel_to_the_vendor_is_granted(target: str) -> None:
    assert judge(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode(), HOSTS) is None


@pytest.mark.parametrize(
    ("line", "status", "wanted", "why"),
    [
        ("CONNECT example.com:443 HTTP/1.1", 403, "example.com:443", "only connect.patsnap.com and"),
        ("CONNECT connect.patsnap.com.evil.com:443 HTTP/1.1", 403, "connect.patsnap.com.evil.com:443", "only"),
        ("CONNECT evil-connect.patsnap.com:443 HTTP/1.1", 403, "evil-connect.patsnap.com:443", "only"),
        ("CONNECT connect.patsnap.com..:443 HTTP/1.1", 403, "connect.patsnap.com..:443", "only"),
        ("CONNECT 93.184.216.34:443 HTTP/1.1", 403, "93.184.216.34:443", "only"),
        ("CONNECT 127.0.0.1:443 HTTP/1.1", 403, "127.0.0.1:443", "only"),
        ("CONNECT [::1]:443 HTTP/1.1", 403, "[::1]:443", "only"),
        ("CONNECT connect.patsnap.com:80 HTTP/1.1", 403, "connect.patsnap.com:80", "on port 443 only"),
        ("CONNECT connect.patsnap.com:44300 HTTP/1.1", 403, "connect.patsnap.com:44300", "on port 443 only"),
        ("CONNECT connect.patsnap.com HTTP/1.1", 400, "connect.patsnap.com", "a host and a port"),
        ("CONNECT user:secret@connect.patsnap.com:443 HTTP/1.1", 400, "connect.patsnap.com:443", "a host and a port"),
        ("CONNECT connect.patsnap.com:443/x?apikey=secret HTTP/1.1", 400, "connect.patsnap.com:443", "a host and a"),
        ("CONNECT \u00e9vil\x1b[2J.com:443 HTTP/1.1", 403, "??vil?[2J.com:443", "only"),
        ("GET http://connect.patsnap.com/x HTTP/1.1", 403, "http://connect.patsnap.com", "write https://connect.pat"),
        ("GET http://Connect.Zhihuiya.com:80/x HTTP/1.1", 403, "http://connect.zhihuiya.com:80", "write https://conn"),
        ("POST http://u:secret@example.com/x?apikey=secret HTTP/1.1", 403, "http://example.com", "only"),
        ("GET https://connect.patsnap.com/x HTTP/1.1", 400, "https://connect.patsnap.com", "by CONNECT"),
        ("GET ftp://example.com/ HTTP/1.1", 403, "ftp://example.com", "only"),
        ("GET /x?apikey=secret HTTP/1.1", 400, "the proxy itself", "a proxy and no server"),
        ("GET http://[::1/ HTTP/1.1", 400, "an address that cannot be read", "cannot be read"),
        ("GET http://example.com:99999/ HTTP/1.1", 400, "an address that cannot be read", "cannot be read"),
        ("CONNECT connect.patsnap.com:443 HTTP/2.0", 400, "something that is not HTTP", "no request"),
        ("CONNECT connect.patsnap.com:443", 400, "something that is not HTTP", "no request"),
        ("connect connect.patsnap.com:443 HTTP/1.1", 400, "something that is not HTTP", "no request"),
        ("SSH-2.0-OpenSSH_9.2", 400, "something that is not HTTP", "no request"),
        ("", 400, "something that is not HTTP", "no request"),
    ],
)
def test_everything_else_is_refused_and_no_secret_told(line: str, status: int, wanted: str, why: str) -> None:
    refusal = judge(f"{line}\r\nProxy-Authorization: Basic secret\r\n\r\n".encode(), HOSTS)
    assert refusal is not None
    assert (refusal.status, refusal.wanted) == (status, wanted)
    assert why in refusal.why
    assert "secret" not in f"{refusal}"


def test_a_wish_is_told_in_bounds() -> None:
    refusal = judge(f"CONNECT {'a' * 9000}:443 HTTP/1.1\r\n\r\n".encode(), HOSTS)
    assert refusal is not None
    assert len(refusal.wanted) == 100

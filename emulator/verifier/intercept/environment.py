"""The environment that leads unmodified programs to the forward proxy and lets them trust the throw-away authority.

Knows which variables Python, curl, Node and Java read, and no more of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emulator.verifier.intercept.trust import PASSWORD

# Name a file of certificates: for Python's requests, for OpenSSL and so Python and others, for curl, for Node.
TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
# Programs read one case or the other; where both count, the lower one wins.
_PROXY = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_NO_PROXY = ("NO_PROXY", "no_proxy")
_PRELOAD = Path(__file__).with_name("preload.cjs")


@dataclass(frozen=True)
class Files:
    """The certificate that clients shall trust: as PEM, and as a trust store for Java."""

    authority: Path
    java_store: Path


def environment(port: int, hosts: Sequence[str], files: Files, known: Mapping[str, str]) -> dict[str, str]:
    """Variables for a child process, over those that are `known`: some are replaced, two are added to.

    `port` is that of the proxy, `hosts` the vendor's addresses; the files need not be there yet.
    """
    proxy = f"http://127.0.0.1:{port}"
    names = " ".join(host.partition("://")[2] for host in hosts)
    return {
        **dict.fromkeys(_PROXY, proxy),
        **dict.fromkeys(_NO_PROXY, ""),
        **dict.fromkeys(TRUST, str(files.authority)),
        "NODE_USE_ENV_PROXY": "1",
        "NODE_OPTIONS": _added(known.get("NODE_OPTIONS"), f"--require {_quoted(str(_PRELOAD))}"),
        "PATSNAP_INTERCEPT": f"127.0.0.1:{port} {names}",
        "JAVA_TOOL_OPTIONS": _added(known.get("JAVA_TOOL_OPTIONS"), " ".join(_java(port, files.java_store))),
        "PATSNAP_BASE_URL": hosts[0],
    }


def _java(port: int, store: Path) -> list[str]:
    """Java's own properties: proxies for both schemes, for loopback too, and the one store to trust."""
    proxies = [f"-D{scheme}.proxy{what}" for scheme in ("http", "https") for what in ("Host=127.0.0.1", f"Port={port}")]
    trust = {"": str(store), "Password": PASSWORD, "Type": "PKCS12"}
    stores = [_quoted(f"-Djavax.net.ssl.trustStore{what}={value}") for what, value in trust.items()]
    return [*proxies, "-Dhttp.nonProxyHosts=", *stores]


def _added(known: str | None, more: str) -> str:
    return f"{known} {more}" if known else more


def _quoted(text: str) -> str:
    """Node and Java split these variables at spaces that stand outside of double quotes."""
    return f'"{text}"' if " " in text else text

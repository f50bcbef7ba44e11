"""`serve --tls`: its certificate is good by every name it is called, for those who trust its authority alone."""

import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import trustme

from emulator.settings import Settings
from tests.test_cli_serve import ENVIRONMENT, ended, start


def running(folder: Path, *options: object) -> tuple["subprocess.Popen[str]", str]:
    process = start(folder, "--port", 0, *options)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert " is ready at https://127.0.0.1:" in first, process.stderr.read() if process.stderr else ""
    return process, first.split()[-1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a running server, and the certificate of its authority."""
    folder = tmp_path_factory.mktemp("tls")
    process, url = running(folder, "--tls", "--tls-ca", folder / "ca.pem")
    with process:
        yield int(url.rpartition(":")[2]), folder / "ca.pem"
        process.terminate()


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Somebody's authority, and a certificate of it with its key."""
    authority, certificate, key = (tmp_path / f"{name}.pem" for name in ("authority", "certificate", "key"))
    made = trustme.CA()
    issued = made.issue_cert("emulator.example", "127.0.0.1")
    made.cert_pem.write_to_path(str(authority))
    issued.cert_chain_pems[0].write_to_path(str(certificate))
    issued.private_key_pem.write_to_path(str(key))
    return authority, certificate, key


def command(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "emulator", *map(str, arguments)]
    surroundings = {**ENVIRONMENT, **environment}
    return subprocess.run(line, capture_output=True, text=True, env=surroundings, timeout=60, check=False)


def shown_to(port: int, name: str, authority: Path) -> None:
    """A handshake by this name. Raises ssl.SSLError where the certificate is not good for it."""
    trusting = ssl.create_default_context(cafile=authority)
    with (
        socket.create_connection(("127.0.0.1", port), timeout=30) as plain,
        trusting.wrap_socket(plain, server_hostname=name),
    ):
        pass


@pytest.mark.parametrize("name", ["connect.patsnap.com", "connect.zhihuiya.com", "localhost", "127.0.0.1", "::1"])
def test_it_is_good_for_the_vendors_names_and_for_loopback(name: str, server: tuple[int, Path]) -> None:
    shown_to(server[0], name, server[1])


def test_it_is_good_for_no_other_name(server: tuple[int, Path]) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shown_to(server[0], "www.patsnap.com", server[1])


def test_who_does_not_trust_its_authority_is_warned(server: tuple[int, Path]) -> None:
    with pytest.raises(httpx2.ConnectError, match=r"self-signed|issuer"):
        httpx2.get(f"https://127.0.0.1:{server[0]}/_emulator/health", trust_env=False)


def test_links_of_answers_lead_back_by_https(server: tuple[int, Path]) -> None:
    url, trusting = f"https://localhost:{server[0]}", ssl.create_default_context(cafile=server[1])
    with httpx2.Client(base_url=url, verify=trusting, trust_env=False, timeout=30) as client:
        client.headers["Authorization"] = "Bearer sk-anything0anything0"
        asked = {"url": "https://pictures.example/a.png", "patent_type": "D", "model": 1}
        link = client.post("/search/patent/image-single", json=asked).json()["data"]["patent_messages"][0]["url"]
        assert link.startswith(f"{url}/files/")
        assert client.get(link).status_code == 200


def test_the_line_it_prints_works_and_its_folder_goes_with_it(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    process, _ = running(tmp_path, "--tls")
    with process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(11)]
        begin = next(number for number, line in enumerate(lines) if line.startswith("  curl --cacert "))
        told = "".join(lines[begin : begin + 2])
        done = subprocess.run(["bash", "-c", told], capture_output=True, text=True, timeout=30, check=False)
        assert '"error_code":0' in done.stdout.replace(" ", ""), done.stderr
        authority = Path(shlex.split(told)[2])
        assert authority.parent.stat().st_mode & 0o777 == 0o700
        assert [one.name for one in authority.parent.iterdir()] == ["ca.pem"]
        assert b"PRIVATE" not in authority.read_bytes()
        process.terminate()
        assert process.wait(30) == 0
        assert not authority.parent.exists()


def test_the_healthcheck_trusts_whom_it_is_told_to(server: tuple[int, Path], tmp_path: Path) -> None:
    url = f"https://127.0.0.1:{server[0]}"
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(str(stranger))
    assert command("healthcheck", "--url", url, "--tls-ca", server[1]).stdout == f"{url}/_emulator/health: ok\n"
    assert command("healthcheck", "--url", url, "--tls-ca", stranger).returncode == 1
    assert command("healthcheck", "--url", url).returncode == 1


def test_a_container_that_serves_tls_finds_itself_healthy(server: tuple[int, Path]) -> None:
    told = command("healthcheck", PATSNAP_EMULATOR_TLS="1", PATSNAP_EMULATOR_PORT=str(server[0]))
    assert told.stdout == f"https://127.0.0.1:{server[0]}/_emulator/health: ok\n"


def test_the_environment_of_a_client_names_the_authority(server: tuple[int, Path]) -> None:
    told = command("env", PATSNAP_EMULATOR_TLS_CA=str(server[1]), PATSNAP_EMULATOR_PORT=str(server[0])).stdout
    assert f"export PATSNAP_BASE_URL=https://127.0.0.1:{server[0]}\n" in told
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"):
        assert f"export {name}={server[1]}\n" in told


def test_a_certificate_of_ones_own_is_shown(tmp_path: Path, own: tuple[Path, Path, Path]) -> None:
    authority, certificate, key = own
    process, url = running(tmp_path, "--tls-cert", certificate, "--tls-key", key)
    with process:
        shown_to(int(url.rpartition(":")[2]), "emulator.example", authority)
        process.terminate()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--tls-cert", "CERT"), "belong together"),
        (("--tls-key", "KEY"), "belong together"),
        (("--tls-cert", "CERT", "--tls-key", "KEY", "--tls-ca", "ca.pem"), "with --tls-cert there is none"),
        (("--tls-cert", "nowhere.pem", "--tls-key", "KEY"), "does not exist"),
    ],
    ids=["without key", "without certificate", "with an authority of ours", "not there"],
)
def test_options_that_do_not_fit_are_told(
    options: tuple[str, ...], sentence: str, tmp_path: Path, own: tuple[Path, Path, Path]
) -> None:
    files = {"CERT": own[1], "KEY": own[2]}
    code, complaints = ended(tmp_path, "--port", 0, *(files.get(option, option) for option in options))
    assert code == 2
    assert sentence in complaints


def test_a_key_of_another_certificate_ends_it_with_3_in_one_line(tmp_path: Path, own: tuple[Path, Path, Path]) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().issue_cert("emulator.example").private_key_pem.write_to_path(str(other))
    code, complaints = ended(tmp_path, "--port", 0, "--tls-cert", own[1], "--tls-key", other)
    assert (code, complaints.count("\n")) == (3, 1)
    assert "are no certificate and its key" in complaints


def test_an_authority_that_cannot_be_written_ends_it_with_3_in_one_line(tmp_path: Path) -> None:
    code, complaints = ended(tmp_path, "--port", 0, "--tls-ca", tmp_path / "nowhere" / "ca.pem")
    assert (code, complaints.count("\n")) == (3, 1)
    assert "--tls-ca" in complaints


@pytest.mark.parametrize(
    ("told", "secure"), [({}, False), ({"tls": True}, True), ({"tls_ca": "ca.pem"}, True)], ids=["no", "tls", "ca"]
)
def test_any_word_about_certificates_means_https(told: dict[str, object], secure: bool) -> None:
    assert Settings(**told).secure is secure  # type: ignore[arg-type]


def test_who_wants_no_tls_loads_nothing_for_it() -> None:
    probe = "import sys, emulator.cli, emulator.app, uvicorn; print({'trustme', 'cryptography'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert done.stdout == "set()\n"

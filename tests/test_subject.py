"""A command as reports name it: on one line, without the secrets that were typed into it."""

import pytest

from emulator.verifier.subject import told

KEY = "sk-" + "Ab0" * 16


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["python", "client.py", "--pages", "3"], "python client.py --pages 3"),
        (["sh", "-c", "a &&\n  b"], "sh -c 'a && b'"),
        (["client", "--client-secret", "mine", "x"], "client --client-secret ... x"),
        (["client", "-password", "mine"], "client -password ..."),
        (["client", "--api-key=mine"], "client --api-key=..."),
        (["env", "PATSNAP_CLIENT_SECRET=mi\nne", "client"], "env PATSNAP_CLIENT_SECRET=... client"),
        (["curl", "-u", "id:mine", "https://x"], "curl -u id:... https://x"),
        (["curl", "-u", "id"], "curl -u id"),
        (["curl", "https://x/?token=mine&lang=en"], "curl 'https://x/?token=...'"),
        (["client", "known-one"], "client ..."),
        (["client", '{"client_secret": "mine"}'], 'client \'{"client_secret": "..."}\''),
        (["client", "--tokens-file", "tokens.txt"], "client --tokens-file ..."),  # rather too much than too little
    ],
)
def test_what_is_told_and_what_is_hidden(command: list[str], shown: str) -> None:
    assert told(command, ["known-one", ""]) == shown


def test_a_key_is_hidden_wherever_it_stands() -> None:
    assert KEY not in told(["client", f"--with={KEY}", f"https://x/{KEY}"])

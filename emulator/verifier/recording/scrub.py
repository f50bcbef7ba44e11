"""An exchange without what is nobody's business: secrets, signatures, hosts, addresses; patents and ids stay.

What the documents know is kept as far as no secret stands in it; texts that no page documents are replaced as a
whole. Links keep their paths where they lead to the service, their dates and lives, and the pages' own samples stay.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from emulator.spec.models import Service
from emulator.verifier.recording.addresses import LINK, without_hosts
from emulator.verifier.recording.disguises import unmasked_base64, views
from emulator.verifier.recording.placeholders import Placeholders
from emulator.verifier.recording.secrets_told import is_secret

_SHAPES = (
    re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,}"),
    re.compile(r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{12,}"),
    re.compile(r"-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)"),
    re.compile(r"(?<![A-Za-z0-9+/=_-])(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[A-Za-z0-9+/_-]{32,}={0,2}"),
    re.compile(r"(?<![A-Za-z0-9])[0-9a-fA-F]{40,}(?![A-Za-z0-9])"),
)
_NAMED = re.compile(
    r"(?i)((?:secret|passw(?:or)?d|token|api[-_ ]?key|authorization|credential|signature|bearer|basic)"
    r"[\"'\\]*\s*[=: ]\s*[\"'\\]*(?:Bearer\s+|Basic\s+)?)([^\s\"'\\&,;<>]*\d[^\s\"'\\&,;<>]*)"
)
_KEPT_IN_LINKS = {
    "X-Amz-Algorithm": re.compile(r"AWS4-HMAC-SHA256"),
    "X-Amz-Date": re.compile(r"\d{8}T\d{6}Z"),
    "X-Amz-Expires": re.compile(r"\d{1,8}"),
    "X-Amz-SignedHeaders": re.compile(r"host"),
}
_NAME = re.compile(r"(?=(?:\D*\d){0,3}\D*$)[A-Za-z_][A-Za-z0-9_-]{0,40}")  # few digits: no key or number
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|pdf|docx?)$", re.IGNORECASE)


class Scrub:
    """`own` are hosts whose links keep their paths, beside the service's."""

    def __init__(self, service: Service, placeholders: Placeholders, own: frozenset[str] = frozenset()) -> None:
        self._told = placeholders
        self._own = own
        hosts = [urlsplit(host).hostname or "" for host in service.hosts]
        self._vendor = tuple(".".join(host.split(".")[-2:]) for host in hosts)
        self._samples = frozenset(_samples(service))

    def value(self, value: Any, schema: Mapping[str, Any]) -> Any:
        """A JSON value that a schema speaks of, in the same shape."""
        if isinstance(value, dict):
            known = schema.get("properties", {})
            return {self.name(name, known): self._member(name, part, known) for name, part in value.items()}
        if isinstance(value, list):
            return [self.value(part, schema.get("items", {})) for part in value]
        if isinstance(value, str):
            return self.text(value)
        return self._number(value)

    def text(self, text: str) -> str:
        """A text that the documents know of."""
        plain = self._plain(text)
        for view in views(plain):
            if self._hides(view):
                return self._told.of("text", text)
        return unmasked_base64(plain, self._hides, self._holds, self._secret)

    def other(self, text: str) -> str:
        """A text of which nobody knows what it is."""
        known = self._told.without_secrets(text)
        return known if self._told.is_one(known) or not text else self._told.of("text", text)

    def again(self, value: Any) -> Any:
        """What was scrubbed before more secrets were known."""
        if isinstance(value, dict):
            return {self.text(name): self.again(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.again(part) for part in value]
        return self.text(value) if isinstance(value, str) else self._number(value)

    def name(self, name: str, known: Collection[str]) -> str:
        """The name of a member or field; one that no page has must look like a name."""
        if name in known or self._told.is_one(name):
            return name
        told = self.text(name)
        return told if told == name and _NAME.fullmatch(name) else self.other(name)

    def _member(self, name: str, part: Any, known: Mapping[str, Any]) -> Any:
        return self.value(part, known[name]) if name in known and not is_secret(name) else self._hidden(part)

    def _hidden(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self.name(name, ()): self._hidden(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._hidden(part) for part in value]
        return self.other(value) if isinstance(value, str) else self._number(value)

    def _number(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return value
        told = self._told.without_secrets(str(value))
        return value if told == str(value) else told

    def _hides(self, text: str) -> bool:
        return self._plain(text) != text

    def _holds(self, text: str) -> bool:
        return self._told.without_secrets(text) != text

    def _plain(self, text: str) -> str:
        """The text as it stands, not unwrapped."""
        kept: list[str] = []

        def put_aside(match: re.Match[str]) -> str:
            kept.append(self._link(match[0].replace("\\/", "/")))
            return f"\x00{len(kept) - 1}\x00"

        text = LINK.sub(put_aside, text.replace("\x00", ""))
        text = self._bare(text)
        return re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], text)

    def _bare(self, text: str) -> str:
        text = self._told.without_secrets(text)
        text = _NAMED.sub(lambda match: match[1] + self._secret(match[2]), text)
        for shape in _SHAPES:
            text = shape.sub(lambda match: self._secret(match[0]), text)
        return without_hosts(text, self._address)

    def _secret(self, text: str) -> str:
        return text if self._told.is_one(text) else self._told.of("secret", text)

    def _address(self, kind: str, text: str) -> str:
        if text.lower().endswith(".invalid"):
            return text
        number = self._told.of(kind, text.lower())
        return f"{number}@mail.invalid" if kind == "mail" else f"{number}.invalid"

    def _link(self, link: str) -> str:
        if link in self._samples:
            return link
        try:
            parts = urlsplit(link)
            host = (parts.hostname or "").lower()
        except ValueError:
            return f"https://{self._told.of('host', link)}.invalid"
        query = f"?{self._query(parts.query)}" if parts.query else ""
        if f"{parts.scheme}://{parts.netloc}{parts.path}" in self._samples:
            return f"{parts.scheme}://{parts.netloc}{parts.path}{query}"
        place = host if host.endswith(".invalid") else f"{self._told.of('host', host)}.invalid"
        return f"{parts.scheme}://{place}{self._path(parts.path, host)}{query}"

    def _path(self, path: str, host: str) -> str:
        known = host in self._own or host.endswith(".invalid")
        if known or any(host == name or host.endswith("." + name) for name in self._vendor):
            plain = unquote(path)
            told = "/".join(self._bare(step) for step in plain.split("/"))
            return path if told == plain else quote(told, safe="/@:")
        if path in ("", "/"):
            return path
        ending = _ENDING.search(path)
        return f"/{self._told.of('address', path)}{ending[0].lower() if ending else ''}"

    def _query(self, query: str) -> str:
        return "&".join(self._field(name, value) for name, value in parse_qsl(query, keep_blank_values=True))

    def _field(self, name: str, value: str) -> str:
        look = _KEPT_IN_LINKS.get(name)
        if look is None or not look.fullmatch(value):
            value = self.other(value) if not is_secret(name) else self._secret(value)
        return f"{quote(self._bare(name), safe='-_.~')}={quote(value, safe='-_.~')}"


def _samples(service: Service) -> Iterator[str]:
    """The addresses in the pages' examples, with and without what follows a question mark."""
    for operation in service.operations.values():
        for text in _texts(operation.fragment):
            if text.startswith(("http://", "https://")) and " " not in text:
                yield text.partition("?")[0]
                if "X-Amz" not in text:
                    yield text


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for part in node.values():
            yield from _texts(part)
    elif isinstance(node, (list, tuple)):
        for part in node:
            yield from _texts(part)

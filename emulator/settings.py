"""Every setting of the server, read once: flags > environment > patsnap-emulator.toml > defaults.

Knows names, types and defaults; not what they lead to.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, DirectoryPath, Field, FilePath, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from emulator import clock


def _url(value: str) -> str:
    if re.fullmatch(r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[^?#\s]*)?", value) is None:
        raise ValueError(f"{value!r} is not an address: write for instance https://emulator.example:8390")
    return value.rstrip("/")


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.isoformat()
    return clock.instant(value) if isinstance(value, str) else value


def _latency(value: Any) -> Any:
    return clock.duration(value) if isinstance(value, str) and value not in ("off", "documented") else value


Url = Annotated[str, AfterValidator(_url)]
Instant = Annotated[int, BeforeValidator(_instant)]


def _milliseconds(value: Any) -> Any:
    return clock.duration(value) if isinstance(value, str) else value


def _status(value: Any) -> Any:
    return int(value) if value in ("200", "201") else value


Milliseconds = Annotated[int, BeforeValidator(_milliseconds)]
Latency = Annotated[Literal["off", "documented"] | Annotated[int, Field(ge=0)], BeforeValidator(_latency)]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """What `serve` can be told. Instants are milliseconds once read."""

    model_config = SettingsConfigDict(
        env_prefix="PATSNAP_EMULATOR_",
        toml_file="patsnap-emulator.toml",
        frozen=True,
        extra="forbid",
        env_ignore_empty=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8390, ge=0, le=65535)
    seed: int = 1
    now: Instant | None = None
    freeze: bool = False
    wire: Literal["documented", "live"] = "documented"
    language: Literal["en", "cn"] = "en"
    fixtures: DirectoryPath | None = None
    public_url: Url | None = None
    port_file: Path | None = None
    control_token: str | None = Field(default=None, min_length=1, repr=False)
    control_open: bool = False
    tls: bool = False
    tls_cert: FilePath | None = None
    tls_key: FilePath | None = None
    tls_ca: Path | None = Field(default=None, description="where the certificate of an authority of ours is written")
    created_status: Annotated[Literal[200, 201], BeforeValidator(_status)] = 200
    strict: bool = False
    search_id_lifetime: Milliseconds | None = Field(default=None, ge=1, le=clock.LATEST)
    link_lifetime: Literal["documented", "signed"] = "documented"
    qps: int | None = Field(default=None, ge=0, le=2**53)
    daily_limit: int | None = Field(default=None, ge=0, le=2**53)
    total_limit: int | None = Field(default=None, ge=0, le=2**53)
    balance: int | None = Field(default=None, ge=0, le=2**53, description="of a new account; None: what decisions say")
    accounts: FilePath | None = None
    latency: Latency = Field(default="off", description="milliseconds that answers take, a real wait")
    journal: int = Field(default=1000, ge=1, description="calls that each account's journal keeps")
    journal_bodies: int = Field(default=8192, ge=0, le=2**30, description="bytes of a body that journals keep")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @model_validator(mode="after")
    def _one_certificate(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("--tls-cert and --tls-key belong together: a certificate and its private key")
        if self.tls_cert is not None and self.tls_ca is not None:
            raise ValueError("--tls-ca tells of a certificate made by the emulator; with --tls-cert there is none")
        return self

    @property
    def secure(self) -> bool:
        """Whether the emulator is called by https; a certificate says so as well as --tls."""
        return self.tls or self.tls_cert is not None or self.tls_ca is not None

    @property
    def steerable(self) -> bool:
        """Whether anybody may use the control API: on loopback all, elsewhere only by token or express wish."""
        return self.host in LOOPBACK or self.control_token is not None or self.control_open

"""What can be set for the web chat, and what of it would leave the door open to everybody."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from bot.errors import SettingsError

AT = "adapters.web"
MIN_KEY_CHARACTERS = 16
MIN_PASSPHRASE_CHARACTERS = 8
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class WebSettings(BaseModel):
    """The table [adapters.web]."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address to listen at; beyond this machine only with a login.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen at; 0 takes any that is free.")
    public_url: str = Field("", description="Address that people see, such as 'https://limner.example.com'.")
    hosts: tuple[str, ...] = Field((), description="Further host names that people may use for it.")
    passphrase: SecretStr = Field(
        SecretStr(""), description="Shared by all who may log in, each with a name of theirs."
    )
    proxy_user_header: str = Field("", description="Header in which a reverse proxy names who is logged in.")
    trusted_proxies: tuple[str, ...] = Field((), description="Addresses or networks of reverse proxies to believe.")
    keys: dict[str, SecretStr] = Field(
        default_factory=dict, repr=False, description="Keys for scripts by name; each is a person of its own."
    )
    desk_people: tuple[str, ...] = Field(
        (),
        description="Who may see and decide what customers are told: names of `keys`, or as the proxy names people.",
    )
    session_days: int = Field(30, ge=1, le=365, description="Days after which a browser that stayed away is forgotten.")
    messages_per_minute: int = Field(20, ge=1, le=10_000, description="Messages and buttons that one person may send.")
    uploads_per_minute: int = Field(20, ge=1, le=10_000, description="Pictures that one person may bring.")
    streams: int = Field(16, ge=1, le=1_000, description="Pages and scripts of one person that follow at a time.")
    upload_bytes: int = Field(
        20 * 2**20, ge=1024, le=20 * 2**20, description="Largest picture that may be brought, in bytes."
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ipaddress.ip_network(network)
        return networks

    @field_validator("keys")
    @classmethod
    def _are_long(cls, keys: dict[str, SecretStr]) -> dict[str, SecretStr]:
        if any(len(key.get_secret_value()) < MIN_KEY_CHARACTERS for key in keys.values()):
            raise ValueError(f"a key needs at least {MIN_KEY_CHARACTERS} characters")
        return keys

    @field_validator("passphrase")
    @classmethod
    def _is_long(cls, passphrase: SecretStr) -> SecretStr:
        if 0 < len(passphrase.get_secret_value()) < MIN_PASSPHRASE_CHARACTERS:
            raise ValueError(f"a passphrase needs at least {MIN_PASSPHRASE_CHARACTERS} characters")
        return passphrase

    @field_validator("public_url")
    @classmethod
    def _is_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/")):
            raise ValueError("expected http:// or https://, a host, and no path")
        return url.rstrip("/")

    @property
    def public_host(self) -> str:
        """The host name in `public_url`, or an empty string."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def exposed(self) -> bool:
        """Whether others than this machine's users can come here."""
        return not is_local(self.host) or bool(self.public_host and not is_local(self.public_host))

    @property
    def has_passphrase(self) -> bool:
        """Whether people log in on a page of ours."""
        return bool(self.passphrase.get_secret_value())

    @property
    def has_login(self) -> bool:
        """Whether there is a page to log in at, with the passphrase or with a key of one's own."""
        return self.has_passphrase or bool(self.desk_people and self.keys)

    @property
    def anonymous(self) -> bool:
        """Whether a browser needs no login: only this machine's users come here."""
        return not (self.exposed or self.has_passphrase or self.proxy_user_header)


def is_local(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_exposure(settings: WebSettings) -> None:
    """Refuse to let everybody in by mistake.

    Raises:
        SettingsError: Others can come here and nothing asks who they are, or a header would be believed from anyone.
    """
    if settings.proxy_user_header and not settings.trusted_proxies:
        raise SettingsError(
            f"'{AT}.proxy_user_header' is set, and nothing says which proxy may be believed",
            f"Set {AT}.trusted_proxies to its address, such as ['127.0.0.1'].",
            f"{AT}.trusted_proxies",
        )
    if settings.exposed and not (settings.has_passphrase or settings.proxy_user_header or settings.keys):
        where = settings.host if not is_local(settings.host) else settings.public_host
        raise SettingsError(
            f"The web chat would be open to everybody who can reach {where}",
            f"Set {AT}.passphrase, or {AT}.proxy_user_header, or {AT}.keys for scripts alone; or stay on 127.0.0.1.",
            f"{AT}.passphrase",
        )

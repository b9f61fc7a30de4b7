"""Settings, read from the environment once, and where the shipped files lie."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workbench.core.errors import Invalid
from workbench.core.limits import Limits

_HERE: Final = Path(__file__).parent
_LIMITS: Final = Limits()
_YEAR: Final = 525_600
"""Minutes of a year, the longest that an article stays with somebody."""
_DAY: Final = 86_400
_LEAST_MEMORY: Final = 100_000_000
_KEY: Final = 32
"""Letters that the key which signs cookies has at least."""


@dataclass(frozen=True, slots=True)
class OpenID:
    """A provider that people may sign in with; ``domains`` and ``create`` say who gets an account by doing so."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    title: str = "single sign-on"
    domains: tuple[str, ...] = ()
    create: bool = False
    admin_group: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that takes notices by e-mail; ``tls`` is starttls, tls or none."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this bench runs; ``home`` holds the embedded database, secrets, uploads and exports."""

    home: Path
    database_url: str
    exports: Path
    backups: Path | None = None
    model: str | None = None
    secure: bool = False
    upload_limit: int = 200_000_000
    lease_minutes: int = 60
    api_rate: int = 600
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    metrics_token: str = field(default="", repr=False)
    log_json: bool = False
    webhooks: tuple[str, ...] = field(default=(), repr=False)
    webhook_secret: str = field(default="", repr=False)
    webhook_private: bool = False
    openid: OpenID | None = None
    mail: Mail | None = None
    limits: Limits = _LIMITS
    suggester_memory: int = 6_000_000_000
    suggester_seconds: int = 300

    @property
    def backup_folder(self) -> Path:
        """Return where backups are written that are not told where to go."""
        return self.backups or self.home / "backups"

    @property
    def embedded(self) -> bool:
        """Say whether the database is the file in ``home``."""
        return self.database_url.startswith("sqlite")


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``WORKBENCH_…``; raises Invalid with the name of the variable that cannot be used."""
    home = _folder(environment, "WORKBENCH_HOME", Path.cwd() / ".workbench").resolve()
    if {"?", "%"} & set(str(home)):
        raise Invalid(f"WORKBENCH_HOME is {home}; a question mark or % would change the address of the database.")
    url = database_url(environment.get("WORKBENCH_DATABASE_URL") or f"sqlite:///{home / 'workbench.db'}")
    return Settings(
        home=home,
        database_url=url,
        exports=_folder(environment, "WORKBENCH_EXPORTS", home / "exports"),
        backups=_folder(environment, "WORKBENCH_BACKUPS", home / "backups"),
        model=environment.get("WORKBENCH_MODEL") or None,
        secure=_flag(environment, "WORKBENCH_SECURE"),
        upload_limit=_number(environment, "WORKBENCH_UPLOAD_LIMIT", 200_000_000, least=100_000),
        lease_minutes=_number(environment, "WORKBENCH_LEASE_MINUTES", 60, most=_YEAR),
        api_rate=_number(environment, "WORKBENCH_API_RATE", 600, most=10**9),
        hosts=_hosts(environment),
        proxies=_number(environment, "WORKBENCH_PROXIES", 0, least=0, most=10),
        metrics_token=environment.get("WORKBENCH_METRICS_TOKEN", ""),
        log_json=_flag(environment, "WORKBENCH_LOG_JSON"),
        webhooks=_webhooks(environment),
        webhook_secret=environment.get("WORKBENCH_WEBHOOK_SECRET", ""),
        webhook_private=_flag(environment, "WORKBENCH_WEBHOOK_PRIVATE"),
        openid=_openid(environment),
        mail=_mail(environment),
        limits=Limits(
            memory=_number(environment, "WORKBENCH_READ_MEMORY", _LIMITS.memory, least=_LEAST_MEMORY),
            seconds=_number(environment, "WORKBENCH_READ_SECONDS", _LIMITS.seconds, most=_DAY),
            pace=_number(environment, "WORKBENCH_READ_PACE", _LIMITS.pace, most=_DAY),
            spans=_number(environment, "WORKBENCH_READ_SPANS", _LIMITS.spans, most=10**9),
            entries=_number(environment, "WORKBENCH_ZIP_ENTRIES", _LIMITS.entries),
            ratio=_number(environment, "WORKBENCH_ZIP_RATIO", _LIMITS.ratio),
            unpacked=_number(environment, "WORKBENCH_ZIP_UNPACKED", _LIMITS.unpacked),
        ),
        suggester_memory=_number(environment, "WORKBENCH_SUGGESTER_MEMORY", 6_000_000_000, least=_LEAST_MEMORY),
        suggester_seconds=_number(environment, "WORKBENCH_SUGGESTER_SECONDS", 300, most=_DAY),
    )


def database_url(url: str) -> str:
    """Return a database's address with the driver that we use."""
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url


def _webhooks(environment: Mapping[str, str]) -> tuple[str, ...]:
    urls = tuple(environment.get("WORKBENCH_WEBHOOKS", "").split())
    if not all(url.startswith(("http://", "https://")) for url in urls):
        raise Invalid("WORKBENCH_WEBHOOKS lists addresses that begin with https:// or http://, spaces between them.")
    if urls and not environment.get("WORKBENCH_WEBHOOK_SECRET"):
        raise Invalid("WORKBENCH_WEBHOOKS needs WORKBENCH_WEBHOOK_SECRET, by which receivers know who sends.")
    return urls


def _openid(environment: Mapping[str, str]) -> OpenID | None:
    issuer, client = environment.get("WORKBENCH_OIDC_ISSUER", ""), environment.get("WORKBENCH_OIDC_CLIENT_ID", "")
    if not issuer:
        return None
    if not issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise Invalid("WORKBENCH_OIDC_ISSUER begins with https://; plain http:// is for this machine alone.")
    if not client:
        raise Invalid("WORKBENCH_OIDC_ISSUER needs WORKBENCH_OIDC_CLIENT_ID, the name of this bench at the provider.")
    return OpenID(
        issuer=issuer,
        client_id=client,
        client_secret=environment.get("WORKBENCH_OIDC_CLIENT_SECRET", ""),
        title=environment.get("WORKBENCH_OIDC_TITLE") or "single sign-on",
        domains=tuple(environment.get("WORKBENCH_OIDC_DOMAINS", "").lower().split()),
        create=_flag(environment, "WORKBENCH_OIDC_CREATE"),
        admin_group=environment.get("WORKBENCH_OIDC_ADMIN_GROUP", ""),
    )


def _mail(environment: Mapping[str, str]) -> Mail | None:
    host, sender = environment.get("WORKBENCH_SMTP_HOST", ""), environment.get("WORKBENCH_SMTP_FROM", "")
    if not host:
        return None
    tls = environment.get("WORKBENCH_SMTP_TLS") or "starttls"
    if tls not in {"starttls", "tls", "none"}:
        raise Invalid(f"WORKBENCH_SMTP_TLS is “{tls}”; say starttls, tls or none.")
    if "@" not in sender:
        raise Invalid("WORKBENCH_SMTP_HOST needs WORKBENCH_SMTP_FROM, the address that notices come from.")
    address = environment.get("WORKBENCH_ADDRESS", "").rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise Invalid("WORKBENCH_ADDRESS begins with https:// or http://; letters lead there.")
    return Mail(
        host=host,
        sender=sender,
        port=_number(environment, "WORKBENCH_SMTP_PORT", 465 if tls == "tls" else 587, most=65_535),
        user=environment.get("WORKBENCH_SMTP_USER", ""),
        password=environment.get("WORKBENCH_SMTP_PASSWORD", ""),
        tls=tls,
        address=address,
    )


def _flag(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "").strip().lower()
    if value not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise Invalid(f"{name} is “{value}”; say 1 or 0.")
    return value in {"1", "yes", "true"}


def _number(environment: Mapping[str, str], name: str, otherwise: int, *, least: int = 1, most: int = 10**15) -> int:
    value = environment.get(name, "").strip() or str(otherwise)
    if not (value.isascii() and value.isdecimal() and len(value) <= 18 and least <= int(value) <= most):
        raise Invalid(f"{name} is “{value[:40]}”; give a whole number from {least} to {most}.")
    return int(value)


def _folder(environment: Mapping[str, str], name: str, otherwise: Path) -> Path:
    try:
        return Path(environment.get(name) or otherwise).expanduser()
    except RuntimeError:
        raise Invalid(f"{name} is {environment[name]}, and nobody of that name has a folder here.") from None


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    hosts = tuple(environment.get("WORKBENCH_HOSTS", "").split())
    if any(mark in host for host in hosts for mark in "/,;*"):
        raise Invalid("WORKBENCH_HOSTS lists bare names such as bench.example.org, spaces between them.")
    return hosts


def open_home(settings: Settings) -> None:
    """Make the folder that holds everything; raises Invalid where it cannot be written."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = settings.home / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise Invalid(
            f"The folder {settings.home} cannot be written ({problem.strerror}); set WORKBENCH_HOME to one that can."
        ) from None


def secret_key(settings: Settings) -> str:
    """Return the key that signs cookies, made at the first start and kept in ``home`` for this user alone."""
    path = settings.home / "secret"
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    if len(key := path.read_text().strip()) < _KEY:
        raise Invalid(f"The key in {path} is cut off; restore it from a backup, or remove it: all sign in anew then.")
    return key


def resource_root() -> Path:
    """Return the folder that holds templates/, static/ and seeds/.

    A wheel carries them inside the package; a checkout keeps them beside it.
    """
    shipped = _HERE / "_resources"
    return shipped if shipped.is_dir() else _HERE.parent

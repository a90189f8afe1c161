"""Settings, from the environment (``KEHU_…``) or a ``.env`` file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are and how much is allowed. Limits are per request unless said otherwise."""

    model_config = SettingsConfigDict(env_prefix="KEHU_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Path("var")
    """Folder of the SQLite files and the key ring."""
    database_url: str = ""
    """Empty: SQLite in ``data``. Otherwise ``postgresql+psycopg://…`` or ``sqlite:///…``."""
    key_ring: Path | None = None
    """Empty: ``data/keyring.json``; must be readable by its owner alone."""
    host: str = "127.0.0.1"
    port: int = 8000
    issuer: str = ""
    """Base URL as clients see it; empty: from host and port."""

    max_body_bytes: int = 1_000_000
    max_upload_bytes: int = 8_388_608
    """Of a file that is sent, to be imported or to be kept."""
    max_tokens: int = 4_000
    max_depth: int = 12
    max_aliases: int = 30
    max_directives: int = 50
    max_repeats: int = 80
    """How often one response key may stand in a document; validation takes time by its square."""
    max_cost: int = 100_000
    """Upper bound of rows × fields that one operation may touch."""
    max_page: int = 1_000
    import_kept_days: int = 90
    """How long rows of an import that couldn't be stored are kept for correction."""
    draft_kept_days: int = 30
    """How long the draft of a form is kept after it was saved."""
    legal_bases: dict[str, tuple[str, ...]] = {}
    """Laws that a measure rests on where its text leaves them open (S3.R01), by document: ``{"S3": ["…"]}``."""
    lookup_misses_per_day: int = 50
    """Exact look-ups that find nothing, per client and day (F-21: 50 records of contact data, as data)."""

    @cached_property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data.absolute() / 'kehu.db'}"

    @cached_property
    def evidence(self) -> str:
        """The evidence store: a file of its own beside an SQLite database, the same server on PostgreSQL."""
        if self.database.startswith("sqlite"):
            scheme, _, path = self.database.partition(":///")
            return f"{scheme}:///{Path(path).with_name('evidence.db')}"
        return self.database

    @cached_property
    def key_ring_path(self) -> Path:
        return self.key_ring or self.data / "keyring.json"

    @cached_property
    def base_url(self) -> str:
        return self.issuer or f"http://{self.host}:{self.port}"

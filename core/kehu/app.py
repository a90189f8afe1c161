"""The composition root: one installation, opened from settings, and its ASGI application."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

from sqlalchemy import Engine, make_url, select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from kehu.access.principal import Principal
from kehu.access.principals import Principals
from kehu.console.pages import console_routes
from kehu.crypto import BlindIndex, CursorBox, KeyRing, Pseudonyms
from kehu.customers import plugin as core_plugin
from kehu.customers.acts import Acts
from kehu.customers.context import Context
from kehu.customers.corrections import Corrections
from kehu.customers.duplicates import Duplicates
from kehu.customers.files import Files
from kehu.customers.importing import Imports
from kehu.customers.lookup import Lookup
from kehu.customers.submit import Submissions
from kehu.errors import ConfigurationError
from kehu.evidence import EvidenceLog
from kehu.forms.bind import BoundForm, bind
from kehu.graph.execute import Executor
from kehu.graph.files import FileEndpoint
from kehu.graph.http import GraphQLEndpoint
from kehu.graph.schema import Schema as GraphQLSchema
from kehu.graph.schema import build_schema
from kehu.graph.service import make_executor
from kehu.labels import Label
from kehu.logs import AccessLog
from kehu.oauth import Catalogue, OAuth, OAuthConfig, RingKeys, challenge, oauth_metadata
from kehu.oauth import routes as oauth_routes
from kehu.registry import Registry, installed_plugins, load_registry
from kehu.settings import Settings
from kehu.store.engine import Engines, open_engines
from kehu.store.migrations import Schema, open_schema
from kehu.store.outbox import OutboxMover
from kehu.store.system import system_metadata
from kehu.store.tables import LEGAL_ENTITY, Tables, build_tables
from kehu.store.vault import Vault
from kehu.store.work import Writing


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Declared:
    """What core and plugins declare, and what follows from it; needs no database."""

    registry: Registry
    tables: Tables
    schema: Schema

    @classmethod
    def by(cls, plugins: Iterable[ModuleType] | None = None) -> Self:
        """Load the plugins (the installed ones unless given). Raises `StartupError`."""
        modules = installed_plugins() if plugins is None else tuple(plugins)
        registry = load_registry((core_plugin,), modules)
        tables = build_tables(registry.records.values())
        return cls(registry, tables, Schema.of(registry, tables, modules, (system_metadata, oauth_metadata)))

    @cached_property
    def graphql(self) -> GraphQLSchema:
        """Built when first asked for. Raises `UnenforcedError`."""
        return build_schema(self.registry)


def open_database(settings: Settings) -> Engines:
    """The engines of the database; a new SQLite file is its owner's alone."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(settings.database)
    return open_engines(settings.database)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Everything that one process needs, put together once. Close it when done; it is its own context manager."""

    settings: Settings
    declared: Declared
    registry: Registry
    tables: Tables
    engines: Engines
    ring: KeyRing
    vault: Vault
    blind: BlindIndex
    pseudonyms: Pseudonyms
    cursors: CursorBox
    evidence: EvidenceLog
    mover: OutboxMover
    oauth: OAuth
    context: Context
    acts: Acts
    lookup: Lookup
    submissions: Submissions
    corrections: Corrections
    files: Files
    forms: Mapping[str, BoundForm]
    now: Callable[[], datetime]
    random: Callable[[int], bytes]

    @classmethod
    def open(
        cls,
        settings: Settings,
        plugins: Iterable[ModuleType] | Declared | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """Load the plugins (the installed ones unless given, or declared already), open database, key ring, evidence.

        An empty database gets its tables, a missing key ring is made. Raises `StartupError` and `ConfigurationError`.
        """
        declared = plugins if isinstance(plugins, Declared) else Declared.by(plugins)
        engines = open_database(settings)
        with ExitStack() as undo:
            undo.callback(engines.dispose)
            open_schema(engines.write, declared.schema)
            made = cls._put_together(settings, declared, engines, undo, now, random)
            undo.pop_all()
        return made

    @classmethod
    def _put_together(
        cls,
        settings: Settings,
        declared: Declared,
        engines: Engines,
        undo: ExitStack,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
    ) -> Self:
        registry, tables = declared.registry, declared.tables
        forms = {key: bind(form, registry.records, registry.schemes) for key, form in registry.forms.items()}
        ring = _key_ring(settings, engines.read, tables)
        evidence = EvidenceLog(settings.evidence)
        undo.callback(evidence.close)
        mover = OutboxMover(engines, evidence)
        vault, blind, pseudonyms = Vault(ring, random=random), BlindIndex(ring), Pseudonyms(ring)
        writing = Writing(
            records=registry.records,
            tables=tables,
            vault=vault,
            blind=blind,
            pseudonyms=pseudonyms,
            policy=registry.policy_hash,
            now=now,
            random=random,
        )
        context = Context(registry, writing, engines, mover.nudge, settings.lookup_misses_per_day)
        catalogue = Catalogue.of(registry.scopes.values(), registry.purposes.values())
        config = OAuthConfig(issuer=settings.base_url)
        cursors = CursorBox(ring)
        acts, lookup, submissions = Acts(context), Lookup(context), Submissions(context, forms)
        return cls(
            settings=settings,
            declared=declared,
            registry=registry,
            tables=tables,
            engines=engines,
            ring=ring,
            vault=vault,
            blind=blind,
            pseudonyms=pseudonyms,
            cursors=cursors,
            evidence=evidence,
            mover=mover,
            oauth=OAuth(engines, RingKeys(ring), config, catalogue, now=now),
            context=context,
            acts=acts,
            lookup=lookup,
            submissions=submissions,
            files=Files(context, settings.max_upload_bytes),
            corrections=Corrections(Imports(submissions, ring, settings.import_kept_days)),
            forms=forms,
            now=now,
            random=random,
        )

    @property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.context)

    @property
    def imports(self) -> Imports:
        return self.corrections.imports

    @cached_property
    def executor(self) -> Executor:
        """GraphQL of this installation; the schema is built, and checked against the declarations, when first asked
        for: a server does before it serves. Raises `UnenforcedError`."""
        return make_executor(
            schema=self.declared.graphql,
            settings=self.settings,
            engines=self.engines,
            tables=self.tables,
            vault=self.vault,
            cursors=self.cursors,
            pseudonyms=self.pseudonyms,
            evidence=self.evidence,
            customers=self.acts,
            lookup=self.lookup,
            submissions=self.submissions,
            corrections=self.corrections,
            files=self.files,
            now=self.now,
            random=self.random,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Move what is in the outbox, write what is queued, let go of everything."""
        self.mover.stop()
        self.evidence.close()
        self.engines.dispose()


def routes(installation: Installation) -> list[BaseRoute]:
    """Every HTTP route: GraphQL, the authorisation server, the console."""
    config = installation.oauth.config
    principals = Principals(installation.engines.read, installation.tables)

    def authenticate(header: str | None) -> Principal:
        return principals.of(installation.oauth.verifier.verify(header))

    graphql = GraphQLEndpoint(installation.executor, authenticate, lambda refused: challenge(config, refused))
    files = FileEndpoint(installation.executor, installation.files, authenticate, graphql.challenge)
    return [graphql.route(), files.route(), *oauth_routes(installation.oauth), *console_routes(config.console_path)]


def create_app(installation: Installation) -> Starlette:
    """The application. Its lifespan starts and stops the outbox mover; closing the installation is its owner's."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        installation.mover.start()
        yield
        await run_in_threadpool(installation.mover.stop)

    served = routes(installation)
    known = frozenset(route.path for route in served if isinstance(route, Route))
    return Starlette(routes=served, lifespan=lifespan, middleware=[Middleware(AccessLog, known=known)])


def _key_ring(settings: Settings, engine: Engine, tables: Tables) -> KeyRing:
    """Load the ring; make one only where nothing was ever sealed, since a lost ring can't be replaced."""
    path = settings.key_ring_path
    if path.exists():
        return KeyRing.load(path)
    with engine.connect() as conn:
        used = conn.execute(select(tables[LEGAL_ENTITY].c.id).limit(1)).first() is not None
    if used:
        raise ConfigurationError(
            str(
                Label(
                    "找不到密钥环 {path},而数据库已有数据;请恢复密钥环,没有它数据无法解密",
                    "The key ring {path} is missing but the database has data; restore it, nothing opens without it",
                ).format(path=path)
            )
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return KeyRing.create(path)


def _make_private(url: str) -> None:
    """A new SQLite file is its owner's alone."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).touch(mode=0o600, exist_ok=True)

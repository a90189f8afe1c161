"""From a verified token to a principal: where its unit stands in the tree is read once and kept for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol
from uuid import UUID

from sqlalchemy import Engine, select

from kehu.access.principal import Principal
from kehu.access.rows import UNIT
from kehu.errors import Unauthenticated
from kehu.store.tables import Tables

_KEPT_SECONDS = 60.0


class TokenClaims(Protocol):
    """What access needs of a token; `kehu.oauth` brings it."""

    @property
    def client_id(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def legal_entity(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def scopes(self) -> Iterable[str]: ...
    @property
    def purposes(self) -> Iterable[str]: ...
    @property
    def staff(self) -> str | None: ...
    @property
    def acr(self) -> str | None: ...


@dataclass
class Principals:
    """Makes principals. Safe for threads."""

    engine: Engine
    tables: Tables
    monotonic: Callable[[], float] = time.monotonic
    _paths: dict[tuple[UUID, UUID], tuple[float, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, claims: TokenClaims) -> Principal:
        """The principal of verified claims. Raises `Unauthenticated` where its unit is gone."""
        entity, unit = UUID(claims.legal_entity), UUID(claims.unit)
        return Principal(
            client=claims.client_id,
            subject=claims.subject,
            legal_entity=entity,
            unit=unit,
            unit_path=self._path(entity, unit),
            scopes=frozenset(claims.scopes),
            purposes=frozenset(claims.purposes),
            staff=UUID(claims.staff) if claims.staff else None,
            acr=claims.acr,
        )

    def _path(self, entity: UUID, unit: UUID) -> str:
        now = self.monotonic()
        with self._lock:
            known = self._paths.get((entity, unit))
        if known is not None and now - known[0] < _KEPT_SECONDS:
            return known[1]
        table = self.tables[UNIT]
        statement = select(table.c.path).where(table.c.id == unit, table.c.legal_entity_id == entity)
        with self.engine.connect() as conn:
            path = conn.execute(statement).scalar()
        if path is None:
            raise Unauthenticated
        with self._lock:
            if len(self._paths) > 10_000:
                self._paths.clear()
            self._paths[(entity, unit)] = (now, path)
        return str(path)

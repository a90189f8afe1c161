"""``kehu client``: what an administrator does on the server's own machine, on record."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from kehu import oauth
from kehu.app import Installation
from kehu.cli.words import out, say, words
from kehu.errors import Invalid, Problem
from kehu.founding import Place, place_of, put_act_on_record, staff_of
from kehu.labels import Label
from kehu.policy import Role
from kehu.settings import Settings

_ONCE = Label("密钥只显示这一次,请立即保存:", "The secret is shown this once; keep it now:")
_HEADERS = (
    Label("编号", "Id"),
    Label("名称", "Name"),
    Label("授权范围", "Scopes"),
    Label("目的", "Purposes"),
    Label("状态", "State"),
)
_NO_ROLE = Label("没有岗位角色“{name}”。可用的有:{valid}", "There is no role '{name}'. Valid ones: {valid}")
_NOTHING = Label("请给出授权范围或岗位角色", "Give a scope or a role: an account without either can do nothing")
_ACTIVE, _DISABLED = Label("有效", "Active"), Label("已停用", "Disabled")
_STOPPED = Label("已停用 {client}", "{client} is disabled")


def create(
    name: str, scopes: list[str], purposes: list[str], roles: list[str], unit: str | None, staff: str | None
) -> None:
    """Create a service account and print its id and secret; a role stands for the scopes and purposes that it carries.

    Raises `Invalid` ROLE_UNKNOWN, NOTHING_GRANTED and those of scopes and purposes, `Conflict`, `ConfigurationError`.
    """
    with Installation.open(Settings()) as installation:
        given = [_role(installation, key, position) for position, key in enumerate(roles)]
        scopes = list(dict.fromkeys((*scopes, *(scope for role in given for scope in role.scopes))))
        purposes = list(dict.fromkeys((*purposes, *(purpose for role in given for purpose in role.purposes))))
        if not scopes:
            raise Invalid([Problem("NOTHING_GRANTED", _NOTHING, ("scope",))])
        place = place_of(installation, unit)
        acts_for = None if staff is None else str(staff_of(installation, staff))
        with installation.engines.write.begin() as conn:
            made = oauth.create_client(
                conn,
                name=name,
                scopes=scopes,
                purposes=purposes,
                legal_entity=str(place.legal_entity),
                unit=str(place.unit),
                catalogue=installation.oauth.catalogue,
                staff=acts_for,
                now=installation.now,
            )
            _record(installation, conn, place, "client.create", made.client_id)
    _show(made)


def _role(installation: Installation, key: str, position: int) -> Role:
    role = installation.registry.roles.get(key)
    if role is None:
        known = ", ".join(sorted(installation.registry.roles)) or "-"
        raise Invalid([Problem("ROLE_UNKNOWN", _NO_ROLE.format(name=key, valid=known), ("role", position))])
    return role


def rotate(client_id: str) -> None:
    """Raises `NotFound`, `Conflict` CLIENT_DISABLED."""
    with Installation.open(Settings()) as installation:
        place = place_of(installation)
        with installation.engines.write.begin() as conn:
            made = oauth.rotate_secret(conn, client_id, now=installation.now)
            _record(installation, conn, place, "client.rotate", client_id)
    _show(made)


def disable(client_id: str) -> None:
    """Raises `NotFound`."""
    with Installation.open(Settings()) as installation:
        place = place_of(installation)
        with installation.engines.write.begin() as conn:
            oauth.disable_client(conn, client_id, now=installation.now)
            _record(installation, conn, place, "client.disable", client_id)
    say(_STOPPED, client=client_id)


def show_all() -> None:
    table = Table(*(words(header) for header in _HEADERS))
    with Installation.open(Settings()) as installation, installation.engines.read.connect() as conn:
        for one in oauth.list_clients(conn):
            state = words(_DISABLED if one.disabled_at else _ACTIVE)
            table.add_row(one.client_id, Text(one.name), " ".join(one.scopes), " ".join(one.purposes), state)
    out.print(table)


def _record(installation: Installation, conn: Connection, place: Place, name: str, client_id: str) -> None:
    put_act_on_record(installation, conn, place, name, {"client": client_id})


def _show(made: oauth.Credentials) -> None:
    say(_ONCE)
    out.print(Text(f"client_id      {made.client_id}\nclient_secret  {made.secret}"))

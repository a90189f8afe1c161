"""The first organisation of an installation, and the principals that the installation itself acts as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, insert, select

from kehu.access.principal import Principal
from kehu.app import Installation
from kehu.crypto import uuid7
from kehu.errors import ConfigurationError, Conflict, Invalid, Problem
from kehu.evidence import Activity, Actor, Entry, Kind, Operation, new_salt
from kehu.labels import Label
from kehu.organisation import ADMINISTRATOR, read_staff, read_unit
from kehu.store.setup import NewStaff, NewUnit, Organisation, add_staff, add_units, establish
from kehu.store.system import outbox
from kehu.store.tables import LEGAL_ENTITY
from kehu.store.work import Provenance, UnitOfWork

CLI_CLIENT = "kehu-cli"
ORGANISATION = Organisation(
    code="DEMO",
    name="示例置业有限公司",
    units=(
        NewUnit("HQ", "示例置业公司", "COMPANY"),
        NewUnit("P01", "半岛项目", "PROJECT", "HQ"),
        NewUnit("P02", "君兰项目", "PROJECT", "HQ"),
        NewUnit("P03", "云栖项目", "PROJECT", "HQ"),
    ),
    staff=(
        NewStaff("A001", "系统管理员", "HQ", "ADMINISTRATOR"),
        NewStaff("M001", "示例营销部长", "HQ", "MARKETING_DIRECTOR"),
        NewStaff("M002", "示例销售经理", "HQ", "SALES_MANAGER"),
        NewStaff("C001", "示例客服经理", "HQ", "CS_MANAGER"),
        NewStaff("C002", "示例客服专员", "HQ", "CS_SPECIALIST"),
        *(
            NewStaff(f"S{n:03}", f"示例销售员{'甲乙丙丁戊己'[n - 1]}", f"P0{(n + 1) // 2}", "SALESPERSON")
            for n in range(1, 7)
        ),
        *(NewStaff(f"L{n:03}", f"示例策划{'甲乙丙'[n - 1]}", f"P0{n}", "PLANNING_LEAD") for n in range(1, 4)),
    ),
)
"""A company with three projects and synthetic staff; the real ones are kept in the database afterwards."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a legal entity, found by code."""

    legal_entity: UUID
    unit: UUID
    path: str


def found(installation: Installation, organisation: Organisation = ORGANISATION) -> Place:
    """Establish the organisation in an empty installation, on record. Raises `Conflict` where there is one."""
    now = installation.now()
    legal_entity = uuid7(clock_ms=lambda: int(now.timestamp() * 1000), random=installation.random)
    with _at_work(installation, legal_entity) as work:
        if work.conn.execute(select(installation.tables[LEGAL_ENTITY].c.id).limit(1)).first() is not None:
            raise Conflict(Label("已经初始化", "Set up already"), "SET_UP_ALREADY")
        made = establish(work, organisation)
        _record(installation, work, "init", {})
    top = organisation.units[0].code
    return Place(legal_entity, made.units[top], made.paths[top])


def add_unit(installation: Installation, stated: Mapping[str, object]) -> Place:
    """One more unit of the tree, on record; keys as in a file of `read_organisation`, without ``parent`` below the top.
    Raises `ConfigurationError` before ``kehu init``, `Invalid`."""
    top = place_of(installation)
    table = installation.tables["OrganisationUnit"]
    with _at_work(installation, top.legal_entity) as work:
        there = work.conn.execute(select(table.c.code, table.c.id, table.c.path)).all()
        units, paths = {row.code: row.id for row in there}, {row.code: row.path for row in there}
        unit = read_unit({"parent": top.path, **stated}, installation.registry, paths)
        add_units(work, [unit], units, paths)
        _record(installation, work, "unit.add", {"unit": str(units[unit.code])})
    return Place(top.legal_entity, units[unit.code], paths[unit.code])


def add_member(installation: Installation, stated: Mapping[str, object]) -> NewStaff:
    """One more member of staff, on record; keys as in a file of `read_organisation`. Raises `ConfigurationError`
    before ``kehu init``, `Invalid`."""
    top = place_of(installation)
    unit, staff = installation.tables["OrganisationUnit"], installation.tables["Staff"]
    with _at_work(installation, top.legal_entity) as work:
        units = {row.code: row.id for row in work.conn.execute(select(unit.c.code, unit.c.id))}
        taken = frozenset(work.conn.execute(select(staff.c.code)).scalars())
        one = read_staff(stated, installation.registry, units, taken)
        made = add_staff(work, [one], units)
        _record(installation, work, "staff.add", {"staff": str(made[one.code])})
    return one


@contextmanager
def _at_work(installation: Installation, legal_entity: UUID) -> Iterator[UnitOfWork]:
    """The transaction of a command that changes the organisation; one at a time, so that codes stay unique."""
    table = installation.tables[LEGAL_ENTITY]
    stated = Provenance(
        channel="STAFF_ACTIVITY", collected_by=None, collected_at=installation.now(), purpose="SERVICE",
        recorded_by=CLI_CLIENT,
    )  # fmt: skip
    with installation.engines.write.begin() as conn:
        conn.execute(select(table.c.id).where(table.c.id == legal_entity).with_for_update())
        actor = Actor(CLI_CLIENT, CLI_CLIENT, str(legal_entity))
        yield UnitOfWork(installation.context.writing, conn, legal_entity, actor, stated)
    installation.mover.nudge()


def _record(installation: Installation, work: UnitOfWork, name: str, detail: Mapping[str, str | int]) -> None:
    salt = new_salt(installation.random)
    work.put_on_record(work.entry(Kind.CONFIG, Operation("command", name), salt=salt, detail=detail))


def place_of(installation: Installation, unit: str | None = None) -> Place:
    """The unit of this code, or the top of the tree. Raises `ConfigurationError` before ``kehu init``, `Invalid`
    UNIT_UNKNOWN."""
    table = installation.tables["OrganisationUnit"]
    asked = select(table.c.legal_entity_id, table.c.id, table.c.path).order_by(table.c.path)
    with installation.engines.read.connect() as conn:
        if conn.execute(asked.limit(1)).first() is None:
            raise ConfigurationError(str(Label("尚未初始化,请先运行 kehu init", "Not set up yet; run kehu init first")))
        row = conn.execute((asked if unit is None else asked.where(table.c.code == unit)).limit(1)).first()
    if row is None:
        message = Label("没有编号为此的组织单元", "There is no unit of this code")
        raise Invalid([Problem("UNIT_UNKNOWN", message, ("unit",))])
    return Place(*row)


def staff_of(installation: Installation, code: str) -> UUID:
    """The staff member of this number. Raises `Invalid` STAFF_UNKNOWN."""
    table = installation.tables["Staff"]
    with installation.engines.read.connect() as conn:
        row: UUID | None = conn.execute(select(table.c.id).where(table.c.code == code)).scalar()
    if row is None:
        message = Label("没有工号为此的员工", "There is no staff member of this number")
        raise Invalid([Problem("STAFF_UNKNOWN", message, ("staff",))])
    return row


def administrator_of(installation: Installation) -> UUID:
    """The administrator with the first staff number. Raises `ConfigurationError` where there is none."""
    table = installation.tables["Staff"]
    asked = select(table.c.id).where(table.c.position == ADMINISTRATOR).order_by(table.c.code).limit(1)
    with installation.engines.read.connect() as conn:
        row: UUID | None = conn.execute(asked).scalar()
    if row is None:
        raise ConfigurationError(
            str(Label("没有系统管理员,请用 kehu staff add 添加", "Add an administrator: kehu staff add"))
        )
    return row


def acting(installation: Installation, place: Place, staff: UUID | None = None) -> Principal:
    """The installation's own principal for commands at the console of its machine: every scope and purpose."""
    return Principal(
        client=CLI_CLIENT,
        subject=str(staff or CLI_CLIENT),
        legal_entity=place.legal_entity,
        unit=place.unit,
        unit_path=place.path,
        scopes=frozenset(installation.registry.scopes),
        purposes=frozenset(installation.registry.purposes),
        staff=staff,
    )


def put_act_on_record(
    installation: Installation, conn: Connection, place: Place, name: str, detail: Mapping[str, str | int]
) -> None:
    """An administrator's command, in the outbox of the transaction that carries it out."""
    entry = Entry(
        kind=Kind.ADMIN,
        activity=Activity.PROCESS,
        actor=Actor(CLI_CLIENT, CLI_CLIENT, str(place.legal_entity), str(place.unit)),
        operation=Operation("command", name),
        policy=installation.registry.policy_hash,
        detail=detail,
        at=installation.now(),
    )
    conn.execute(insert(outbox).values(id=entry.id, entry=entry.canonical, created_at=entry.at))


def is_founded(installation: Installation) -> bool:
    """Whether there is a legal entity."""
    return _entity_code(installation) is not None


def require_sample(installation: Installation) -> None:
    """Raises `Conflict` DEMO_REFUSED for another organisation than the sample: synthetic customers don't go there."""
    if _entity_code(installation) != ORGANISATION.code:
        message = Label("演示数据只能填入示例组织", "Synthetic customers go into the sample organisation only")
        raise Conflict(message, "DEMO_REFUSED")


def _entity_code(installation: Installation) -> str | None:
    with installation.engines.read.connect() as conn:
        code: str | None = conn.execute(select(installation.tables[LEGAL_ENTITY].c.code).limit(1)).scalar()
    return code

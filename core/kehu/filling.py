"""Synthetic customers (演示数据) through the same door as everybody's: the forms of all plugins, then judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from random import Random

from sqlalchemy import func, select

from kehu.app import Installation
from kehu.customers.context import Request
from kehu.demo import PLACES, organisation, resident_id
from kehu.evidence import Kind, Operation, new_salt
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission, parse_bound
from kehu.founding import Place, acting, place_of, staff_of
from kehu.records import Record
from kehu.store.tables import CUSTOMER
from kehu.store.work import NewRow, UnitOfWork
from kehu.vocabulary.base import Governed
from kehu.vocabulary.codes import AGE_BANDS

SEED = 20261101
JUDGED = 30
"""Customers who get a judgement, so that the grades that need one occur."""
ORGANISATIONS = 60
_CHUNK = 1_000
_OPERATION = Operation("command", "demo")


def fill_demo(
    installation: Installation,
    customers: int = 2_000,
    *,
    seed: int = SEED,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Fill an established, empty installation; gives how many customers there are then. Twice changes nothing."""
    if (there := count_customers(installation)) > 0:
        return there
    random = Random(seed)  # noqa: S311  synthetic data, repeatable
    places = [place_of(installation, code) for code in _codes(installation)]
    done = 0
    for place, chunk in _chunks(installation, random, customers, places):
        request = Request(principal=acting(installation, place), idempotency_key="demo", operation=_OPERATION)
        taken = installation.submissions.store(request, chunk)
        if refused := [one for one in taken if one.problems]:
            raise ValueError(f"the demo of {chunk[0].form} was refused: {refused[0].problems[0].code}")
        done += len(chunk)
        if progress is not None:
            progress(done)
    _identify_owners(installation, random)
    _add_organisations(installation, random, places or [place_of(installation)])
    _judge(installation, random)
    return count_customers(installation)


def count_customers(installation: Installation) -> int:
    with installation.engines.read.connect() as conn:
        return int(conn.execute(select(func.count()).select_from(installation.tables[CUSTOMER])).scalar_one())


def _codes(installation: Installation) -> list[str]:
    table = installation.tables["OrganisationUnit"]
    with installation.engines.read.connect() as conn:
        rows = conn.execute(select(table.c.code).where(table.c.kind == "PROJECT").order_by(table.c.code))
        return list(rows.scalars())


def _chunks(
    installation: Installation, random: Random, customers: int, places: list[Place]
) -> Iterator[tuple[Place, list[Submission]]]:
    """A few customers more than asked for: two of them may share a number by chance."""
    demos = installation.registry.demos
    shares = sum(demo.share for demo in demos)
    for demo in demos:
        form = installation.forms[demo.form]
        count = round(customers * demo.share / shares) + 10
        for start, place in enumerate(places):
            staff = _staff(installation, place)
            mine = demo.submissions(random, count // len(places) + (start < count % len(places)))
            yield from ((place, part) for part in _parsed(form, mine, installation, place, random, staff))


def _parsed(
    form: BoundForm,
    data: Iterator[Mapping[str, object]],
    installation: Installation,
    place: Place,
    random: Random,
    staff: list[str],
) -> Iterator[list[Submission]]:
    zone = installation.submissions.zone(place.legal_entity)
    named = [f for f in form.fields if f.is_reference and not form.conditional(f.name)]
    received = [f.name for f in named if f.field.refers_to == "Staff"]
    here = {f.name: place.path.rpartition(".")[2] for f in named if f.field.refers_to == "OrganisationUnit"}
    chunk: list[Submission] = []
    for one in data:
        by = {name: random.choice(staff) for name in received}
        chunk.append(parse_bound(form, {**one, **here, **by}, zone=zone, as_written=True))
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _staff(installation: Installation, place: Place) -> list[str]:
    table = installation.tables["Staff"]
    with installation.engines.read.connect() as conn:
        mine = select(table.c.code).where(table.c.unit == place.unit, table.c.position == "SALESPERSON")
        return list(conn.execute(mine.order_by(table.c.code)).scalars())


def _identify_owners(installation: Installation, random: Random) -> None:
    """Identity documents of owners: numbers with valid check digits, fitting sex and age band, nobody's."""
    customer, holding = installation.tables[CUSTOMER], installation.tables["Holding"]
    owner = customer.c.customer_id.in_(select(holding.c.customer_id))
    asked = select(customer.c.customer_id, customer.c.sex, customer.c.age_band).where(owner)
    with installation.engines.read.connect() as conn:
        owners = conn.execute(asked.order_by(customer.c.customer_id)).all()
    youngest = {band.code: max(band.low, 18) for band in AGE_BANDS}
    for start in range(0, len(owners), _CHUNK):
        with _at_work(installation) as work:
            document = installation.registry.records["IdentityDocument"]
            rows = []
            for one in owners[start : start + _CHUNK]:
                born = date(
                    installation.now().year - youngest.get(one.age_band, 30) - 1,
                    random.randint(1, 12),
                    random.randint(1, 28),
                )
                number = resident_id(random, random.choice(PLACES).code, born, one.sex or "MALE")
                values = _governed(document, kind="RESIDENT_ID", residentId=number)
                rows.append(NewRow(one.customer_id, work.new_id(), values))
            work.insert(document.name, rows)


def _add_organisations(installation: Installation, random: Random, places: list[Place]) -> None:
    """Companies with valid unified social credit codes, so that not every customer is a person."""
    customer, address = (installation.registry.records[name] for name in (CUSTOMER, "Address"))
    with _at_work(installation) as work:
        companies, addresses = [], []
        for number in range(ORGANISATIONS):
            company, identity = organisation(random, number), work.new_id()
            unit = places[number % len(places)].unit
            stated = {"kind": "ORGANISATION", "stage": "PROSPECT", "unit": unit, "uscc": company.uscc}
            companies.append(NewRow(identity, identity, _governed(customer, organisationName=company.name, **stated)))
            where = _governed(address, kind="WORK", value=company.address)
            addresses.append(NewRow(identity, work.new_id(), where))
        work.insert(CUSTOMER, companies)
        work.insert(address.name, addresses)
        installation.context.grade(work, {row.customer for row in companies})


@contextmanager
def _at_work(installation: Installation) -> Iterator[UnitOfWork]:
    """One transaction of the demo, on record."""
    principal = acting(installation, place_of(installation))
    request = Request(principal=principal, idempotency_key="demo", operation=_OPERATION)
    with installation.engines.write.begin() as conn:
        work = installation.context.unit_of_work(conn, request)
        yield work
        work.put_on_record(work.entry(Kind.WRITE, _OPERATION, salt=new_salt(installation.random)))
    installation.mover.nudge()


def _governed(record: Record, **values: object) -> dict[str, Governed[object]]:
    """Values as the record's types have them."""
    return {name: record.by_name[name].type.governed(value) for name, value in values.items()}


def _judge(installation: Installation, random: Random) -> None:
    """Judgements on owners, proposed by one member of staff and approved by another (promise 5)."""
    kinds = installation.registry.schemes["judgement.kind"].codes
    holding = installation.tables["Holding"]
    with installation.engines.read.connect() as conn:
        owners = list(conn.execute(select(holding.c.customer_id).distinct().order_by(holding.c.customer_id)).scalars())
    if not kinds or not owners:
        return
    place = place_of(installation)
    proposer = acting(installation, place, staff_of(installation, "M002"))
    decider = acting(installation, place, staff_of(installation, "M001"))
    for number, owner in enumerate(random.sample(owners, min(JUDGED, len(owners)))):
        key = f"demo-judgement-{number}"
        ask = Request(principal=proposer, idempotency_key=key, operation=_OPERATION)
        made = installation.acts.propose_judgement(ask, owner, kinds[number % len(kinds)], "演示:客户经理面谈记录")
        say = Request(principal=decider, idempotency_key=f"{key}-decision", operation=_OPERATION)
        installation.acts.decide_judgement(say, owner, made.id, made.version, approve=number % 5 != 4)

"""A quantity goes to both databases as the whole number of thousandths that it is, and comes back as one."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, Table, create_engine, func, insert, select

from kehu.records import field
from kehu.store.work import from_columns, to_columns
from kehu.vocabulary import Quantity
from kehu.vocabulary.quantity import Thousandths


def test_quantities_are_stored_compared_and_added_exactly(database_url: str) -> None:
    f = field("area", Quantity, "面积", "Area", filterable=True)
    metadata = MetaData()
    table = Table("plot", metadata, Column("area", BigInteger()))
    engine = create_engine(database_url)
    metadata.create_all(engine)
    given = [Quantity.parse(one) for one in ("0.1", "0.2", "88.5")]
    with engine.begin() as conn:
        conn.execute(insert(table), [{"area": to_columns(f, one)[0]} for one in given])
        rows = conn.execute(select(table.c.area).where(table.c.area >= Quantity.parse("0.2"))).scalars().all()
        total = conn.execute(select(func.sum(table.c.area))).scalar_one()
    engine.dispose()
    shown = [Quantity.output(Thousandths(one)) for one in (*rows, int(total))]
    assert sorted(map(str, shown)) == ["0.2", "88.5", "88.8"]
    assert Quantity.output(Thousandths(str(from_columns(f, [88_500])))) == "88.5"

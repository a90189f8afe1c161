"""For authors: write the next version of a distribution from what its declarations changed.

The file says what to do in SQLAlchemy's own words and imports nothing of Kehu, so that it means the same for ever.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateIndexOp, DropIndexOp, MigrateOperation, ModifyTableOps, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.schema import SchemaItem

from kehu.errors import ConfigurationError
from kehu.labels import Label
from kehu.store.migrations import Part, Schema, migrate
from kehu.store.types import UtcMoment

_WIDTH = 120
_MOMENT = '_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")'
_UNSAID = {("Column", "nullable", "True"), ("create_index", "unique", "False"), ("batch_alter_table", "schema", "None")}
_NO_FOLDER = Label(
    "插件 {name} 不是包,没有存放版本的文件夹",
    "The plugin {name} is no package, so it has no folder for versions",
)


def write_revision(schema: Schema, name: str, message: str) -> Path | None:
    """Write the next version file of ``name``; None where versions and declarations already agree.

    Applies all versions to a scratch database first. Raises `ConfigurationError`.
    """
    part = schema.part(name)
    if part.folder is None:
        raise ConfigurationError(str(_NO_FOLDER.format(name=name)))
    body = _body(_missing(schema, part))
    if not body:
        return None
    text = _text(_sentence(message), part.head(), _number(part), body)
    part.folder.mkdir(exist_ok=True)
    path = part.folder / f"{_number(part)}_{_slug(message)}.py"
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _missing(schema: Schema, part: Part) -> UpgradeOps:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as conn:
            for one in schema.parts:
                migrate(conn, one)
            return difference(conn, schema, part)
    finally:
        engine.dispose()


def difference(conn: Connection, schema: Schema, part: Part) -> UpgradeOps:
    """What it takes to bring the database's tables of ``part`` to their declarations; other tables are ignored."""

    def own(item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None) -> bool:
        return kind != "table" or name in part.owned

    options = {"include_object": own, "compare_type": True, "compare_server_default": True}
    found = produce_migrations(MigrationContext.configure(conn, opts=options), schema.metadata).upgrade_ops
    assert found is not None
    return found


def _body(found: UpgradeOps) -> list[str]:
    lines: list[str] = []
    for one in found.ops:
        code = render_python_code(UpgradeOps([one]), render_as_batch=_needs_batch(one), render_item=_render_item)
        for statement in ast.parse("\n".join(line.removeprefix("    ") for line in code.splitlines())).body:
            lines += _statement(statement, 1)
    return lines


def _needs_batch(one: MigrateOperation) -> bool:
    """SQLite can't alter a column or constraint; Alembic's batch rebuilds the table there. Indexes need none."""
    return isinstance(one, ModifyTableOps) and not all(isinstance(op, CreateIndexOp | DropIndexOp) for op in one.ops)


def _render_item(kind: str, item: object, context: AutogenContext) -> str | Literal[False]:
    return "_MOMENT" if kind == "type" and isinstance(item, UtcMoment) else False


def _text(sentence: str, before: str | None, revision: str, body: list[str]) -> str:
    code = "\n".join(body)
    imports = ["import sqlalchemy as sa"] if "sa." in code or "_MOMENT" in code else []
    follows = "down_revision = None" if before is None else f'down_revision = "{before}"'
    head = [f'"""{sentence}"""', "", "from __future__ import annotations", "", *imports, "from alembic import op", ""]
    head += [f'revision = "{revision}"', follows]
    if "_MOMENT" in code:
        head += ["", _MOMENT]
    return "\n".join([*head, "", "", "def upgrade() -> None:", code, ""])


def _number(part: Part) -> str:
    script = part.script()
    return f"{len(list(script.walk_revisions())) + 1 if script else 1:04}"


def _sentence(message: str) -> str:
    plain = " ".join(message.split()).replace("\\", "/").replace('"', "'")
    return plain if plain.endswith((".", "。")) else f"{plain}."


def _slug(message: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", message.lower()))[:40].strip("_") or "change"


def _statement(node: ast.stmt, depth: int) -> list[str]:
    """One statement as ruff would format it: short ones on a line, others with an argument a line."""
    indent = "    " * depth
    if isinstance(node, ast.With):
        [item] = node.items
        lines = [f"{indent}with {_flat(item.context_expr)} as {_flat(item.optional_vars or ast.Name('_'))}:"]
        return lines + [line for inner in node.body for line in _statement(inner, depth + 1)]
    if isinstance(node, ast.Expr):
        return _broken(node.value, indent, "")
    return []


def _broken(node: ast.expr, indent: str, tail: str, before: str = "") -> list[str]:
    flat = f"{indent}{before}{_flat(node)}{tail}"
    if len(flat) <= _WIDTH or not isinstance(node, ast.Call):
        return [flat]
    lines = [f"{indent}{before}{_flat(node.func)}("]
    for argument in node.args:
        lines += _broken(argument, indent + "    ", ",")
    for keyword in _telling(node):
        lines += _broken(keyword.value, indent + "    ", ",", f"{keyword.arg}=")
    return [*lines, f"{indent}){tail}"]


def _telling(node: ast.Call) -> list[ast.keyword]:
    """The keywords that say more than the default does."""
    called = _flat(node.func).rpartition(".")[2]
    return [one for one in node.keywords if (called, one.arg, _flat(one.value)) not in _UNSAID]


def _flat(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return json.dumps(node.value, ensure_ascii=False)
    if isinstance(node, ast.List):
        return f"[{', '.join(map(_flat, node.elts))}]"
    if isinstance(node, ast.Call):
        keywords = (f"{keyword.arg}={_flat(keyword.value)}" for keyword in _telling(node))
        return f"{_flat(node.func)}({', '.join([*map(_flat, node.args), *keywords])})"
    return ast.unparse(node)

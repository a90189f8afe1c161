"""The commands and their options; each does its work in a module of its own, loaded when it is needed."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kehu.cli.words import choose_language, guarded

cli = typer.Typer(
    name="kehu", help="客户信息服务 / Customer information under regulation", no_args_is_help=True,
    add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
clients = typer.Typer(help="服务账号 / Service accounts", no_args_is_help=True)
units = typer.Typer(help="组织单元 / Units of the organisation", no_args_is_help=True)
staff = typer.Typer(help="员工 / Staff", no_args_is_help=True)
evidence = typer.Typer(help="留痕 / Evidence", no_args_is_help=True)
database = typer.Typer(help="数据库结构 / Schema of the database", no_args_is_help=True)
cli.add_typer(clients, name="client")
cli.add_typer(units, name="unit")
cli.add_typer(staff, name="staff")
cli.add_typer(evidence, name="evidence")
cli.add_typer(database, name="db")

Unit = Annotated[str | None, typer.Option(help="组织单元编号 / Code of a unit; default: the top of the tree")]
Scopes = Annotated[list[str], typer.Option("--scope", help="授权范围,可重复 / Scope, repeatable")]
Purposes = Annotated[list[str] | None, typer.Option("--purpose", help="使用目的,可重复 / Purpose, repeatable")]
Staff = Annotated[str | None, typer.Option(help="所代表员工的工号 / Number of the staff member it acts for")]


@cli.callback()
def language(lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None) -> None:
    """客户信息服务 / Customer information under regulation."""
    choose_language(lang)


@cli.command("run")
def run_server(
    demo: Annotated[bool, typer.Option(help="填入虚构客户 / Fill in synthetic customers")] = False,
    host: Annotated[str | None, typer.Option(help="监听地址 / Address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="端口,0 为任选 / Port, 0 for any free one")] = None,
    customers: Annotated[int, typer.Option(help="虚构客户数 / How many synthetic customers")] = 2_000,
) -> None:
    """启动服务 / Serve; prints the addresses and the administrator's one-time link."""
    from kehu.cli.serve import serve

    serve(demo=demo, host=host, port=port, customers=customers)


@cli.command("init")
def init(
    organisation: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, readable=True, help="组织文件 / TOML file; default: a sample"),
    ] = None,
) -> None:
    """初始化 / Make database, key ring and the organisation."""
    from kehu.cli.organisation import initialise

    initialise(organisation)


@units.command("add")
def unit_add(
    code: str,
    name: str,
    kind: Annotated[str, typer.Option(help="类别 / COMPANY, BRANCH, PROJECT")],
    parent: Annotated[str | None, typer.Option(help="上级编号 / Code of the parent; default: the top")] = None,
) -> None:
    """新增 / Add a unit."""
    from kehu.cli.organisation import add_one_unit

    add_one_unit(code, name, kind, parent)


@staff.command("add")
def staff_add(
    code: str,
    unit: Annotated[str, typer.Option(help="组织单元编号 / Code of the unit")],
    position: Annotated[str, typer.Option(help="岗位 / Position, such as SALESPERSON")],
) -> None:
    """新增,姓名由标准输入读取 / Add a member of staff; asks for the name, which no process list shall show."""
    from kehu.cli.organisation import add_one_member

    add_one_member(code, unit, position)


@clients.command("create")
def client_create(name: str, scope: Scopes, purpose: Purposes = None, unit: Unit = None, staff: Staff = None) -> None:
    """新建 / Create; prints id and secret once."""
    from kehu.cli.clients import create

    create(name, scope, purpose or [], unit, staff)


@clients.command("list")
def client_list() -> None:
    """列出 / List."""
    from kehu.cli.clients import show_all

    show_all()


@clients.command("disable")
def client_disable(client_id: str) -> None:
    """停用 / Disable for good."""
    from kehu.cli.clients import disable

    disable(client_id)


@clients.command("rotate")
def client_rotate(client_id: str) -> None:
    """更换密钥 / Give a new secret; the earlier one works for a day more."""
    from kehu.cli.clients import rotate

    rotate(client_id)


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help=".xlsx .xls .ods .csv")],
    form: Annotated[str, typer.Option(help="表单 / Form, such as realestate.visit")],
    unit: Unit = None,
    dry_run: Annotated[bool, typer.Option(help="只检查,不写入 / Check, write nothing")] = False,
    recorded_by: Annotated[str | None, typer.Option(help="登记人工号 / Staff number of the recorder")] = None,
) -> None:
    """导入表格 / Import a spreadsheet. Exit code 0: all rows in; 1: some were kept for correction; 2: refused."""
    from kehu.cli.imports import import_spreadsheet

    raise typer.Exit(import_spreadsheet(file, form, unit, recorded_by, dry_run=dry_run))


@evidence.command("list")
def evidence_list(
    from_: Annotated[datetime | None, typer.Option("--from", help="起(UTC,含) / From, UTC, included")] = None,
    to: Annotated[datetime | None, typer.Option(help="止(UTC,不含) / Until, UTC, not included")] = None,
    kind: Annotated[str | None, typer.Option(help="read, lookup, write, import, …")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
) -> None:
    """列出条目,最新在前 / List entries, newest first."""
    from kehu.cli.evidence import list_entries

    list_entries(from_, to, kind, limit)


@evidence.command("verify")
def evidence_verify() -> None:
    """校验全部条目 / Verify the whole log. Exit code 0: whole; 1: broken; 3: can't be read."""
    from kehu.cli.evidence import verify_log

    raise typer.Exit(verify_log())


@database.command("status")
def db_status() -> None:
    """查看版本 / Show versions. Exit code 0: the server can start; 1: it would refuse."""
    from kehu.cli.database import show_status

    raise typer.Exit(show_status())


@database.command("upgrade")
def db_upgrade() -> None:
    """升级,请先备份 / Bring every table up to date, all or nothing; stop the server and back up first."""
    from kehu.cli.database import upgrade_database

    upgrade_database()


@database.command("revision")
def db_revision(
    plugin: Annotated[str, typer.Argument(help="core 或插件名 / core, or a plugin such as realestate")],
    message: Annotated[str, typer.Option("--message", "-m", help="说明 / What changes")],
) -> None:
    """供作者使用:按声明写出新版本 / For authors: write the next version from what declarations changed."""
    from kehu.cli.database import write_version

    write_version(plugin, message)


@cli.command("schema")
def schema(write: Annotated[Path, typer.Option(help="目标目录 / Folder to write to")]) -> None:
    """写出接口定义 / Write the golden files of the schema."""
    from kehu.cli.golden import write_schema

    write_schema(write)


def main() -> None:
    """The entry point ``kehu``."""
    sys.exit(guarded(cli))

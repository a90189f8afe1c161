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
queue = typer.Typer(help="待更正的导入行 / Rows of imports that wait for correction", no_args_is_help=True)
grades = typer.Typer(help="客户分级 / Grading of customers", no_args_is_help=True)
cli.add_typer(queue, name="queue")
cli.add_typer(grades, name="grade")
duplicates = typer.Typer(help="疑似重复的客户 / Customers who may be one", no_args_is_help=True)
cli.add_typer(duplicates, name="duplicates")
cli.add_typer(clients, name="client")
cli.add_typer(units, name="unit")
cli.add_typer(staff, name="staff")
cli.add_typer(evidence, name="evidence")
cli.add_typer(database, name="db")

Recorder = Annotated[str | None, typer.Option(help="登记人工号 / Staff number of the recorder")]
Unit = Annotated[str | None, typer.Option(help="组织单元编号 / Code of a unit; default: the top of the tree")]
Scopes = Annotated[list[str] | None, typer.Option("--scope", help="授权范围,可重复 / Scope, repeatable")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="岗位角色,可重复 / Role of a plugin, repeatable")]
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
def client_create(
    name: str,
    scope: Scopes = None,
    purpose: Purposes = None,
    role: Roles = None,
    unit: Unit = None,
    staff: Staff = None,
) -> None:
    """新建 / Create; prints id and secret once."""
    from kehu.cli.clients import create

    create(name, scope or [], purpose or [], role or [], unit, staff)


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
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, readable=True, help=".xlsx .xls .ods .csv")
    ] = None,
    form: Annotated[str | None, typer.Option(help="表单 / Form, such as realestate.visit")] = None,
    unit: Unit = None,
    dry_run: Annotated[bool, typer.Option(help="只检查,不写入 / Check, write nothing")] = False,
    preview: Annotated[bool, typer.Option(help="只显示各列的对应 / Show what columns were taken for")] = False,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="指定一列,可重复 / COLUMN=field; COLUMN= leaves it out"),
    ] = None,
    header_row: Annotated[int | None, typer.Option(min=0, help="表头所在行,0 为没有 / Row of the header")] = None,
    report: Annotated[Path | None, typer.Option(help="错行另存为 .xlsx / Write rows with problems")] = None,
    template: Annotated[str | None, typer.Option(help="写出此表单的模板 / Write a template of this form")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="模板的文件 / File of the template")] = None,
    recorded_by: Recorder = None,
) -> None:
    """导入表格 / Import a spreadsheet. Exit code 0: all rows in; 1: some were kept for correction; 2: refused."""
    from kehu.cli.imports import How, import_spreadsheet, write_template

    if template is not None:
        write_template(template, output or Path(f"{template}.xlsx"))
        return
    if file is None or form is None:
        raise typer.BadParameter("FILE --form FORM / --template FORM")
    how = How(
        form=form, unit=unit, recorded_by=recorded_by, mapping=mapping or (), header_row=header_row,
        dry_run=dry_run, preview=preview, report=report,
    )  # fmt: skip
    raise typer.Exit(import_spreadsheet(file, how))


@queue.command("list")
def queue_list(unit: Unit = None, limit: Annotated[int, typer.Option(min=1, max=1_000)] = 200) -> None:
    """列出待更正的行 / List rows that couldn't be stored; nothing of what they say."""
    from kehu.cli.queue import list_waiting

    list_waiting(unit, limit)


@queue.command("mend")
def queue_mend(row: str, unit: Unit = None, recorded_by: Recorder = None) -> None:
    """更正一行,内容由标准输入读取 / Mend a row; asks for values, or reads lines field=value."""
    from kehu.cli.queue import mend

    mend(row, unit, recorded_by)


@queue.command("retry")
def queue_retry(unit: Unit = None, recorded_by: Recorder = None) -> None:
    """重试全部 / Try all rows again as they are."""
    from kehu.cli.queue import retry

    retry(unit, recorded_by)


@queue.command("dismiss")
def queue_dismiss(
    row: str,
    reason: Annotated[str, typer.Option(help="理由,勿写个人信息 / Reason, nothing personal")],
    unit: Unit = None,
    recorded_by: Recorder = None,
) -> None:
    """忽略一行 / Drop a row for good."""
    from kehu.cli.queue import dismiss

    dismiss(row, reason, unit, recorded_by)


@duplicates.command("find")
def duplicates_find() -> None:
    """查找 / Look through all customers by every match rule; data stewards decide about what is found."""
    from kehu.cli.duplicates import find

    find()


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


Grading = Annotated[str, typer.Argument(help="分级规则 / Grading, such as realestate.importance")]
Standard = Annotated[int, typer.Argument(help="标准号 / Number of the standard")]
Member = Annotated[str, typer.Option(help="办理人工号 / Staff number of who does this")]


@grades.command("run")
def grade_run(
    grading: Annotated[str | None, typer.Argument(help="分级规则,默认全部 / Grading; default: all")] = None,
) -> None:
    """全部重新评定,只写入有变动的等级;可每天运行 / Grade everybody again; only changes are written. Run it daily."""
    from kehu.cli.grades import run

    run(grading)


@grades.command("what-if")
def grade_what_if(
    grading: Grading,
    standard: Annotated[int | None, typer.Option(help="试算的标准号 / Number of a standard to try")] = None,
    version: Annotated[int | None, typer.Option(help="规则版本,默认最新 / Version; default: the newest")] = None,
) -> None:
    """试算:谁会变动,不写入 / Who would move to which band; nothing is written."""
    from kehu.cli.grades import what_if

    what_if(grading, standard, version)


@grades.command("standards")
def grade_standards(grading: Grading) -> None:
    """列出标准 / List standards, newest first."""
    from kehu.cli.grades import standards

    standards(grading)


@grades.command("propose")
def grade_propose(
    grading: Grading,
    staff: Member,
    effective_from: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="生效日期 / In force from")],
    settings: Annotated[list[str], typer.Option("--set", help="参数=值,可重复 / parameter=value, repeatable")],
    unit: Unit = None,
) -> None:
    """提出标准,由他人发布 / Propose a standard; somebody else publishes it."""
    from kehu.cli.grades import propose

    propose(grading, unit, effective_from.date(), settings, staff)


@grades.command("decide")
def grade_decide(
    grading: Grading,
    standard: Standard,
    staff: Member,
    approve: Annotated[bool, typer.Option("--approve/--refuse", help="发布或否决 / Publish or refuse")],
) -> None:
    """发布或否决标准,已生效的随即全部重新评定 / Publish or refuse a standard; one in force regrades everybody."""
    from kehu.cli.grades import decide

    decide(grading, standard, staff, approve=approve)


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


@cli.command("rules")
def rules(
    document: Annotated[str | None, typer.Option(help="只看此件 / Only this one: S1 to S17")] = None,
    state: Annotated[str | None, typer.Option(help="enforced, default, attested, information, duplicate, open")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    xlsx: Annotated[Path | None, typer.Option(dir_okay=False, help="写成表格 / Write a workbook")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="核对 / Exit code 1 where a citation or a claim has nothing behind it")
    ] = False,
) -> None:
    """条款落实情况 / The matrix of all rules: who carries each out, what proves it, what is still open."""
    from kehu.cli.rules import rules as show

    raise typer.Exit(show(document, state, as_json, xlsx, check))


def main() -> None:
    """The entry point ``kehu``."""
    sys.exit(guarded(cli))

"""健身房 — an example plugin for a fictitious gym and its fictitious 会员信息管理办法 (rules GYM.R01 to GYM.R08)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import (
    Any_,
    AtLeast,
    Band,
    Category,
    Code,
    Criterion,
    Day,
    Demo,
    Exists,
    Flag,
    Form,
    FormField,
    FreeText,
    Grading,
    Is,
    IsTrue,
    Label,
    Money,
    MoneyValue,
    Record,
    RetentionClass,
    Scheme,
    ScopeDeclaration,
    Sum,
    Term,
    True_,
    field,
    hookimpl,
    person,
)

__version__ = "0.1.0"

# --8<-- schemes
GOAL = Scheme(
    key="gym.goal",
    version=1,
    label=Label("健身目标", "Training goal"),
    description=Label("会员入会时说明的目标", "What a member says on joining"),
    cites=("GYM.R01",),
    terms=(
        Term("STRENGTH", Label("增肌", "Strength"), ("GYM.R01",)),
        Term("WEIGHT", Label("减重", "Weight loss"), ("GYM.R01",)),
        Term("RECOVERY", Label("康复", "Recovery"), ("GYM.R01",)),
    ),
)
TIER = Scheme(
    key="gym.tier",
    version=1,
    label=Label("会员等级", "Tier"),
    description=Label("按累计缴费和推荐划分", "By fees paid and friends brought"),
    cites=("GYM.R05",),
    terms=(
        Term("GOLD", Label("金卡", "Gold"), ("GYM.R05",)),
        Term("BASIC", Label("普通卡", "Basic"), ("GYM.R05",)),
    ),
)
JUDGED = Scheme(
    key="gym.judgement",
    extends="judgement.kind",
    version=1,
    label=Label("人工认定事项", "What is judged"),
    description=Label("须经他人批准", "Approved by somebody else than the proposer"),
    cites=("GYM.R08",),
    terms=(Term("AMBASSADOR", Label("推广大使", "Ambassador of the gym"), ("GYM.R08",)),),
)
# --8<-- schemes

# --8<-- records
PROFILE = Record(
    name="GymProfile",
    label=Label("健身档案", "Gym profile"),
    description=Label("入会时登记的目标和身体情况", "Goal and condition as registered on joining"),
    accessor="gym",
    single=True,
    area="customer.gym",
    cites=("GYM.R01", "GYM.R02"),
    fields=(
        field("goal", Code, "健身目标", "Training goal", cites=("GYM.R01",), required=True, scheme="gym.goal",
              area="customer.gym", filterable=True),
        field("injuries", FreeText, "伤病情况", "Injuries", cites=("GYM.R02",), area="customer.gym",
              retention="training", categories=(Category.S5_HEALTH,), purposes=("SERVICE",)),
        field("bringsFriends", Flag, "推荐朋友入会", "Brings friends", cites=("GYM.R06",), area="customer.gym",
              default=False),
    ),
)  # fmt: skip
CONTRACT = Record(
    name="GymContract",
    label=Label("会籍合同", "Membership contract"),
    description=Label("每次缴费一份", "One for each payment"),
    accessor="gymContracts",
    area="customer.gym",
    append_only=True,
    cites=("GYM.R03",),
    fields=(
        field("paid", Money, "缴费金额", "Paid", cites=("GYM.R03",), required=True),
        field("startsOn", Day, "开始日期", "Starts on", cites=("GYM.R03",), required=True, area="customer.gym"),
    ),
)
# --8<-- records

# --8<-- grading
PAID = Sum("paid", Label("累计缴费", "fees paid"), record="GymContract", field="paid", currency="CNY")
FRIENDS = Exists("friends", Label("推荐朋友入会", "brings friends"), "GymProfile", where=(IsTrue("bringsFriends"),))
AMBASSADOR = Exists(
    "ambassador",
    Label("经批准认定:推广大使", "approved judgement: ambassador"),
    "Judgement",
    where=(Is("kind", "AMBASSADOR"), Is("status", "APPROVED")),
)
LOYALTY = Grading(
    key="gym.loyalty",
    version=1,
    label=Label("会员分级", "Grading of members"),
    scheme=TIER,
    facts=(PAID, FRIENDS, AMBASSADOR),
    bands=(
        Band(
            "GOLD",
            Label("金卡会员", "Gold member"),
            (
                Criterion("G1", Label("累计缴费1万元以上", "CNY 10,000 or more"),
                          AtLeast(PAID, MoneyValue(1_000_000, "CNY")), ("GYM.R05",)),
                Criterion("G2", Label("推荐朋友或任推广大使", "brings friends, or is an ambassador"),
                          Any_(True_(FRIENDS), True_(AMBASSADOR)), ("GYM.R06", "GYM.R08")),
            ),
            cites=("GYM.R05",),
        ),
        Band("BASIC", Label("普通会员", "Basic member"), cites=("GYM.R05",), otherwise=True),
    ),
    cites=("GYM.R05", "GYM.R06", "GYM.R08"),
)  # fmt: skip
# --8<-- grading

# --8<-- form
JOIN = Form(
    key="gym.join",
    version=1,
    label=Label("入会登记", "Joining form"),
    description=Label("前台登记新会员", "The front desk registers a new member"),
    cites=("GYM.R01", "GYM.R03"),
    fields=(
        FormField("name", "Customer.name", required=True, synonyms=("会员姓名",)),
        FormField("telephone", "ContactPoint.mobile", required=True, synonyms=("手机号码", "电话")),
        FormField("goal", "GymProfile.goal", required=True, words=(("减肥", "WEIGHT"),)),
        FormField("injuries", "GymProfile.injuries", synonyms=("旧伤",)),
        FormField("bringsFriends", "GymProfile.bringsFriends"),
        FormField("paid", "GymContract.paid", required=True, synonyms=("金额", "缴费")),
        FormField("startsOn", "GymContract.startsOn", required=True),
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "ACTIVE"),
        ("ContactPoint.kind", "MOBILE"),
    ),
)
# --8<-- form

# --8<-- scopes
SCOPES = (
    ScopeDeclaration("customer.gym:read", Label("查看健身档案(遮盖)", "See gym profiles, masked"), ("GYM.R04",)),
    ScopeDeclaration("customer.gym:reveal", Label("按用途查看伤病情况", "See injuries in clear"), ("GYM.R04",)),
    ScopeDeclaration("customer.gym:write", Label("登记健身档案", "Record gym profiles"), ("GYM.R04",)),
)
RETENTION = (
    RetentionClass(
        key="training",
        label=Label("训练资料", "Training records"),
        minimum_years=None,
        counted_from=Label("会籍终止", "End of the membership"),
        cites=("GYM.R07",),
    ),
)
# --8<-- scopes


# --8<-- demo
def joining(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """What the front desk would have typed in; nobody is real."""
    for _ in range(count):
        somebody = person(random, 0)
        yield {
            "name": somebody.name,
            "telephone": somebody.mobile,
            "goal": random.choice(("STRENGTH", "WEIGHT", "RECOVERY")),
            "paid": {"amount": f"{random.randrange(1, 12)}888.00", "currency": "CNY"},
            "startsOn": (date(2026, 1, 1) + timedelta(days=random.randrange(300))).isoformat(),
        }


DEMO = Demo(form="gym.join", share=1.0, submissions=joining)
# --8<-- demo


# --8<-- hooks
@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return (GOAL, TIER, JUDGED)


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return (PROFILE, CONTRACT)


@hookimpl
def kehu_gradings() -> tuple[Grading, ...]:
    return (LOYALTY,)


@hookimpl
def kehu_forms() -> tuple[Form, ...]:
    return (JOIN,)


@hookimpl
def kehu_scopes() -> tuple[ScopeDeclaration, ...]:
    return SCOPES


@hookimpl
def kehu_retention() -> tuple[RetentionClass, ...]:
    return RETENTION


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return (DEMO,)


# --8<-- hooks

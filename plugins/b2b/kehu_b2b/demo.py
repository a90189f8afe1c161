"""演示数据 — synthetic archives, dealings, reports and leads, as marketing would have typed them in. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

from kehu.plugin import Demo, organisation, person

_UNTIL = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)
_SCOPES = ("机电设备批发、零售及维修", "建筑材料销售", "计算机软硬件开发及技术服务", "食品批发", "仓储及道路货物运输")
_REQUESTS = ("询问批量采购的价格与交货期", "询问产品能否按图纸定制", "索取产品目录和检测报告", "希望来厂考察后再定")
_ANSWERS = ("已发报价单和样品清单", "已约定上门演示时间", "已说明定制周期,客户回去商量")
_ACTIVITIES = ("电话沟通需求,确认负责人", "上门拜访,了解现有供应商", "提交方案并答疑", "协商合同条款")
_DEALINGS = ("ORDER", "ORDER", "ORDER", "DELIVERY", "DELIVERY", "SETTLEMENT", "NEGOTIATION", "SERVICE")


def _number(kind: str, number: int) -> str:
    return f"{kind}{number + 1:05}"


def _day(random: Random, days: int = 900) -> date:
    return (_UNTIL - timedelta(days=random.randrange(days))).date()


def _money(random: Random, low: int, high: int) -> dict[str, str]:
    return {"amount": f"{random.randrange(low, high)}0000.00", "currency": "CNY"}


def _need(random: Random) -> dict[str, object]:
    """What the character, manner and volume of the need ask for."""
    characteristic = random.choice(("STANDARD", "STANDARD", "CUSTOM", "PROJECT"))
    manner = random.choice(("SINGLE_ORDER", "FRAMEWORK", "TENDER"))
    volume = random.choice(("LARGE", "MEDIUM", "SMALL"))
    asked: dict[str, tuple[str, object]] = {
        "CUSTOM": ("specification", "按客户图纸加工,公差正负零点一毫米"),
        "PROJECT": ("projectDescription", "新建厂房的配套设备,分两期供货"),
        "FRAMEWORK": ("frameworkUntil", (_UNTIL + timedelta(days=random.randrange(30, 700))).date().isoformat()),
        "TENDER": ("tenderRules", "公开招标,须提供近三年业绩和检测报告"),
        "LARGE": ("supplyPlan", "每月供货两次,年初确定总量"),
    }
    chosen = {"needCharacteristic": characteristic, "needManner": manner, "needVolume": volume}
    return {
        **chosen,
        **dict(asked[code] for code in chosen.values() if code in asked),
        "marketPosition": random.choice(("LEADING", "ESTABLISHED", "ESTABLISHED", "MINOR", "MINOR")),
    }


def _company(random: Random, number: int) -> dict[str, object]:
    made = organisation(random, number)
    return {
        "uscc": made.uscc,
        "stage": random.choice(("ACTIVE", "ACTIVE", "PROSPECT")),
        "name": made.name,
        "legalRepresentative": person(random, 0).name,
        "address": made.address,
        "telephone": f"0757-{random.randrange(22000000, 88999999)}",
        "postcode": f"5283{random.randrange(100):02}",
        "fax": f"0757-{random.randrange(22000000, 88999999)}",
        "businessScope": random.choice(_SCOPES),
        "registeredCapital": _money(random, 10, 5000),
        "contacts": [{"name": made.contact.name, "telephone": made.contact.mobile}],
        **_need(random),
    }


def companies(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """普通公司的档案。"""
    for number in range(count):
        yield {"archiveNumber": _number("DA", number)} | _company(random, number)


def governments(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """政府机构的档案。"""
    for number in range(count):
        yield {
            **_company(random, number),
            "archiveNumber": _number("ZF", number),
            "name": f"示例市第{number + 1}政府采购中心",
            "procurementBody": "示例市财政局",
        }


def partners(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """合作伙伴的档案。"""
    for number in range(count):
        yield _company(random, number) | {
            "archiveNumber": _number("HB", number),
            "cooperation": "区域代理,负责安装与售后",
        }


def dealings(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """与普通公司的业务交往。"""
    for number in range(count):
        kind = random.choice(_DEALINGS)
        yield {
            "archiveNumber": _number("DA", number // 2),
            "kind": kind,
            "occurredOn": _day(random).isoformat(),
            "description": "按合同约定办理",
            **({"amount": _money(random, 1, 800)} if kind in ("ORDER", "SETTLEMENT") else {}),
        }


def reports(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """普通公司的年度业绩和财务状况报告。"""
    for number in range(count):
        common = {"archiveNumber": _number("DA", number), "year": 2025, "period": "YEAR", "summary": "经营平稳"}
        if number % 2:
            yield common | {"kind": "PERFORMANCE", "sales": _money(random, 10, 900)}
        else:
            held = {"assets": _money(random, 500, 9000), "liabilities": _money(random, 100, 4000)}
            yield common | {"kind": "FINANCIAL_POSITION"} | held


def _of_source(random: Random, source: str) -> dict[str, object]:
    """What the source itself makes the back office ask."""
    match source:
        case "PRODUCT_USER":
            return {"productUse": random.choice(("BOUGHT", "USED"))}
        case "EVENT":
            return {"eventKind": "EXHIBITION", "event": "示例机电设备展览会"}
        case "REFERRAL":
            return {"referredBy": [{"telephone": person(random, 0).mobile}]}
        case "MEDIA":
            return {"medium": "JOURNAL", "publication": "示例采购月刊"}
        case "OTHER":
            return {"channel": "行业协会会员名录"}
        case "DEPARTMENT":
            return {"department": "HQ"}
    return {}


_SOURCES = ("HOTLINE", "WEBSITE", "SITE_VISIT", "PRODUCT_USER", "EVENT", "REFERRAL", "MEDIA", "OTHER")


def inquiries(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """咨询客户信息登记。"""
    for number in range(count):
        source, made = random.choice(_SOURCES), organisation(random, number)
        declined = random.random() < 0.2
        address: dict[str, object] = {} if declined else {"address": made.address}
        yield {
            "leadNumber": _number("XX", number),
            "receivedAt": (_UNTIL - timedelta(minutes=random.randrange(60 * 24 * 300))).isoformat(),
            "source": source,
            **_of_source(random, source),
            "contactAnswer": "GIVEN",
            "contact": [{"name": made.contact.name}],
            "organisationAnswer": "GIVEN",
            "name": made.name,
            "telephoneAnswer": "GIVEN",
            "telephone": made.contact.mobile,
            "addressAnswer": "DECLINED" if declined else "GIVEN",
            **address,
            "nature": random.choice(("ORDINARY_COMPANY", "ORDINARY_COMPANY", "GOVERNMENT", "SPECIAL_BUSINESS")),
            "request": random.choice(_REQUESTS),
        }


def feedback(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """应答结果反馈。"""
    for number in range(count):
        promised = random.random() < 0.2
        yield {
            "leadNumber": _number("XX", number),
            "answeredAt": (_UNTIL - timedelta(minutes=random.randrange(60 * 24 * 30))).isoformat(),
            "answer": random.choice(_ANSWERS),
            "technical": "PROMISED" if promised else "NONE",
            "result": random.choice(("SATISFIED", "CONTINUES", "CONTINUES", "NO_NEED")),
            **({"customerTold": True, "promisedAt": (_UNTIL + timedelta(days=1)).isoformat()} if promised else {}),
        }


def offers(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """客户开发进度:方案与报价。"""
    for number in range(count):
        yield {
            "leadNumber": _number("XX", number),
            "weekOf": "2026-10-26",
            "activity": random.choice(_ACTIVITIES),
            "amount": _money(random, 5, 500),
            "probability": random.choice(("HIGH", "MEDIUM", "LOW")),
            "nextStep": "下周再次拜访",
        }


DEMOS = (
    Demo(form="b2b.archive_ordinary_company", share=0.04, submissions=companies),
    Demo(form="b2b.archive_government", share=0.005, submissions=governments),
    Demo(form="b2b.archive_partner", share=0.005, submissions=partners),
    Demo(form="b2b.business_dealing", share=0.04, submissions=dealings),
    Demo(form="b2b.report_filing", share=0.02, submissions=reports),
    Demo(form="b2b.inquiry", share=0.04, submissions=inquiries),
    Demo(form="b2b.feedback", share=0.03, submissions=feedback),
    Demo(form="b2b.progress_offer", share=0.01, submissions=offers),
)

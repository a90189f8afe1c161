"""People and organisations out of a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from kehu.demo.numbers import email, mobile, resident_id, uscc
from kehu.demo.places import PLACES, address_line

_SURNAMES = {
    "王": 72, "李": 71, "张": 68, "刘": 54, "陈": 45, "杨": 31, "黄": 22, "赵": 22, "吴": 20, "周": 20,
    "徐": 15, "孙": 15, "马": 13, "朱": 13, "胡": 12, "郭": 12, "何": 12, "林": 12, "罗": 11, "高": 10,
    "郑": 10, "梁": 9, "谢": 8, "宋": 8, "唐": 7, "许": 7, "韩": 6, "邓": 6, "冯": 6, "曹": 6,
    "彭": 5, "曾": 5, "肖": 5, "田": 5, "董": 5, "潘": 4, "袁": 4, "蔡": 4, "蒋": 4, "余": 4,
    "欧阳": 2, "上官": 1, "司马": 1, "诸葛": 1, "司徒": 1, "慕容": 1, "皇甫": 1, "尉迟": 1,
}  # fmt: skip
_MALE = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林"
_FEMALE = "芳娜敏静丽艳娟霞秀燕玲桂兰萍红梅莉英慧婷雪琳倩璐颖晶妍茜岚薇"
_EITHER = "文晓子嘉思雨梓佳志海国建春永新清云安乐宁"
_MINORITY = ("阿依古丽·买买提", "艾力·吐尔逊", "古丽娜·库尔班", "巴特尔·苏和", "卓玛·次仁", "热依拉·艾山")
_TRADES = ("贸易", "机电设备", "供应链管理", "建筑工程", "信息技术", "文化传播", "食品", "物流")
_WORDS = ("禾澄", "朗屿", "澄岳", "沐桥", "岚川", "瀚元", "启桐", "翎羽", "珩达", "焕新")
_NOTES = (
    "关注小高层,希望临近学校,周末可再看房。",
    "朋友介绍来访,预算需与家人商量。",
    "对户型满意,询问付款方式和交楼时间。",
    "喜欢安静的楼层,需要两个车位。",
    "已看过同区域两个项目,重视物业服务。",
    "电话咨询优惠活动,约定下周回访。",
)
_OLDEST = date(1945, 1, 1)
_DAYS_OF_BIRTH = (date(2006, 1, 1) - _OLDEST).days
_ORGANISATION_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up natural person; every value passes its governed type."""

    name: str
    sex: Literal["MALE", "FEMALE"]
    birth_date: date
    resident_id: str
    mobile: str
    email: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A made-up company with the person who speaks for it."""

    name: str
    uscc: str
    address: str
    contact: Person


def person(random: Random, number: int) -> Person:
    """One person; ``number`` goes into the e-mail address."""
    place = random.choice(PLACES)
    sex: Literal["MALE", "FEMALE"] = random.choice(("MALE", "FEMALE"))
    birth = _OLDEST + timedelta(days=random.randrange(_DAYS_OF_BIRTH))
    return Person(
        name=_name(random, sex),
        sex=sex,
        birth_date=birth,
        resident_id=resident_id(random, place.code, birth, sex),
        mobile=mobile(random),
        email=email(random, number),
        address=address_line(random, place),
        note=random.choice(_NOTES),
    )


def _name(random: Random, sex: str) -> str:
    if random.random() < 0.01:
        return random.choice(_MINORITY)
    surname = random.choices(tuple(_SURNAMES), tuple(_SURNAMES.values()))[0]
    last = random.choice(_MALE if sex == "MALE" else _FEMALE)
    return surname + (random.choice(_EITHER) if random.random() < 0.7 else "") + last


def organisation(random: Random, number: int) -> Organisation:
    """One company with its contact."""
    place = random.choice(PLACES)
    seat = (place.city or place.province).removesuffix("市")
    return Organisation(
        name=f"{seat}{random.choice(_WORDS)}{random.choice(_WORDS)}{random.choice(_TRADES)}有限公司",
        uscc=uscc(random, place.code),
        address=address_line(random, place),
        contact=person(random, number),
    )


def people(count: int, seed: int = 1) -> Iterator[Person | Organisation]:
    """``count`` customers, about one in sixteen an organisation; no identifier or mobile comes twice."""
    random = Random(seed)  # noqa: S311  # repeatable, and no secret
    seen: set[str] = set()
    number = 0
    while number < count:
        made: Person | Organisation
        if random.random() < _ORGANISATION_SHARE:
            made = company = organisation(random, number)
            keys = {company.uscc, company.contact.resident_id, company.contact.mobile}
        else:
            made = someone = person(random, number)
            keys = {someone.resident_id, someone.mobile}
        if seen.isdisjoint(keys):
            seen |= keys
            number += 1
            yield made

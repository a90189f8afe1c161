"""Real districts, invented compounds in them."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Place(NamedTuple):
    """A district with its GB/T 2260 code and roads; municipalities have no city of their own."""

    code: str
    province: str
    city: str
    district: str
    roads: tuple[str, ...]


PLACES: tuple[Place, ...] = (
    Place("440606", "广东省", "佛山市", "顺德区", ("云栖大道", "新悦路", "德民路")),
    Place("440106", "广东省", "广州市", "天河区", ("华景路", "天府路", "黄埔大道")),
    Place("440305", "广东省", "深圳市", "南山区", ("海月路", "科苑路", "望海路")),
    Place("110105", "北京市", "", "朝阳区", ("朝阳北路", "望京街", "常通路")),
    Place("110108", "北京市", "", "海淀区", ("学清路", "西三旗路", "远大路")),
    Place("310115", "上海市", "", "浦东新区", ("锦绣路", "张杨路", "云台路")),
    Place("310104", "上海市", "", "徐汇区", ("龙华路", "漕宝路", "宛平路")),
    Place("120101", "天津市", "", "和平区", ("南京路", "西康路", "营口道")),
    Place("500103", "重庆市", "", "渝中区", ("民生路", "中山路", "长江路")),
    Place("330106", "浙江省", "杭州市", "西湖区", ("文三路", "古墩路", "莲花街")),
    Place("320106", "江苏省", "南京市", "鼓楼区", ("中山北路", "草场门大街", "集庆路")),
    Place("320506", "江苏省", "苏州市", "吴中区", ("东吴北路", "宝带路", "石湖路")),
    Place("510107", "四川省", "成都市", "武侯区", ("科华北路", "武兴路", "天益街")),
    Place("510104", "四川省", "成都市", "锦江区", ("东大街", "锦华路", "静安路")),
    Place("420106", "湖北省", "武汉市", "武昌区", ("中北路", "和平大道", "徐东大街")),
    Place("610113", "陕西省", "西安市", "雁塔区", ("雁展路", "丈八东路", "翠华路")),
    Place("370202", "山东省", "青岛市", "市南区", ("香港中路", "闽江路", "山东路")),
    Place("430104", "湖南省", "长沙市", "岳麓区", ("麓山路", "金星大道", "含光路")),
    Place("350203", "福建省", "厦门市", "思明区", ("湖滨路", "莲前路", "环岛路")),
    Place("210202", "辽宁省", "大连市", "中山区", ("人民路", "港湾街", "长江路")),
    Place("410105", "河南省", "郑州市", "金水区", ("花园路", "农业路", "金水路")),
    Place("340104", "安徽省", "合肥市", "蜀山区", ("黄山路", "潜山路", "望江路")),
)

_FIRST = (
    "云栖",
    "澜庭",
    "锦澄",
    "星河",
    "悦岚",
    "沐光",
    "翡丽",
    "听松",
    "观澜",
    "和煦",
    "青禾",
    "君澄",
    "麓语",
    "枫禾",
)
_SECOND = ("花园", "家园", "公寓", "小区", "山庄", "苑", "府", "广场")


def compound(random: Random) -> str:
    """The invented name of a residential compound."""
    return random.choice(_FIRST) + random.choice(_SECOND)


def address_line(random: Random, place: Place) -> str:
    """One line from province to room; people write floors and units differently, and so does this."""
    building, floor = random.randint(1, 30), random.randint(1, 32)
    room = f"{floor}{random.randint(1, 4):02}室"
    home = random.choice(
        (
            f"{building}栋{random.randint(1, 4)}单元{room}",
            f"{building}幢{floor}层{room}",
            f"{building}号楼{room}",
        )
    )
    road = f"{random.choice(place.roads)}{random.randint(1, 400)}号"
    return f"{place.province}{place.city}{place.district}{road}{compound(random)}{home}"

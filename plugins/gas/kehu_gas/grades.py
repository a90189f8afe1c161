"""用户档案完整性 — which user files lack a part of the basic information (S16 3.1).

地址、姓名、联系电话、燃气表、设备: the name is sealed, so grading can't see it; every entry form requires it.
"""

from __future__ import annotations

from kehu.plugin import All, Band, Criterion, Exists, Grading, Is, Label, Not, True_
from kehu_gas.schemes import FILE_STATE

USER = Exists("user", Label("燃气用户", "is a gas user"), "GasAccount")
ADDRESS = Exists("address", Label("客户地址", "address"), "GasServiceAddress")
TELEPHONE = Exists(
    "telephone", Label("联系电话", "telephone"), "ContactPoint", where=(Is("kind", "MOBILE", "LANDLINE"),)
)
METER = Exists("meter", Label("燃气表", "gas meter"), "GasInstalledMeter")
EQUIPMENT = Exists("equipment", Label("燃气设备", "equipment"), "GasUserEquipment")


def _lacks(code: str, part: Exists) -> Criterion:
    label = Label(f"缺{part.label.zh}", f"lacks the {part.label.en}")
    return Criterion(code, label, All(True_(USER), Not(True_(part))), ("S16.R05",))


FILE = Grading(
    key="gas.user_file",
    version=1,
    label=Label("用户档案完整性", "Completeness of user files"),
    scheme=FILE_STATE,
    facts=(USER, ADDRESS, TELEPHONE, METER, EQUIPMENT),
    bands=(
        Band(
            "INCOMPLETE",
            Label("档案不完整", "Incomplete"),
            (_lacks("L1", ADDRESS), _lacks("L2", TELEPHONE), _lacks("L3", METER), _lacks("L4", EQUIPMENT)),
            cites=("S16.R05",),
        ),
        Band(
            "COMPLETE",
            Label("档案完整", "Complete"),
            (Criterion("C1", Label("燃气用户,各项齐全", "a gas user, nothing lacking"), True_(USER), ("S16.R05",)),),
            cites=("S16.R05",),
        ),
        Band("NO_GAS_USER", Label("非燃气用户", "Not a gas user"), cites=("S16.R05",), otherwise=True),
    ),
    cites=("S16.R05",),
)

GRADINGS = (FILE,)

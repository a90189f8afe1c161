"""办法的目的、范围、定义 — what the bank's measures (S1, S3, S4, S7, S10) state of themselves."""

from __future__ import annotations

from kehu.plugin import Covers, Label, Measure, Statement, Topic

OPERATION = Measure(
    document="S1",
    version=1,
    title=Label("个人客户信息系统运行管理办法", "Operation of the system of personal customers"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "规范日常运行管理,确保系统安全稳定,保密信息,维护客户隐私权",
                "Orderly daily operation, a safe and stable system, confidentiality, customers' privacy",
            ),
            ("S1.R01",),
        ),
        Statement(
            Topic.SCOPE,
            Label("适用于使用客户系统的各级机构和用户", "All levels of institutions and all users of the system"),
            ("S1.R09",),
            covers=Covers.UNITS,
        ),
        Statement(Topic.SCOPE, Label("适用于全部用户", "All users"), ("S1.R09",), covers=Covers.STAFF),
        Statement(
            Topic.RESPONSIBILITY,
            Label("客户系统的运行管理部门", "Departments that manage the system's operation"),
            ("S1.R10",),
            items=(
                Label("省分行信息中心", "Information Centre of the provincial branch"),
                Label("个人金融部", "Personal Finance Department"),
                Label("信息技术管理部", "IT Management Department"),
            ),
        ),
    ),
)
SENSITIVE = Measure(
    document="S3",
    version=1,
    title=Label("客户个人信息管理办法(敏感信息)", "Personal customer information: the sensitive part"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "提高客户信息保护工作水平,保护客户个人合法权益,提升公司社会形象",
                "A higher level of protection, customers' lawful rights, the company's public image",
            ),
            ("S3.R01",),
        ),
        Statement(
            Topic.BASIS,
            Label(
                "原文以“XXX”代替所依据的法律;由本机构设定,下列为系统默认",
                "The text blanks the laws out (XXX): the bank names them, and these are our default",
            ),
            ("S3.R01",),
            items=(
                Label("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
                Label("中国人民银行金融消费者权益保护实施办法", "PBOC measures on financial consumers"),
            ),
            set_here=True,
        ),
        Statement(
            Topic.DEFINITION,
            Label(
                "个人客户信息:开展业务时获取、加工和保存的个人信息",
                "Personal customer information: what is obtained, processed and kept in doing business",
            ),
            ("S3.R02",),
        ),
    ),
)
PROTECTION = Measure(
    document="S4",
    version=1,
    title=Label("商业银行客户信息保护管理办法", "Protection of customer information in commercial banks"),
    statements=(
        Statement(
            Topic.BASIS,
            Label("法律依据", "Legal bases"),
            ("S4.R01",),
            items=(
                Label("中华人民共和国网络安全法", "Cybersecurity Law"),
                Label("中华人民共和国消费者权益保护法", "Law on the Protection of Consumer Rights and Interests"),
                Label("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
                Label("中国人民银行金融消费者权益保护实施办法", "PBOC measures on financial consumers"),
            ),
        ),
        Statement(
            Topic.DEFINITION,
            Label(
                "客户信息:开展业务或者提供服务过程中获取的与客户有关的信息,包括个人客户和单位客户",
                "Customer information: what is obtained about customers in business or service, of individuals "
                "and of organisations",
            ),
            ("S4.R02",),
            items=(Label("个人客户", "Individuals"), Label("单位客户", "Organisations")),
        ),
        Statement(
            Topic.PRINCIPLE,
            Label(
                "涉及国家秘密的依照保密规定;如无相关规定,依照本办法办理",
                "State secrets follow the rules on secrecy; where there is no such rule, this measure applies",
            ),
            ("S4.R11",),
        ),
        Statement(
            Topic.SCOPE,
            Label("适用于境内各级机构", "All levels of domestic institutions"),
            ("S4.R12",),
            covers=Covers.UNITS,
        ),
    ),
)
RETAIL = Measure(
    document="S7",
    version=1,
    title=Label("商业银行零售客户信息管理办法", "Retail customers' information in commercial banks"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "构建零售客户信息视图,提高信息质量,促进规范、有效利用",
                "A view of the retail customer, better quality, use that is compliant and effective",
            ),
            ("S7.R01",),
            items=(
                Label(
                    "依据:金融机构客户身份识别和客户身份资料及交易记录保存管理办法",
                    "Basis: measures on customer identification and on keeping identity and transaction records",
                ),
            ),
        ),
        Statement(
            Topic.DEFINITION,
            Label(
                "零售客户信息:记录、存储的、有业务往来的个人客户的各类信息",
                "Retail customer information: all that is recorded of individual customers with business relations",
            ),
            ("S7.R02",),
        ),
        Statement(
            Topic.SCOPE,
            Label("文件类型:管理办法;适用于境内各级机构", "Type: measure (管理办法); all domestic institutions"),
            ("S7.R03",),
            covers=Covers.UNITS,
        ),
    ),
)
RULES_OF_APPLICATION = Measure(
    document="S10",
    version=1,
    title=Label("银行客户信息管理办法实施细则", "Rules for carrying out the measures on bank customers"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "依法收集、使用和保护客户信息,保障客户权益与信息安全",
                "Lawful collection, use and protection; customers' rights and safety",
            ),
            ("S10.R01",),
        ),
    ),
)

MEASURES = (OPERATION, SENSITIVE, PROTECTION, RETAIL, RULES_OF_APPLICATION)

"""Money matters: kinds of amounts (收入、纳税额、公积金…), bank card (银行卡), bank account (银行账户)."""

from __future__ import annotations

import re
from dataclasses import replace

from stdnum import luhn

from kehu.labels import Label
from kehu.policy import Policy
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.identifiers import mask_last4
from kehu.vocabulary.money import Money, MoneyValue
from kehu.vocabulary.normal import capitals, number_text_of, refuse_mask, without_separators
from kehu.vocabulary.policies import CAPITAL, HOLDING, PROPERTY, TRANSACTION

BANK_CARD_PATTERN = "[0-9]{13,19}"
BANK_ACCOUNT_PATTERN = "[0-9A-Z]{6,34}"


def parse_bank_card(raw: object) -> str:
    """13 to 19 digits whose last is the Luhn check digit (F-92).

    Raises `ValueRefused` BANK_CARD_LENGTH, BANK_CARD_CHECK, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = without_separators(number_text_of(raw))
    refuse_mask(number)
    if not re.fullmatch(BANK_CARD_PATTERN, number):
        raise ValueRefused("BANK_CARD_LENGTH", "银行卡号须为13至19位数字,请核对", "A bank card has 13 to 19 digits")
    if not luhn.is_valid(number):
        raise ValueRefused(
            "BANK_CARD_CHECK", "银行卡号校验位不符,请逐位核对", "The check digit doesn't fit; compare digit by digit"
        )
    return number


def parse_bank_account(raw: object) -> str:
    """6 to 34 letters and digits; accounts and passbooks don't follow Luhn (F-92), IBANs have letters.

    Raises `ValueRefused` BANK_ACCOUNT_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals(without_separators(number_text_of(raw)))
    refuse_mask(number)
    if not re.fullmatch(BANK_ACCOUNT_PATTERN, number):
        raise ValueRefused(
            "BANK_ACCOUNT_FORMAT",
            "银行账号须为6至34位数字或字母,请核对",
            "A bank account has 6 to 34 digits or letters",
        )
    return number


def mask_card(number: str) -> str:
    """The first six digits, which name the bank, and the last four (F-97)."""
    return f"{number[:6]}****{number[-4:]}"


_LAST4 = Mask("last4", Label("保留后四位", "Last four kept"), mask_last4, ("F-97",))

BankCard: GovernedType[str] = GovernedType(
    name="BankCard",
    label=Label("银行卡号", "Bank card number"),
    description=Label(
        "银行卡号,校验位须相符,可精确查找;遮盖时保留后四位",
        "Bank card number with its check digit, found by exact look-up; masked, the last four remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING.but(cites=(*HOLDING.cites, "F-35", "F-92")),
    parse=parse_bank_card,
    schema={"type": "string", "format": "kehu-bank-card", "pattern": f"^{BANK_CARD_PATTERN}$"},
    masks=(_LAST4, Mask("6+4", Label("保留前6位和后4位", "First 6 and last 4 kept"), mask_card, ("F-97",))),
)

BankAccount: GovernedType[str] = GovernedType(
    name="BankAccount",
    label=Label("银行账号", "Bank account number"),
    description=Label(
        "银行账户或存折号码,可精确查找;遮盖时保留后四位",
        "Number of a bank account or passbook, found by exact look-up; masked, the last four remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING.but(cites=(*HOLDING.cites, "F-92")),
    parse=parse_bank_account,
    schema={"type": "string", "format": "kehu-bank-account", "pattern": f"^{BANK_ACCOUNT_PATTERN}$"},
    masks=(_LAST4,),
)


def _amount(name: str, label: Label, description: Label, policy: Policy) -> GovernedType[MoneyValue]:
    """An amount of one kind: `Money` in everything but its name and its protection."""
    return replace(Money, name=name, label=label, description=description, policy=policy, graphql=Money.name)


Income = _amount("Income", Label("收入", "Income"), Label("收入金额", "Amount of an income"), PROPERTY)

TaxAmount = _amount("TaxAmount", Label("纳税额", "Tax paid"), Label("纳税金额", "Amount of tax paid"), PROPERTY)

HousingFund = _amount(
    "HousingFund",
    Label("公积金缴存额", "Housing-fund deposit"),
    Label("公积金缴存金额", "Amount paid into the housing fund"),
    PROPERTY,
)

TransactionAmount = _amount(
    "TransactionAmount",
    Label("交易金额", "Transaction amount"),
    Label("一笔交易的金额", "Amount of one transaction"),
    TRANSACTION,
)

RegisteredCapital = _amount(
    "RegisteredCapital",
    Label("注册资本", "Registered capital"),
    Label("单位登记的注册资本,含币种", "An organisation's registered capital with its currency"),
    CAPITAL,
)

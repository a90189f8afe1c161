"""Normal forms of text that people type and spreadsheets hold. Pure functions, shared by the types."""

from __future__ import annotations

import re
import unicodedata

from kehu.vocabulary.base import ValueRefused

# Full-width ASCII (U+FF01–FF5E) and the ideographic space, as Chinese input methods write them.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
# Invisible marks that copying from pages and spreadsheets leaves behind.
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xE000, 0xF8FF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x3007, 0x3007))
_CAPITALS = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_LARGEST_EXACT = 2**53
# The longest raw text that is looked at; longer is refused before any pattern runs on it.
_LONGEST = 20_000


def refuse_mask(text: str) -> None:
    """A mask sent back by a form must not overwrite the value it hides. Raises `ValueRefused`."""
    if "*" in text:
        raise ValueRefused(
            "MASK_SENT_BACK",
            "这是遮盖后的值,不能保存;请留空以保持原值,或填写完整的值",
            "This is a masked value and can't be saved; leave it out to keep the value, or give it in full",
        )


def text_of(raw: object) -> str:
    """``raw`` as composed text (NFC) without invisible marks and outer spaces.

    Raises `ValueRefused` TEXT_EXPECTED, TEXT_EMPTY, TEXT_LENGTH, TEXT_CONTROL.
    """
    if not isinstance(raw, str):
        raise ValueRefused("TEXT_EXPECTED", "这里需要文字", "Text is expected here")
    if len(raw) > _LONGEST:
        raise ValueRefused("TEXT_LENGTH", "文字过长,请缩短", "The text is too long; shorten it")
    text = unicodedata.normalize("NFC", raw.translate(_INVISIBLE)).strip()
    if not text:
        raise ValueRefused("TEXT_EMPTY", "不能为空", "It must not be empty")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\n\r\t" for char in text):
        raise ValueRefused(
            "TEXT_CONTROL", "含有不可见的控制字符,请删除后重新填写", "It has control characters; remove them"
        )
    return text


def line_of(raw: object) -> str:
    """One line: half-width, runs of blanks made one. Raises what `text_of` raises."""
    # Half-width first: only then does composing (NFC) see the letters it may join with their accents.
    return " ".join(text_of(half_width(raw) if isinstance(raw, str) else raw).split())


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; Chinese full stops and brackets stay."""
    return text.translate(_HALF_WIDTH)


def number_text_of(raw: object) -> str:
    """The digits of an identifier as text, also when a spreadsheet stored them as a number.

    A number beyond 2^53 has lost digits there. Raises `ValueRefused` NUMBER_CELL and what `text_of` raises.
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw) if 0 <= raw < 10**40 else text_of(None)
    if isinstance(raw, float):
        if not raw.is_integer() or not 0 <= raw < _LARGEST_EXACT:
            raise ValueRefused(
                "NUMBER_CELL",
                "号码被存成了数值,末尾数字可能已丢失;请把该列设为文本格式后重新填写",
                "The number was stored as a numeric cell and may have lost digits; make the column text and retype",
            )
        return str(int(raw))
    return line_of(raw)


def capitals(text: str) -> str:
    """ASCII letters in upper case; ``str.upper`` would make letters of others, SS of ß."""
    return text.translate(_CAPITALS)


def without_separators(text: str) -> str:
    """Without blanks and any kind of hyphen or dash."""
    return re.sub(r"[\s\-\u2010-\u2015\u2212]", "", text)


def is_han(char: str) -> bool:
    """A Chinese character; private-use ones count, since banks store rare name characters there."""
    return any(low <= ord(char) <= high for low, high in _HAN)


def has_letter(text: str) -> bool:
    return any(char.isalpha() or is_han(char) for char in text)


def is_digit(char: str) -> bool:
    """A digit of any script, circled and superscript ones too; not 〇, which names use."""
    return unicodedata.category(char) in ("Nd", "No")

"""How names are searched for: as they are written, in full pinyin, by initials.

A form is a text such as ``exact:张三``, ``pinyin:zhangsan``, ``initials:zs``. Only keyed tokens of forms are stored.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from kehu.vocabulary.base import ValueRefused
from kehu.vocabulary.normal import is_han, line_of, refuse_mask

MOST_READINGS = 8
"""How many pinyin readings of one name are kept at most, the likeliest first."""
_READINGS = 2
_LONGEST = 120

# Where a surname is read otherwise than the character is elsewhere.
_SURNAMES = {
    "万俟": ("mo", "qi"), "萬俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "尉遲": ("yu", "chi"), "单于": ("chan", "yu"),
    "單于": ("chan", "yu"), "长孙": ("zhang", "sun"), "長孫": ("zhang", "sun"), "澹台": ("tan", "tai"),
    "澹臺": ("tan", "tai"), "单": ("shan",), "單": ("shan",), "仇": ("qiu",), "任": ("ren",), "区": ("ou",),
    "區": ("ou",), "召": ("shao",), "句": ("gou",), "员": ("yun",), "宓": ("mi",), "折": ("she",), "曾": ("zeng",),
    "朴": ("piao",), "查": ("zha",), "盖": ("ge",), "秘": ("bi",), "种": ("chong",), "纪": ("ji",), "缪": ("miao",),
    "繁": ("po",), "翟": ("zhai",), "解": ("xie",), "那": ("na",), "隗": ("wei",), "黑": ("he",),
}  # fmt: skip


def asked_forms(raw: object) -> frozenset[str]:
    """What somebody who types this may mean.

    Raises `ValueRefused` NAME_LETTERS, NAME_LENGTH, MASK_SENT_BACK, TEXT_*.
    """
    text = line_of(raw)
    refuse_mask(text)
    folded = _folded(text)
    if not folded:
        raise ValueRefused(
            "NAME_LETTERS", "请输入姓名或名称、拼音或拼音首字母", "Give a name, its pinyin or its initials"
        )
    if len(folded) > _LONGEST:
        raise ValueRefused("NAME_LENGTH", "姓名或名称过长,请缩短", "The name is too long; shorten it")
    found = {f"exact:{folded}"}
    typed = _folded(text.replace("ü", "v").replace("Ü", "v"))
    if typed.isascii():
        found |= {f"pinyin:{typed}", f"initials:{typed}"}
    return frozenset(found)


def person_forms(name: str) -> frozenset[str]:
    """The forms of a person's name; a surname is read as surnames are."""
    return _forms(name, surname=True)


def organisation_forms(name: str) -> frozenset[str]:
    """The forms of an organisation's name."""
    return _forms(name, surname=False)


def _forms(name: str, *, surname: bool) -> frozenset[str]:
    found = {f"exact:{folded}"} if (folded := _folded(name)) else set()
    readings = list(_bounded(_candidates(name, surname)))
    if any(is_han(char) for char in name):
        found |= {f"pinyin:{''.join(one)}" for one in readings}
    found |= {f"initials:{''.join(syllable[0] for syllable in one)}" for one in readings if one}
    return frozenset(found)


def _folded(text: str) -> str:
    """Letters and digits alone, small, without accents: blanks, dots and brackets tell nobody apart."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


def _candidates(name: str, surname: bool) -> list[tuple[str, ...]]:
    """For each character, or word of another script, its readings, the likeliest first."""
    # Given names are no phrases, so what stands around a character says nothing of its reading.
    likely = [""] * len(name) if surname else _likely(name)
    if surname:
        own = _SURNAMES.get(name[:2]) or _SURNAMES.get(name[:1], ())
        likely[: len(own)] = own
    found: list[tuple[str, ...]] = []
    word = ""
    for char, first in zip((*name, " "), (*likely, ""), strict=True):
        if not is_han(char) and (folded := _folded(char)):
            word += folded
            continue
        if word:
            found.append((word,))
            word = ""
        if is_han(char):
            found.append(_kept(char, first))
    return found


def _bounded(candidates: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Readings of the whole, those nearest to the likeliest first, `MOST_READINGS` at most."""
    usual = tuple(one[0] for one in candidates)
    others = [(at, reading) for at, one in enumerate(candidates) for reading in one[1:]]
    left = MOST_READINGS
    for changed in range(3):
        for changes in combinations(others, changed):
            if len({at for at, _ in changes}) == changed:
                yield tuple(dict(changes).get(at, syllable) for at, syllable in enumerate(usual))
                left -= 1
                if not left:
                    return


def _likely(name: str) -> list[str]:
    """The reading of each character in its surroundings: 重庆 is chongqing."""
    import pypinyin  # its dictionaries take half a second and 40 MB: whoever writes no name doesn't load them

    found: list[str] = []
    for char_or_run in _runs(name):
        read = pypinyin.lazy_pinyin(char_or_run) if is_han(char_or_run[0]) else []
        found += read if len(read) == len(char_or_run) else list(char_or_run)
    return found


def _runs(name: str) -> list[str]:
    """The name cut where Chinese and other characters meet."""
    runs: list[str] = []
    for char in name:
        if runs and is_han(runs[-1][-1]) == is_han(char):
            runs[-1] += char
        else:
            runs.append(char)
    return runs


@lru_cache(maxsize=20_000)
def _kept(char: str, first: str) -> tuple[str, ...]:
    """The readings of a character that are kept, ``first`` (where there is one) before the usual ones."""
    import pypinyin

    [found] = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True)
    likeliest = tuple(dict.fromkeys(one for one in (first, *found) if one))[:_READINGS]
    return tuple(typed for one in likeliest for typed in _typed(one))


def _typed(syllable: str) -> tuple[str, ...]:
    """吕 is typed lv, written lyu in passports (GB/T 28039), and lu by many."""
    if syllable[:2] not in ("lv", "nv"):
        return (syllable,)
    return (syllable, syllable.replace("v", "yu", 1), syllable.replace("v", "u", 1))

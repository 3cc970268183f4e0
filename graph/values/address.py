"""Postal addresses and employers, in a form in which two spellings of one become the same."""

import re
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import polars as pl

from graph.values.absence import absent, is_absent
from graph.values.base import Normalised, One, ValueType
from graph.values.columns import TEXT, cleaned, settled
from graph.values.masks import mask_head
from graph.values.single import cleaned_one, settled_one

_ADDRESS_WORDS = {
    "street": "st", "road": "rd", "avenue": "ave", "boulevard": "blvd", "drive": "dr", "lane": "ln", "court": "ct",
    "square": "sq", "highway": "hwy", "building": "bldg", "floor": "fl", "apartment": "unit", "apt": "unit",
    "flat": "unit", "suite": "unit", "room": "unit", "rm": "unit", "number": "no", "north": "n", "south": "s",
    "east": "e", "west": "w",
}  # fmt: skip
_LEAST = 5
_AREA = r"^[^0-9]*(?:[省市县州]|[^小社园]区)$"
"""A province, city or district; 小区, 社区 and 园区 are housing estates."""

_LEGAL_FORM = (
    r"(?: (?:co|ltd|limited|inc|incorporated|llc|corp|corporation|company|plc|pte|pty|gmbh|ag|sa|bv|pvt)"
    r"|(?:股份)?有限(?:责任)?公司|公司)+$"
)
_NO_EMPLOYER = (
    "self employed", "selfemployed", "self", "freelance", "freelancer", "unemployed", "student", "retired", "housewife",
    "homemaker", "other",
    "个体", "个体户", "个体工商户", "个体经营", "自由职业", "自由职业者", "自雇", "无业", "待业", "失业", "学生",
    "退休", "务农", "农民", "家庭主妇", "无工作", "无单位", "其他",
)  # fmt: skip
_NOBODY = frozenset(_NO_EMPLOYER)

_HAN = (
    "[\u3005\u3007\u3021-\u3029\u3038-\u303b\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df]"
)
_MARKS = "\u0300-\u036f\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
"""What `\\p{Han}` and `\\p{M}` are, which Python does not have, of the characters that `single` lets through."""
_plain = partial(re.compile(rf"(?:[^\w{_MARKS}]|_)+").sub, " ")
_close_up = partial(re.compile(f"(?<={_HAN}) | (?={_HAN})").sub, "")
_is_area = re.compile(_AREA).match
_without_legal_form = partial(re.compile(_LEGAL_FORM).sub, "", count=1)


def _folded(text: pl.Expr) -> pl.Expr:
    """Lower case, punctuation and blanks made one blank, none beside a Chinese character."""
    plain = text.str.to_lowercase().str.replace_all("#", " unit ", literal=True)
    words = plain.str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ").str.strip_chars()
    return words.str.replace_all(r"(\p{Han}) ", "${1}").str.replace_all(r" (\p{Han})", "${1}")


def _folded_one(text: str) -> str:
    words = _plain(text.lower().replace("#", " unit ")).strip()
    return words if words.isascii() else _close_up(words)


def _with_words(text: pl.Expr, words: dict[str, str]) -> pl.Expr:
    """Whole words replaced. Blanks are doubled for the time, so that neighbouring words do not share one."""
    spaced = pl.lit(" ") + text.str.replace_all(" ", "  ", literal=True) + pl.lit(" ")
    replaced = spaced.str.replace_many([f" {word} " for word in words], [f" {word} " for word in words.values()])
    return replaced.str.replace_all(r" +", " ").str.strip_chars()


@dataclass(frozen=True)
class AddressType(ValueType):
    """A postal address of up to 512 characters, in lower case, blanks folded, words for street or building made one.

    Placeholders: words for "no value", fewer than five characters, a Chinese administrative area and nothing more.
    """

    name: ClassVar[str] = "address"
    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw).with_columns(folded=_with_words(_folded(TEXT), _ADDRESS_WORDS))
        value = pl.when(absent()).then(TEXT).otherwise("folded")
        vague = (value.str.len_chars() < _LEAST) | value.str.contains(_AREA)
        return settled(frame, value, placeholder=absent() | vague)

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, self._judged)

    def _judged(self, text: str) -> One:
        if is_absent(text):
            return settled_one(text, placeholder=True)
        value = " ".join([_ADDRESS_WORDS.get(word, word) for word in _folded_one(text).split(" ")])
        return settled_one(value, placeholder=len(value) < _LEAST or _is_area(value) is not None)

    def mask(self, value: str) -> str:
        return mask_head(value)


@dataclass(frozen=True)
class EmployerType(ValueType):
    """An employer's name of up to 512 characters: lower case, punctuation and blanks folded, without its legal form.

    Placeholders: words for "no value" and for having no employer (self-employed, student, retired), one character.
    """

    name: ClassVar[str] = "employer"
    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        folded = _folded(TEXT)
        short = folded.str.replace(_LEGAL_FORM, "").str.strip_chars()
        frame = cleaned(raw).with_columns(folded=pl.when(short != "").then(short).otherwise(folded))
        value = pl.when(absent()).then(TEXT).otherwise("folded")
        nobody = absent() | value.is_in(_NO_EMPLOYER) | (value.str.len_chars() < 2)
        return settled(frame, value, placeholder=nobody)

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, self._judged)

    def _judged(self, text: str) -> One:
        if is_absent(text):
            return settled_one(text, placeholder=True)
        folded = _folded_one(text)
        value = _without_legal_form(folded).strip() or folded
        return settled_one(value, placeholder=len(value) < 2 or value in _NOBODY)

    def mask(self, value: str) -> str:
        return mask_head(value)

"""Postal addresses and employers, in a form in which two spellings of one become the same."""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import absent
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, cleaned, settled
from graph.values.masks import mask_head

_ADDRESS_WORDS = {
    "street": "st", "road": "rd", "avenue": "ave", "boulevard": "blvd", "drive": "dr", "lane": "ln", "court": "ct",
    "square": "sq", "highway": "hwy", "building": "bldg", "floor": "fl", "apartment": "unit", "apt": "unit",
    "flat": "unit", "suite": "unit", "room": "unit", "rm": "unit", "number": "no", "north": "n", "south": "s",
    "east": "e", "west": "w",
}  # fmt: skip
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


def _folded(text: pl.Expr) -> pl.Expr:
    """Lower case, punctuation and blanks made one blank, none beside a Chinese character."""
    plain = text.str.to_lowercase().str.replace_all("#", " unit ", literal=True)
    words = plain.str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ").str.strip_chars()
    return words.str.replace_all(r"(\p{Han}) ", "${1}").str.replace_all(r" (\p{Han})", "${1}")


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
        vague = (value.str.len_chars() < 5) | value.str.contains(_AREA)
        return settled(frame, value, placeholder=absent() | vague)

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

    def mask(self, value: str) -> str:
        return mask_head(value)

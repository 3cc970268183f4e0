"""Phone numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import ClassVar, NamedTuple

import phonenumbers
import polars as pl

from graph.values.absence import absent, is_absent
from graph.values.base import Normalised, One, ValueType
from graph.values.columns import TEXT, by_distinct, cleaned, first_reason, settled
from graph.values.masks import mask_tail
from graph.values.single import cleaned_one, settled_one

_PUNCTUATION = "[\\s().\\-\u2010-\u2015]+"
_EXTENSION = r"(?:转|分机)[0-9]{1,6}$"
_EXIT_00 = re.compile(r"00(?:\||$)")
_DUMMY = (
    r"(?:" + "|".join(f"{digit}{{7}}" for digit in range(10)) + r"|12345678|23456789|87654321|98765432)$"
    r"|^(?:1234567890|12345678901|\+8613800138000)$"
)
"""Ends with one digit seven times or with digits in order, as typed by somebody who has to type something; and a
number of China Mobile's that everybody knows."""
_NO_PHONE = "not a valid phone number"

_bare = partial(re.compile(_PUNCTUATION).sub, "")
_without_extension = partial(re.compile(_EXTENSION).sub, "", count=1)
_is_dummy = re.compile(_DUMMY).search

_Match = Callable[[str], re.Match[str] | None]

_NOBODY = "nobody"
"""Stands for a number that can be dialled but is no subscriber's."""


@dataclass(frozen=True)
class PhoneType(ValueType):
    """A phone number in international form (E.164, `+8613912345670`), of the lender's country if it names none.

    Placeholders: words for "no value", repeated or ascending digits, short service numbers (`10086`), local numbers
    without an area code.
    """

    name: ClassVar[str] = "phone"
    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw)
        bare, phone = pl.col("bare"), pl.col("phone")
        frame = frame.with_columns(bare=TEXT.str.replace_all(_PUNCTUATION, "").str.replace(_EXTENSION, ""))
        frame = frame.with_columns(known=_known_forms(bare, region))
        frame = frame.with_columns(phone=_international(bare, pl.col("known"), region))
        nobody = phone == _NOBODY
        value = pl.when(absent()).then(TEXT).when(phone.is_null() | nobody).then(bare).otherwise(phone)
        placeholder = absent() | nobody | value.str.contains(_DUMMY)
        return settled(frame, value, placeholder=placeholder, bad=first_reason((phone.is_null(), _NO_PHONE)))

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, partial(self._judged, region=region))

    def _judged(self, text: str, region: str) -> One:
        if is_absent(text):
            return settled_one(text, placeholder=True)
        bare = _without_extension(_bare(text))
        phone = _known_form(bare, region) or _parsed(bare, region)
        value = bare if phone is None or phone == _NOBODY else phone
        nobody = phone == _NOBODY or _is_dummy(value) is not None
        return settled_one(value, placeholder=nobody, bad=_NO_PHONE if phone is None else None)

    def mask(self, value: str) -> str:
        return mask_tail(value, shown=3)


def _international(bare: pl.Expr, known: pl.Expr, region: str) -> pl.Expr:
    """E.164, `_NOBODY` or null. The library takes 30 microseconds a number, so it only sees what no pattern knows."""
    return pl.coalesce(known, by_distinct(pl.when(known.is_null()).then(bare), partial(_parsed, region=region)))


class _Plan(NamedTuple):
    """How a country's numbers are usually written, by the library's own patterns."""

    code: str
    national: str
    """Whole, or with the country's code or the trunk prefix before it; group 1 is the subscriber's number."""
    after_code: str
    """The country's code and nothing before it; group 1 is the subscriber's number."""
    general: str
    """Any number of the country, without code and prefix."""


@lru_cache
def _plan(region: str) -> _Plan | None:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.general_desc is None:
        return None
    code, number = metadata.country_code, _subscriber_numbers(metadata)
    dialled = rf"\+{code}|00{code}" if _EXIT_00.match(metadata.international_prefix or "") else rf"\+{code}"
    trunk = "" if metadata.national_prefix_transform_rule else metadata.national_prefix or ""
    return _Plan(
        code=f"+{code}",
        national=f"^(?:{dialled})?(?:{trunk})?({number})$",
        after_code=f"^{code}({number})$",
        general=f"^(?:{_ascii(metadata.general_desc)})$",
    )


def _known_forms(bare: pl.Expr, region: str) -> pl.Expr:
    """E.164 of numbers of the country as they are usually written; null for others."""
    plan = _plan(region)
    if plan is None:
        return pl.lit(None, pl.String)
    national, after_code = bare.str.extract(plan.national), bare.str.extract(plan.after_code)
    return pl.lit(plan.code) + pl.coalesce(
        pl.when(national.str.contains(plan.general)).then(national),
        pl.when(~bare.str.contains(plan.general) & after_code.str.contains(plan.general)).then(after_code),
    )


@lru_cache
def _matchers(region: str) -> tuple[str, _Match, _Match, _Match] | None:
    plan = _plan(region)
    if plan is None:
        return None
    return plan.code, re.compile(plan.national).match, re.compile(plan.after_code).match, re.compile(plan.general).match


def _known_form(bare: str, region: str) -> str | None:
    matchers = _matchers(region)
    if matchers is None:
        return None
    code, is_national, is_after_code, is_general = matchers
    national = is_national(bare)
    if national and is_general(national[1]):
        return code + national[1]
    after_code = is_after_code(bare)
    if after_code and not is_general(bare) and is_general(after_code[1]):
        return code + after_code[1]
    return None


def _subscriber_numbers(metadata: phonenumbers.PhoneMetadata) -> str:
    patterns = [_ascii(kind) for kind in (metadata.mobile, metadata.fixed_line) if kind]
    return "|".join(pattern for pattern in patterns if pattern)


def _ascii(description: phonenumbers.PhoneNumberDesc) -> str:
    """The description's pattern, its digits only those of ASCII."""
    return (description.national_number_pattern or "").replace(r"\d", "[0-9]")


def _parsed(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    possible = phonenumbers.is_possible_number_with_reason(number)
    local = possible == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    short = phonenumbers.is_valid_short_number_for_region(number, region)
    return _NOBODY if local or short else None

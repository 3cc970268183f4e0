"""Phone numbers."""

import re
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import phonenumbers
import polars as pl

from graph.values.absence import absent
from graph.values.base import Normalised, ValueType
from graph.values.columns import TEXT, by_distinct, cleaned, first_reason, settled
from graph.values.masks import mask_tail

_PUNCTUATION = r"[\s().\-\u{2010}-\u{2015}]+"
_EXTENSION = r"(?:转|分机)[0-9]{1,6}$"
_EXIT_00 = re.compile(r"00(?:\||$)")
_DUMMY = (
    r"(?:" + "|".join(f"{digit}{{7}}" for digit in range(10)) + r"|12345678|23456789|87654321|98765432)$"
    r"|^(?:1234567890|12345678901|\+8613800138000)$"
)
"""Ends with one digit seven times or with digits in order, as typed by somebody who has to type something; and a
number of China Mobile's that everybody knows."""


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
        return settled(
            frame, value, placeholder=placeholder, bad=first_reason((phone.is_null(), "not a valid phone number"))
        )

    def mask(self, value: str) -> str:
        return mask_tail(value, shown=3)


def _international(bare: pl.Expr, known: pl.Expr, region: str) -> pl.Expr:
    """E.164, `_NOBODY` or null. The library takes 30 microseconds a number, so it only sees what no pattern knows."""
    return pl.coalesce(known, by_distinct(pl.when(known.is_null()).then(bare), partial(_parsed, region=region)))


def _known_forms(bare: pl.Expr, region: str) -> pl.Expr:
    """E.164 of numbers of the country as they are usually written, by the library's own patterns; null for others."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.general_desc is None:
        return pl.lit(None, pl.String)
    code, number = metadata.country_code, _subscriber_numbers(metadata)
    dialled = rf"\+{code}|00{code}" if _EXIT_00.match(metadata.international_prefix or "") else rf"\+{code}"
    trunk = "" if metadata.national_prefix_transform_rule else metadata.national_prefix or ""
    general = f"^(?:{_ascii(metadata.general_desc)})$"
    national = bare.str.extract(f"^(?:{dialled})?(?:{trunk})?({number})$")
    after_code = bare.str.extract(f"^{code}({number})$")
    return pl.lit(f"+{code}") + pl.coalesce(
        pl.when(national.str.contains(general)).then(national),
        pl.when(~bare.str.contains(general) & after_code.str.contains(general)).then(after_code),
    )


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

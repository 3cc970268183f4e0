"""MAC addresses, of devices and of WiFi access points (BSSID)."""

import re
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import absent, is_absent
from graph.values.base import Normalised, One, ValueType
from graph.values.columns import TEXT, cleaned, first_reason, settled
from graph.values.masks import mask_tail
from graph.values.single import cleaned_one, settled_one

_FORM = r"^(?:[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})$"
_ALL_ZERO = r"^0[0:.-]*$"
_PLACEHOLDER = r"^(?:00:00:00:00:00:00|02:00:00:00:00:00|ff:ff:ff:ff:ff:ff)$"
"""02:00:00:00:00:00 is what Android and iOS give instead of the real address."""
_MULTICAST = r"^.[13579bdf]"
_LOCALLY_ADMINISTERED = r"^.[2367abef]"
_SEPARATORS = r"[:.-]"
_NO_MAC = "not a MAC address of 12 hexadecimal digits"

_is_mac, _is_zero, _bare = re.compile(_FORM).match, re.compile(_ALL_ZERO).match, re.compile(_SEPARATORS).sub


class _Hardware(ValueType):
    """Canonical form `aa:bb:cc:dd:ee:ff`, from dashed, dotted and bare forms in any case."""

    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True
    means_nobody: ClassVar[str]

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        lower = TEXT.str.to_lowercase()
        frame = cleaned(raw).with_columns(mac=_canonical(lower), zero=lower.str.contains(_ALL_ZERO))
        mac = pl.col("mac")
        placeholder = absent() | pl.col("zero") | mac.str.contains(self.means_nobody)
        return settled(
            frame,
            pl.coalesce(mac, lower),
            placeholder=placeholder,
            bad=first_reason((mac.is_null(), _NO_MAC)),
        )

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, self._judged)

    def _judged(self, text: str) -> One:
        lower = text.lower()
        mac = _canonical_one(lower)
        nobody = (
            is_absent(text) or bool(_is_zero(lower)) or (mac is not None and bool(re.match(self.means_nobody, mac)))
        )
        return settled_one(mac or lower, placeholder=nobody, bad=None if mac else _NO_MAC)

    def mask(self, value: str) -> str:
        return mask_tail(value, shown=5)


def _canonical(lower: pl.Expr) -> pl.Expr:
    digits = pl.when(lower.str.contains(_FORM)).then(lower.str.replace_all(_SEPARATORS, ""))
    return pl.concat_str([digits.str.slice(start, 2) for start in range(0, 12, 2)], separator=":")


def _canonical_one(lower: str) -> str | None:
    if not _is_mac(lower):
        return None
    digits = _bare("", lower)
    return ":".join([digits[start : start + 2] for start in range(0, 12, 2)])


@dataclass(frozen=True)
class MacType(_Hardware):
    """A device's MAC address, as `aa:bb:cc:dd:ee:ff`.

    Placeholders: all zero, `02:00:00:00:00:00`, broadcast, multicast, and every locally administered address, as
    phones make one up for each network.
    """

    name: ClassVar[str] = "mac"
    means_nobody: ClassVar[str] = "|".join((_PLACEHOLDER, _MULTICAST, _LOCALLY_ADMINISTERED))


@dataclass(frozen=True)
class BssidType(_Hardware):
    """A WiFi access point's MAC address, as `aa:bb:cc:dd:ee:ff`.

    Placeholders as for a device, but for the locally administered bit: access points with several networks set it.
    """

    name: ClassVar[str] = "bssid"
    means_nobody: ClassVar[str] = "|".join((_PLACEHOLDER, _MULTICAST))

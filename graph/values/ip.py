"""IP addresses and the ranges that belong to nobody."""

import re
import socket
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.values.absence import absent, is_absent
from graph.values.base import Normalised, One, ValueType
from graph.values.columns import TEXT, by_distinct, cleaned, first_reason, settled
from graph.values.single import cleaned_one, settled_one

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = rf"^{_OCTET}(?:\.{_OCTET}){{3}}$"

_NETWORK = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.(?=[0-9]{1,3}$)|[0-9a-fA-F]{1,4}:[0-9a-fA-F]{0,4}:(?=.)")

_RANGES: tuple[tuple[str, str], ...] = (
    ("unspecified", r"^0\.0\.0\.0$|^::$"),
    ("loopback", r"^127\.|^::1$"),
    ("private", r"^10\.|^172\.(?:1[6-9]|2[0-9]|3[01])\.|^192\.168\.|^f[cd][0-9a-f]{2}:"),
    ("carrier-grade", r"^100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\."),
    ("link-local", r"^169\.254\.|^fe[89ab][0-9a-f]:"),
    ("multicast", r"^(?:22[4-9]|23[0-9])\.|^ff[0-9a-f]{2}:"),
    (
        "documentation",
        r"^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^2001:db8:|^3fff:(?::|[0-9a-f]{1,3}:)",
    ),
    ("reserved", r"^0\.|^192\.0\.0\.|^198\.1[89]\.|^(?:24[0-9]|25[0-5])\."),
    ("public", r"^[0-9]+\.|^[23][0-9a-f]{3}:"),
)
"""IANA's special-purpose registries as patterns of addresses: the first match counts, the rest is reserved."""

_NO_ADDRESS = "not an IP address"

_is_v4 = re.compile(_V4).match
_is_special = re.compile("|".join(pattern for name, pattern in _RANGES if name != "public")).match
_is_public = re.compile(dict(_RANGES)["public"]).match


def ip_range(addresses: pl.Series) -> pl.Series:
    """The range of each canonical address: public, private, carrier-grade, loopback, link-local, multicast,
    documentation, unspecified or reserved; null for what is no address.
    """
    return addresses.to_frame("text").select(range=_range(TEXT))["range"]


@dataclass(frozen=True)
class IpType(ValueType):
    """An IPv4 or IPv6 address in its shortest form; IPv4 mapped into IPv6 becomes IPv4 again.

    Only public addresses can link: all others (private, carrier-grade, loopback, ...) are placeholders.
    """

    name: ClassVar[str] = "ip"
    dtype: ClassVar[pl.DataType] = pl.String()
    linkable: ClassVar[bool] = True

    def normalise(self, raw: pl.Series, region: str) -> Normalised:
        frame = cleaned(raw).with_columns(ip=_canonical(TEXT)).with_columns(public=_range(pl.col("ip")) == "public")
        return settled(
            frame,
            pl.coalesce("ip", "text"),
            placeholder=absent() | ~pl.col("public"),
            bad=first_reason((pl.col("ip").is_null(), _NO_ADDRESS)),
        )

    def _one(self, raw: str, region: str) -> One | None:
        return cleaned_one(raw, self._judged)

    def _judged(self, text: str) -> One:
        address = text if _is_v4(text) else _canonical_v6(text)
        if address is None:
            return settled_one(text, placeholder=is_absent(text), bad=_NO_ADDRESS)
        return settled_one(address, placeholder=bool(_is_special(address)) or not _is_public(address))

    def mask(self, value: str) -> str:
        """The network stays visible, the host does not."""
        network = _NETWORK.match(value)
        return network.group() + "*" if network else "****"


def _canonical(text: pl.Expr) -> pl.Expr:
    """The address in its shortest form, null for what is no address."""
    v4 = text.str.contains(_V4)
    return pl.when(v4).then(text).otherwise(by_distinct(pl.when(~v4).then(text), _canonical_v6))


def _canonical_v6(text: str) -> str | None:
    """The system's own functions: several times as fast as `ipaddress`, and a column may hold a million addresses."""
    try:
        shortest = socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, text.partition("%")[0]))
    except (OSError, ValueError):
        return None
    return shortest.removeprefix("::ffff:") if "." in shortest else shortest


def _range(address: pl.Expr) -> pl.Expr:
    named = pl.coalesce(pl.when(address.str.contains(pattern)).then(pl.lit(name)) for name, pattern in _RANGES)
    return pl.coalesce(named, pl.when(address.str.contains(":", literal=True)).then(pl.lit("reserved")))

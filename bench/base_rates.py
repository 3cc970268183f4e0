"""How alike a generated world is to measured ones: its base rates beside theirs."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class Rate:
    """One base rate of a world, and what was measured elsewhere."""

    name: str
    value: float
    measured: str


def base_rates(world: Path) -> list[Rate]:
    """The rates of a generated world in Parquet."""
    truth = pl.read_parquet(world / "truth" / "applicants.parquet")
    device = _read(world, "applicant_device", "fingerprint").filter(pl.col("fingerprint") != "")
    card = _read(world, "applicant_card", "card_hash")
    own = device.group_by("applicant_id").len()["len"]
    macs = pl.read_parquet(world / "devices.parquet")["mac"].str.to_lowercase().str.replace_all("-", ":")
    address = _read(world, "applicant_ip", "ip").filter(~pl.col("ip").str.contains(r"^(192\.168|100\.|0\.)"))
    behind = address.group_by("ip").len()["len"]
    untouched = _untouched(device, truth)
    return [
        Rate("fraudsters, % of applicants", _percent(truth["is_fraud"]), "1.27 (borrowers), 0.71 (P2P users)"),
        Rate("devices with more than one user, %", _shared(device, "fingerprint"), "5.3 (P2P)"),
        Rate("shared devices that touch no fraudster, %", untouched, "96.7 touch no flagged user (P2P)"),
        Rate("cards with more than one user, %", _shared(card, "card_hash"), "7.1 (P2P), 3.3 (shop)"),
        *(Rate(f"people with {n} devices, %", 100 * int((own == n).sum()) / len(truth), m) for n, m in _DEVICES),
        Rate("MACs that are the constant one, %", _percent(macs == "02:00:00:00:00:00"), "about 33"),
        Rate("most people behind one IP address", behind.sort().tail(1).item(), "thousands (carrier NAT)"),
    ]  # fmt: skip


_DEVICES = ((1, "55"), (2, "26"), (3, "11"), (4, "4"))


def _read(world: Path, table: str, key: str) -> pl.DataFrame:
    return pl.read_parquet(world / f"{table}.parquet", columns=["applicant_id", key]).unique()


def _shared(pairs: pl.DataFrame, key: str) -> float:
    users = pairs.group_by(key).len()["len"]
    return _percent(users > 1)


def _percent(flags: pl.Series) -> float:
    return 100 * int(flags.sum()) / max(1, len(flags))


def _untouched(pairs: pl.DataFrame, truth: pl.DataFrame) -> float:
    fraud = pairs.join(truth, on="applicant_id").group_by("fingerprint").agg(pl.len(), pl.col("is_fraud").any())
    shared = fraud.filter(pl.col("len") > 1)
    return _percent(~shared["is_fraud"])

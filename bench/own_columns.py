"""What a model without a graph can know of an applicant: his own rows, and counts and means of them."""

from pathlib import Path

import polars as pl

_KEY = "applicant_id"


def own_columns(world: Path) -> pl.DataFrame:
    """One row for each applicant of a generated world, numbers only, with the truth in `is_fraud`.

    Nothing here compares an applicant with another one.
    """
    tables = {path.stem: pl.read_parquet(path) for path in world.glob("*.parquet")}
    truth = pl.read_parquet(world / "truth" / "applicants.parquet").select(_KEY, "is_fraud")
    people = _applicants(tables["applicants"].unique(_KEY, keep="last", maintain_order=True))
    for part in (
        _applications(tables["applications"].unique()),
        _observed(tables, "device", "fingerprint"),
        _observed(tables, "wifi", "bssid"),
        _observed(tables, "ip", "ip"),
        _cards(tables),
        _contacts(tables["contacts"].unique()),
        _transfers(tables["transfers"].unique(), "from_id", "out"),
        _transfers(tables["transfers"].unique(), "to_id", "in"),
    ):
        people = people.join(part, on=_KEY, how="left")
    return people.join(truth, on=_KEY).sort(_KEY).drop(_KEY)


def _code(column: str) -> pl.Expr:
    """A text as a number, the same for the same text."""
    return pl.col(column).rank("dense").alias(f"{column}_code")


def _moment(column: str) -> pl.Expr:
    return pl.col(column).str.to_datetime(time_zone="UTC").dt.epoch("s")


def _applicants(table: pl.DataFrame) -> pl.DataFrame:
    created = _moment("created_at")
    digits = pl.col("phone").str.replace("+86 ", "", literal=True)
    return table.select(
        _KEY,
        id_number=pl.col(_KEY).str.slice(1).cast(pl.Int64),
        created=created,
        created_hour=created % 86_400 // 3_600,
        created_weekday=created // 86_400 % 7,
        name_length=pl.col("name").str.len_chars(),
        name_latin=pl.col("name").str.contains("[A-Za-z]").cast(pl.Int8),
        phone_prefix=digits.str.head(3).cast(pl.Int64, strict=False),
        phone_coded=pl.col("phone").str.starts_with("+").cast(pl.Int8),
        phone_missing=pl.col("phone").eq_missing(pl.lit("N/A")).cast(pl.Int8),
        id_start=pl.col("id_hash").str.head(4).str.to_integer(base=16),
        address_length=pl.col("address").str.len_chars(),
        employer_length=pl.col("employer").str.len_chars(),
    )


def _applications(table: pl.DataFrame) -> pl.DataFrame:
    first = ("purpose_code", "channel_code", "status_code", "amount", "term_days", "hour")
    codes = (_code("purpose"), _code("channel"), _code("status"))
    rows = table.with_columns(*codes, pl.col("amount").cast(pl.Float64), time=_moment("submitted_at"))
    rows = rows.with_columns(hour=pl.col("time") % 86_400 // 3_600).sort("time")
    return rows.group_by(_KEY).agg(
        pl.len().alias("applications"),
        pl.col("amount").mean().alias("amount_mean"),
        pl.col("time").max().alias("last_application"),
        *(pl.col(name).first().name.prefix("first_") for name in first),
    )


def _observed(tables: dict[str, pl.DataFrame], kind: str, key: str) -> pl.DataFrame:
    rows = tables[f"applicant_{kind}"].unique().with_columns(pl.col(key).str.to_lowercase().str.replace_all("-", ":"))
    what = _described(tables, kind).unique(key, keep="last")
    codes = [name for name in what.columns if name != key]
    rows = rows.join(what, on=key, how="left").sort("first_seen")
    lasted = pl.col("last_seen") - pl.col("first_seen")
    return rows.group_by(_KEY).agg(
        pl.len().alias(f"{kind}_rows"),
        pl.col("sessions").mean().alias(f"{kind}_sessions_mean"),
        pl.col("sessions").max().alias(f"{kind}_sessions_max"),
        lasted.mean().alias(f"{kind}_lasted_mean"),
        pl.col("first_seen").mean().alias(f"{kind}_first_seen_mean"),
        pl.col("last_seen").max().alias(f"{kind}_last_seen_max"),
        (pl.col("first_seen") % 86_400).mean().alias(f"{kind}_time_of_day"),
        *(pl.col(code).first().alias(f"{kind}_first_{code}") for code in codes),
        *(pl.col(code).mean().alias(f"{kind}_mean_{code}") for code in codes),
    )


def _described(tables: dict[str, pl.DataFrame], kind: str) -> pl.DataFrame:
    """The attributes of devices, access points or addresses as numbers."""
    if kind == "device":
        mac = pl.col("mac").str.to_lowercase().str.replace_all("-", ":")
        return tables["devices"].select(
            "fingerprint", _code("model"), _code("os"), mac_constant=(mac == "02:00:00:00:00:00").cast(pl.Int8),
            mac_random=mac.str.contains("^.[26ae]").cast(pl.Int8),
        )  # fmt: skip
    if kind == "wifi":
        beginning = pl.col("ssid").str.replace("[0-9]+$", "").alias("ssid")
        return tables["wifi"].with_columns(beginning).select("bssid", _code("ssid"))
    return tables["ips"].select("ip", _code("asn"), _code("net_type"))


def _cards(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    banks = tables["cards"].select("card_hash", _code("bank")).unique("card_hash", keep="last")
    rows = tables["applicant_card"].unique().with_columns(time=_moment("bound_at")).sort("time")
    return rows.join(banks, on="card_hash", how="left", maintain_order="left").group_by(_KEY).agg(
        pl.len().alias("card_rows"), pl.col("time").max().alias("card_last_bound"),
        pl.col("bank_code").first(), (pl.col("time") % 86_400).mean().alias("card_time_of_day"),
    )  # fmt: skip


def _contacts(table: pl.DataFrame) -> pl.DataFrame:
    relations = sorted(table["relation"].drop_nulls().unique())
    return table.group_by(_KEY).agg(
        pl.len().alias("contact_rows"),
        pl.col("contact_phone").is_in(["N/A", "13800000000"]).sum().alias("contact_placeholders"),
        *(pl.col("relation").eq(name).sum().alias(f"contact_{name}") for name in relations),
    )


def _transfers(table: pl.DataFrame, end: str, name: str) -> pl.DataFrame:
    amount, time = pl.col("amount").cast(pl.Float64), pl.col("ts")
    return table.group_by(pl.col(end).alias(_KEY)).agg(
        pl.len().alias(f"{name}_rows"),
        amount.mean().alias(f"{name}_amount_mean"),
        amount.max().alias(f"{name}_amount_max"),
        amount.sum().alias(f"{name}_amount_sum"),
        time.min().alias(f"{name}_first"),
        time.max().alias(f"{name}_last"),
        (time % 86_400).mean().alias(f"{name}_time_of_day"),
    )

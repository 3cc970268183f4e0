"""What the lender's tables say instead of numbers: each thing's text, by its number."""

import numpy as np
import polars as pl
from numpy.random import Generator

from ingest.world.knobs import Knobs
from ingest.world.people import People
from ingest.world.population import Population
from ingest.world.randomness import Ints, scatter, stream
from ingest.world.text import dotted, ip_text, mac_text, maker_macs, numbered, phone_text, token_text
from ingest.world.things import Network
from ingest.world.transfers import account_count
from ingest.world.vocabulary import CITIES, GIVEN, STEMS, STREETS, SURNAMES, TRADES

_CHINESE = 0.6
_EMPLOYER_BITS = 20


class Texts:
    """Columns of text; row n is what thing number n is called."""

    def __init__(self, knobs: Knobs, world: Population) -> None:
        rng = stream(knobs.seed, "texts")
        people = len(world.people)
        ids = numbered("A", rng.permutation(people) + 1)
        outside = numbered("X", scatter(np.arange(account_count(knobs) - people), 26, rng))
        self.accounts = pl.concat([ids, outside])
        self.fingerprints = token_text(np.arange(world.devices), rng)
        self.cards = token_text(np.arange(world.cards), rng)
        self.ids = token_text(np.arange(people), rng)
        self.bssids = maker_macs(np.arange(len(world.networks.wifi)), rng)
        self.ips = _ips(world.networks.ips.kinds, rng)
        self.phones = phone_text(np.arange(world.contacts.phones), rng)
        self.addresses = _addresses(rng, world.people)
        self.names = _names(rng, knobs, world.people)
        self.employers = _employers(rng, int(world.people.employer.max(initial=0)) + 1)

    def bssid(self, numbers: Ints) -> pl.Series:
        """Access points in the usual form."""
        return mac_text(self.bssids[numbers])


def words(pool: tuple[str, ...], numbers: Ints) -> pl.Series:
    """The words with these numbers."""
    return pl.Series(pool).gather(numbers)


def _ips(kinds: Ints, rng: Generator) -> pl.Series:
    index = np.arange(len(kinds))
    private = dotted(np.full(len(kinds), 192), (168 << 16) + index % 500)
    internal = dotted(np.full(len(kinds), 100), (64 << 16) + index % (1 << 22))
    frame = pl.DataFrame({"kind": kinds, "public": ip_text(index, rng), "private": private, "internal": internal})
    text = (
        pl.when(pl.col("kind") == int(Network.PRIVATE)).then(pl.col("private"))
        .when(pl.col("kind") == int(Network.CARRIER_INTERNAL)).then(pl.col("internal"))
        .when(pl.col("kind") == int(Network.ZERO)).then(pl.lit("0.0.0.0"))  # noqa: S104 - a placeholder in the data
        .otherwise(pl.col("public"))
    )  # fmt: skip
    return frame.select(text).to_series()


def _two_scripts(rng: Generator, chinese: pl.Expr, latin: pl.Expr, frame: pl.DataFrame) -> pl.Series:
    in_chinese = pl.Series(rng.random(len(frame)) < _CHINESE)
    return frame.select(pl.when(in_chinese).then(chinese).otherwise(latin)).to_series()


def _pair(rng: Generator, pool: tuple[tuple[str, str], ...], name: str, count: int) -> dict[str, pl.Series]:
    numbers = rng.integers(0, len(pool), count)
    return {
        f"{name}_zh": words(tuple(zh for zh, _ in pool), numbers),
        name: words(tuple(la for _, la in pool), numbers),
    }


def _addresses(rng: Generator, people: People) -> pl.Series:
    """One address for every home; households have a flat, dormitories none."""
    homes = people.homes
    count = len(homes.size)
    parts: dict[str, pl.Series | Ints] = {**_pair(rng, CITIES, "city", count), **_pair(rng, STREETS, "street", count)}
    parts |= {"number": rng.integers(1, 999, count), "block": rng.integers(1, 30, count)}
    parts |= {"flat": rng.integers(1, 33, count) * 100 + rng.integers(1, 9, count)}
    frame = pl.DataFrame(parts)
    flat = pl.Series(~homes.dormitory)
    chinese = pl.format("{}{}{}号{}栋", "city_zh", "street_zh", "number", "block")
    latin = pl.format("{} {}, Building {}", "number", "street", "block")
    chinese = pl.when(flat).then(pl.format("{}{}室", chinese, "flat")).otherwise(chinese)
    latin = pl.when(flat).then(pl.format("{}, Flat {}", latin, "flat")).otherwise(latin)
    return _two_scripts(rng, chinese, pl.format("{}, {}", latin, "city"), frame)


def _names(rng: Generator, knobs: Knobs, people: People) -> pl.Series:
    """Most people of a home bear the same surname."""
    count = len(people)
    family = rng.integers(0, len(SURNAMES), len(people.homes.size))[people.home]
    other = (rng.random(count) >= knobs.same_surname) | people.homes.dormitory[people.home]
    surname = np.where(other, rng.integers(0, len(SURNAMES), count), family)
    frame = pl.DataFrame({
        "surname_zh": words(tuple(zh for zh, _ in SURNAMES), surname),
        "surname": words(tuple(latin for _, latin in SURNAMES), surname),
        **_pair(rng, GIVEN[:-1], "first", count), **_pair(rng, GIVEN, "second", count),
    })  # fmt: skip
    chinese = pl.format("{}{}{}", "surname_zh", "first_zh", "second_zh")
    latin = pl.format("{} {}{}", "surname", "first", pl.col("second").str.to_lowercase())
    return _two_scripts(rng, chinese, latin, frame)


def _employers(rng: Generator, count: int) -> pl.Series:
    """Distinct company names."""
    rest = scatter(np.arange(count), _EMPLOYER_BITS, rng)
    parts: list[pl.Series] = []
    for pool in (tuple(zh for zh, _ in CITIES), STEMS, STEMS, TRADES):
        rest, numbers = np.divmod(rest, len(pool))
        parts.append(words(pool, numbers).alias(str(len(parts))))
    return pl.DataFrame(parts).select(pl.concat_str(pl.all(), pl.lit("有限公司"))).to_series()

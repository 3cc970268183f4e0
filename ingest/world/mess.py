"""The mess of real exports: other spellings, placeholders, repeated rows, rows that are missing."""

import numpy as np
import polars as pl
from numpy.random import Generator

from ingest.world.knobs import Knobs
from ingest.world.randomness import Ints, Tokens
from ingest.world.text import mac_text, maker_macs, random_macs

CONSTANT_MAC = 0x020000000000
ENTITY_TABLES = ("devices", "wifi", "ips", "cards")


class Mess:
    """Each method makes some of a column's values messy."""

    def __init__(self, knobs: Knobs, rng: Generator) -> None:
        self.rng = rng
        self._knobs = knobs

    def sometimes(self, values: pl.Series, instead: str, share: float) -> pl.Series:
        """A share of the values replaced by a placeholder."""
        return values.zip_with(~self._where(len(values), share), pl.Series([instead]))

    def phones(self, values: pl.Series) -> pl.Series:
        """Some numbers with the country's code."""
        return values.zip_with(~self._where(len(values), self._knobs.messy_values), "+86 " + values)

    def addresses(self, values: pl.Series) -> pl.Series:
        """Some addresses in capitals and full-width digits, with spaces around."""
        wide = values.str.to_uppercase().str.replace_many(list("0123456789"), list("０１２３４５６７８９"))
        other = " " + wide + " "
        return values.zip_with(~self._where(len(values), self._knobs.messy_values), other)

    def spellings(self, macs: Tokens, numbers: Ints) -> pl.Series:
        """MAC addresses by number: some in capitals, some with dashes."""
        plain, dashed = mac_text(macs), mac_text(macs, b"-")
        forms = pl.concat([plain, plain.str.to_uppercase(), dashed])
        other = self._where(len(numbers), self._knobs.messy_values).to_numpy()
        form = np.where(other, self.rng.integers(1, 3, len(numbers)), 0)
        return forms.gather(numbers + form * len(macs))

    def macs(self, count: int) -> pl.Series:
        """Addresses of devices: a constant, one that the phone invents, or that of the maker."""
        draw = self.rng.random(count)
        index = np.arange(count)
        values = np.where(draw < self._knobs.random_mac, random_macs(index, self.rng), maker_macs(index, self.rng))
        values[draw > 1 - self._knobs.constant_mac] = CONSTANT_MAC
        return self.spellings(values, index)

    def rows(self, name: str, table: pl.DataFrame) -> pl.DataFrame:
        """The table with some rows twice; of an entity table some rows left out."""
        if name in ENTITY_TABLES:
            table = table.filter(~self._where(len(table), self._knobs.bare_references))
        again = table.filter(self._where(len(table), self._knobs.duplicate_rows))
        return pl.concat([table, again])

    def _where(self, count: int, share: float) -> pl.Series:
        return pl.Series(self.rng.random(count) < share)

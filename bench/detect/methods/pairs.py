"""Applicants who share something, pair by pair, and the groups into which these pairs can be cut."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from bench.detect.engines.contract import Weights
from bench.detect.methods.contract import Found, ranked
from bench.detect.methods.sharing import View, shared
from graph.projection import Index, Projection


@dataclass(frozen=True, slots=True)
class Pairs:
    """`accounts`: account numbers of those in any pair. `low`, `high`: positions in it; `weight`: by pair."""

    accounts: Index
    low: Index
    high: Index
    weight: Weights

    @classmethod
    def of(cls, projection: Projection, view: View) -> Self:
        """Everybody who shares, with the weights of what they share added up."""
        sharing = shared(projection, view)
        low, high = sharing.rename({"account": "low"}), sharing.select("identifier", high="account")
        both = low.join(high, on="identifier").filter(pl.col("low") < pl.col("high"))
        pairs = both.group_by("low", "high").agg(pl.col("weight").sort().sum())
        return cls._compact(pairs.filter(pl.col("weight") >= view.least_weight).sort("low", "high"))

    @classmethod
    def _compact(cls, pairs: pl.DataFrame) -> Self:
        ends = [pairs[end].to_numpy() for end in ("low", "high")]
        accounts, position = np.unique(np.concatenate(ends), return_inverse=True)
        low, high = np.split(position.astype(np.int32), 2)
        return cls(accounts, low, high, pairs["weight"].to_numpy())

    def ranked(self, projection: Projection, community: Index) -> Found:
        """The communities (one for each account in a pair), those with most pairs inside for each member first.

        On the tuning split this order was better than by size, by weight, and by weight for each member or pair.
        """
        many = int(community.max(initial=-1)) + 1
        inside = np.bincount(community[self.low][community[self.low] == community[self.high]], minlength=many)
        members = np.bincount(community, minlength=many)
        return ranked(projection, community, self.accounts, inside / np.maximum(members, 1))

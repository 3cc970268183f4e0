"""The graph as columns, as of one moment: what every detector reads.

Accounts are numbered in the order of their ids, identifiers in the order of their keys, so the numbers depend on the
data alone: not on the store, nor on the order in which files were loaded.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Index = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Observations:
    """Applicants seen with identifiers of one label; arrays of equal length, ordered by (identifier, applicant).

    `applicant`: account number; `identifier`: number within `keys`; times in unix seconds.
    """

    label: str
    keys: pl.Series
    applicant: Index
    identifier: Index
    first_seen: Ints
    last_seen: Ints


@dataclass(frozen=True, slots=True)
class Transfers:
    """Money, ordered by (time, id). `source`, `target`: account numbers; `amount`: minor units; `time`: unix s."""

    ids: pl.Series
    source: Index
    target: Index
    amount: Ints
    time: Ints


@dataclass(frozen=True, slots=True)
class Applications:
    """Requests for credit, ordered by (applicant, time). `amount` in minor units, 0 where unknown."""

    applicant: Index
    amount: Ints
    time: Ints


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that was known at `as_of` (unix seconds).

    `accounts`: ids of all accounts, sorted; `is_applicant`: which of them are applicants; `created_at`: unix seconds,
    -1 where unknown; `names`: as written, null where unknown. `observations` by node label (Device, Wifi, Ip, Phone,
    Card, NationalId, Address, Employer), `contacts`: applicants with the phones they list (times are those of the
    applicant; `keys` are those of Phone). `blacklist`: kind, value, source, listed_at; `labels`: applicant (Int32
    account number), label, source, decided_at.
    `ip_types`: net_type of each Ip key, null where unknown. `homes`: pairs of accounts (low << 32 | high) who
    were judged to be of one home, or to share honestly.
    """

    as_of: int
    accounts: pl.Series
    is_applicant: Mask
    created_at: Ints
    names: pl.Series
    observations: dict[str, Observations]
    contacts: Observations
    transfers: Transfers
    applications: Applications
    blacklist: pl.DataFrame
    labels: pl.DataFrame
    ip_types: pl.Series
    homes: Ints = field(default_factory=lambda: np.empty(0, np.int64))

"""Credit: how far kinds of evidence are believed, by what labels and the blacklist say of those whom they tie.

Market traders pass on money all day and share their suppliers; families share cards. Where a kind of finding or of
sharing meets no more known fraud than others do, its word counts less. Known fraud is set beside the share of all
fraudsters who are known, and few people are taken to be as everybody else (shrinkage).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from detectors.calibration import BASE_RATE
from detectors.contract import Context, Finding
from detectors.sharing import SOURCES
from detectors.taint import Known

TRUST = 20.0
"""So many members are added to each kind: fraudsters to a kind of finding, people like all others to one of sharing."""


def known_share(context: Context, said: Known) -> float:
    """The share of all fraudsters who are known, if `BASE_RATE` of all applicants are ones."""
    people = context.projection.is_applicant
    known = int(np.count_nonzero(said.involved & people))
    return min(known / (BASE_RATE * max(int(np.count_nonzero(people)), 1)), 1.0)


def finding_credit(context: Context, findings: Sequence[Finding], said: Known) -> Mapping[str, float]:
    """By code of a finding the share (0 to 1) of its members who are likely fraudsters; 1 where nobody is known."""
    known, seen = said.involved, known_share(context, said)
    members: dict[str, list[np.ndarray]] = {}
    for finding in findings:
        members.setdefault(finding.code, []).append(finding.members)
    every = {code: np.unique(np.concatenate(found)) for code, found in members.items()}
    if not seen:
        return dict.fromkeys(every, 1.0)
    return {
        code: min((np.count_nonzero(known[found]) / seen + TRUST) / (len(found) + TRUST), 1.0)
        for code, found in every.items()
    }


def believed(context: Context, ground: pl.DataFrame, said: Known) -> pl.DataFrame:
    """Common ground whose gains are lessened where its source and hub kind tie known fraud less often than all do."""
    kind = context.profiles.kind[ground["identifier"].to_numpy()]
    cell = pl.Series("cell", ground["source"].to_numpy() + len(SOURCES) * kind.astype(np.int64))
    tied = ground.select(cell, member="applicants").explode("member").drop_nulls().unique()
    tied = tied.with_columns(known=pl.Series(said.involved[tied["member"].to_numpy()]))
    usual = tied.unique("member")["known"].mean()
    if not isinstance(usual, float) or not usual:
        return ground
    share = (pl.col("known").sum() + TRUST * usual) / (pl.len() + TRUST) / usual
    credit = tied.group_by("cell").agg(credit=pl.min_horizontal(share, 1.0).round(6))
    of_row = ground.select(cell).join(credit, on="cell", how="left", maintain_order="left")["credit"]
    return ground.with_columns((pl.col("gain") * of_row).round(6))

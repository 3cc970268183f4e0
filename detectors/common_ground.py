"""What the members of groups share with each other, and what it is worth."""

from itertools import islice

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.contract import Context
from detectors.evidence_sentences import hub_detail
from detectors.facts import facts
from detectors.hubs.kinds import HubKind
from detectors.hubs.uses import bursts
from detectors.keeping import EACH, connecting
from detectors.profiles import MILLI
from detectors.sharing import SOURCES
from graph.language import Figures, Language
from graph.projection import Index, Mask
from graph.results import Evidence


def common_ground(context: Context, group: Index, member: Index) -> pl.DataFrame:
    """One row for each identifier that members of a group under two roofs or more share, in order (group, identifier).

    `group`, `identifier`, `source`, `users` and `roofs` within the group, `first`, `last`, `applicants` (sorted account
    numbers), `worth` (thousandths of a nat), `gain` (nats), `fact` (the same number, the same fact). The gain is the
    worth of one sharing times the roofs it joins beyond the first, less where it has most of its users elsewhere.
    """
    sharing, profiles = context.sharing, context.profiles
    wanted = np.zeros(len(context.roof), np.bool_)
    wanted[member] = True
    row = np.flatnonzero(wanted[sharing.applicant])
    row = row[profiles.worth[sharing.identifier[row]] > 0]
    uses = pl.DataFrame(
        {
            "member": sharing.applicant[row],
            "identifier": sharing.identifier[row],
            "roof": context.roof[sharing.applicant[row]],
            "first": sharing.first[row],
            "last": sharing.last[row],
        }
    )
    ground = (
        pl.DataFrame({"group": group, "member": member})
        .join(uses, on="member", how="inner")
        .group_by("group", "identifier")
        .agg(
            pl.len().alias("users"),
            pl.col("roof").n_unique().alias("roofs"),
            pl.col("first").min(),
            pl.col("last").max(),
            pl.col("member").sort().alias("applicants"),
        )
        .filter(pl.col("roofs") > 1)
        .sort("group", "identifier")
    )
    identifier = ground["identifier"].to_numpy()
    roofs = ground["roofs"].to_numpy().astype(np.float64)
    focus = roofs / profiles.roofs[identifier]
    gain = profiles.worth[identifier] / MILLI * (roofs - 1) * focus
    ground = ground.with_columns(
        pl.Series("gain", np.round(gain, 6)),
        pl.Series("worth", profiles.worth[identifier]),
        pl.Series("source", sharing.source[identifier], dtype=pl.Int32),
    )
    return ground.with_columns(pl.Series("fact", facts(ground)))


def total_gain(ground: pl.DataFrame) -> dict[int, float]:
    """The sum of gains of each group, added up in order of identifier."""
    return dict(ground.group_by("group", maintain_order=True).agg(pl.col("gain").sum()).iter_rows())


def as_evidence(context: Context, ground: pl.DataFrame, most: int) -> dict[int, tuple[Evidence, ...]]:
    """The `most` telling rows of each group as evidence, and the few more that it takes to connect its members."""
    best = ground.sort(["group", "gain", "identifier"], descending=[False, True, False])
    best = best.filter(pl.Series(_kept(best, most), dtype=pl.Boolean))
    values = context.sharing.values(best["identifier"].to_numpy())
    ids = iter(ids_of(context, best["applicants"].explode().drop_nulls().to_numpy()))
    uses = _uses(context, best)
    columns = best.select("group", "source", "users", "gain", "first", "last").iter_rows()
    found: dict[int, list[Evidence]] = {}
    for (group, source, users, gain, first, last), value, (hub, figures) in zip(columns, values, uses, strict=True):
        evidence = Evidence.model_construct(
            code=SOURCES[source].code,
            kind=SOURCES[source].label,
            key=value,
            applicants=tuple(islice(ids, users)),
            weight=gain,
            first_seen=first,
            last_seen=last,
            detail=hub_detail(hub, figures, Language.EN),
            hub=hub,
            figures=figures,
        )
        found.setdefault(group, []).append(evidence)
    return {group: tuple(evidence) for group, evidence in found.items()}


def _kept(ordered: pl.DataFrame, most: int) -> Mask:
    """Which rows of groups, the most telling first, are kept: as `keeping.kept` chooses, but for all groups at once."""
    place, in_source = (pl.int_range(pl.len()).over(by) for by in ("group", ("group", "source")))
    keep = ordered.select((place < most) | (in_source < EACH)).to_series().to_numpy(writable=True)
    crowded = ordered.with_row_index("row").filter(pl.len().over("group") > most)
    for _, rows in crowded.group_by("group", maintain_order=True):
        keep[rows["row"].to_numpy()[connecting(rows["applicants"].to_list())]] = True
    return keep


def _uses(context: Context, ground: pl.DataFrame) -> list[tuple[str, Figures]]:
    """Of each row what kind of hub it is, how many of its users are members, and how they came."""
    profiles, identifier = context.profiles, ground["identifier"].to_numpy()
    every, burst = profiles.users[identifier].tolist(), bursts(context.sharing, identifier).round(6).tolist()
    kinds, names = profiles.kind[identifier].tolist(), {kind.value: kind.name.lower() for kind in HubKind}
    return [
        (names[kind], {"members": members, "users": users, "burst": share})
        for kind, members, users, share in zip(kinds, ground["users"].to_list(), every, burst, strict=True)
    ]


def ids_of(context: Context, members: npt.NDArray[np.integer]) -> list[str]:
    """The ids of these accounts, in the same order."""
    return context.projection.accounts.gather(members).to_list()

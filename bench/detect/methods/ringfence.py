"""Ringfence's own detection."""

from dataclasses import replace

import polars as pl

from bench.detect.methods.contract import Found
from detectors.detection import detect
from graph.projection import Projection

NO_RUN_BEFORE = pl.DataFrame(schema={"ring_id": pl.String, "applicant_id": pl.String})
_GROUPS = {"group": pl.Int32, "score": pl.Float64, "applicant_id": pl.String}


def unlabelled(projection: Projection) -> Projection:
    """The same without a word of anybody's on who is a fraudster."""
    return replace(projection, labels=projection.labels.clear(), blacklist=projection.blacklist.clear())


def ringfence(projection: Projection) -> Found:
    """Rings as a nightly run would publish them."""
    found = detect(projection, NO_RUN_BEFORE, "bench")
    rings = sorted(found.rings, key=lambda ring: (-ring.score, ring.ring_id))
    rows = [(at, ring.score, member.applicant_id) for at, ring in enumerate(rings) for member in ring.members]
    return Found(pl.DataFrame(rows, _GROUPS, orient="row"), found.scores.select("applicant_id", "score"))


def without_labels(projection: Projection) -> Found:
    """The same of a lender who has neither labels nor a blacklist."""
    return ringfence(unlabelled(projection))

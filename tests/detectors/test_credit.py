"""Kinds of evidence that tie no more known fraud than any other are believed less."""

import numpy as np
import polars as pl

from detectors.context import context_of
from detectors.contract import Finding
from detectors.credit import TRUST, believed, finding_credit, known_share
from detectors.sharing import SOURCES
from detectors.taint import known

DEVICE, CARD = (at for name in ("device", "card") for at, one in enumerate(SOURCES) if one.name == name)


def told(sketch, fraud: int):
    """200 people in fours, the first hundred of whom share devices, the others cards; so many of them are known."""
    people = [sketch.person(f"p{n:03d}") for n in range(200)]
    for n, who in enumerate(people):
        sketch.see(who, "Device" if n < 100 else "Card", f"thing-{n // 4}")
        if n < fraud:
            sketch.labels.append((who, "fraud", 1_700_000_000))
    context = context_of(sketch.projection())
    return context, known(context)


def ground(context) -> pl.DataFrame:
    sharing = context.sharing
    uses = pl.DataFrame({"identifier": sharing.identifier, "applicants": sharing.applicant})
    rows = uses.group_by("identifier", maintain_order=True).agg("applicants")
    source = sharing.source[rows["identifier"].to_numpy()]
    return rows.with_columns(pl.Series("source", source, dtype=pl.Int32), gain=pl.lit(8.0))


def test_sharing_that_meets_less_known_fraud_than_usual_counts_less(sketch):
    context, said = told(sketch, fraud=10)
    weighed = believed(context, ground(context), said).group_by("source").agg(pl.col("gain").unique())
    gain = dict(weighed.explode("gain").iter_rows())
    assert gain[DEVICE] == 8.0
    assert gain[CARD] == round(8.0 * round(TRUST / (100 + TRUST), 6), 6)


def test_without_known_fraud_everything_is_believed(sketch):
    context, said = told(sketch, fraud=0)
    found = [Finding("layering", "layering", np.arange(50, dtype=np.int32), 0.9, ())]
    assert believed(context, ground(context), said)["gain"].unique().to_list() == [8.0]
    assert finding_credit(context, found, said) == {"layering": 1.0}


def test_a_kind_of_finding_is_believed_as_far_as_it_finds_known_fraud(sketch):
    context, said = told(sketch, fraud=2)
    assert known_share(context, said) == 1.0
    found = [
        Finding("cycles", "transfer_cycle", np.arange(2, dtype=np.int32), 0.9, ()),
        Finding("layering", "layering", np.arange(1, 101, dtype=np.int32), 0.9, ()),
    ]
    credit = finding_credit(context, found, said)
    assert credit["transfer_cycle"] == 1.0
    assert credit["layering"] == (1 + TRUST) / (100 + TRUST)

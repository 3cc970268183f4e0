"""The page says what was measured; the splits keep apart what must be apart."""

from collections import Counter

import polars as pl
import pytest

from bench.detect import page
from bench.detect.engines.comparing import Trial
from bench.detect.judging import judged
from bench.detect.methods.contract import Found
from bench.detect.quality import Results
from bench.detect.running import Cost
from bench.detect.scaling import Point, busy, exponent, plot
from bench.detect.splits import GRAPHS_SEED, MIXED, REPORT, SCALING_SEED, SPENT, TUNING
from bench.detect.truth import truth_of
from ingest.world import Format, generate


@pytest.fixture
def results(tmp_path) -> Results:
    """Two worlds, written and read: the ring abc, of whom ab are found, with x; and nothing found at all."""
    truth = tmp_path / "truth"
    truth.mkdir()
    ring = {"ring_id": ["R1"] * 3, "kind": ["den"] * 3, "difficulty": ["easy"] * 3, "applicant_id": list("abc")}
    pl.DataFrame(ring).write_csv(truth / "rings.csv")
    people = {
        "applicant_id": list("abcxy"),
        "is_fraud": [True] * 3 + [False] * 2,
        "sharing": ["", "", "", "cafe|office", "cafe"],
    }
    pl.DataFrame(people).write_csv(truth / "applicants.csv")
    group = pl.DataFrame({"group": [0, 0, 0], "score": [0.8] * 3, "applicant_id": list("abx")})
    scores = group.select("applicant_id", "score")
    worlds = [Found(group, scores), Found(group.clear(), scores.clear())]
    verdicts = [judged(found, truth_of(tmp_path)) for found in worlds]
    return Results(verdicts, [Cost(1.0, 2.0, 300.0), Cost(3.0, 4.0, 200.0)])


def test_worlds_are_pooled(results):
    assert results.recovered().value == 0.5
    assert results.recovered(difficulty="hard").text() == "-"
    assert results.precision().value == pytest.approx(2 / 3)
    assert results.recall().value == pytest.approx(2 / 6)
    assert results.false_kills().value == pytest.approx(1 / 4)
    assert results.false_kills("office").value == pytest.approx(1 / 2)
    assert results.sharing() == ["cafe", "office"]
    assert results.first().value == 1
    assert results.cost() == Cost(2.0, 3.0, 300.0)


def test_the_page_tells_every_method_and_every_kind(results):
    text = page.quality_section({"Ringfence": results, "rare pairs": results}, "Two worlds.")
    assert text.count("\n| rare pairs |") == 3
    assert "| cafe | 4 | 2500.0 (0.0 to 5000.0) | 2500 |" in text
    assert "| den | 1 of 2 | 0 of 0 | 0 of 0 | 50 (0 to 100) |" in text
    assert "| 0.8 to 0.9 | 1 | 0.800 | 0.667 |" in text


def test_calibration_is_told_with_and_without_labels_and_of_nothing_else(results):
    text = page.quality_section({"Ringfence": results, "Ringfence, no labels": results, "rare pairs": results}, "W.")
    assert [line for line in text.splitlines() if "Calibration" in line] == [
        "## Calibration: Ringfence",
        "## Calibration: Ringfence, no labels",
    ]
    assert text.count("Expected calibration error: 0.133 for rings") == 2


def test_who_has_no_score_is_in_no_reliability_curve(results):
    assert results.applicant_reliability().curve.rows() == [(0.8, 3, pytest.approx(0.8), pytest.approx(2 / 3))]


def test_engines_stand_side_by_side():
    text = page.engines_section([Trial("g1", "e1", 0.5, 1.0), Trial("g1", "e2", 0.25, 2.0)])
    assert "| graph | e1 | e2 |" in text
    assert "| g1 | 0.50, 1.00 s | 0.25, 2.00 s |" in text


def test_growth_is_told_and_drawn(tmp_path):
    grown = [Point(1000, 2.0, 100.0), Point(10_000, 20.0, 400.0)]
    assert exponent(*grown) == pytest.approx(1)
    assert "| 10,000 | 20.0 | 400 |" in page.scaling_section(grown, "plot.svg")
    plot(grown, tmp_path / "plot.svg")
    drawn = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert all(word in drawn for word in ("applicants", "seconds", "MiB"))


def test_no_seed_serves_two_ends():
    seeds = [seed for split in (TUNING, REPORT) for seed, _ in split.worlds]
    used = Counter([*seeds, *SPENT, SCALING_SEED, GRAPHS_SEED])
    assert not [seed for seed, times in used.items() if times > 1]


def test_the_report_is_large_enough():
    assert REPORT.applicants >= 50_000
    assert sum(difficulty is MIXED for _, difficulty in REPORT.worlds) >= 5


def test_worlds_to_scale_on_have_five_transfers_an_applicant(tmp_path):
    written = generate(tmp_path / "world", busy(2_000), Format.PARQUET, 0, lambda _: None)
    assert 4.7 < written.rows["transfers"] / 2_000 < 5.7

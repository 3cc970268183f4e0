"""A sample that nobody of this project made, its columns named otherwise: a mapping file loads it, rings are sought."""

import csv
from pathlib import Path

from app.detection import run_detection
from graph.ontology.nodes import LABEL
from graph.ontology.relationships import TRANSFERRED
from graph.store.opening import open_store
from ingest.mapping import read_mapping
from ingest.options import Options
from ingest.pipeline import load_folder

SAMPLE = Path(__file__).parents[1] / "data" / "amlsim"
DAY = 86_400
START = 1_483_228_800


def test_the_sample_is_loaded_whole_by_its_mapping(store_url, tmp_path):
    options = Options(work_dir=tmp_path / "work", max_bad_share=0.0, mapping=read_mapping(SAMPLE / "mapping.toml"))
    with open_store(store_url) as store:
        outcome = load_folder(store, SAMPLE, options)
        assert [(load.table, load.rows_read, load.quarantined) for load in outcome.loads] == [
            ("applicants", 20_000, 0),
            ("transfers", 120_558, 0),
            ("labels", 20_000, 0),
        ]
        assert outcome.unknown_files == ("LICENCE-NOTE.md", "README.md", "mapping.toml")
        counts = store.graph.counts()
        assert (counts["Account"], counts["Applicant"], counts["TRANSFERRED"]) == (20_000, 20_000, 120_558)
        money = [row for part in store.graph.relationships(TRANSFERRED, ["amount", "ts"]) for row in part.rows()]
        labels = [row[2] for part in store.graph.nodes(LABEL, ["label"]) for row in part.rows()]
        again = load_folder(store, SAMPLE, options)
        run = run_detection(store, keep_runs=1).run
        suspicious = sum((part["score"] > 0).sum() for part in store.runs.all_scores())
    with (SAMPLE / "transactions.csv").open() as file:
        source = [(round(float(row["value"]) * 100), int(row["time"])) for row in csv.DictReader(file)]
    assert sorted((amount, (ts - START) // DAY) for *_, amount, ts in money) == sorted(source)
    assert labels.count("fraud") == (SAMPLE / "nodes.csv").read_text().count(",1,")
    assert (again.loads, len(again.already)) == ((), 3)
    assert (run.applicants, f"{run.as_of:%Y-%m-%d}", suspicious >= labels.count("fraud")) == (
        20_000,
        "2019-12-31",
        True,
    )

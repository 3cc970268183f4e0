"""Is the sample world hard and lifelike? Fraud must not show without the graph; base rates must be lifelike.

Run: `python -m bench.world_realism [APPLICANTS [SEED]]`.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from threadpoolctl import threadpool_limits

from bench.base_rates import base_rates
from bench.own_columns import own_columns
from ingest.world import Format, Knobs, generate

WORST_MODEL = 0.9
WORST_COLUMN = 0.65


@dataclass(frozen=True, slots=True)
class Separation:
    """How well fraud shows without the graph, as areas under the ROC curve: of a model, and of each column alone."""

    model: float
    columns: dict[str, float]

    @property
    def worst(self) -> tuple[str, float]:
        """The column that gives most away."""
        return max(self.columns.items(), key=lambda item: item[1])


def separation(world: Path, folds: int = 5, rounds: int = 100) -> Separation:
    """Judge a generated world in Parquet by a gradient boosting model, cross-validated, and by every column."""
    table = own_columns(world)
    fraud = table["is_fraud"].to_numpy()
    features = table.drop("is_fraud").cast(pl.Float64)
    model = HistGradientBoostingClassifier(max_iter=rounds, class_weight="balanced", random_state=0)
    split = StratifiedKFold(folds, shuffle=True, random_state=0)
    with threadpool_limits(1):  # on a busy machine several threads wait for each other most of the time
        scores = cross_val_predict(model, features.to_numpy(), fraud, cv=split, method="predict_proba")[:, 1]
    columns = {column.name: _alone(column, fraud) for column in features}
    return Separation(float(roc_auc_score(fraud, scores)), columns)


def _alone(column: pl.Series, fraud: np.ndarray) -> float:
    """The area of one column in its better direction; missing counts as the lowest value."""
    area = float(roc_auc_score(fraud, column.fill_null(-1.0).to_numpy()))
    return max(area, 1 - area)


def main() -> None:
    applicants, seed = (int(value) for value in (sys.argv[1:] + ["50000", "1"][len(sys.argv) - 1 :])[:2])
    with TemporaryDirectory() as folder:
        world = Path(folder) / "world"
        generate(world, Knobs(applicants=applicants, seed=seed), Format.PARQUET, 0, lambda _: None)
        found = separation(world)
        print(f"{'model on own columns, AUC':45} {found.model:8.3f}  below {WORST_MODEL}")
        for name, area in sorted(found.columns.items(), key=lambda item: -item[1])[:5]:
            print(f"{'column ' + name + ', AUC':45} {area:8.3f}  below {WORST_COLUMN}")
        for rate in base_rates(world):
            print(f"{rate.name:45} {rate.value:8.2f}  {rate.measured}")


if __name__ == "__main__":
    main()

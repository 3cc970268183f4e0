"""How well detection finds rings and whom it harms, next to baselines on the same data; and how it scales.

Without a part, `--quality` is run. The page is printed, and with `--page FILE` written there. What is done in Neo4j
needs Java and Maven. `make bench-detect` runs everything on the report split and writes docs/detection-benchmark.md.
"""

import argparse
import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.detect import page
from bench.detect.engines.comparing import Trial, compare
from bench.detect.methods import methods
from bench.detect.quality import Results, run_all
from bench.detect.scaling import Point, plot, points
from bench.detect.splits import SPLITS
from bench.detect.worlds import found, made
from bench.server import neo4j

SCALES = (2, 6, 20, 60)
"""The worlds of `--scaling`, as multiples of a world of the split."""

GRAPHS = (0.04, 0.4, 2)
"""Nodes of the graphs of `--engines`, as multiples of the applicants of a world of the split."""

NAMES = tuple(methods(Path()))


def main() -> None:
    """Run the parts that were asked for; tell the page."""
    given = _arguments()
    applicants = given.applicants or SPLITS[given.split].applicants
    results = _quality(given, applicants) if given.quality else {}
    trials = _engines(applicants) if given.engines else []
    grown = _scaling(applicants) if given.scaling else []

    sections = [page.opening(shlex.join(["python", "-m", "bench.detect", *sys.argv[1:]]))]
    sections += [page.quality_section(results, _worlds(given, applicants))] if results else []
    sections += [page.engines_section(trials)] if trials else []
    sections += [page.scaling_section(grown, _plot_file(given.page).name)] if grown else []
    text = "\n\n".join(sections) + "\n"
    print(text)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
        if grown:
            plot(grown, _plot_file(given.page))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.detect", description=__doc__)
    parser.add_argument("--quality", action="store_true", help="judge the methods on worlds")
    parser.add_argument(
        "--engines", action="store_true", help="compare community engines on graphs of known communities"
    )
    parser.add_argument("--scaling", action="store_true", help="time and memory of detection as the world grows")
    parser.add_argument("--split", choices=SPLITS, default="report", help="which worlds")
    parser.add_argument("--applicants", type=int, help="of each world; other sizes follow")
    parser.add_argument(
        "--world", type=Path, nargs="+", default=[], help="judge on these folders, with `truth` in each"
    )
    parser.add_argument("--methods", nargs="+", choices=NAMES, default=NAMES, help="which methods are judged")
    parser.add_argument("--page", type=Path, help="file to write; the plot goes beside it")
    given = parser.parse_args()
    given.quality |= not (given.engines or given.scaling)
    return given


def _scaling(applicants: int) -> list[Point]:
    grown: list[Point] = []
    with TemporaryDirectory(prefix="ringfence-bench-") as folder:
        for point in points([applicants * scale for scale in SCALES], Path(folder)):
            print(f"{point.applicants:,}: {point.seconds:.1f} s, {point.peak_mib:,.0f} MiB", flush=True)
            grown.append(point)
    return grown


def _quality(given: argparse.Namespace, applicants: int) -> dict[str, Results]:
    with TemporaryDirectory(prefix="ringfence-bench-") as name:
        folder, home = Path(name), Path(name) / "neo4j"
        worlds = found(given.world, folder) if given.world else made(SPLITS[given.split], applicants, folder)
        asked = any(method.startswith("GDS") for method in given.methods)
        with neo4j(home, gds=True) if asked else nullcontext():
            return run_all(worlds, given.methods, home)


def _engines(applicants: int) -> list[Trial]:
    trials: list[Trial] = []
    with TemporaryDirectory(prefix="ringfence-bench-") as folder, neo4j(Path(folder) / "neo4j", gds=True):
        for trial in compare([round(applicants * scale) for scale in GRAPHS], Path(folder) / "neo4j"):
            print(f"{trial.graph}: {trial.engine}: NMI {trial.nmi:.3f}, {trial.seconds:.2f} s", flush=True)
            trials.append(trial)
    return trials


def _worlds(given: argparse.Namespace, applicants: int) -> str:
    """Which worlds were judged, in a sentence."""
    if given.world:
        return f"Worlds from elsewhere: {', '.join(world.name for world in given.world)}."
    seeds = ", ".join(f"{seed} {difficulty}" for seed, difficulty in SPLITS[given.split].worlds)
    return f"Worlds of {applicants:,} applicants each, {given.split} split (`bench/detect/splits.py`), seeds {seeds}."


def _plot_file(written: Path | None) -> Path:
    """Beside the page."""
    return (written or Path("page.md")).with_suffix(".svg")


if __name__ == "__main__":
    main()

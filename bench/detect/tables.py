"""The figures as Markdown tables."""

from collections.abc import Iterable, Sequence

from bench.detect.calibration import BINS, Reliability
from bench.detect.engines.comparing import Trial
from bench.detect.methods import OURS
from bench.detect.quality import Results
from bench.detect.scaling import Point

LEVELS = ("easy", "medium", "hard")
PER = 10_000


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def rings_found(results: dict[str, Results]) -> str:
    """Rings recovered by difficulty, and the first groups that are right, for each method."""
    wanted = ("*wanted*", "", "95", "85", "60", "95")
    head = ("inside the top set, %", "all rings", *LEVELS, "first 50 groups right")
    rows = [
        (
            name,
            one.recovered().text(),
            *(one.recovered(difficulty=level).text() for level in LEVELS),
            one.first().text(),
        )
        for name, one in results.items()
    ]
    return table(head, [wanted, *rows])


def people_found(results: dict[str, Results]) -> str:
    """Precision, recall, average precision and false kills, for each method."""
    head = ("applicants", "precision, %", "recall, %", "average precision", f"false kills per {PER:,} honest")
    rows = [
        (
            name,
            one.precision().text(),
            one.recall().text(),
            one.average_precision().text(1, 2),
            one.false_kills().text(PER, 1),
        )
        for name, one in results.items()
    ]
    return table(head, [("*wanted*", "", "", "", "at most 10"), *rows])


def costs(results: dict[str, Results]) -> str:
    """Time and memory of each method."""
    found = {name: one.cost() for name, one in results.items()}
    head = ("median world", "read, s", "find, s", "peak, MiB")
    return table(
        head, [(name, f"{one.read:.1f}", f"{one.find:.1f}", f"{one.peak_mib:,.0f}") for name, one in found.items()]
    )


def by_kind(one: Results) -> str:
    """One method's rings by kind and difficulty: recovered of how many, and the share of all."""
    counted = one.rings()
    rows = []
    for kind in sorted(counted["kind"].unique()):
        cells = [counted.filter(kind=kind, difficulty=level)["recovered"] for level in LEVELS]
        rows.append((kind, *(f"{cell.sum()} of {len(cell)}" for cell in cells), one.recovered(kind=kind).text()))
    return table(("kind", *LEVELS, "all, %"), rows)


def kills_by_sharing(results: dict[str, Results]) -> str:
    """False kills for each kind of honest sharing and each method; our own with an interval."""
    some = next(iter(results.values()))
    rows = [
        (
            kind,
            f"{some.honest(kind):,}",
            *(_kills(name, one, kind) for name, one in results.items()),
        )
        for kind in some.sharing()
    ]
    return table(("sharing", "honest", *results), rows)


def _kills(name: str, one: Results, kind: str) -> str:
    found = one.false_kills(kind)
    return found.text(PER, 1) if name == OURS else f"{PER * found.value:.0f}"


def reliability_table(one: Reliability, what: str) -> str:
    """A reliability curve: for each bin of scores, how many, what they say, and what is true."""
    rows = [
        (f"{low:.1f} to {low + 1 / BINS:.1f}", f"{count:,}", f"{score:.3f}", f"{true:.3f}")
        for low, count, score, true in one.curve.iter_rows()
    ]
    return table((f"score of {what}", "count", "mean score", "share true"), rows)


def engines_table(trials: Sequence[Trial]) -> str:
    """NMI and seconds: a row for each graph, a column for each engine."""
    cells = {(one.graph, one.engine): f"{one.nmi:.2f}, {one.seconds:.2f} s" for one in trials}
    graphs, engines = (list(dict.fromkeys(getattr(one, name) for one in trials)) for name in ("graph", "engine"))
    return table(("graph", *engines), [(graph, *(cells[graph, engine] for engine in engines)) for graph in graphs])


def scaling_table(measured: Sequence[Point]) -> str:
    return table(
        ("applicants", "seconds", "peak, MiB"),
        [(f"{one.applicants:,}", f"{one.seconds:.1f}", f"{one.peak_mib:,.0f}") for one in measured],
    )

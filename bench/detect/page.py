"""The sections of the page."""

from collections.abc import Sequence

from bench.detect import tables
from bench.detect.engines.comparing import Trial
from bench.detect.methods import OURS, UNLABELLED
from bench.detect.quality import Results
from bench.detect.scaling import Point, exponent
from bench.measuring import machine


def opening(command: str) -> str:
    return f"# Detection benchmark\n\nWritten by `{command}` on {machine()}."


def quality_section(results: dict[str, Results], worlds: str) -> str:
    """Everything about rings, people, costs and scores."""
    parts = [
        f"## Rings and people\n\n{worlds} {_MEANING}",
        tables.rings_found(results),
        tables.people_found(results),
        _BASELINES,
        f"## Time and memory\n\n{_COSTS}",
        tables.costs(results),
        f"## False kills per {tables.PER:,} honest people of each kind of sharing\n\nWanted: at most 30 for each kind.",
        tables.kills_by_sharing(results),
    ]
    if OURS in results:
        parts += ["## Our rings by kind and difficulty", tables.by_kind(results[OURS])]
    for name in (OURS, UNLABELLED):
        if name in results:
            parts += _calibration(name, results[name])
    return "\n\n".join(parts)


def _calibration(name: str, one: Results) -> list[str]:
    rings, people = one.ring_reliability(), one.applicant_reliability()
    return [
        f"## Calibration: {name}\n\nExpected calibration error: {rings.error:.3f} for rings (true: the share of "
        f"fraudsters among the members), {people.error:.3f} for applicants with a score above 0 (true: a fraudster).",
        tables.reliability_table(rings, "rings"),
        tables.reliability_table(people, "applicants"),
    ]


def engines_section(trials: Sequence[Trial]) -> str:
    return f"## Community engines alone\n\n{_ENGINES}\n\n{tables.engines_table(trials)}"


def scaling_section(measured: Sequence[Point], plot: str) -> str:
    power = exponent(measured[0], measured[-1])
    return (
        "## Time and memory as the world grows\n\n`ringfence detect` on mixed worlds of five transfers a person in "
        "the embedded store, from the store to published rings. Time grows as the number of applicants to the power of "
        f"{power:.2f}.\n\n{tables.scaling_table(measured)}\n\n![Time and memory by number of applicants]({plot})"
    )


_MEANING = """\
The top set is what analysts can review: groups in the order of their scores until they hold as many people as there
are fraudsters. A ring is recovered when a group of the top set has a Jaccard overlap of at least 0.5 with it. A group
is right when at least half of its members are fraudsters; the first 50 are those of each world's top set. A false kill
is an honest person in the top set. In brackets are 95 % bootstrap intervals: by ring for rings and groups, by world for
people. *No labels* is our own detection of a lender who has neither labels nor a blacklist."""

_BASELINES = """\
All methods see the same data and are judged by the same code. *Shared devices*: components on devices that three people
or more use. The other baselines look at the *wide* graph (everything that 2 to 50 people share; a pair weighs the sum
of 1 / (users - 1)) or the *narrow* one (devices, cards, phones and national ids alone; pairs of weight 0.1 or more).
The narrow graph is the best of 1,600 settings that were tried for them on two worlds of the tuning split, and so is the
order of their groups, by pairs inside for each member. *Rare pairs* are the components of the narrow graph; most of
these are so small that communities inside them are the same groups. Fraudar's edges weigh 1 / log(users + 5)."""

_COSTS = """\
Reading the embedded store is the same for all. Finding is the time from there to ranked groups. GDS has the graph of
people and things in its Neo4j already; its time is that of projecting pairs, finding communities, writing them back and
reading them; its memory is that of the server and of the process that asks."""

_ENGINES = """\
Normalised mutual information with the truth (1 is exactly the truth), and seconds from arrays of edges to labels. All
maximise modularity at resolution 1, which merges groups that are small for the graph. LFR: degrees 10 on average,
communities of 10 to 100; planted: groups of 10. Mixing is the share of edges that lead outside. GDS's time has the way
to the server and back in it."""

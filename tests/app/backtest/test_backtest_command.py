"""`ringfence backtest` on a store with one ring, of which the lender learns later."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from app.backtest.plan import Plan
from app.backtest.running import run_backtest
from app.detection import run_detection
from app.settings import Settings
from app.wiring import store_of
from cases.casebook import open_casebook
from cases.model import Verdict
from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.errors import NotFoundError
from graph.ontology.nodes import APPLICANT, APPLICATION, LABEL
from graph.ontology.relationships import HAS_CARD, SUBMITTED, USED_DEVICE

DAY = 86_400
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
RING = [f"ring-{n}" for n in range(6)]
PEOPLE = RING + [f"p{n:03d}" for n in range(400)]
PERIOD = ("2026-03-01", "2026-03-31")


def seen(kind, pairs, day: int) -> RelationshipRows:
    start, end = zip(*pairs, strict=True)
    first = START + day * DAY
    return RelationshipRows(
        kind, pl.DataFrame({"start": start, "end": end, "first_seen": first, "last_seen": first + DAY})
    )


def happened() -> Chunk:
    """Six people meet on two devices and two cards on day 10; everybody has asked for credit, they again on day 20."""
    own = [seen(kind, [(who, f"{kind.type} of {who}") for who in PEOPLE], 1) for kind in (USED_DEVICE, HAS_CARD)]
    shared = seen(USED_DEVICE, [(who, f"ring's {n % 2}") for n, who in enumerate(RING)], 10)
    crossed = seen(HAS_CARD, [(who, f"ring's {n // 3}") for n, who in enumerate(RING)], 10)
    asked = [(f"1-{who}", who, 1, "approved") for who in PEOPLE] + [(f"2-{who}", who, 20, "approved") for who in RING]
    frame = pl.DataFrame(asked, ["key", "who", "day", "status"], orient="row")
    frame = frame.with_columns(submitted_at=START + pl.col("day") * DAY, amount=pl.lit(100_00, pl.Int64))
    links = frame.select("submitted_at", start="who", end="key")
    people = pl.DataFrame({"key": PEOPLE, "created_at": START})
    return Chunk(
        nodes=(NodeRows(APPLICANT, people), NodeRows(APPLICATION, frame.drop("who", "day"))),
        relationships=(RelationshipRows(SUBMITTED, links), *own, shared, crossed),
    )


def verdicts(*rows: tuple[str, str, int]) -> Chunk:
    frame = pl.DataFrame(rows, ["applicant_id", "label", "day"], orient="row").with_columns(
        key="applicant_id", source=pl.lit("x"), decided_at=START + pl.col("day") * DAY
    )
    return Chunk(nodes=(NodeRows(LABEL, frame.drop("day")),))


def fill(settings: Settings) -> None:
    """Five of the six are confirmed as fraud on day 26; the sixth is cleared."""
    with store_of(settings) as store:
        store.graph.merge(happened())
        store.graph.merge(verdicts(*((who, "fraud", 26) for who in RING[:5]), (RING[5], "legit", 28)))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(store=f"sqlite:///{tmp_path}/store.db")
    monkeypatch.setenv("RINGFENCE_STORE", settings.store)
    fill(settings)
    return settings


def test_says_what_was_caught_when_and_how_long_before_the_loss(settings, ringfence):
    answer = ringfence("backtest", *PERIOD, "--every", 5, "--threshold", 0.1, "--json").json
    assert [day["as_of"][8:10] for day in answer["days"]] == ["01", "06", "11", "16", "21", "26", "31"]
    assert [sum(day["flagged"].values()) for day in answer["days"]] == [0, 0, 6, 6, 6, 6, 6]
    assert answer["days"][2]["flagged"] == {"known": 0, "fraud": 5, "legit": 1, "open": 0}
    assert answer["days"][6]["flagged"] == {"known": 5, "fraud": 0, "legit": 1, "open": 0}
    assert answer["losses"] == {
        "fraudsters": 5, "before": 5, "after": 0, "never": 0,
        "lead": {"lower_quartile": 16.0, "median": 16.0, "upper_quartile": 16.0},
    }  # fmt: skip
    (ring,) = answer["rings"]
    assert (ring["first_on"][:10], ring["size"], ring["fraud"], ring["legit"]) == ("2026-03-11", 6, 5, 1)
    assert answer["money"] == {
        "after_flag": {"known": 0, "fraud": 5 * 100_00, "legit": 100_00, "open": 0}, "by_fraudsters": 10 * 100_00,
    }  # fmt: skip
    assert answer["honest"] is None
    assert {one["applicant_id"] for one in answer["people"]} == set(RING)


def test_the_terminal_says_it_in_a_table_and_in_sentences(settings, ringfence):
    said = ringfence("backtest", *PERIOD, "--every", 5, "--threshold", 0.1)
    assert said.code == 0
    assert "2026-03-11         406      1        6    6      5      0      1     0" in said.out
    assert "5 (100%) were flagged before that, by 16.0 days in the median" in said.out
    assert "False kills: 1 of the 6 flagged people" in said.out
    assert "fraudsters asked for 500 (50% of" in said.out


def test_the_published_run_stays_as_it_is(settings, ringfence):
    assert ringfence("detect").code == 0
    before = ringfence("runs", "--json").json
    assert ringfence("backtest", *PERIOD, "--every", 10).code == 0
    assert ringfence("runs", "--json").json == before


def test_a_truth_from_outside_judges_and_is_not_shown_to_detection(settings, ringfence, tmp_path):
    truth = tmp_path / "truth.csv"
    fraud = "".join(f"{who},{str(who in RING).lower()},2026-03-13\n" for who in PEOPLE)
    truth.write_text("applicant_id,is_fraud,lost_at\n" + fraud, encoding="utf-8")
    command = ("backtest", *PERIOD, "--every", 5, "--threshold", 0.1, "--json")
    without, answer = ringfence(*command).json, ringfence(*command, "--truth", truth).json
    assert answer["honest"] == {"people": 400, "flagged": 0}
    assert answer["losses"]["before"] == 6
    assert answer["losses"]["lead"]["median"] == 2.0
    assert [day["new"] for day in answer["days"]] == [day["new"] for day in without["days"]]
    scores = [[(one["applicant_id"], one["score"]) for one in each["people"]] for each in (without, answer)]
    assert scores[0] == scores[1]


def test_what_is_decided_later_flags_nobody_earlier(settings, ringfence):
    command = ("backtest", *PERIOD, "--every", 5, "--threshold", 0.01, "--json")
    before = ringfence(*command).json
    with store_of(settings) as store:
        store.graph.merge(verdicts(("p000", "fraud", 30)))
    after = ringfence(*command).json
    assert before["rings"] == after["rings"]
    flagged = [[sum(day["flagged"].values()) for day in each["days"]] for each in (before, after)]
    assert flagged[0][:6] == flagged[1][:6]
    assert flagged[0][6] < flagged[1][6]


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_a_page_can_be_written_and_names_nobody(settings, ringfence, tmp_path, suffix):
    page = tmp_path / f"report.{suffix}"
    assert ringfence("backtest", *PERIOD, "--every", 5, "--threshold", 0.1, "--report", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "5 (100%) were flagged before that" in text
    assert "2026-03-11" in text
    assert not [who for who in PEOPLE if who in text]


def test_wrong_calls_are_refused_before_any_work(settings, ringfence, tmp_path):
    assert ringfence("backtest", "2026-03-02", "2026-03-01").code == 64
    assert ringfence("backtest", *PERIOD, "--report", tmp_path / "report.pdf").code == 64
    assert ringfence("backtest", *PERIOD, "--every", 0).code == 64
    assert ringfence("backtest", *PERIOD, "--truth", tmp_path / "none.csv").code == 65


@pytest.mark.neo4j
def test_both_stores_say_the_same(settings, empty_neo4j, ringfence):
    fill(Settings(store=empty_neo4j))
    command = ("backtest", *PERIOD, "--every", 5, "--threshold", 0.1, "--json")
    here, there = (ringfence(*command, "--store", url).json for url in (settings.store, empty_neo4j))
    assert here.pop("store") != there.pop("store")
    assert here == there


def test_an_empty_store_says_so(tmp_path):
    plan = Plan(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    with store_of(Settings(store=f"sqlite:///{tmp_path}/empty.db")) as store, pytest.raises(NotFoundError):
        run_backtest(store, plan)


def test_each_date_sees_what_analysts_had_said_by_then(settings, ringfence, tmp_path):
    """The six are called one household on day 12, which is taken back on day 16."""
    with store_of(settings) as store:
        store.graph.merge(happened())
    clock = SimpleNamespace(now=START + 12 * DAY)
    with open_casebook(f"sqlite:///{tmp_path}/said.db", clock=lambda: clock.now) as book, store_of(settings) as store:
        run_detection(store, keep_runs=2, casebook=book)
        ring_id = store.runs.rings()[0].ring_id
        said = book.judgements.judge(ring_id, Verdict.HOUSEHOLD, "One flat.", author="ann")
        clock.now = START + 16 * DAY
        book.judgements.withdraw(said.id, "Not so.", author="ann")
        plan = Plan(*(datetime(2026, 3, day, tzinfo=UTC) for day in (12, 18)), 3, 0.9)
        alone, heard = (run_backtest(store, plan, casebook=one) for one in (None, book))
    assert [day.flagged.total for day in alone.days] == [6, 6, 6]
    assert [day.flagged.total for day in heard.days] == [6, 0, 6]

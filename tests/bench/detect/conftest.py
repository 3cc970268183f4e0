"""A tiny lender: who shares which phone, card and WiFi is written out."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from graph.projecting import project
from graph.projection import Projection
from graph.store.opening import open_store
from ingest.options import Options
from ingest.pipeline import load_folder

COLUMNS = {
    "applicant_device": "fingerprint",
    "applicant_card": "card_hash",
    "applicant_wifi": "bssid",
    "contacts": "contact_phone",
}
SEEN = {
    "applicant_device": {"first_seen": 1_700_000_000, "last_seen": 1_700_000_100},
    "applicant_card": {"bound_at": 1_700_000_000},
    "applicant_wifi": {"first_seen": 1_700_000_000, "last_seen": 1_700_000_100},
    "contacts": {"relation": "friend"},
}

Lender = Callable[..., Projection]


@pytest.fixture
def lender(tmp_path: Path) -> Lender:
    """Call it with tables, each a mapping from an identifier to the letters of those who have it."""

    def build(phones: dict[str, str] | None = None, **tables: dict[str, str]) -> Projection:
        folder = tmp_path / "lender"
        folder.mkdir()
        who = sorted({one for users in [*tables.values(), phones or {}] for some in users.values() for one in some})
        phone_of = {one: number for number, some in (phones or {}).items() for one in some}
        people = [{"applicant_id": one, "phone": phone_of.get(one), "created_at": 1_700_000_000} for one in who]
        pl.DataFrame(people).write_csv(folder / "applicants.csv")
        for table, things in tables.items():
            rows = [
                {"applicant_id": one, COLUMNS[table]: thing} | SEEN[table]
                for thing, some in things.items()
                for one in some
            ]
            pl.DataFrame(rows).write_csv(folder / f"{table}.csv")
        with open_store(f"sqlite:///{tmp_path}/graph.db") as store:
            outcome = load_folder(store, folder, Options(work_dir=tmp_path / "work"))
            assert not outcome.refused
            return project(store.graph)

    return build

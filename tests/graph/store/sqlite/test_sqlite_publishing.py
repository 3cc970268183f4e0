"""What is no longer shown, or never was, takes no room in the file."""

import sqlite3
from contextlib import closing

import pytest

from graph.store.opening import open_store
from graph.store.sqlite.publishing import Publication


@pytest.mark.parametrize("crashed", [False, True])
def test_what_earlier_and_crashed_runs_have_learned_is_forgotten(tmp_path, run, scores, crashed, monkeypatch):
    path = tmp_path / "store.db"
    with open_store(f"sqlite:///{path}") as store:
        store.runs.publish(run("run1"), [], scores(), keep=3, learned=bytes(9_000_000))
        if crashed:
            monkeypatch.setattr(Publication, "show", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.runs.publish(run("run2"), [], scores(), keep=3, learned=bytes(9_000_000))
            monkeypatch.undo()
        store.runs.publish(run("run3"), [], scores(), keep=3, learned=b"newest")
        assert len(store.runs.runs()) == 2
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT bytes FROM learned").fetchall() == [(b"newest",)]

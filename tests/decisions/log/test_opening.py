"""Opening a decision log: tables are made as the program uses them; what is not a decision log is refused."""

import stat

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from cases.casebook import open_casebook
from decisions.log.log import open_decision_log
from decisions.log.rule_versions import Shadow
from decisions.log.schema import APPEND_ONLY, DECISION_LOG, TABLES
from decisions.outcome import Outcome
from graph.errors import ConfigurationError, StoreUnavailableError


def engine_of(url):
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def test_the_migrations_lead_to_the_tables_that_the_program_uses(url):
    open_decision_log(url).close()
    engine = engine_of(url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": DECISION_LOG.versions}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), TABLES) == []
    engine.dispose()


def test_the_newest_step_is_the_one_that_is_looked_for():
    config = Config()
    config.set_main_option("script_location", DECISION_LOG.migrations)
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == DECISION_LOG.revision


def test_a_log_keeps_its_identity_and_differs_from_others(url, tmp_path):
    with open_decision_log(url) as log, open_decision_log(f"sqlite:///{tmp_path}/other.db") as other:
        first = log.log_id
        assert other.log_id != first
    with open_decision_log(url) as again:
        assert again.log_id == first


def test_the_casebook_and_the_log_do_not_share_a_database(url):
    open_casebook(url).close()
    with pytest.raises(ConfigurationError, match="another program") as error:
        open_decision_log(url)
    assert "decision log" in error.value.do


def test_the_log_is_not_taken_for_a_casebook(url):
    open_decision_log(url).close()
    with pytest.raises(ConfigurationError, match="another program"):
        open_casebook(url)


def test_a_newer_schema_is_refused(url):
    open_decision_log(url).close()
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE decision_log_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(ConfigurationError, match="decision log has a newer schema"):
        open_decision_log(url)


def test_a_server_that_is_not_there_is_unavailable_and_no_password_is_told():
    with pytest.raises(StoreUnavailableError, match="decision log") as error:
        open_decision_log("postgresql://u:secret@127.0.0.1:1/decisions")
    assert "secret" not in str(error.value)


def test_a_new_file_is_its_owners_alone(tmp_path):
    open_decision_log(f"sqlite:///{tmp_path}/decisions.db").close()
    assert stat.S_IMODE((tmp_path / "decisions.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
@pytest.mark.parametrize("what", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_nothing_is_changed_or_deleted(url, record, table, what):
    with open_decision_log(url) as log:
        fill(log, record)
    engine = engine_of(url)
    column = f'"{TABLES.tables[table].c[0].name}"'
    with engine.connect() as connection, pytest.raises(Exception, match=f"{table} is append-only"):
        connection.execute(text(what.format(table, column)))
    engine.dispose()


def fill(log, record):
    """A row in every table."""
    log.accept(record(1, rules=("r",), rings=("R-1",), seen={"device": "d"}))
    snooze = log.snooze(rule="r", entity_kind="device", entity_key="d", until=9, reason="a shop", author="ann", at=1)
    log.end_snooze(snooze.snooze_id, author="ann", at=2)
    log.keep_rules("v1", "digest", "text", at=1)
    log.keep_shadows([Shadow(1, "v2", Outcome.APPROVE, 0.1, ())])

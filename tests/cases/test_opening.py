"""Opening a casebook: tables are made and migrated; what is not ours, newer, or not there is said."""

import stat

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from cases.casebook import open_casebook
from cases.migrating import REVISION
from cases.schema import TABLES
from graph.errors import AccessError, ConfigurationError, StoreUnavailableError
from graph.store.opening import open_store


def execute(url, statement) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_migrations_lead_to_the_tables_that_the_program_uses(url):
    open_casebook(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, TABLES) == []
    engine.dispose()


def test_the_newest_step_is_the_one_that_is_looked_for():
    config = Config()
    config.set_main_option("script_location", "cases:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_opening_again_changes_nothing(book, url, follow, ring):
    follow(ring("R-1", "abc"))
    with open_casebook(url) as again:
        assert [case.ring_id for case in again.cases.list()] == ["R-1"]


def test_a_newer_schema_is_refused(url):
    open_casebook(url).close()
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConfigurationError, match="newer schema"):
        open_casebook(url)


def test_tables_of_another_program_are_refused(url):
    execute(url, "CREATE TABLE theirs (x INTEGER)")
    with pytest.raises(ConfigurationError, match="another program"):
        open_casebook(url)


def test_the_store_is_not_taken_for_a_casebook(tmp_path):
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).close()
    with pytest.raises(ConfigurationError, match="another program"):
        open_casebook(url)


def test_a_new_file_is_its_owners_alone(tmp_path):
    open_casebook(f"sqlite:///{tmp_path}/cases.db").close()
    assert stat.S_IMODE((tmp_path / "cases.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url", ["", "cases.db", "sqlite://", "sqlite:///", "mysql://u:secret@h/d", "postgresql://u:secret@h:port/d"]
)
def test_a_url_that_makes_no_sense_is_not_repeated(url):
    with pytest.raises(ConfigurationError) as error:
        open_casebook(url)
    assert "secret" not in str(error.value)


def test_a_server_that_is_not_there_is_unavailable_and_no_password_is_told():
    with pytest.raises(StoreUnavailableError) as error:
        open_casebook("postgresql://u:secret@127.0.0.1:1/cases")
    assert "secret" not in str(error.value)


@pytest.mark.postgresql
def test_what_a_server_refuses_is_no_outage(postgresql):
    url = postgresql.database()
    execute(url, "CREATE ROLE guest NOLOGIN")
    execute(url, "CREATE ROLE reader LOGIN")
    database = url.partition("@")[2]
    with pytest.raises(AccessError, match="log in"):
        open_casebook(f"postgresql://guest@{database}")
    with pytest.raises(AccessError, match="permission"):
        open_casebook(f"postgresql://reader@{database}")
    with pytest.raises(ConfigurationError, match="not there"):
        open_casebook(url.replace("/cases", "/none"))


@pytest.mark.parametrize("name", ["a?b.db", "50%.db", "a b#c.db"])
def test_a_file_may_have_any_name(tmp_path, name):
    open_casebook(f"sqlite:///{tmp_path}/{name}").close()
    assert (tmp_path / name).stat().st_size > 0


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(StoreUnavailableError, match="unable to open"):
        open_casebook(f"sqlite:///{tmp_path}/none/cases.db")

"""What was accepted lately: exact in its windows, and a hub costs no more than what is read of it."""

import pytest
from sqlalchemy import text

from decisions.log.sightings import CAP, Seen, recent

HOUR, DAY = 3_600, 86_400
NOW = 1_800_000_000


@pytest.fixture
def lately(log, record):
    """Device `d`: twice by A-1 within the hour, by A-2 at its edge, by A-3 a week and by A-4 a month ago."""
    times = [NOW - 5, NOW - 10, NOW - HOUR, NOW - 7 * DAY + 1, NOW - 30 * DAY + 1, NOW - 31 * DAY, NOW + 1]
    people = ["A-1", "A-1", "A-2", "A-3", "A-4", "A-5", "A-6"]
    for number, (at, person) in enumerate(zip(times, people, strict=True)):
        log.accept(record(number, at, applicant_id=person, seen={"device": "d", "purpose": f"for {number}"}))
    return log


def test_windows_count_what_is_in_them(lately):
    (device,) = lately.recent([("device", "d")], until=NOW, since=0, limit=10)
    assert device.applications == {"1h": 2, "1d": 3, "7d": 4, "30d": 5}
    assert device.applicants == {"1h": 1, "1d": 2, "7d": 3, "30d": 4}
    assert not device.capped


def test_the_application_that_asks_counts_once(lately):
    asked = [("device", "d"), ("device", "none")]
    device, nothing = lately.recent(asked, until=NOW, since=0, limit=0, this=("A-2", "P-new"))
    assert device.applications == {"1h": 3, "1d": 4, "7d": 5, "30d": 6}
    assert device.applicants == {"1h": 2, "1d": 2, "7d": 3, "30d": 4}
    assert set(nothing.applications.values()) == set(nothing.applicants.values()) == {1}
    (again,) = lately.recent([("device", "d")], until=NOW, since=0, limit=0, this=("A-1", "P-0"))
    assert again.applications == {"1h": 2, "1d": 3, "7d": 4, "30d": 5}


def test_the_newest_come_first_and_none_of_later(lately):
    asked = [("phone", "d"), ("device", "d"), ("applicant", "A-1")]
    phone, device, applicant = lately.recent(asked, until=NOW, since=NOW - DAY, limit=2)
    assert phone.seen == ()
    assert device.seen == applicant.seen == (Seen("A-1", "P-0", NOW - 5), Seen("A-1", "P-1", NOW - 10))
    (device,) = lately.recent([("device", "d")], until=NOW, since=NOW - HOUR, limit=10)
    assert [seen.application_id for seen in device.seen] == ["P-0", "P-1"]
    assert lately.recent([], until=NOW, since=0, limit=1) == []


def test_what_a_person_came_with(lately):
    found = lately.recent_of("A-1", until=NOW, since=NOW - DAY)
    assert found == {"device": ["d"], "purpose": ["for 0", "for 1"], "applicant": ["A-1"]}
    assert lately.recent_of("A-1", until=NOW, since=NOW - 7) == {
        "device": ["d"],
        "purpose": ["for 0"],
        "applicant": ["A-1"],
    }


def test_the_same_thing_twice_in_an_application_is_one_sighting(log, record):
    one = record(1, NOW, seen={"contact": "c"})
    log.accept(record(1, NOW, sightings=one.sightings * 2))
    assert log.recent([("contact", "c")], until=NOW, since=0, limit=9)[0].applications["30d"] == 1


SERIES = {
    "sqlite": "WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 100000)",
    "postgresql": "WITH x (n) AS (SELECT generate_series(1, 100000))",
}


@pytest.fixture
def hub(log, record):
    """Device `hub` has 100,000 sightings, device `small` 300."""
    log.accept(record(1, NOW - 29 * DAY))
    with log._database.writing() as connection:
        insert = "INSERT INTO sighting (source, key, at, number, applicant_id, application_id) "
        series = SERIES[connection.dialect.name]
        rows = f"SELECT 'device', :key, {NOW - DAY} - n, 1, 'A-' || n, 'P-' || n FROM x WHERE n <= :count"
        of_sqlite = connection.dialect.name == "sqlite"
        statement = f"{insert}{series} {rows}" if of_sqlite else f"{series} {insert}{rows}"
        for key, count in (("hub", 100_000), ("small", 300)):
            connection.execute(text(statement), {"key": key, "count": count})
    return log


def test_a_hub_is_counted_up_to_the_cap(hub):
    found, small = hub.recent([("device", "hub"), ("device", "small")], until=NOW, since=0, limit=60)
    assert found.capped
    assert small.capped
    assert found.applications == {"1h": 0, "1d": 0, "7d": CAP, "30d": CAP}
    assert [seen.application_id for seen in found.seen] == [f"P-{n}" for n in range(1, 61)]


def test_a_hub_costs_no_more_than_what_is_read_of_it(hub):
    assert 0 < cost(hub, "hub") <= 1.1 * cost(hub, "small")


def cost(hub, key: str) -> int:
    """Steps of SQLite's machine in tens, or entries that PostgreSQL reads of the table and its index."""
    with hub._database.reading() as connection:
        counted = steps if connection.dialect.name == "sqlite" else entries

        def ask(statement, given):
            marked = statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
            return connection.exec_driver_sql(marked, given).fetchall()

        return counted(connection, lambda: recent(ask, [("device", key)], until=NOW, since=0, limit=60, this=None))


def steps(connection, ask) -> int:
    done = []
    driver = connection.connection.dbapi_connection
    driver.set_progress_handler(lambda: done.append(1), 10)
    ask()
    driver.set_progress_handler(None, 0)
    return len(done)


def entries(connection, ask) -> int:
    def read() -> int:
        of = ("sighting", "pk_sighting")
        counted = " + ".join(f"pg_stat_get_xact_tuples_returned('{each}'::regclass)" for each in of)
        return connection.exec_driver_sql(f"SELECT {counted}").scalar_one()

    before = read()
    ask()
    return read() - before

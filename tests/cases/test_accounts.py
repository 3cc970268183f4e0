"""Accounts and sessions: who is let in, as what, how long, and what is written down of it."""

import pytest
from sqlalchemy import create_engine, text

from cases import logins, passwords
from cases.people import Person, Role
from graph.errors import NotFoundError, UsageError

PASSWORD = "four quiet green herons"


@pytest.fixture(autouse=True)
def ann(book) -> None:
    book.accounts.add("Ann", Role.ANALYST, PASSWORD, author="root")


def test_only_the_right_password_lets_in(book):
    assert book.accounts.proven("ann", PASSWORD).person == Person("Ann", Role.ANALYST)
    for name, password in [("ann", PASSWORD + "x"), ("ann", ""), ("bob", PASSWORD), ("\0", PASSWORD), ("", PASSWORD)]:
        assert book.accounts.proven(name, password) is None


def test_a_password_is_kept_as_an_argon2_hash_alone(book, url):
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT password FROM account")).scalar_one()
    engine.dispose()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_an_unknown_name_costs_a_hash_as_well(book, monkeypatch):
    verified = []
    hasher = passwords._HASHER
    monkeypatch.setattr(passwords, "_HASHER", Counting(hasher, verified))
    for name in ("ann", "nobody"):
        book.accounts.proven(name, "not the password")
    assert len(verified) == 2
    parameters = {kept.split("$")[3] for kept in verified}
    assert len(parameters) == 1, "the same effort for both"


class Counting:
    def __init__(self, hasher, verified) -> None:
        self.hasher, self.verified = hasher, verified

    def verify(self, kept, password):
        self.verified.append(kept)
        return self.hasher.verify(kept, password)

    def hash(self, password):
        return self.hasher.hash(password)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "my name is ann!!", "x" * 201])
def test_a_poor_password_is_refused(book, password):
    with pytest.raises(UsageError):
        book.accounts.set_password("ann", password, author="root")
    assert book.accounts.proven("ann", PASSWORD)


def test_one_name_is_one_account_however_it_is_written(book):
    for name in ("ann", "ANN ", "Ａnn"):
        with pytest.raises(UsageError, match="already"):
            book.accounts.add(name, Role.ADMIN, None, author="root")
    with pytest.raises(NotFoundError):
        book.accounts.disable("bob", author="root")


def test_a_session_ends_when_nobody_looks_and_after_a_working_day(book, clock):
    account = book.accounts.proven("ann", PASSWORD)
    token = book.logins.begin(account)
    assert book.logins.person(token) == Person("Ann", Role.ANALYST)
    assert book.logins.person(token[:-1]) is None
    clock.time += logins.IDLE
    assert book.logins.person(token) is None
    token, began = book.logins.begin(account), clock.time
    while clock.time + logins.IDLE / 2 < began + logins.LONGEST:
        clock.time += logins.IDLE // 2
        if clock.time < began + logins.LONGEST:
            assert book.logins.person(token)
    clock.time = began + logins.LONGEST
    assert book.logins.person(token) is None


def test_a_change_of_an_account_reaches_open_sessions_at_once(book):
    account = book.accounts.proven("ann", PASSWORD)
    first, second = book.logins.begin(account), book.logins.begin(account)
    book.accounts.set_role("ann", Role.REVIEWER, author="root")
    assert book.logins.person(first).role is Role.REVIEWER
    book.logins.end(first)
    assert book.logins.person(first) is None
    assert book.logins.person(second)
    book.accounts.disable("ann", author="root")
    assert book.logins.person(second) is None
    assert book.accounts.proven("ann", PASSWORD) is None
    book.accounts.enable("ann", author="root")
    assert book.logins.person(second) is None
    third = book.logins.begin(book.accounts.proven("ann", PASSWORD))
    book.accounts.set_password("ann", "five loud orange geese", author="root")
    assert book.logins.person(third) is None


def test_the_secret_of_a_session_is_not_in_the_database(book, url):
    token = book.logins.begin(book.accounts.proven("ann", PASSWORD))
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT token FROM login")).scalar_one() != token
    engine.dispose()


def test_whom_a_provider_names_is_let_in_as_it_says_or_as_we_say(book):
    assert book.accounts.vouched("bob@bank.example", None) is None
    assert book.accounts.vouched("bob@bank.example", Role.VIEWER).role is Role.VIEWER
    assert book.accounts.vouched("BOB@bank.example", Role.ADMIN).role is Role.ADMIN
    assert book.accounts.vouched("bob@bank.example", None).role is Role.ADMIN
    assert book.accounts.proven("bob@bank.example", "") is None
    book.accounts.disable("bob@bank.example", author="root")
    assert book.accounts.vouched("bob@bank.example", Role.ADMIN) is None


def test_who_calls_himself_as_somebody_with_a_password_does_not_get_his_account(book):
    for role in (None, Role.VIEWER, Role.ADMIN):
        assert book.accounts.vouched("ann", role) is None
    assert book.accounts.proven("ann", PASSWORD).role is Role.ANALYST


def test_every_change_is_in_the_access_log(book, clock):
    book.accounts.set_role("ann", Role.ADMIN, author="root")
    book.access.record("unmask", "Applicant A-1 phone", purpose=" Call back. ", author="ann")
    with pytest.raises(UsageError, match="purpose"):
        book.access.record("unmask", "Applicant A-1 phone", purpose=" ", author="ann")
    lines = [(line.author, line.action, line.what, line.purpose) for line in book.access.lines()]
    assert lines == [
        ("ann", "unmask", "Applicant A-1 phone", "Call back."),
        ("root", "account changed", "Ann: role admin", ""),
        ("root", "account added", "Ann: analyst", ""),
    ]
    assert {line.at for line in book.access.lines()} == {clock.time}
    assert PASSWORD not in str(book.access.lines())

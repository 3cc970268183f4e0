"""`ringfence users`: accounts from the command line; a password is never an argument."""

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from app.wiring import casebook_of
from cases.people import Role

PASSWORD = "four quiet green herons"
PROGRAM = Path(sys.executable).with_name("ringfence")


@pytest.fixture
def users(ringfence, settings, monkeypatch):
    def call(*arguments: str, said: str = ""):
        monkeypatch.setattr(sys, "stdin", StringIO(said))
        return ringfence("users", *arguments, "--store", settings.store)

    return call


def test_an_account_from_its_beginning_to_its_end(users, settings):
    assert users("add", "Ann", "--role", "reviewer", said=f"{PASSWORD}\n").code == 0
    assert users("add", "bob@bank.example", "--oidc").code == 0
    assert users("role", "ann", "admin").code == 0
    assert users("password", "ann", said="five loud orange geese\n").code == 0
    with casebook_of(settings) as book:
        assert book.accounts.proven("ann", PASSWORD) is None
        assert book.accounts.proven("ann", "five loud orange geese").role is Role.ADMIN
        assert users("disable", "ann").code == 0
        assert book.accounts.proven("ann", "five loud orange geese") is None
        assert users("enable", "ann").code == 0
        assert book.accounts.proven("ann", "five loud orange geese")
        assert len(book.access.lines()) == 6
    listed = users("list", "--json").json
    assert [(each["name"], each["has_password"]) for each in listed] == [("Ann", True), ("bob@bank.example", False)]
    assert "bob@bank.example" in users("list").out
    assert "argon2" not in users("list").out


def test_what_cannot_be_is_said(users):
    assert users("add", "ann", said="short\n").code == 64
    assert users("add", "ann", said="").code == 64
    assert users("role", "nobody", "admin").code == 66
    assert users("add", "ann", "--role", "king", said=f"{PASSWORD}\n").code == 64
    assert users("add", "ann", "--password", PASSWORD).code == 64


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("another one of mine", 64)])
def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(settings, again, code):
    outer, inner = pty.openpty()
    command = [PROGRAM, "users", "add", "ann", "--store", settings.store]
    with subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, start_new_session=True) as asking:
        os.close(inner)
        shown = _read(outer, b"Password: ")
        os.write(outer, f"{PASSWORD}\n".encode())
        shown += _read(outer, b"Again: ")
        os.write(outer, f"{again}\n".encode())
        shown += _read(outer, None)
        assert asking.wait() == code
    os.close(outer)
    assert PASSWORD not in shown.decode()
    assert again not in shown.decode()


def _read(outer: int, until: bytes | None) -> bytes:
    got = b""
    while until is None or until not in got:
        try:
            piece = os.read(outer, 1000)
        except OSError:
            break
        if not piece:
            break
        got += piece
    return got

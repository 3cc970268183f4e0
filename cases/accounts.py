"""Accounts: who may use the explorer, and as what. Every change is in the access log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, select, update

from cases import access, passwords, texts
from cases.desk import Desk
from cases.people import Account, Role
from cases.schema import ACCOUNT, LOGIN
from graph.errors import NotFoundError, UsageError


def account_key(name: str) -> str:
    """Under which an account is kept, however the name is capitalised."""
    return texts.author(name).casefold()


def account_of(row: Row[tuple[object, ...]]) -> Account:
    """The account in a row that has every column of its table."""
    kept = row._mapping
    return Account(
        name=kept["name"],
        role=Role(kept["role"]),
        disabled=kept["disabled"],
        has_password=kept["password"] is not None,
        at=kept["at"],
    )


@dataclass(frozen=True, slots=True)
class _Changing:
    connection: Connection
    key: str
    account: Account


class Accounts:
    """Reads and changes accounts. `author`: who makes the change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def any(self) -> bool:
        """Is there any account, were it a disabled one?"""
        with self._desk.database.reading() as connection:
            return connection.execute(select(ACCOUNT.c.key).limit(1)).first() is not None

    def list(self) -> list[Account]:
        """All accounts, by name."""
        with self._desk.database.reading() as connection:
            return [account_of(row) for row in connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.key))]

    def add(self, name: str, role: Role, password: str | None, *, author: str) -> None:
        """Add somebody; `UsageError` where there is one of that name. Without a password OIDC alone lets him in."""
        shown, key = texts.author(name), account_key(name)
        kept = None if password is None else passwords.hashed(passwords.checked(password, shown))
        at = self._desk.clock()
        with self._desk.database.writing() as connection:
            if _find(connection, key) is not None:
                raise UsageError("There is an account of this name already", where=shown, do="Take another name.")
            values = {"key": key, "name": shown, "role": role.value, "password": kept, "disabled": False, "at": at}
            connection.execute(insert(ACCOUNT).values(values))
            access.write(connection, "account added", f"{shown}: {role}", author=texts.author(author), at=at)

    def set_role(self, name: str, role: Role, *, author: str) -> None:
        """Give somebody another role; open sessions have it at once."""
        with self._changing(name, f"role {role}", author) as changing:
            _set(changing, role=role.value)

    def set_password(self, name: str, password: str, *, author: str) -> None:
        """Give somebody another password, and end his sessions."""
        kept = passwords.hashed(passwords.checked(password, texts.author(name)))
        with self._changing(name, "password", author) as changing:
            _set(changing, password=kept)
            _end_sessions(changing)

    def disable(self, name: str, *, author: str) -> None:
        """Let somebody in no more, and end his sessions."""
        with self._changing(name, "disabled", author) as changing:
            _set(changing, disabled=True)
            _end_sessions(changing)

    def enable(self, name: str, *, author: str) -> None:
        """Let somebody in again."""
        with self._changing(name, "enabled", author) as changing:
            _set(changing, disabled=False)

    def vouched(self, name: str, role: Role | None) -> Account | None:
        """The account of somebody whom the OIDC provider names, None where he is not let in.

        An account with a password is its owner's alone: who may choose his name at the provider does not get it.
        `role`: what the provider says that he is; he gets an account, and that role. None where roles are ours to give.
        """
        shown, key = texts.author(name), account_key(name)
        with self._desk.database.reading() as connection:
            known = _find(connection, key)
        if known and (known.disabled or known.has_password):
            return None
        if role is not None and known is None:
            self.add(shown, role, None, author=shown)
        elif role is not None and known and known.role is not role:
            self.set_role(shown, role, author=shown)
        with self._desk.database.reading() as connection:
            known = _find(connection, key)
        return known if known and not known.disabled else None

    def proven(self, name: str, password: str) -> Account | None:
        """The account whose password this is, None where it is not, or where the account is disabled."""
        try:
            key = account_key(name)
        except UsageError:
            key = ""
        with self._desk.database.reading() as connection:
            row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.key == key)).one_or_none()
        kept = row.password if row else None
        if not passwords.fits(password, kept) or row is None or row.disabled:
            return None
        if passwords.outdated(row.password):
            with self._desk.database.writing() as connection:
                connection.execute(
                    update(ACCOUNT).where(ACCOUNT.c.key == key).values(password=passwords.hashed(password))
                )
        return account_of(row)

    @contextmanager
    def _changing(self, name: str, what: str, author: str) -> Iterator[_Changing]:
        """A transaction that changes an account and writes it down; `NotFoundError` where there is none."""
        key, signed = account_key(name), texts.author(author)
        with self._desk.database.writing() as connection:
            account = _find(connection, key)
            if account is None:
                raise NotFoundError("There is no account of this name", where=name, do="See `ringfence users list`.")
            yield _Changing(connection, key, account)
            access.write(connection, "account changed", f"{account.name}: {what}", author=signed, at=self._desk.clock())


def _find(connection: Connection, key: str) -> Account | None:
    row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.key == key)).one_or_none()
    return account_of(row) if row else None


def _set(changing: _Changing, **values: object) -> None:
    changing.connection.execute(update(ACCOUNT).where(ACCOUNT.c.key == changing.key).values(values))


def _end_sessions(changing: _Changing) -> None:
    changing.connection.execute(delete(LOGIN).where(LOGIN.c.account == changing.key))

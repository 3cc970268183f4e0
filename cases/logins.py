"""Sessions: whom a browser was let in as. Kept here, so that one is over at once when it is ended or disabled."""

from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import and_, delete, insert, or_, select, update

from cases import access
from cases.accounts import account_key, account_of
from cases.desk import Desk
from cases.people import Account, Person
from cases.schema import ACCOUNT, LOGIN

IDLE = 60 * 60
"""After so many seconds without a look a session is over."""
LONGEST = 10 * 60 * 60
"""And after a working day in any case."""
_COUNTED = 60
"""A look is written down at most this often, seconds."""


class Logins:
    """Begins, finds and ends sessions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, account: Account) -> str:
        """Let somebody in; returns the secret for his browser. Sessions that have run out are cleared away."""
        token, at = token_urlsafe(32), self._desk.clock()
        with self._desk.database.writing() as connection:
            over = or_(LOGIN.c.began <= at - LONGEST, LOGIN.c.seen <= at - IDLE)
            connection.execute(delete(LOGIN).where(over))
            values = {"token": _kept(token), "account": account_key(account.name), "began": at, "seen": at}
            connection.execute(insert(LOGIN).values(values))
            access.write(connection, "login", account.name, author=account.name, at=at)
        return token

    def person(self, token: str) -> Person | None:
        """Who holds this secret, None where his session is over or he was disabled; counts as a look."""
        at = self._desk.clock()
        lasts = and_(LOGIN.c.began > at - LONGEST, LOGIN.c.seen > at - IDLE, ACCOUNT.c.disabled.is_(False))
        query = (
            select(ACCOUNT, LOGIN.c.seen.label("seen"))
            .join(LOGIN, LOGIN.c.account == ACCOUNT.c.key)
            .where(LOGIN.c.token == _kept(token), lasts)
        )
        with self._desk.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen <= at - _COUNTED:
            with self._desk.database.writing() as connection:
                connection.execute(update(LOGIN).where(LOGIN.c.token == _kept(token)).values(seen=at))
        return account_of(row).person

    def end(self, token: str) -> None:
        """End a session."""
        with self._desk.database.writing() as connection:
            connection.execute(delete(LOGIN).where(LOGIN.c.token == _kept(token)))


def _kept(token: str) -> str:
    return sha256(token.encode()).hexdigest()

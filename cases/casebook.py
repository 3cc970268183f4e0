"""The casebook as a whole: open it by its URL, use its parts, close it."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from cases.access import AccessLog
from cases.accounts import Accounts
from cases.appeal_queue import AppealQueue
from cases.appeals import Appeals
from cases.attachments import Attachments
from cases.audit import Audit
from cases.casework import Cases
from cases.desk import USUAL, Desk, Rules, now
from cases.following import Following
from cases.judgements import Judgements
from cases.locks import Locks
from cases.logins import Logins
from cases.migrating import CASEBOOK
from cases.notes import Notes
from cases.queueing import Queueing
from cases.regrouping import Regroupings
from cases.standing import Standing, standing
from cases.views import Views
from database.connecting import Database
from database.migrating import make_private, migrate
from graph.results import Ring, Run


class Casebook:
    """An open casebook. Use it in a `with` statement, or call `close`. May be used from several threads.

    Every method of every part raises `StoreUnavailableError` when the database does not answer. Those that change a
    case take its author, and the version that he looked at (`seen`); they raise as `cases.writing.changing` does.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.cases = Cases(desk)
        self.judgements = Judgements(desk)
        self.locks = Locks(desk)
        self.notes = Notes(desk)
        self.attachments = Attachments(desk)
        self.audit = Audit(desk)
        self.regroupings = Regroupings(desk)
        self.appeals = Appeals(desk)
        self.appeal_queue = AppealQueue(desk)
        self.views = Views(desk)
        self.queueing = Queueing(desk)
        self.access = AccessLog(desk)
        self.accounts = Accounts(desk)
        self.logins = Logins(desk)

    @property
    def address(self) -> str:
        """Where it is, without any password: for messages and logs."""
        return self._desk.database.address

    def standing(self, until: int) -> Standing:
        """What the judgements come to as of a moment (unix seconds): for detection, and for whoever decides."""
        with self._desk.database.reading() as connection:
            return standing(connection, until)

    def follow(self, run: Run, rings: Sequence[Ring]) -> None:
        """Bring the cases in step with a run that was published; those that are gone are among the `rings`, too."""
        with self._desk.database.writing() as connection:
            Following(self._desk, connection, run, rings).follow()

    def close(self) -> None:
        """Give back every connection."""
        self._desk.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_casebook(
    url: str, rules: Rules = USUAL, clock: Callable[[], int] = now, *, password: str | None = None
) -> Casebook:
    """Open `sqlite:///file.db` or `postgresql://user:password@host/database`; creates or migrates the tables.

    `password` is used where the URL has none.
    """
    database = Database(url, CASEBOOK, password)
    if database.file:
        make_private(database.file)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Casebook(Desk(database, rules, clock))

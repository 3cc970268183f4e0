"""The pages of appeals (`?page=appeals`, `?appeal=NUMBER`). For reviewers."""

from app.explorer.appeals import one
from app.explorer.appeals.inbox import inbox
from app.explorer.frame import session, state
from app.explorer.frame.navigation import APPEAL, asked
from cases.people import Role


def show() -> None:
    """The appeal that the address names, or all; `RoleError` for who does not review."""
    session.acting(Role.REVIEWER)
    number = asked(APPEAL)
    if number is None:
        inbox(state.casebook())
    else:
        one.show(state.open_store(), number)

"""Who looks at the page, and what he may do: asked on the server for every page and every action."""

import streamlit as st

from app.explorer.door.keeper import COOKIE, guarded
from app.explorer.frame import state
from cases.people import Person, Role
from graph.errors import AccessError

LOCAL = "local"
"""Who looks where nobody has to say who he is, and no author is set."""


class LoggedOutError(AccessError):
    """Nobody is logged in here, any more or yet."""


class RoleError(AccessError):
    """It takes another role than whoever looks has."""

    def __init__(self, needed: Role, held: Role) -> None:
        super().__init__(f"This takes the role {needed}", do=f"You have the role {held}. Ask an administrator.")
        self.needed = needed
        self.held = held


def person() -> Person:
    """Who looks; `LoggedOutError` where his session is over.

    The casebook is asked each time: who is disabled or has another role is so at once. On a single machine without
    accounts it is whoever the settings say signs changes.
    """
    if not must_log_in():
        return Person(state.settings().author or LOCAL, Role.ADMIN)
    held = token()
    found = state.casebook().logins.person(held) if held else None
    if found is None:
        raise LoggedOutError("You are logged out", do="Log in again.")
    return found


def must_log_in() -> bool:
    """Has everybody to say who he is?"""
    return guarded(state.settings(), state.casebook())


def token() -> str | None:
    """The secret of the session that the browser holds."""
    return st.context.cookies.get(COOKIE)


def log_out() -> None:
    """End the session of whoever looks."""
    held = token()
    if held:
        state.casebook().logins.end(held)


def may(role: Role) -> bool:
    """May whoever looks do what this role may?"""
    return person().role.covers(role)


def acting(role: Role) -> Person:
    """Whoever looks, about to do what takes this role; `RoleError` if he may not."""
    who = person()
    if not who.role.covers(role):
        raise RoleError(role, who.role)
    return who

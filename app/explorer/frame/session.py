"""Who looks at the page, and what he may do: asked on the server for every page and every action."""

from app.explorer.frame import state
from cases.people import Person, Role
from graph.errors import AccessError

LOCAL = "local"
"""Who looks where nobody has to say who he is, and no author is set."""


def person() -> Person:
    """Who looks: on a single machine without accounts, whoever the settings say signs changes."""
    return Person(state.settings().author or LOCAL, Role.ADMIN)


def may(role: Role) -> bool:
    """May whoever looks do what this role may?"""
    return person().role.covers(role)


def acting(role: Role) -> Person:
    """Whoever looks, about to do what takes this role; `AccessError` if he may not."""
    who = person()
    if not who.role.covers(role):
        raise AccessError(f"This takes the role {role}", do=f"You have the role {who.role}. Ask an administrator.")
    return who

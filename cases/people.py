"""Who works on cases, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = "viewer"
    """Looks at rings and cases, everything masked."""
    ANALYST = "analyst"
    """Works on cases: judges, notes, attaches, takes and gives away."""
    REVIEWER = "reviewer"
    """Confirms what others said of large rings, and sees single values unmasked for a purpose."""
    ADMIN = "admin"
    """Decides who may do what."""

    def covers(self, other: "Role") -> bool:
        """May this role do what the other may?"""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was let in: the name that signs his changes, and his role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of somebody who may use the explorer. `has_password`: without one, OIDC alone lets him in."""

    name: str
    role: Role
    disabled: bool
    has_password: bool
    at: int

    @property
    def person(self) -> Person:
        """Who he is once he is in."""
        return Person(self.name, self.role)

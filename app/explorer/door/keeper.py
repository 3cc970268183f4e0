"""Who is let in: by a session of the casebook; without one only where there are no accounts, on this machine."""

from dataclasses import dataclass

from app.settings import Settings
from cases.casebook import Casebook
from graph.errors import ConfigurationError

COOKIE = "ringfence_login"
"""Holds the secret of a session."""


def guarded(settings: Settings, book: Casebook) -> bool:
    """Has everybody to say who he is?"""
    return bool(settings.oidc_issuer) or book.accounts.any()


@dataclass(frozen=True, slots=True)
class Keeper:
    """Answers for one server. `local`: it listens on this machine alone."""

    settings: Settings
    book: Casebook
    local: bool

    def lets_in(self, token: str | None) -> bool:
        """May a request with this secret pass? Asks the casebook each time, so that a disabled user is out at once."""
        if token and self.book.logins.person(token):
            return True
        return self.local and not guarded(self.settings, self.book)

    @property
    def tls(self) -> bool:
        """Do browsers come over TLS?"""
        return (self.settings.explorer_url or "").startswith("https:")


def check(settings: Settings, book: Casebook, *, local: bool) -> None:
    """`ConfigurationError` where anybody in the network could come in, or OIDC is set by half."""
    parts = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.explorer_url)
    if settings.oidc_issuer and not all(parts):
        raise ConfigurationError(
            "OIDC is set by half",
            do="Set RINGFENCE_OIDC_ISSUER, _OIDC_CLIENT_ID, _OIDC_CLIENT_SECRET and RINGFENCE_EXPLORER_URL.",
        )
    if not local and not guarded(settings, book):
        raise ConfigurationError(
            "Others could open the explorer without saying who they are",
            do="Add yourself with `ringfence users add NAME --role admin`, set RINGFENCE_OIDC_ISSUER, "
            "or listen on this machine alone (--host 127.0.0.1).",
        )

"""OpenID Connect by Authlib: authorization code with PKCE, `state` and `nonce`."""

import logging
from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from app.settings import Settings
from cases.people import Role
from graph.errors import StoreUnavailableError

_log = logging.getLogger(__name__)


class Provider:
    """The provider that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        issuer, secret = (settings.oidc_issuer or "").rstrip("/"), settings.oidc_client_secret
        self._client = OAuth().register(
            "ringfence",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
        )

    async def leave(self, request: Request) -> Response:
        """Send the browser to the provider; `StoreUnavailableError` where that does not answer."""
        back = f"{(self._settings.explorer_url or '').rstrip('/')}/login/done"
        try:
            answer: Response = await self._client.authorize_redirect(request, back)
        except HTTPError as error:
            raise StoreUnavailableError(
                f"The OIDC provider does not answer: {type(error).__name__}", do="Try again later."
            ) from error
        return answer

    async def vouched(self, request: Request) -> tuple[str, Role | None] | None:
        """Name and role of whom the provider sends back, None where it does not vouch for anybody."""
        try:
            token = await self._client.authorize_access_token(request)
        except (AuthlibBaseError, JoseError, HTTPError) as error:
            _log.warning("The OIDC provider's answer was refused: %s", type(error).__name__)
            return None
        return self.read(token.get("userinfo") or {})

    def read(self, claims: Mapping[str, Any]) -> tuple[str, Role | None] | None:
        """Name and role in the claims of a checked ID token. With a role claim, who has no role is not let in."""
        name = claims.get(self._settings.oidc_name_claim)
        unproven = self._settings.oidc_name_claim == "email" and claims.get("email_verified") is False
        if not isinstance(name, str) or not name.strip() or unproven:
            return None
        if self._settings.oidc_role_claim is None:
            return name, None
        role = highest_role(claims.get(self._settings.oidc_role_claim))
        return None if role is None else (name, role)


def highest_role(claim: object) -> Role | None:
    """The highest role that a claim names, a text or a list of texts; what is no role of ours is passed over."""
    named = claim if isinstance(claim, list) else [claim]
    roles = [role for role in Role if role.value in named]
    return roles[-1] if roles else None

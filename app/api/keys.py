"""API keys: who may ask for what. The server is told their digests only."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from limits import RateLimitItem, parse

from app.api.scopes import Scope
from app.settings import variable_of
from graph.errors import ConfigurationError, UsageError

KEY_BYTES = 32
_SETTING = variable_of("api_keys")
_NAME = r"[\w.-]{1,64}"
_LINE = re.compile(
    rf"(?P<name>{_NAME}):(?P<scopes>[a-z+]+):(?P<digest>[0-9a-f]{{64}})(:(?P<rate>[^:]+))?", flags=re.ASCII
)
_MAKE = "Make a key with `ringfence keys new NAME --scope scores`, and put the line that it prints into the list."


def digest_of(key: bytes) -> bytes:
    """What is kept of a key.

    SHA-256 is enough: a key is 256 random bits, which nobody finds by trying, however fast trying is. Slow and salted
    functions, such as Argon2, are for passwords, which people choose; here they would only slow down every request.
    """
    return hashlib.sha256(key).digest()


@dataclass(frozen=True, slots=True)
class Key:
    """A caller as the setting names it: `name:scope+scope:digest`, or with a rate of its own, `...:500/second`."""

    name: str
    scopes: frozenset[Scope]
    digest: bytes
    rate: RateLimitItem | None = None

    @classmethod
    def read(cls, line: str) -> Self:
        """The key of one line; `ConfigurationError`, which does not repeat the line, if it is none."""
        found = _LINE.fullmatch(line)
        if not found:
            raise _unfit("A line is not name:scope+scope:digest (keys themselves are no longer listed)")
        try:
            scopes = frozenset(map(Scope, found["scopes"].split("+")))
        except ValueError:
            raise _unfit(f"Key {found['name']} has a scope that is none of {', '.join(Scope)}") from None
        return cls(found["name"], scopes, bytes.fromhex(found["digest"]), rate_of(found["rate"], _SETTING))

    @property
    def line(self) -> str:
        """As it stands in the setting."""
        scopes = "+".join(scope for scope in Scope if scope in self.scopes)
        return f"{self.name}:{scopes}:{self.digest.hex()}"


def new_key(name: str, scopes: Iterable[Scope]) -> tuple[str, Key]:
    """A random key, and what the server is told of it."""
    if not re.fullmatch(_NAME, name, re.ASCII):
        raise UsageError("A key's name is made of letters, digits, `.`, `_` and `-`, 64 at most", do="Choose another.")
    secret = secrets.token_urlsafe(KEY_BYTES)
    return secret, Key(name, frozenset(scopes), digest_of(secret.encode()))


def rate_of(text: str | None, where: str) -> RateLimitItem | None:
    """A rate such as `500/second`; `ConfigurationError` if it is none."""
    try:
        return parse(text) if text else None
    except ValueError:
        raise ConfigurationError("A rate is not like 500/second", where=where, do="Correct it.") from None


class Keys:
    """The keys that are accepted; without any, only callers on this machine are served."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = tuple(map(Key.read, lines))
        names = [key.name for key in self._known]
        if len(set(names)) < len(names):
            raise _unfit("Two keys have the same name")

    def __bool__(self) -> bool:
        return bool(self._known)

    def find(self, presented: bytes) -> Key | None:
        """Whose key this is. Takes the same time whichever it is and however much of it is right."""
        digest = digest_of(presented)
        found = [key for key in self._known if hmac.compare_digest(digest, key.digest)]
        return found[0] if found else None


def _unfit(what: str) -> ConfigurationError:
    return ConfigurationError(what, where=_SETTING, do=_MAKE)

"""The rules in force: read from files that people change while decisions are made."""

import logging
import threading
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from decisions.rules.faults import BrokenRulesError, Fault
from decisions.rules.reading import LARGEST, read_rules
from decisions.rules.ruleset import Rules
from graph.errors import ConfigurationError, RingfenceError, UsageError

Keep = Callable[[str, str, str], None]
"""Keep a version that comes into force, its digest and its text; `UsageError` if it is known with another digest."""
Known = Callable[[str], str | None]
"""The digest of the text that a version was in force with, if it ever was."""

_log = logging.getLogger(__name__)
_EVERY = 1.0


def default_rules() -> Rules:
    """The rules that come with the program."""
    return read_rules((files("decisions.rules") / "default.toml").read_text(encoding="utf-8"), "the built-in rules")


def read_file(path: Path) -> Rules:
    """The rules of a file; raises `ConfigurationError`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST * 4 + 1)
        return read_rules(data.decode(), str(path))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault("The file is not UTF-8", "Save it as UTF-8.", line)
        raise BrokenRulesError([fault], str(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a null in it
        what = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigurationError(f"The rules cannot be read: {what}", where=str(path), do="Check the file.") from None


class RuleBook:
    """The live rules, and the shadow rules if there are any; safe to use from several threads.

    A file that changes is read again, looked at once a second at most; a broken one is refused, its fault told in
    `fault` or `shadow_fault` and once in the log, and the version before it stays. At the start, what stays is
    `last_good()`, the text that was kept last, or the built-in rules. Only live rules are kept; a shadow is refused
    where its version was `known` with another text.
    """

    def __init__(
        self,
        live: Path | None = None,
        shadow: Path | None = None,
        *,
        keep: Keep | None = None,
        known: Known | None = None,
        last_good: Callable[[], str | None] | None = None,
    ) -> None:
        self._keep, self._digest_of = keep or _keep_nothing, known or _nothing_known
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._known: dict[str, str] = {}
        self._live = _Followed(live, self._bring_into_force)
        if self._live.rules is None:
            self._live.rules = self._fallback(last_good)
        self._shadow = _Followed(shadow, self._let_run_beside)

    @property
    def live(self) -> Rules:
        """The rules that decide."""
        self._look()
        assert self._live.rules is not None  # noqa: S101 (set when the book was made, and only ever replaced)
        return self._live.rules

    @property
    def shadow(self) -> Rules | None:
        """The rules that run beside them and decide nothing."""
        self._look()
        return self._shadow.rules

    @property
    def fault(self) -> str:
        """Why the live file is not in force as it stands; empty if it is."""
        return self._live.fault

    @property
    def shadow_fault(self) -> str:
        """The same of the shadow file."""
        return self._shadow.fault

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked < _EVERY or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = now
            self._live.look()
            self._shadow.look()
        finally:
            self._lock.release()

    def _admit(self, rules: Rules) -> None:
        """Refuse a version that is known with another text."""
        if self._known.get(rules.version, rules.digest) != rules.digest:
            raise UsageError(f"Version {rules.version} is in use with another text", do="Raise the version.")
        self._known[rules.version] = rules.digest

    def _let_run_beside(self, rules: Rules) -> None:
        if (self._digest_of(rules.version) or rules.digest) != rules.digest:
            raise UsageError(f"Version {rules.version} was in force with another text", do="Raise the version.")
        self._admit(rules)

    def _bring_into_force(self, rules: Rules) -> None:
        known = dict(self._known)
        self._admit(rules)
        try:
            self._keep(rules.version, rules.digest, rules.text)
        except RingfenceError:
            self._known = known
            raise

    def _fallback(self, last_good: Callable[[], str | None] | None) -> Rules:
        try:
            text = last_good() if last_good and self._live.path else None
            if text is not None:
                rules = read_rules(text, "the last good rules")
                self._admit(rules)
                return rules
        except RingfenceError as error:
            _log.error("The last good rules cannot be used: %s", error)
        rules = default_rules()
        try:
            self._bring_into_force(rules)
        except RingfenceError as error:
            self._live.fault = self._live.fault or str(error)
            _log.error("The built-in rules cannot be kept: %s", error)
        return rules


def _keep_nothing(version: str, digest: str, text: str) -> None:
    """Where nobody keeps versions."""


def _nothing_known(version: str) -> None:
    """Where nobody has kept versions."""


class _Followed:
    """One file, with the rules of it that were good last."""

    def __init__(self, path: Path | None, admit: Callable[[Rules], None]) -> None:
        self.path = path
        self.rules: Rules | None = None
        self.fault = ""
        self._admit = admit
        self._seen: tuple[int, int, int] | None = None
        self.look()

    def look(self) -> None:
        """Read the file if it has changed."""
        if self.path is None:
            return
        stamp = _stamp(self.path)
        if stamp is not None and stamp == self._seen:
            return
        try:
            rules = read_file(self.path)
            if self.rules is None or rules.digest != self.rules.digest:
                self._admit(rules)
        except (ConfigurationError, UsageError) as error:
            self._seen = stamp
            self._refuse(error)
        except RingfenceError as error:  # what keeps the versions is down: the next look tries again
            self._refuse(error)
        else:
            self._seen, self.rules, self.fault = stamp, rules, ""

    def _refuse(self, error: RingfenceError) -> None:
        if str(error) != self.fault:
            _log.error("A rule file is refused, the version before it stays: %s", error)
        self.fault = str(error)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino

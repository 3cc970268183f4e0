"""The only place that chooses implementations: from settings to an open store."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import Settings
from graph.store.contract import Store
from graph.store.opening import open_store

if TYPE_CHECKING:
    from cases.casebook import Casebook
    from decisions.log.log import DecisionLog
    from decisions.rules.book import RuleBook


def store_of(settings: Settings) -> Store:
    """Open the store that the settings name."""
    password = settings.store_password
    return open_store(
        settings.store,
        user=settings.store_user or None,
        password=password.get_secret_value() if password else None,
    )


def casebook_of(settings: Settings) -> "Casebook":
    """Open the casebook that the settings name, or the one that goes with the store."""
    from cases.casebook import open_casebook  # noqa: PLC0415 (SQLAlchemy is loaded where there is something to keep)
    from cases.desk import Rules  # noqa: PLC0415

    rules = Rules(
        four_eyes=settings.four_eyes,
        case_days=settings.case_days,
        appeal_days=settings.appeal_days,
        appeal_snooze_days=settings.appeal_snooze_days,
    )
    password = settings.cases_password
    return open_casebook(
        settings.cases or _beside(settings, "cases"), rules, password=password.get_secret_value() if password else None
    )


def decision_log_of(settings: Settings) -> "DecisionLog":
    """Open the decision log that the settings name, or the one that goes with the store."""
    from decisions.log.log import open_decision_log  # noqa: PLC0415

    password = settings.decisions_password
    return open_decision_log(
        settings.decisions or _beside(settings, "decisions"),
        password=password.get_secret_value() if password else None,
    )


def has_decision_log(settings: Settings) -> bool:
    """Is there a decision log, or is one named? It takes up to a second to make one."""
    if settings.decisions:
        return True
    return Path(_beside(settings, "decisions").removeprefix("sqlite:///")).exists()


def rule_book_of(settings: Settings, log: "DecisionLog") -> "RuleBook":
    """The rules that the settings name; each version that comes into force is kept in the log."""
    from decisions.rules.book import RuleBook  # noqa: PLC0415 (the parser takes a while to load)

    def keep(version: str, digest: str, text: str) -> None:
        log.keep_rules(version, digest, text, at=int(time.time()))

    def known(version: str) -> str | None:
        kept = log.rules(version)
        return kept.digest if kept else None

    def last_good() -> str | None:
        last = log.last_good_rules()
        return last.text if last else None

    return RuleBook(settings.rules, settings.rules_shadow, keep=keep, known=known, last_good=last_good)


def _beside(settings: Settings, what: str) -> str:
    """What belongs to one store: it has the store's name, or stands beside the work folder, not in it."""
    if is_embedded(settings):
        return f"{settings.store.removesuffix('.db')}.{what}.db"
    return f"sqlite:///{settings.work_dir.absolute().with_name(f'ringfence.{what}.db')}"


def is_embedded(settings: Settings) -> bool:
    """Is the store a file on this machine, read without a network in between?"""
    return settings.store.startswith("sqlite:")

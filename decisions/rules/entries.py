"""One `[[rule]]` of a file, checked key by key."""

import re
from difflib import get_close_matches
from typing import Any

from decisions.reasons.catalogue import REASONS
from decisions.rules.conditions import Condition, ConditionError, condition_of
from decisions.rules.faults import Fault, quoted
from decisions.rules.judgement import LIMITED, Action, Hit
from decisions.rules.lines import Lines
from decisions.rules.model import ENTITIES, HEAVIEST, Rule

LONGEST_NOTE = 1_000

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NEEDED = ("name", "when", "weight", "action", "reason")
_KEYS = (*_NEEDED, "note", "entities", "enabled")


class Entry:
    """A rule as it stands in a file; what is wrong with it gathers in `faults`."""

    def __init__(self, told: dict[str, Any], number: int, lines: Lines) -> None:
        self.faults: list[Fault] = []
        self._told = told
        self._number = number
        self._lines = lines
        name = told.get("name")
        self._name = name if isinstance(name, str) and _NAME.fullmatch(name) else ""

    def fault(self, what: str, do: str, key: str) -> None:
        """Note what is wrong with one of its keys."""
        self.faults.append(Fault(what, do, self._lines.of(self._number, key), self._name))

    def rule(self) -> Rule | None:
        """The rule; None if anything of it is wrong."""
        for key in self._told.keys() - set(_KEYS):
            self.fault(f"{quoted(key)} is no part of a rule", _near(key, _KEYS), key)
        for key in _NEEDED:
            if key not in self._told:
                self.fault(f"The rule has no {key}", f"Each rule needs {', '.join(_NEEDED)}.", key)
        if "name" in self._told and (not self._name or self._name == LIMITED):
            self.fault(f"A rule cannot be named {quoted(self._told['name'])}", "Use small letters, 0-9 and _.", "name")
        when, hit = self._when(), Hit(self._name, self._reason(), self._weight(), self._action())
        entities, note, enabled = self._entities(), self._note(), self._told.get("enabled", True)
        if type(enabled) is not bool:
            self.fault("enabled is neither true nor false", "Write enabled = false, or leave it out.", "enabled")
        if hit.points == 0 and hit.action is Action.SCORE and not self.faults:
            self.fault("The rule has no effect", "Give it a weight, or action review or reject.", "weight")
        if self.faults or when is None:
            return None
        return Rule(self._name, when, hit, entities, note, enabled, self._lines.of(self._number, ""))

    def _when(self) -> Condition | None:
        text = self._told.get("when", "")
        if not isinstance(text, str) or not text.strip():
            if "when" in self._told:
                self.fault("The condition is no text", "Write such as when = 'fraud_links >= 1'.", "when")
            return None
        try:
            return condition_of(" ".join(text.split()))
        except ConditionError as error:
            self.fault(error.what, error.do, "when")
            return None

    def _weight(self) -> int:
        weight = self._told.get("weight", 0)
        if type(weight) is int and abs(weight) <= HEAVIEST:
            return weight
        self.fault(f"{quoted(weight)} is no weight", f"Give whole points from -{HEAVIEST} to {HEAVIEST}.", "weight")
        return 0

    def _action(self) -> Action:
        action = self._told.get("action", Action.SCORE)
        if isinstance(action, str) and action in set(Action):
            return Action(action)
        self.fault(f"{quoted(action)} is no action", "Write score, review or reject.", "action")
        return Action.SCORE

    def _reason(self) -> str:
        reason = self._told.get("reason", "")
        if isinstance(reason, str) and reason in REASONS:
            return reason
        if "reason" in self._told:
            self.fault(f"{quoted(reason)} is no reason code", _near(str(reason), tuple(REASONS)), "reason")
        return ""

    def _entities(self) -> tuple[str, ...]:
        told = self._told.get("entities", [])
        if isinstance(told, list) and all(isinstance(each, str) and each in ENTITIES for each in told):
            return tuple(dict.fromkeys(told))
        self.fault("entities is no list of parts of an application", f"Known are {', '.join(ENTITIES)}.", "entities")
        return ()

    def _note(self) -> str:
        note = self._told.get("note", "")
        if isinstance(note, str) and len(note) <= LONGEST_NOTE:
            return note
        self.fault(f"The note is no text of at most {LONGEST_NOTE} characters", "Shorten it.", "note")
        return ""


def _near(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word[:100], known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}."

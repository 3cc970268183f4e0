"""From the text of a rule file to rules, or to all of its faults."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from decisions.rules.entries import Entry
from decisions.rules.faults import BrokenRulesError, Fault, quoted
from decisions.rules.lines import Lines
from decisions.rules.model import HEAVIEST, Rule, Thresholds
from decisions.rules.ruleset import Rules

LARGEST = 256 * 1024
MOST_RULES = 200
MOST_WORDS = 500

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_LONGEST_TOLD = 120
_KEYS = {"version", "thresholds", "known", "rule"}
_LISTED = ("purpose", "channel")


def digest_of(text: str) -> str:
    """SHA-256 of the text of a rule file, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_rules(text: str, where: str = "") -> Rules:
    """The rules of a file; raises `BrokenRulesError` with every fault. `where`: the file's name, for errors."""
    if len(text) > LARGEST:
        raise BrokenRulesError(
            [Fault(f"The file has more than {LARGEST // 1024} KiB", "Leave out what is old.")], where
        )
    try:
        said = tomllib.loads(text)
        text.encode()
    except (ValueError, RecursionError) as error:  # UnicodeEncodeError is a ValueError
        raise BrokenRulesError([_no_toml(error)], where) from None
    return _Reading(text, said).rules(where)


def _no_toml(error: Exception) -> Fault:
    found = re.search(r" ?\(at line (\d+), column \d+\)", str(error))
    what = str(error).replace(found[0], "") if found else str(error)
    line = int(found[1]) if found else 0
    shown = "".join(each if each.isprintable() else "?" for each in what[:_LONGEST_TOLD])
    return Fault(f"This is not TOML: {shown}", "Mind quotes, brackets and equals signs.", line)


class _Reading:
    """One text being read; faults gather in `faults`."""

    def __init__(self, text: str, said: dict[str, Any]) -> None:
        self.text = text
        self.said = said
        self.lines = Lines(text)
        self.faults: list[Fault] = []

    def rules(self, where: str) -> Rules:
        for key in self.said.keys() - _KEYS:
            self._fault(f"{quoted(key)} is no part of a rule file", f"Known are {', '.join(sorted(_KEYS))}.", key, key)
        version, thresholds, known = self._version(), self._thresholds(), self._known()
        rules = self._entries()
        if self.faults or thresholds is None:
            raise BrokenRulesError(self.faults, where)
        return Rules(version, digest_of(self.text), self.text, thresholds, known, rules)

    def _fault(self, what: str, do: str, key: str = "", table: str = "") -> None:
        line = self.lines.of(None, key) or self.lines.of(None, f"[{table}]")
        self.faults.append(Fault(what, do, line))

    def _version(self) -> str:
        version = self.said.get("version")
        if isinstance(version, str) and _VERSION.fullmatch(version):
            return version
        self._fault("The file has no usable version", 'Begin with such as version = "2026-11-25".', "version")
        return ""

    def _thresholds(self) -> Thresholds | None:
        told = self.said.get("thresholds")
        advice = "Write [thresholds] with such as review = 30 and reject = 70."
        if not isinstance(told, dict) or told.keys() != {"review", "reject"}:
            self._fault("The file needs thresholds for review and reject, nothing else", advice, table="thresholds")
            return None
        review, reject = told["review"], told["reject"]
        if type(review) is not int or type(reject) is not int or not 0 < review <= reject <= HEAVIEST:
            self._fault("Thresholds are whole numbers from 1 to 100, review no higher than reject", advice, "review")
            return None
        return Thresholds(review, reject)

    def _known(self) -> Mapping[str, frozenset[str]]:
        told = self.said.get("known", {})
        advice = 'Write [known] with such as purpose = ["rent", "travel"] or channel = ["app"].'
        if not isinstance(told, dict) or not told.keys() <= set(_LISTED):
            self._fault("Only words of purpose and channel can be made known", advice, table="known")
            return {}
        for name, words in told.items():
            if not isinstance(words, list) or not 0 < len(words) <= MOST_WORDS or not all(map(_is_word, words)):
                self._fault(f"The known words of {name} are no list of 1 to {MOST_WORDS} texts", advice, name)
                return {}
        return {name: frozenset(word.strip().casefold() for word in words) for name, words in told.items()}

    def _entries(self) -> tuple[Rule, ...]:
        told = self.said.get("rule", [])
        if not isinstance(told, list) or len(told) != len(self.lines.rules):
            self._fault("Rules are not written as tables", "Begin each with a line [[rule]].", "rule")
            return ()
        if not 0 < len(told) <= MOST_RULES:
            self._fault(f"A file has 1 to {MOST_RULES} rules, this one {len(told)}", "Begin each with a line [[rule]].")
            return ()
        rules: dict[str, Rule] = {}
        for number, each in enumerate(told):
            entry = Entry(each, number, self.lines)
            rule = entry.rule()
            self.faults += entry.faults
            if rule is None:
                continue
            if rule.name in rules:
                first = rules[rule.name].line
                entry.fault(f"Line {first} has a rule of this name already", "Give each its own name.", "name")
                self.faults.append(entry.faults[-1])
            rules.setdefault(rule.name, rule)
        return tuple(rules.values())


def _is_word(word: object) -> bool:
    return isinstance(word, str) and 0 < len(word.strip()) <= 100

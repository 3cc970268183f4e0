"""Where in a TOML file each rule and its keys stand. `tomllib` does not say."""

import re
from bisect import bisect_right

_PIECES = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|\#[^\n]*'
    r"|(?P<rule>(?<![^\n])[ \t]*\[\[[ \t]*rule[ \t]*\]\])"
    r"|(?P<table>(?<![^\n])[ \t]*\[[^\n]*)"
    r"|(?<![^\n])[ \t]*(?P<key>[A-Za-z0-9_-]+)[ \t]*=",
    re.DOTALL,
)
"""Strings and comments, so that what only looks like a header inside them is none; headers; keys."""


class Lines:
    """The lines of a text that is TOML. Rules are counted from 0."""

    def __init__(self, text: str) -> None:
        ends = [found.start() for found in re.finditer("\n", text)]
        self.rules: list[int] = []
        self._keys: dict[tuple[int | None, str], int] = {}
        inside: int | None = None
        for piece in _PIECES.finditer(text):
            if piece["rule"]:
                inside = len(self.rules)
                self.rules.append(bisect_right(ends, piece.start("rule")) + 1)
            elif piece["table"]:
                inside = None
                self._keys.setdefault((None, piece["table"].strip()), bisect_right(ends, piece.start("table")) + 1)
            elif piece["key"]:
                self._keys.setdefault((inside, piece["key"]), bisect_right(ends, piece.start("key")) + 1)

    def of(self, rule: int | None, key: str) -> int:
        """The line of a key of a rule, or outside of all rules; that of the rule where the key is not found."""
        return self._keys.get((rule, key)) or (self.rules[rule] if rule is not None else 0)

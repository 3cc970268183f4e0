"""The tokens that a condition may be made of, checked before the library parses it: it computes constants at once."""

import re

from rule_engine import EngineError, Rule

LONGEST = 1_000
MOST_TOKENS = 150
DEEPEST = 15

_NAMES_AND_VALUES = frozenset({"SYMBOL", "FLOAT", "STRING", "TRUE", "FALSE", "ATTR"})
_SIGNS = frozenset({"LPAREN", "RPAREN", "LBRACKET", "RBRACKET", "COMMA", "ADD", "SUB", "MUL", "TDIV"})
_COMPARISONS = frozenset({"AND", "OR", "NOT", "IN", "EQ", "NE", "GT", "GE", "LT", "LE"})
_ALLOWED = _NAMES_AND_VALUES | _SIGNS | _COMPARISONS
_ATTRIBUTES = frozenset({"length", "is_empty"})
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")
_LANGUAGE = "Use names, numbers, texts, lists of them, `and or not in`, comparisons and `+ - * /`."


class Unfit(Exception):  # noqa: N818 (told as a fault, never raised to a user)
    """A condition that is not parsed at all."""

    def __init__(self, what: str, do: str = _LANGUAGE) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


def tokens_of(text: str) -> list[str]:
    """The names in a condition, in order; raises `Unfit`."""
    if len(text) > LONGEST:
        raise Unfit(f"The condition has more than {LONGEST} characters", "Write it as several rules.")
    lexer = Rule.parser._lexer.clone()
    lexer.input(text)
    names: list[str] = []
    before, depth = "", 0
    try:
        for count, token in enumerate(iter(lexer.token, None)):
            depth += (token.type in {"LPAREN", "LBRACKET"}) - (token.type in {"RPAREN", "RBRACKET"})
            if count >= MOST_TOKENS or depth > DEEPEST:
                raise Unfit("The condition is too long or nested too deep", "Write it as several rules.")
            _check(token.type, str(token.value), before)
            if token.type == "SYMBOL" and before != "ATTR":
                names.append(token.value)
            before = token.type
    except EngineError:
        raise Unfit("The condition has a character that means nothing") from None
    return names


def _check(kind: str, text: str, before: str) -> None:
    if kind not in _ALLOWED or text.startswith("$"):
        raise Unfit(f"{text[:20]!r} is no part of the language of rules")
    if before == "ATTR" and text not in _ATTRIBUTES:
        raise Unfit(f"'.{text[:20]}' is no part of the language of rules", "Only .length and .is_empty are.")
    if kind == "FLOAT" and not _NUMBER.fullmatch(text):
        raise Unfit(f"{text[:20]!r} is no plain number", "Write it in at most 15 digits, such as 0.75.")
    if kind == "STRING" and text[0] not in "'\"":
        raise Unfit(f"{text[:20]!r} is no plain text", "Write the text in quotes alone.")
    if (kind == "LPAREN" and before in {"SYMBOL", "RPAREN", "RBRACKET"}) or (
        kind == "LBRACKET" and before in {"SYMBOL", "STRING", "RPAREN", "RBRACKET"}
    ):
        raise Unfit("Functions and places in lists are no part of the language of rules")

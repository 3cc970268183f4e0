"""Conditions of rules: a part of the language of `rule-engine`, with every name and type checked on load.

Left out is everything that could take long or reach outside: powers, shifts, regular expressions, comprehensions,
functions, attributes other than two, values of the library's own. What is left costs at most a few steps a token.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context as DecimalContext
from decimal import DivisionByZero, InvalidOperation, Overflow, localcontext
from difflib import get_close_matches
from typing import Any

from rule_engine import Context, DataType, EngineError, Rule, RuleSyntaxError, SymbolResolutionError
from rule_engine import ast as nodes

from decisions.features import CATALOGUE, NOTHING, Features
from decisions.rules.kinds import Mismatch, mismatches
from decisions.rules.tokens import Unfit, tokens_of

ARITHMETIC = DecimalContext(prec=28, traps=[DivisionByZero, InvalidOperation, Overflow])
"""Numbers are decimal, so that 0.7 is 0.7. A rule that divides by zero fails."""

_TYPES = {float: DataType.FLOAT, str: DataType.STRING, bool: DataType.BOOLEAN, list: DataType.ARRAY(DataType.STRING)}
_KINDS = {float: "a number", str: "a text", bool: "true or false", list: "a list of texts"}
_CONTEXT = Context(
    type_resolver={feature.name: _TYPES[feature.kind] for feature in CATALOGUE}, decimal_context=ARITHMETIC
)
_KIND_OF: Mapping[str, str] = {feature.name: _KINDS[feature.kind] for feature in CATALOGUE}
_FAILURES = (EngineError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class ConditionError(Exception):
    """A condition that cannot be used: `what` is wrong and what to `do`."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


class FailedError(Exception):
    """A condition gave no answer for these features."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition made ready; `names` are the features that it looks at.

    `at_rest`: its answer where nothing is known, None if it fails there.
    """

    text: str
    names: frozenset[str]
    at_rest: bool | None
    expression: Any

    def holds(self, features: Features) -> bool:
        """Under `ARITHMETIC`, which the caller sets for the thread; raises `FailedError` alone."""
        try:
            return bool(self.expression.evaluate(features))
        except _FAILURES:
            raise FailedError from None


def condition_of(text: str) -> Condition:
    """Check a condition and make it ready; raises `ConditionError`."""
    try:
        names = frozenset(tokens_of(text))
        expression = Rule(text, context=_CONTEXT).statement.expression
    except Unfit as error:
        raise ConditionError(error.what, error.do) from None
    except RuleSyntaxError as error:
        raise ConditionError(_syntax(text, error), "Correct the condition.") from None
    except SymbolResolutionError as error:
        raise ConditionError(f"No feature is named {error.symbol_name!r}", _meant(error.symbol_name)) from None
    except RecursionError:
        raise ConditionError("The condition is nested too deep", "Write it as several rules.") from None
    except _FAILURES:
        raise ConditionError("Values of different kinds are compared or computed with", _told(text)) from None
    try:
        mismatches(expression)
    except Mismatch as error:
        raise ConditionError(error.what, error.do or _told(text)) from None
    return Condition(text, names, _at_rest(expression), expression)


def _at_rest(expression: nodes.ExpressionBase) -> bool | None:
    try:
        with localcontext(ARITHMETIC):
            return bool(expression.evaluate(NOTHING))
    except _FAILURES:
        return None


def _syntax(text: str, error: RuleSyntaxError) -> str:
    at = getattr(error.token, "lexpos", None)
    if at is None:
        return "The condition ends too early"
    return f"The condition makes no sense from character {at + 1} on: {text[at : at + 20]!r}"


def _meant(name: str) -> str:
    near = get_close_matches(name, _KIND_OF, n=1)
    return f"Did you mean {near[0]!r}?" if near else "`ringfence rules features` lists all names."


def _told(text: str) -> str:
    """What kind each feature in the condition is."""
    names = dict.fromkeys(tokens_of(text))
    return f"{'; '.join(f'{name} is {_KIND_OF[name]}' for name in names)}." if names else "Compare features."

"""Types of a parsed condition, where the library lets values of different types be compared (they are never equal)."""

from typing import Any

from rule_engine import DataType
from rule_engine import ast as nodes

from decisions.rules.faults import quoted
from decisions.rules.words import words_of

_NUMBERS = (nodes.AddExpression, nodes.SubtractExpression, nodes.ArithmeticExpression)


class Mismatch(Exception):  # noqa: N818 (told as a fault, never raised to a user)
    """Two things in a condition do not go together; `do` may be empty."""

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.do = do


def mismatches(expression: Any) -> None:  # noqa: ANN401 (the library has no types)
    """Raise `Mismatch` unless the whole condition is true or false and everything in it is of a type that fits."""
    _expect(expression, DataType.BOOLEAN, "The condition is not true or false by itself")
    if not _has_names(expression):
        raise Mismatch("The condition says the same of every application", "Name a feature in it.")
    _walk(expression)


def _walk(node: Any) -> None:  # noqa: ANN401, C901 (one branch a kind of node)
    match node:
        case nodes.LogicExpression():
            _both(node, DataType.BOOLEAN, f"`{node.type}` joins only what is true or false")
        case nodes.UnaryExpression():
            wanted = DataType.BOOLEAN if node.type == "not" else DataType.FLOAT
            _expect(node.right, wanted, f"`{'not' if node.type == 'not' else '-'}` stands before something else")
            _walk(node.right)
        case nodes.ArithmeticComparisonExpression():
            _both(node, DataType.FLOAT, "Only numbers are more or less than another")
        case nodes.ComparisonExpression():
            if not node.left.result_type.is_scalar:
                raise Mismatch("A list is compared as a whole", "Ask whether something is `in` it.")
            _both(node, node.left.result_type, "Two kinds of values are compared, which are never the same")
            _known_words(node.left, [node.right])
            _known_words(node.right, [node.left])
        case nodes.ContainsExpression():
            _walk_contains(node)
        case _ if isinstance(node, _NUMBERS):
            _both(node, DataType.FLOAT, "Only numbers are computed with")
        case nodes.GetAttributeExpression():
            if not isinstance(node.object, nodes.SymbolExpression) or node.object.result_type.is_scalar:
                raise Mismatch("Only a list has a `.length`", "Write `missing.length`.")
        case nodes.SymbolExpression() | nodes.BooleanExpression() | nodes.FloatExpression() | nodes.StringExpression():
            pass
        case _:
            raise Mismatch("The condition has a list where none can be")


def _walk_contains(node: Any) -> None:  # noqa: ANN401 (the library has no types)
    container = node.container
    if isinstance(container, nodes.ArrayExpression):
        if not container.value or not all(isinstance(each, nodes.LiteralExpressionBase) for each in container.value):
            raise Mismatch("A list in a condition holds numbers or texts alone", "Write such as ['shop', 'staff'].")
        for each in container.value:
            _expect(each, node.member.result_type, "The list holds values of another kind than what is looked for")
        _known_words(node.member, container.value)
    elif isinstance(container, nodes.SymbolExpression) and not container.result_type.is_scalar:
        _expect(node.member, DataType.STRING, "The list holds texts")
    else:
        raise Mismatch("Something is looked for in what is no list", "Write a list such as ['shop', 'staff'].")
    _walk(node.member)


def _both(node: Any, wanted: Any, what: str) -> None:  # noqa: ANN401 (the library has no types)
    for side in (node.left, node.right):
        _expect(side, wanted, what)
        _walk(side)


def _expect(node: Any, wanted: Any, what: str) -> None:  # noqa: ANN401 (the library has no types)
    if node.result_type != wanted:
        raise Mismatch(what)


def _known_words(symbol: Any, literals: Any) -> None:  # noqa: ANN401 (the library has no types)
    known = words_of(symbol.name) if isinstance(symbol, nodes.SymbolExpression) else None
    for each in literals:
        if known and isinstance(each, nodes.StringExpression) and each.value not in known:
            words = ", ".join(sorted(filter(None, known)))
            raise Mismatch(f"{symbol.name} is never {quoted(each.value)}", f"It is empty or one of {words}.")


def _has_names(node: Any) -> bool:  # noqa: ANN401 (the library has no types)
    if isinstance(node, nodes.SymbolExpression):
        return True
    below = (getattr(node, name, None) for name in ("left", "right", "member", "container", "object"))
    return any(_has_names(each) for each in below if isinstance(each, nodes.ExpressionBase))

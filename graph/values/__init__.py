"""Value types: each normalises, validates and masks one kind of value in the lender's tables."""

from graph.values.address import AddressType, EmployerType
from graph.values.base import Normalised, One, ValueType
from graph.values.ip import IpType
from graph.values.mac import BssidType, MacType
from graph.values.money import MoneyType
from graph.values.number import CountType
from graph.values.phone import PhoneType
from graph.values.text import ChoiceType, NameType, TextType
from graph.values.timestamp import TimestampType
from graph.values.token import KeyType, TokenType

__all__ = [
    "AddressType",
    "BssidType",
    "ChoiceType",
    "CountType",
    "EmployerType",
    "IpType",
    "KeyType",
    "MacType",
    "MoneyType",
    "NameType",
    "Normalised",
    "One",
    "PhoneType",
    "TextType",
    "TimestampType",
    "TokenType",
    "ValueType",
]

"""Ask a Ringfence server: `Ringfence` waits for answers, `AsyncRingfence` is for coroutines.

with Ringfence("https://ringfence.example.com", key) as ringfence:
    outcome = ringfence.decide(application).outcome
"""

from ringfence_client.answers import Change, Language, RingOrder
from ringfence_client.application import Application, Card, Contact, Device, Ip, Person, Wifi
from ringfence_client.concurrent import AsyncRingfence
from ringfence_client.decided import Appeal, AppealState, Decision, Family, Outcome
from ringfence_client.errors import (
    ConflictError,
    InvalidError,
    KeyRefusedError,
    NoAnswerError,
    NoConnectionError,
    NotFoundError,
    ProblemError,
    RingfenceError,
    TooManyError,
    UnavailableError,
    UnexpectedAnswerError,
)
from ringfence_client.waiting import Ringfence

__all__ = [
    "Appeal",
    "AppealState",
    "Application",
    "AsyncRingfence",
    "Card",
    "Change",
    "ConflictError",
    "Contact",
    "Decision",
    "Device",
    "Family",
    "InvalidError",
    "Ip",
    "KeyRefusedError",
    "Language",
    "NoAnswerError",
    "NoConnectionError",
    "NotFoundError",
    "Outcome",
    "Person",
    "ProblemError",
    "RingOrder",
    "Ringfence",
    "RingfenceError",
    "TooManyError",
    "UnavailableError",
    "UnexpectedAnswerError",
    "Wifi",
]

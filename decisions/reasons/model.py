"""What a reason is."""

from dataclasses import dataclass
from enum import StrEnum

from graph.language import Saying


class Family(StrEnum):
    """What a reason is about, broadly. `SYSTEM`: no fact of the application, but the state of what judges it."""

    SCORE = "score_too_low"
    FRAUD = "fraud_rule"
    PURPOSE = "purpose_mismatch"
    DATA = "inconsistent_data"
    SYSTEM = "system"


OWN_FIGURES = frozenset(
    {
        "applicant_applications_1d",
        "applicant_applications_7d",
        "applicant_devices_30d",
        "applicant_phones_30d",
        "applicant_ids_30d",
    }
)
"""The only features that a customer is told: what he himself did. Every other figure may count other people."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason code, in the words for each of those who ask.

    `analyst` may name every feature; `customer` those of `OWN_FIGURES`; `regulator` nothing: it says which data was
    compared with what, and `decisions.reasons.telling` adds the rule, its version and its weight.
    """

    code: str
    family: Family
    analyst: Saying
    customer: Saying
    regulator: Saying

"""Every reason, by its code."""

from decisions.reasons.data import DATA_REASONS
from decisions.reasons.fraud import FRAUD_REASONS
from decisions.reasons.model import Reason
from decisions.reasons.system import SYSTEM_REASONS
from decisions.reasons.velocity import VELOCITY_REASONS

REASONS: dict[str, Reason] = {
    reason.code: reason for reason in (*FRAUD_REASONS, *VELOCITY_REASONS, *DATA_REASONS, *SYSTEM_REASONS)
}

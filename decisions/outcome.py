"""What is answered."""

from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of an application, the mildest first."""

    APPROVE = "approve"
    REVIEW = "review"
    REJECT = "reject"

    @property
    def severity(self) -> int:
        """0 for the mildest."""
        return list(Outcome).index(self)

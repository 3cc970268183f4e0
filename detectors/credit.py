"""Credit: how far a kind of finding is believed, by what labels and the blacklist say of those whom it has found.

Market traders pass money on all day, and look like mules to every detector that does not know them. Where a kind of
finding meets no more known fraud than its people would meet anyway, its word counts less.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from detectors.calibration import BASE_RATE
from detectors.contract import Finding
from detectors.taint import KNOWN, Known
from graph.projection import Mask

TRUST = 20.0
"""Members whom a kind of finding is given on trust, as if all were fraudsters, before anything is known of them."""


def credit(findings: Sequence[Finding], said: Known, people: Mask) -> Mapping[str, float]:
    """By code of a finding the share (0 to 1) of its members who are likely fraudsters.

    Known fraud among the members is set beside the share of all fraudsters who are known, if `BASE_RATE` are ones.
    """
    known = (said.level > KNOWN) & ~said.cleared
    seen = min(np.count_nonzero(known & people) / (BASE_RATE * max(np.count_nonzero(people), 1)), 1)
    members: dict[str, list[np.ndarray]] = {}
    for finding in findings:
        members.setdefault(finding.code, []).append(finding.members)
    return {code: _believed(known[np.unique(np.concatenate(found))], seen) for code, found in members.items()}


def _believed(known: Mask, seen: float) -> float:
    """What share are likely fraudsters, of these members of whom so many are known, as so many of all fraudsters are."""
    return min((np.count_nonzero(known) + TRUST * seen) / max((len(known) + TRUST) * seen, 1e-9), 1.0) if seen else 1.0

"""Circles around known fraud: those whom firm links tie to somebody who is labelled as fraud or blacklisted."""

from collections.abc import Iterator

import numpy as np

from detectors.common_ground import as_evidence, common_ground
from detectors.contract import Context, Finding
from detectors.grouping import by_group, components
from detectors.links import Links
from detectors.taint import known
from detectors.trimming import trimmed
from graph.projection import Index, Mask

FIRM = 4.0
"""Nats: beside known fraud one firm link is enough, where strangers need two pieces of evidence."""

STEPS = 2
SMALLEST, LARGEST = 3, 40
FEWEST_HOMES = 3
EVIDENCE = 50
CODE = "known_circle"


class Circles:
    """People of three homes or more whom firm links tie to known fraud, at most two links away from it."""

    name = "circles"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each such circle of 3 to 40 people."""
        involved = known(context).involved
        near = _near(context.links, involved)
        group, member = trimmed(near, *components(near.low, near.high))
        ground = common_ground(context, group, member)
        evidence = as_evidence(context, ground, EVIDENCE)
        for number, members in by_group(group, member):
            homes = len(np.unique(context.roof[members]))
            if SMALLEST <= len(members) <= LARGEST and homes >= FEWEST_HOMES and number in evidence:
                yield Finding(self.name, CODE, members, _score(involved, members), evidence[number])


def _near(links: Links, involved: Mask) -> Links:
    """Firm links among people at most so many steps from known fraud."""
    firm = links.weight >= FIRM
    low, high, weight = links.low[firm], links.high[firm], links.weight[firm]
    reached = involved.copy()
    for _ in range(STEPS):
        ends = reached[low] | reached[high]
        reached[low[ends]] = reached[high[ends]] = True
    keep = reached[low] & reached[high]
    return Links(low[keep], high[keep], weight[keep])


def _score(involved: Mask, members: Index) -> float:
    """By how many are known, and how large a share of the circle they are."""
    count = int(involved[members].sum())
    return round((1 - 0.6**count) * (0.5 + 0.5 * min(2 * count / len(members), 1)), 6)

"""The graph that is peeled: homes on one side, on the other what is somebody's own and yet joins several of them.

What sharing an identifier is worth falls with the number of homes it joins, and what has an honest explanation (one
home, a hub, a phone sold on, neighbours and colleagues) is worth little and is left out. So whoever adds shops, WiFi
and contacts of everybody to his data adds no edge that counts, and takes none away.
"""

from dataclasses import dataclass

import numpy as np

from detectors.contract import Context
from detectors.grouping import ranges
from detectors.profiles import PIECE
from detectors.sharing import SOURCES, Family
from graph.projection import Index, Ints, Mask

OWN = frozenset({Family.DEVICE, Family.CARD, Family.IDENTITY, Family.CONTACT})
"""What is somebody's own. Places are where many honest people meet; friends and payees they have in common."""

_OWN = np.array([source.family in OWN for source in SOURCES])


@dataclass(frozen=True, slots=True)
class Bipartite:
    """Homes of groups and what they use; arrays of equal length, each use of a home in a group once.

    `group`: as given; `home` and `identifier`: numbers that differ from group to group; `shared`: the identifier as in
    the sharing table; `source`: that of the identifier.
    """

    group: Index
    home: Ints
    identifier: Ints
    shared: Index
    source: Index

    def where(self, keep: Mask) -> "Bipartite":
        """Only these uses."""
        return Bipartite(self.group[keep], self.home[keep], self.identifier[keep], self.shared[keep], self.source[keep])


def bipartite(context: Context, group: Index, member: Index) -> Bipartite:
    """What the members of groups use that is worth a piece of evidence; who is in two groups counts in both."""
    sharing, roof = context.sharing, context.roof
    useful = _OWN[sharing.source] & (context.profiles.worth >= PIECE)
    row = np.flatnonzero(useful[sharing.identifier] & np.isin(sharing.applicant, member))
    row = row[np.argsort(sharing.applicant[row], kind="stable")]
    begin, end = (np.searchsorted(sharing.applicant[row], member, side=side) for side in ("left", "right"))
    uses = end - begin
    own, applicant = np.repeat(group, uses), np.repeat(member, uses)
    identifier = sharing.identifier[row[ranges(begin, uses)]]
    columns = np.stack([own, roof[applicant], identifier])
    own, home, identifier = np.unique(columns, axis=1)
    return Bipartite(own, _numbered(own, home), _numbered(own, identifier), identifier, sharing.source[identifier])


def _numbered(group: Index, value: Index) -> Ints:
    """A number for each value in each group, from 0 on."""
    return np.asarray(np.unique(group.astype(np.int64) << 32 | value, return_inverse=True)[1], np.int64)

"""Whether the users of an identifier came at any time, as the honest do, or in one campaign, as a ring does.

A family's card, a foreman's number and the phone of a village's head gather users as long as there are customers. A
ring gets its things, uses them and leaves them, within weeks or a few months.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from detectors.sharing import DAY, SOURCES, Sharing
from graph.projection import Ints, Mask

Floats = npt.NDArray[np.float64]

SHORTEST = 7
"""Days: no campaign is taken to be shorter, and how much faster people came tells nothing more."""

STRAGGLERS = 5
"""One user of so many may have come at another time."""


def campaign(sharing: Sharing, asked: Mask) -> Floats:
    """Nats by which the arrivals of each identifier's users speak for a campaign, below 0 for people of any time; 0 for
    what is not asked.

    Time is counted in arrivals at identifiers of the source, so that a growing business or a sale is no campaign. Of n
    who come at any time, k follow each other within the share s of it, in one of n - k + 1 places, with the density of
    Beta(k - 1, n - k + 2) (order statistics). A campaign is as likely of one length as of another, in orders of
    magnitude.
    """
    told = np.zeros(len(asked), np.float64)
    if not asked.any():
        return told
    days = (sharing.first - sharing.first.min()) // DAY
    length = int(days.max()) + 1
    if length <= 2 * SHORTEST:
        return told
    shortest = SHORTEST / length
    users = sharing.users[asked]
    span = np.clip(_shares(sharing, asked, days), shortest, 1 - shortest)
    inner, outer, ways = (table[users] for table in _order_statistics(int(users.max())))
    any_time = ways + (inner - 1) * np.log(span) + (outer - 1) * np.log1p(-span)
    told[asked] = -np.log(span * -np.log(shortest)) - any_time
    return told


def _order_statistics(most: int) -> tuple[Floats, Floats, Floats]:
    """By number of users, up to so many: both parameters of the Beta density, and the logarithm of its constant."""
    users = np.arange(most + 1, dtype=np.float64)
    left = np.floor(users / STRAGGLERS)
    inner, outer = np.maximum(users - left - 1, 1), left + 2
    constant = np.log(left + 1) + gammaln(inner + outer) - gammaln(inner) - gammaln(outer)
    return np.asarray(inner, np.float64), np.asarray(outer, np.float64), np.asarray(constant, np.float64)


def _shares(sharing: Sharing, asked: Mask, days: Ints) -> Floats:
    """Of each identifier asked the least share of all arrivals at its source in which all users but stragglers came."""
    passed = _passed(sharing, days)
    row = np.flatnonzero(asked[sharing.identifier])
    users = sharing.users[asked]
    start, number = np.cumsum(users) - users, np.repeat(np.arange(len(users)), users)
    place = np.sort(number * passed.shape[1] + days[row])
    day = place - number * passed.shape[1]
    last = np.arange(len(row)) + (users - users // STRAGGLERS - 1)[number]
    within = np.flatnonzero(last < (start + users)[number])
    source = sharing.source[asked][number[within]]
    share = np.ones(len(row), np.float64)
    share[within] = passed[source, day[last[within]] + 1] - passed[source, day[within]]
    return np.asarray(np.minimum.reduceat(share, start))


def _passed(sharing: Sharing, days: Ints) -> Floats:
    """By source and day the share of all arrivals that were before that day."""
    length = int(days.max()) + 1
    came = np.bincount(sharing.source[sharing.identifier] * length + days, minlength=len(SOURCES) * length)
    passed = np.zeros((len(SOURCES), length + 1), np.float64)
    np.cumsum(came.reshape(len(SOURCES), length), axis=1, out=passed[:, 1:])
    return passed / np.maximum(passed[:, -1:], 1)

"""Bank cards: everybody's own, and those that families share."""

from dataclasses import dataclass

import numpy as np

from ingest.world.knobs import Knobs
from ingest.world.people import People, housemates, in_families
from ingest.world.randomness import first_of_each, number_of, stream
from ingest.world.seen import Seen, used


@dataclass(slots=True)
class Cards:
    """`own`: everybody's own cards, by person. `others`: cards of somebody else. `first` is when a card was bound."""

    own: Seen
    others: Seen
    count: int


def bind(knobs: Knobs, people: People) -> Cards:
    """Give everybody cards; in some families a second person binds the first one's."""
    rng = stream(knobs.seed, "cards")
    who = np.repeat(np.arange(len(people)), number_of(rng, knobs.cards, len(people)))
    own = used(rng, people, who, np.arange(len(who)))
    own.first[first_of_each(who)] = people.created
    relatives = in_families(people)
    relatives = relatives[rng.random(len(relatives)) < knobs.family_card]
    main = own.what[first_of_each(who)]
    others = used(rng, people, relatives, main[housemates(rng, people, relatives)])
    return Cards(own, others, len(who))

"""The catalogue of features: every name that a rule may use, with its type and meaning.

Values are plain Python (`float`, `str`, `bool`, `list[str]`); every feature always has a value: nothing known is 0,
"" or false, and what could not be found out stands in `missing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Value = float | str | bool | list[str]
Features = Mapping[str, Value]

SOURCES = ("device", "wifi", "ip", "phone", "card", "id", "contact")
"""What an application may share with others; `id` is the national id, `contact` a phone that it lists."""

WINDOWS = MappingProxyType({"1h": 3_600, "1d": 86_400, "7d": 7 * 86_400, "30d": 30 * 86_400})
"""Seconds back from the application, by the name that features have."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A name that rules may use; `kind` is `float`, `str`, `bool` or `list`."""

    name: str
    kind: type
    doc: str


def _of_sources() -> list[Feature]:
    found = []
    for source in SOURCES:
        found += [
            Feature(f"{source}_hub", str, f"What kind of hub the {source} is; empty if nobody shares it"),
            Feature(
                f"{source}_users", float, f"Applicants seen with the {source}, this one included; 61: more than 60"
            ),
            Feature(f"{source}_new_hub", bool, f"The {source} became busy after the last run"),
            Feature(f"{source}_blacklisted", bool, f"The {source} is on a blacklist"),
        ]
    return found


def _velocity() -> list[Feature]:
    return [
        Feature(
            f"{source}_{what}_{window}", float, f"{what.capitalize()} by this {source} in {window}, this one included"
        )
        for source in (*SOURCES, "applicant")
        for what in ("applications", "applicants")
        for window in WINDOWS
        if (source, what) != ("applicant", "applicants")
    ]


CATALOGUE: tuple[Feature, ...] = (
    Feature("amount", float, "What is asked for, in the lender's currency"),
    Feature("term_days", float, "For how long"),
    Feature("purpose", str, "What for"),
    Feature("channel", str, "Through which channel"),
    Feature("hour", float, "Hour of the day, 0 to 23, UTC"),
    Feature("applicant_known", bool, "The applicant was in the graph before"),
    Feature("applicant_score", float, "Score of the applicant in the last run, 0 to 1"),
    Feature("applicant_fraud", bool, "The applicant is labelled, judged or listed as fraud"),
    Feature("applicant_cleared", bool, "The applicant was judged not to be a fraudster"),
    Feature("ring_score", float, "Score of the ring that the applicant is in; 0 if in none"),
    Feature("ring_size", float, "Its number of members"),
    Feature("links", float, "Applicants linked to this one by two pieces of evidence or a very strong one"),
    Feature("link_weight", float, "Weight of the strongest link, in nats"),
    Feature("fraud_links", float, "Linked applicants who are known fraud"),
    Feature("fraud_links_90d", float, "Those of them who became known within 90 days"),
    Feature("fraud_2hops", float, "Known fraud within two links, direct ones included"),
    Feature("fraud_2hops_90d", float, "Those of them who became known within 90 days"),
    Feature("joins_ring_score", float, "Score of the ring that the links would make it join; 0 if none"),
    Feature("joins_ring_size", float, "Its number of members"),
    Feature(
        "forms_ring_size", float, "Members of the new ring that it would form with links of no ring; 0 if fewer than 3"
    ),
    Feature("shared_worth", float, "What everything shared is worth together, in nats"),
    Feature("applicant_devices_30d", float, "Devices of the applicant in 30 days, this one included"),
    Feature("applicant_phones_30d", float, "Phones of the applicant in 30 days, this one included"),
    Feature("applicant_ids_30d", float, "National ids of the applicant in 30 days, this one included"),
    Feature("applicant_cards_30d", float, "Cards of the applicant in 30 days, this one included"),
    Feature("id_of_others", float, "Other applicants with this national id"),
    Feature("phone_of_others", float, "Other applicants with this phone as their own"),
    Feature("id_differs", bool, "The applicant showed another national id before"),
    Feature("name_differs", bool, "The applicant had another name before"),
    Feature("device_differs", bool, "The device was of another model or system before"),
    Feature("own_phone_listed", bool, "The applicant's own phone is among the contacts"),
    Feature("purpose_differs_30d", bool, "The applicant gave another purpose within 30 days"),
    Feature("run_age_hours", float, "How old the last run's result is"),
    Feature("missing", list, "Parts that could not be found out, such as `device`, `graph` or `run`"),
    *_of_sources(),
    *_velocity(),
)

_EMPTY: Mapping[type, Value] = {float: 0.0, str: "", bool: False, list: []}
NOTHING: Features = MappingProxyType({each.name: _EMPTY[each.kind] for each in CATALOGUE})
"""The features of an application of which nothing is known."""

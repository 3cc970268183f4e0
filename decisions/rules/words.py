"""The words that conditions may compare features of fixed words with."""

HUB_KINDS = frozenset(
    {
        "",
        "ordinary",
        "household",
        "second_hand",
        "shop",
        "office",
        "dormitory",
        "public",
        "carrier_nat",
        "placeholder",
        "suspicious",
        "campus",
        "staff",
        "merchant",
    }
)
"""What `device_hub` and its like may be; empty if nobody shares the identifier."""


def words_of(feature: str) -> frozenset[str] | None:
    """All words that a feature may have; None if any text may come."""
    return HUB_KINDS if feature.endswith("_hub") and not feature.endswith("_new_hub") else None

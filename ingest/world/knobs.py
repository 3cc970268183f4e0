"""Every knob of the sample world, with its default. `docs/world.md` names the source of each."""

from dataclasses import dataclass
from enum import StrEnum


class DifficultyChoice(StrEnum):
    """How hard the world's rings are to find."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a ring of this difficulty shares, and how often.

    `sizes`: members, drawn log-uniformly. `window_days`: the members join within so many days.
    `group`: how many members share one device, card, phone or id.
    `place`: how many share one WiFi, IP or contact phone.
    `coverage`: chance that a member of the group takes part in what the group shares.
    `second`: chance that a ring has its kind's last strand of evidence at all.
    `tie`: chance that a member lists the next member's phone as a contact.
    `neighbours`: half the number of others with whom a member of a patient ring shares something.
    `rounds`: how often money goes round a cycle. `pause_days`: how long it rests at most with each member.
    """

    name: str
    sizes: tuple[int, int]
    window_days: int
    group: tuple[int, int]
    place: tuple[int, int]
    coverage: float
    second: float
    tie: float
    neighbours: int
    rounds: int
    pause_days: int


EASY = Difficulty("easy", (8, 80), 14, (5, 10), (20, 80), 0.95, 1.0, 0.4, 3, 2, 1)
MEDIUM = Difficulty("medium", (5, 40), 45, (3, 6), (6, 15), 0.9, 0.7, 0.25, 2, 1, 2)
HARD = Difficulty("hard", (3, 20), 100, (2, 4), (3, 6), 0.8, 0.4, 0.15, 1, 1, 4)

MIXES: dict[DifficultyChoice, tuple[tuple[Difficulty, float], ...]] = {
    DifficultyChoice.EASY: ((EASY, 1.0),),
    DifficultyChoice.MEDIUM: ((MEDIUM, 1.0),),
    DifficultyChoice.HARD: ((HARD, 1.0),),
    DifficultyChoice.MIXED: ((EASY, 0.3), (MEDIUM, 0.4), (HARD, 0.3)),
}
"""The share of rings of each difficulty."""


@dataclass(frozen=True, slots=True)
class Knobs:
    """The sample world in numbers. Shares are of applicants unless said otherwise."""

    applicants: int = 20_000
    seed: int = 1
    difficulty: DifficultyChoice = DifficultyChoice.MIXED
    days: int = 180
    start: int = 1_767_225_600
    """Unix time of the first day's midnight, UTC (2026-01-01)."""
    mean_active_days: float = 60.0
    """How long a person is seen after the first application, on average."""

    fraud_share: float = 0.01
    lone_fraud_share: float = 0.05
    """Of fraudsters: those in no ring."""

    devices: tuple[float, ...] = (0.62, 0.24, 0.09, 0.03, 0.02)
    """Chance of 1, 2, 3... devices of one's own."""
    cards: tuple[float, ...] = (0.65, 0.25, 0.10)
    contacts: tuple[float, ...] = (0.30, 0.35, 0.20, 0.10, 0.05)
    borrowed_phone: float = 0.025
    second_hand_phone: float = 0.03
    recycled_number: float = 0.004
    family_device: float = 0.04
    family_card: float = 0.11
    shop_tablet: float = 0.05
    applicants_per_tablet: int = 100
    staff_device: float = 0.004
    applicants_per_staff_device: int = 60

    household_sizes: tuple[float, ...] = (0.46, 0.24, 0.16, 0.09, 0.04, 0.01)
    """Chance that 1, 2, 3... people of one home are the lender's applicants."""
    same_surname: float = 0.7
    """Of people in a household: those who bear its surname."""
    dormitory: float = 0.05
    dormitory_sizes: tuple[int, int] = (60, 400)
    dormitories_per_campus: int = 3
    employed: float = 0.65
    employer_exponent: float = 2.0
    """Exponent of the power law of employers' sizes."""
    largest_employer: int = 2_000
    employees_per_access_point: int = 60

    home_wifi: float = 0.85
    """Of homes."""
    home_wifi_use: float = 0.9
    """Of people in a home with WiFi; the same holds for its IP address."""
    office_network_use: float = 0.4
    cafe_visit: float = 0.18
    people_per_cafe: int = 400
    mobile_network: float = 0.7
    people_per_carrier_address: int = 2_500
    unroutable_address: float = 0.05
    """People for whom the raw data has a private, carrier-internal or zero address as well."""
    new_home_address: float = 0.12
    """Homes whose IP address changes once."""

    salary: float = 0.35
    """Of the employed: those whose salary is seen."""
    people_per_payer: int = 10_000
    merchant_payments: float = 0.9
    people_per_merchant: int = 250
    friend_transfers: float = 0.8
    family_transfers: float = 0.3
    transfer_returned: float = 0.35
    """Of transfers to friends and family: those followed by one in the other direction."""
    savings_circle: float = 0.01
    savings_circle_sizes: tuple[int, int] = (4, 9)
    friend_distance: float = 150.0
    """Friends live this many people apart on average: the world is a row of neighbours."""
    more_applications: float = 0.4
    """Mean number of applications after the first."""

    constant_mac: float = 0.33
    """Of devices: MAC address hidden behind the constant 02:00:00:00:00:00."""
    random_mac: float = 0.2
    placeholder_contact: float = 0.01
    """Of contacts."""
    placeholder_phone: float = 0.004
    placeholder_fingerprint: float = 0.002
    """Of observed devices."""
    missing_address: float = 0.06
    duplicate_rows: float = 0.002
    """Of the rows of every table."""
    bare_references: float = 0.001
    """Of the rows of entity tables: left out, though other tables name them."""
    messy_values: float = 0.15
    """Of phones, MACs and addresses: written in another form."""

    labelled_fraud: float = 0.3
    """Of fraudsters of the past (known for `label_delay_days` at the end)."""
    labelled_legit: float = 0.02
    wrong_labels: float = 0.01
    """Of labels of legit applicants: those that say fraud."""
    label_delay_days: tuple[int, int] = (20, 75)
    blacklisted_fraud: float = 0.08
    """Of fraudsters of the past: those of whom one identifier is listed."""
    false_blacklist: float = 0.0005
    """Of honest applicants: those of whom one identifier is listed."""

    @property
    def end(self) -> int:
        """Seconds from the start to the end of the world."""
        return self.days * DAY


DAY = 86_400

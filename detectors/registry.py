"""Every detector, in one explicit list. A new one is a file, a test and a line here."""

from detectors.circles import Circles
from detectors.contract import Detector
from detectors.groups import Groups
from detectors.money.cycles import Cycles
from detectors.money.fans import Fans
from detectors.money.layering import Layering
from detectors.money.mutual import Mutual
from detectors.money.pass_through import PassThrough
from detectors.money.structuring import Structuring

DETECTORS: tuple[Detector, ...] = (
    Groups(),
    Circles(),
    Cycles(),
    Mutual(),
    PassThrough(),
    Layering(),
    Fans(),
    Structuring(),
)

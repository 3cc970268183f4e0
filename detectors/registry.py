"""Every detector, in one explicit list. A new one is a file, a test and a line here."""

from detectors.circles import Circles
from detectors.contract import Detector
from detectors.groups import Groups
from detectors.money.cycles import Cycles
from detectors.money.mules import Mules
from detectors.money.mutual import Mutual

DETECTORS: tuple[Detector, ...] = (Groups(), Circles(), Cycles(), Mutual(), Mules())

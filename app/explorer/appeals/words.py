"""How appeals are told: states, outcomes, time limits, and what is shared, by kind of hub."""

from app.explorer.frame.language import said
from app.explorer.wording import name_of
from app.explorer.work.words import time_limit
from app.plain_text import printable
from app.sources import LABELS
from cases.appeal_model import WAITING, Appeal, AppealState, Entity
from cases.appeal_queue import SUSPICIOUS
from graph.language import Saying

STATES = {
    AppealState.OPEN: Saying("Open", "待处理"),
    AppealState.TAKEN: Saying("Being looked at", "复核中"),
    AppealState.UPHELD: Saying("Upheld", "维持原决定"),
    AppealState.OVERTURNED: Saying("Overturned", "撤销原决定"),
    AppealState.WITHDRAWN: Saying("Overturn taken back", "撤销已收回"),
}
OUTCOMES = {
    "approve": Saying("Approved", "通过"),
    "reject": Saying("Rejected", "拒绝"),
    "review": Saying("Sent to review", "转人工审核"),
}
_CONTACT = Saying("contact", "联系人电话")
_HUBS = {
    "ordinary": Saying("{thing} of a few people", "少数人共用的{thing}"),
    "household": Saying("household {thing}", "家庭{thing}"),
    "second_hand": Saying("second-hand {thing}", "二手{thing}"),
    "shop": Saying("shop {thing}", "门店{thing}"),
    "office": Saying("office {thing}", "单位{thing}"),
    "dormitory": Saying("dormitory {thing}", "宿舍{thing}"),
    "campus": Saying("campus {thing}", "校园{thing}"),
    "staff": Saying("clerk's {thing}", "业务员{thing}"),
    "merchant": Saying("merchant's {thing}", "商户{thing}"),
    "public": Saying("public {thing}", "公共场所{thing}"),
    "carrier_nat": Saying("carrier {thing}", "运营商{thing}"),
    "placeholder": Saying("placeholder {thing}", "占位{thing}"),
    SUSPICIOUS: Saying("suspicious {thing}", "可疑{thing}"),
}
_ANY = Saying("{thing}", "{thing}")
_ACRONYM = 2


def age(appeal: Appeal, now: int) -> str:
    """How old an appeal that waits is, against its time limit."""
    return time_limit(appeal.at, appeal.due_at, now) if appeal.state in WAITING else ""


def hub_words(entity: Entity) -> str:
    """What an application came with, by what kind of hub it is: campus WiFi."""
    kind = said(_CONTACT) if entity.kind == "contact" else name_of(LABELS.get(entity.kind, entity.kind))
    inside = kind if kind[:_ACRONYM].isupper() or kind == "WiFi" else kind[:1].lower() + kind[1:]
    return printable(said(_HUBS.get(entity.hub, _ANY), thing=inside))

"""Evidence in words: who did what when, and how an identifier is used. Worded here and nowhere else.

Ids and keys are said as they stand in the evidence: mask it first.
"""

from collections.abc import Sequence
from contextlib import suppress

from detectors.sentences import SHARED
from graph.language import Figures, Language, Saying
from graph.results import Evidence

HUBS: dict[str, Saying] = {
    "ordinary": Saying("A few people share it.", "少数人共用。"),
    "household": Saying("All its users live under one roof.", "使用者都住在同一住处。"),
    "second_hand": Saying(
        "Its users follow one another and never overlap: it was sold or handed on.",
        "使用者先后接手、从不重叠：已转卖或转赠。",
    ),
    "shop": Saying(
        "People used it once each over a long time: a shop's device.",
        "长期以来每人只用过一次：门店的设备。",
    ),
    "office": Saying("Most of its users work at one place.", "多数使用者在同一单位工作。"),
    "dormitory": Saying(
        "Its users live at one address of more people than a family.", "使用者住在同一地址，人数超过一个家庭。"
    ),
    "campus": Saying(
        "Most of its users live in dormitories or blocks of flats: a campus.", "多数使用者住在宿舍或公寓楼：校园。"
    ),
    "staff": Saying(
        "One person has it, the others used it once each over a long time: a clerk's own device.",
        "一人长期持有，其他人长期以来各用一次：业务员的设备。",
    ),
    "merchant": Saying("Many pay into it who share nothing else: a merchant.", "许多互不相干的人向其付款：商户。"),
    "public": Saying(
        "Many people use it whom neither work nor home brings together: a public place.",
        "许多在工作和住处上都没有交集的人使用它：公共场所。",
    ),
    "carrier_nat": Saying(
        "Strangers without number appear behind it: a carrier's address translation.",
        "大量互不相干的人出现在它后面：运营商的地址转换。",
    ),
    "placeholder": Saying("It is shared by so many that it stands for nobody.", "共用的人太多，不代表任何人。"),
    "suspicious": Saying(
        "People of several roofs share it, and neither work nor home nor a passing visit explains it.",
        "多个住处的人共用，而工作、住处或短暂经过都不能解释。",
    ),
}
"""What an identifier is, by the lower-case name of its `HubKind`."""

_USERS = Saying(
    "{members} of its {users} users are members; {burst:%} of its users came within one week.",
    "{users} 名使用者中有 {members} 名是成员；{burst:%} 的使用者在同一周内出现。",
)

_SHARED = Saying("{who} {did} ({key}){when}.", "{who}{when}{did}（{key}）。")
_TRANSFER = Saying(
    "{payer} sent {amount:money} to {payee}{when} (transfer {key}).",
    "{payer} {when}向 {payee} 转账 {amount:money}（转账 {key}）。",
)
_KNOWN = Saying(
    "{who} {people:was|were} labelled as fraud or blacklisted{when}.", "{who}{when}被标记为欺诈或列入黑名单。"
)
_USED_LISTED = Saying(
    "{who} used the {label} ({key}) that was blacklisted{when}.", "{who}用过{when}被列入黑名单的{label}（{key}）。"
)
_OF_APPLICANTS: dict[str, Saying] = {
    "burst": Saying("{who} first applied{when}.", "{who}{when}首次申请。"),
    "many_homes": Saying(
        "{who} {people:lives apart from the other members|live under one roof}.",
        "{who}{people:与其他成员分开居住|住在一起}。",
    ),
    "known_fraud": _KNOWN,
    "known_circle": _KNOWN,
    "unusual_devices": Saying(
        "{who} {people:uses|use} more devices than nine in ten customers.", "{who}使用的设备多于九成客户。"
    ),
    "unusual_cards": Saying(
        "{who} {people:uses|use} more bank cards than nine in ten customers.", "{who}使用的银行卡多于九成客户。"
    ),
    "unusual_known_contacts": Saying(
        "{who} {people:lists|list} more customers among the contacts than nine in ten customers.",
        "{who}的联系人里本机构客户的比例高于九成客户。",
    ),
}
_OF_IDENTIFIERS: dict[str, Saying] = {"known_fraud": _USED_LISTED, "known_circle": _USED_LISTED}
_ANY = Saying("{label} ({key}): {who}{when}.", "{who}{when}涉及{label}（{key}）。")
"""For what no other line fits, such as evidence of another version."""

_LABELS: dict[str, Saying] = {
    "Device": Saying("device", "设备"),
    "Wifi": Saying("WiFi", "WiFi"),
    "Ip": Saying("IP address", "IP 地址"),
    "Phone": Saying("phone number", "手机号"),
    "Card": Saying("bank card", "银行卡"),
    "NationalId": Saying("national id", "身份证号"),
    "Address": Saying("address", "地址"),
    "Employer": Saying("employer", "工作单位"),
    "Account": Saying("account", "账户"),
    "Applicant": Saying("applicant", "申请人"),
    "TRANSFERRED": Saying("transfer", "转账"),
}
_OUTSIDE = Saying("the outside account {account}", "外部账户 {account}")
_DAY = Saying(" on {first:day}", "于 {first:day} ")
_SPAN = Saying(" between {first:day} and {last:day}", "在 {first:day} 至 {last:day} 期间")
_ONE = Saying("{last}", "{last} ")
_AND = Saying("{names} and {last}", "{names} 和 {last} ")
_MORE = Saying("{names} and {others:1 other|# others}", "{names} 等 {people} 人")
_COMMA = Saying(", ", "、")

_NAMED = 4
"""How many applicants a sentence names before it counts the rest."""


def hub_detail(hub: str, figures: Figures, language: Language) -> str:
    """How an identifier is used, and what kind of hub that makes it; empty if it cannot be told."""
    with suppress(KeyError):
        return language.text(_USERS.say(language, **figures), HUBS[hub].say(language))
    return ""


def evidence_sentence(item: Evidence, language: Language, people: Sequence[str] = ()) -> str:
    """The evidence in one sentence, told of these people (of all whom it is about if none are given)."""
    told = people or item.applicants
    values: dict[str, object] = {
        **item.figures,
        "who": _names(told, language),
        "people": len(told),
        "did": SHARED[item.code].did.say(language, identifiers=1) if item.code in SHARED else "",
        "key": item.key,
        "label": _LABELS[item.kind].say(language) if item.kind in _LABELS else item.kind,
        "when": _when(item, language),
        "payer": _account(item, item.payer, language),
        "payee": _account(item, item.payee, language),
    }
    return _template(item).say(language, **values)


def _template(item: Evidence) -> Saying:
    if item.code in SHARED:
        return _SHARED
    if item.payer and "amount" in item.figures:
        return _TRANSFER
    return (_OF_APPLICANTS if item.kind == "Applicant" else _OF_IDENTIFIERS).get(item.code, _ANY)


def _account(item: Evidence, account: str, language: Language) -> str:
    return account if account in item.applicants else _OUTSIDE.say(language, account=account)


def _names(people: Sequence[str], language: Language) -> str:
    comma = _COMMA.say(language)
    if len(people) > _NAMED:
        others = len(people) - _NAMED
        return _MORE.say(language, names=comma.join(people[:_NAMED]), others=others, people=len(people))
    if len(people) < 2:
        return _ONE.say(language, last="".join(people))
    return _AND.say(language, names=comma.join(people[:-1]), last=people[-1])


def _when(item: Evidence, language: Language) -> str:
    """From the first sighting to the last, or the one day; empty where no time is known."""
    times = [time for time in (item.first_seen, item.last_seen) if time is not None]
    if not times:
        return ""
    first, last = min(times), max(times)
    one_day = first // 86_400 == last // 86_400
    return (_DAY if one_day else _SPAN).say(language, first=first, last=last)

"""Reasons and parts of scores in words, by code. This is the only place where they are worded.

A new code is one line here: its figures stand in braces (see `graph.language.Saying`). Light to import: whoever only
tells what was found need not load what finds it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from graph.language import Figures, Language, Saying
from graph.results import RingSummary


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shared, and what those who share `identifiers` of them did."""

    thing: Saying
    did: Saying


SHARED: dict[str, Shared] = {
    "shared_device": Shared(
        Saying("device", "设备"),
        Saying(
            "{identifiers:used the same device|share # devices among them}",
            "{identifiers:用过同一台|之间共有 # 台}设备",
        ),
    ),
    "shared_wifi": Shared(
        Saying("WiFi", " WiFi"),
        Saying(
            "{identifiers:were on the same WiFi|share # WiFi networks among them}",
            "{identifiers:连过同一个|之间共有 # 个} WiFi",
        ),
    ),
    "shared_ip": Shared(
        Saying("IP address", " IP 地址"),
        Saying(
            "{identifiers:came from the same IP address|share # IP addresses among them}",
            "{identifiers:来自同一个|之间共有 # 个} IP 地址",
        ),
    ),
    "shared_address": Shared(
        Saying("address", "地址"),
        Saying(
            "{identifiers:gave the same address|share # addresses among them}",
            "{identifiers:填写了同一个|之间共有 # 个}地址",
        ),
    ),
    "shared_employer": Shared(
        Saying("employer", "工作单位"),
        Saying(
            "{identifiers:named the same employer|share # employers among them}",
            "{identifiers:填写了同一家|之间共有 # 家}工作单位",
        ),
    ),
    "shared_phone": Shared(
        Saying("phone number of their own", "本人手机号"),
        Saying(
            "{identifiers:gave the same phone number as their own|share # phone numbers among them}",
            "{identifiers:填写了同一个|之间共有 # 个}本人手机号",
        ),
    ),
    "shared_card": Shared(
        Saying("bank card", "银行卡"),
        Saying(
            "{identifiers:bound the same bank card|share # bank cards among them}",
            "{identifiers:绑定了同一张|之间共有 # 张}银行卡",
        ),
    ),
    "shared_id": Shared(
        Saying("national id", "身份证号"),
        Saying(
            "{identifiers:showed the same national id|share # national ids among them}",
            "{identifiers:出示了同一个|之间共有 # 个}身份证号",
        ),
    ),
    "shared_contact": Shared(
        Saying("contact phone", "联系人电话"),
        Saying(
            "{identifiers:list the same contact phone|share # contact phones among them}",
            "{identifiers:填写了同一个|之间共有 # 个}联系人电话",
        ),
    ),
    "shared_friend": Shared(
        Saying("contact person", "联系人"),
        Saying(
            "{identifiers:list the same person as a contact|share # people as contacts among them}",
            "{identifiers:把同一名|之间共有 # 名}申请人列为联系人",
        ),
    ),
    "shared_payee": Shared(
        Saying("payee account", "收款账户"),
        Saying(
            "{identifiers:sent money to the same account|share # payee accounts among them}",
            "{identifiers:向同一个|共向 # 个}账户转过账",
        ),
    ),
    "shared_partner": Shared(
        Saying("payee", "收款人"),
        Saying(
            "{identifiers:sent money to the same person|share # payees among them}",
            "{identifiers:向同一名|共向 # 名}申请人转过账",
        ),
    ),
}

FOUND: dict[str, Saying] = {
    # `people` take part in what was `found` so many times.
    "known_circle": Saying(
        "{people} members are firmly tied to somebody who is labelled as fraud or blacklisted.",
        "{people} 名成员与被标记为欺诈或列入黑名单的人关系紧密。",
    ),
    "transfer_cycle": Saying(
        "Money went round in {found:a circle|circles} of {people} members and came back to where it started.",
        "资金在 {people} 名成员之间循环转账，又回到起点。",
    ),
    "mutual_transfers": Saying(
        "{people} members sent like amounts back and forth within a month.",
        "{people} 名成员在一个月内互相转账，金额相近。",
    ),
    "mule_account": Saying(
        "Money of {people} members ran through {found:one account|# accounts}, where little of it stayed.",
        "{people} 名成员的资金流经{found:同一个| # 个}账户，几乎没有留存。",
    ),
    "layering": Saying(
        "Money ran on through accounts of {people} members within days, a little less at each step.",
        "资金在数日内接连流经 {people} 名成员的账户，每一步都略有减少。",
    ),
    "fan_in": Saying(
        "{people} members paid {found:one account|# accounts}, or own one, soon after they asked for credit.",
        "{people} 名成员在申请贷款后不久向{found:同一个| # 个}账户付款，或持有该账户。",
    ),
    "structuring": Saying(
        "{people} members paid each other amounts just below a round limit.",
        "{people} 名成员之间多次转账，金额略低于某个整数限额。",
    ),
}

MEASURED: dict[str, Saying] = {
    "many_homes": Saying(
        "The {size} members live in {homes} different homes.",
        "{size} 名成员住在 {homes} 个不同的住处。",
    ),
    "burst": Saying(
        "{quick} of {size} members first applied within two weeks.",
        "{size} 名成员中有 {quick} 名在两周内首次申请。",
    ),
    "known_fraud": Saying(
        "{tainted} of {size} members are labelled as fraud or use something blacklisted.",
        "{size} 名成员中有 {tainted} 名被标记为欺诈，或使用过黑名单中的物品。",
    ),
    # `odd` members are further out than nine in ten customers.
    "unusual_devices": Saying(
        "{odd} of {size} members use more devices than nine in ten customers do.",
        "{size} 名成员中有 {odd} 名使用的设备多于九成客户。",
    ),
    "unusual_cards": Saying(
        "{odd} of {size} members use more bank cards than nine in ten customers do.",
        "{size} 名成员中有 {odd} 名使用的银行卡多于九成客户。",
    ),
    "unusual_known_contacts": Saying(
        "Of {odd} of {size} members more contacts are customers themselves than of nine in ten customers.",
        "{size} 名成员中有 {odd} 名的联系人里本机构客户的比例高于九成客户。",
    ),
}

_ALONE: dict[str, Saying] = {
    "judged_fraud": Saying(
        "Labelled as fraud or blacklisted, or uses something that is.",
        "被标记为欺诈或列入黑名单，或使用黑名单中的物品。",
    ),
    "near_fraud": Saying(
        "{steps:Linked to|# links away from} somebody who is known fraud; "
        "{flags:1 such person is|# such people are} near.",
        "与已知欺诈者{steps:直接关联|相隔 # 层关联}，附近共有 {flags} 名已知欺诈者。",
    ),
    "gone": Saying(
        "Its members are no longer tied together by enough evidence.",
        "已没有足够的证据把这些成员联系在一起。",
    ),
}
"""What is said of somebody without a ring, and of a ring that is no more."""

_OTHERS = FOUND | MEASURED | _ALONE

_MEMBERS = Saying("{members} of {size} members {did}.", "{size} 名成员中有 {members} 名{did}。")

_USUAL_SHARED = Saying(
    "{usual:%} of customers share no {thing} with {others:another home|# other homes or more}.",
    "{usual:%} 的客户没有{others:与其他住户|与其他 # 户以上}共同的{thing}。",
)
_USUAL_FOUND = Saying("{usual:%} of customers take part in nothing of the kind.", "{usual:%} 的客户没有这类情况。")
_USUAL: dict[str, Saying] = {
    "many_homes": Saying(
        "{usual:%} of customers are tied to nobody of another home.", "{usual:%} 的客户与其他住户没有关联。"
    ),
    "burst": Saying("In groups of this size, {usual:%} do by chance.", "同样人数的群体，通常只有 {usual:%}。"),
    **{
        f"unusual_{habit}": Saying("Of all customers that holds for {usual:%}.", "在全部客户中占 {usual:%}。")
        for habit in ("devices", "cards", "known_contacts")
    },
    "known_fraud": Saying("Of all customers {usual:%} are, or do.", "在全部客户中占 {usual:%}。"),
}

PARTS: dict[str, Saying] = {
    "ties": Saying("{nats:.1f} nats of evidence per tie", "每条关联的证据为 {nats:.1f} 奈特"),
    "independence": Saying(
        "{families:1 independent kind|# independent kinds} of evidence", "{families} 类相互独立的证据"
    ),
    "reach": Saying("{homes:1 home|# homes}", "{homes} 个住处"),
    "tempo": Saying("{tempo:%} of first applications within two weeks", "{tempo:%} 的首次申请在两周内"),
    "money": Saying("money runs between members", "成员之间有资金往来"),
    "taint": Saying(
        "{tainted:1 member|# members} with a fraud label or a blacklist entry",
        "{tainted} 名成员有欺诈标记或在黑名单中",
    ),
    "block": Saying(
        "{block:1 home is|# homes are} held together by devices, cards, numbers or contacts of two kinds or more",
        "{block} 个住处由两类以上的设备、卡片、号码或联系人交织在一起",
    ),
    "unusual": Saying(
        "as unusual as one in {rarity:.0f} groups of normal customers",
        "如此异常的程度，正常客户群体中 {rarity:.0f} 个里有 1 个",
    ),
}
"""Details of the parts of a ring's score."""

APPLICANT_PARTS: dict[str, Saying] = {
    "unusual": Saying("more unusual than {level:%} of customers", "比 {level:%} 的客户更异常"),
    "ring": Saying("member of a ring", "团伙成员"),
    "taint": Saying("near known fraud", "靠近已知欺诈"),
}
"""Details of the parts of an applicant's score."""


_FALSE_KILLS = Saying(
    "Refusing all {size} members would harm about {expected:.1f} honest people ({share:%} of them), between {low} and "
    "{high} in nine cases of ten.",
    "若拒绝全部 {size} 名成员，预计误伤约 {expected:.1f} 名正常客户（占 {share:%}），"
    "有九成把握在 {low} 至 {high} 名之间。",
)


def false_kills_text(ring: RingSummary, language: Language) -> str:
    """Whom acting on a ring would harm; empty for rings that are gone or of older runs."""
    if ring.false_kills is None:
        return ""
    return _FALSE_KILLS.say(
        language,
        size=ring.size,
        expected=ring.false_kills,
        share=ring.false_kill_share,
        low=ring.false_kills_low,
        high=ring.false_kills_high,
    )


def reason_text(code: str, figures: Figures, language: Language) -> str:
    """The sentence of a reason; empty if this version does not know the code, or a figure is missing."""
    with suppress(KeyError):
        if code in SHARED:
            return _MEMBERS.say(language, **figures, did=SHARED[code].did.say(language, **figures))
        return _OTHERS[code].say(language, **figures)
    return ""


def comparison(code: str, figures: Figures, language: Language) -> str:
    """How that is with a normal customer; empty if it was not measured."""
    with suppress(KeyError):
        if code in SHARED:
            return _USUAL_SHARED.say(language, **figures, thing=SHARED[code].thing.say(language))
        return (_USUAL_FOUND if code in FOUND else _USUAL[code]).say(language, **figures)
    return ""


def part_detail(sayings: Mapping[str, Saying], name: str, figures: Figures, language: Language) -> str:
    """The detail of a part of a score; empty if it cannot be told."""
    with suppress(KeyError):
        return sayings[name].say(language, **figures)
    return ""

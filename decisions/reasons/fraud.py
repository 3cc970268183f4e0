"""Known fraud, blacklists, rings and scores."""

from decisions.reasons.model import Family, Reason
from graph.language import Saying

_BLACKLIST = Saying(
    "Data category: {0}. Compared with the blacklists in force when the application came in",
    "数据类别：{0}。与收到申请时有效的黑名单比对",
)


def _blacklisted(code: str, thing: Saying, data: Saying, next_step: Saying) -> Reason:
    """A reason of one kind of blacklisted identifier."""
    return Reason(
        code,
        Family.FRAUD,
        Saying(f"The {thing.en} is on a blacklist.", f"{thing.zh}在黑名单上。"),
        Saying(
            f"The {thing.en} used for this application is on a list of details that we do not accept. {next_step.en}",
            f"本次申请使用的{thing.zh}在我们不予受理的名单上。{next_step.zh}",
        ),
        Saying(_BLACKLIST.en.format(data.en), _BLACKLIST.zh.format(data.zh)),
    )


FRAUD_REASONS = (
    Reason(
        "CONFIRMED_FRAUD",
        Family.FRAUD,
        Saying(
            "The applicant is known fraud: labelled, judged or listed as such.",
            "申请人为已确认的欺诈者：有欺诈标签、经审核判定或在名单中。",
        ),
        Saying(
            "Our records hold a confirmed finding of fraud on an earlier application of yours. "
            "You may appeal if you think that it is wrong.",
            "我们的记录显示，您此前的申请曾被确认存在欺诈。如有异议，您可以申诉。",
        ),
        Saying(
            "Data category: the lender's own fraud records of the applicant. Looked up by the applicant's id",
            "数据类别：本机构关于申请人的欺诈记录。按申请人编号查询",
        ),
    ),
    Reason(
        "LINKED_TO_FRAUD",
        Family.FRAUD,
        Saying(
            "{fraud_links:One linked applicant is|# linked applicants are} known fraud, {fraud_links_90d} of them "
            "within 90 days; the strongest of {links} links weighs {link_weight:.1f} nats.",
            "{fraud_links:有一名|有 # 名}关联申请人为已知欺诈者，其中 {fraud_links_90d} 名在 90 天内确认；"
            "共 {links} 条关联，最强者权重为 {link_weight:.1f} 纳特。",
        ),
        Saying(
            "Details of your application, such as device, phone, card, address or contacts, agree with those of "
            "applications in which we have found fraud.",
            "您申请中的信息（如设备、电话、银行卡、地址或联系人）与我们已确认存在欺诈的申请一致。",
        ),
        Saying(
            "Data category: identifiers shared with other applications. Counted only where two independent pieces of "
            "evidence, or a very strong one, join them; compared with confirmed fraud",
            "数据类别：与其他申请共用的标识信息。仅在有两项独立证据或一项极强证据时计入；与已确认欺诈比对",
        ),
    ),
    Reason(
        "FRAUD_NEARBY",
        Family.FRAUD,
        Saying(
            "{fraud_2hops} known fraud within two links, {fraud_2hops_90d} of them within 90 days.",
            "两度关联内有 {fraud_2hops} 名已知欺诈者，其中 {fraud_2hops_90d} 名在 90 天内确认。",
        ),
        Saying(
            "The details of your application belong to a group of closely connected applications in which we have "
            "recently found fraud several times.",
            "您申请中的信息属于一组密切关联的申请，我们近期在其中多次确认存在欺诈。",
        ),
        Saying(
            "Data category: links between applications, two steps wide. Compared with fraud confirmed within 90 days",
            "数据类别：申请之间两度以内的关联。与 90 天内确认的欺诈比对",
        ),
    ),
    Reason(
        "JOINS_RING",
        Family.FRAUD,
        Saying(
            "It would join a ring of {joins_ring_size} members with a score of {joins_ring_score:.2f}.",
            "该申请将加入一个 {joins_ring_size} 人的团伙，团伙得分 {joins_ring_score:.2f}。",
        ),
        Saying(
            "Several details of your application agree with those of a group of applications that show signs of "
            "being made together.",
            "您申请中的多项信息与一组有共同操作迹象的申请一致。",
        ),
        Saying(
            "Data category: links between applications. Compared with the groups found by the last nightly run",
            "数据类别：申请之间的关联。与最近一次夜间运行发现的团伙比对",
        ),
    ),
    Reason(
        "FORMS_RING",
        Family.FRAUD,
        Saying(
            "It would form a new ring of {forms_ring_size} members; what they share is worth {shared_worth:.1f} nats.",
            "该申请将与其关联者形成 {forms_ring_size} 人的新团伙；共用信息合计 {shared_worth:.1f} 纳特。",
        ),
        Saying(
            "Several details of your application agree with those of other recent applications that have no "
            "everyday reason to share them.",
            "您申请中的多项信息与近期其他申请一致，且无法以日常共用来解释。",
        ),
        Saying(
            "Data category: links between applications that are in no group yet. Shared homes, offices, campuses, "
            "carriers and second-hand devices are not counted",
            "数据类别：尚不属于任何团伙的申请之间的关联。不计共同住所、办公场所、校园、运营商网络与二手设备",
        ),
    ),
    Reason(
        "IN_RING",
        Family.FRAUD,
        Saying(
            "The applicant is in a ring of {ring_size} members with a score of {ring_score:.2f}.",
            "申请人属于一个 {ring_size} 人的团伙，团伙得分 {ring_score:.2f}。",
        ),
        Saying(
            "Your earlier applications belong to a group of closely connected applications that show signs of being "
            "made together.",
            "您此前的申请属于一组密切关联、有共同操作迹象的申请。",
        ),
        Saying(
            "Data category: the group that the last nightly run found the applicant in. Weighed by that group's score",
            "数据类别：最近一次夜间运行中申请人所属的团伙。按该团伙得分加权",
        ),
    ),
    Reason(
        "RISK_SCORE",
        Family.SCORE,
        Saying(
            "Score of the last run: {applicant_score:.2f} of 1; the run is {run_age_hours:.0f} hours old.",
            "最近一次运行的得分为 {applicant_score:.2f}（满分 1）；该运行距今 {run_age_hours:.0f} 小时。",
        ),
        Saying(
            "The assessment of the devices, networks, phone numbers and contacts of your earlier applications is "
            "below what we require.",
            "根据您以往申请所用的设备、网络、电话和联系人作出的评估未达到我们的要求。",
        ),
        Saying(
            "Data category: the applicant's score of the last nightly run, made from shared identifiers, links and "
            "transfers. Compared with a limit",
            "数据类别：申请人在最近一次夜间运行中的得分，由共用标识、关联与转账计算。与限值比较",
        ),
    ),
    Reason(
        "JUDGED_HONEST",
        Family.FRAUD,
        Saying(
            "The applicant was judged not to be a fraudster; this calms.",
            "申请人曾被审核判定为非欺诈；此项降低风险分。",
        ),
        Saying(
            "An earlier review of your case found nothing against you; this counted in your favour.",
            "此前对您的审核未发现问题；此项对您有利。",
        ),
        Saying(
            "Data category: judgements of reviewers. Counted in the applicant's favour",
            "数据类别：审核人员的判定。作为对申请人有利的因素计入",
        ),
    ),
    Reason(
        "KNOWN_CUSTOMER",
        Family.SCORE,
        Saying(
            "Known before, with a score of {applicant_score:.2f} and no links; this calms.",
            "已知客户，得分 {applicant_score:.2f}，无关联；此项降低风险分。",
        ),
        Saying(
            "You are known to us from before without anything remarkable; this counted in your favour.",
            "您是我们已了解的客户，且无异常；此项对您有利。",
        ),
        Saying(
            "Data category: the applicant's history with the lender. Counted in the applicant's favour",
            "数据类别：申请人在本机构的历史。作为对申请人有利的因素计入",
        ),
    ),
    _blacklisted(
        "ID_BLACKLISTED",
        Saying("national id", "身份证件"),
        Saying("token of the national id", "身份证号的标记"),
        Saying("Please contact us with the document itself.", "请携带证件原件与我们联系。"),
    ),
    _blacklisted(
        "CARD_BLACKLISTED",
        Saying("bank card", "银行卡"),
        Saying("token of the bank card", "银行卡号的标记"),
        Saying("You may apply again with another card of your own.", "您可以使用本人的其他银行卡重新申请。"),
    ),
    _blacklisted(
        "PHONE_BLACKLISTED",
        Saying("phone number", "手机号"),
        Saying("phone number", "手机号"),
        Saying(
            "If the number was given to you only recently, please tell us.",
            "如果该号码是您近期才开始使用的，请告知我们。",
        ),
    ),
    _blacklisted(
        "DEVICE_BLACKLISTED",
        Saying("device", "设备"),
        Saying("fingerprint of the device", "设备指纹"),
        Saying("If you bought it second-hand, please tell us.", "如果该设备是您购买的二手设备，请告知我们。"),
    ),
    _blacklisted(
        "CONTACT_BLACKLISTED",
        Saying("contact phone number", "联系人电话"),
        Saying("contact phone numbers", "联系人电话"),
        Saying("You may name another contact.", "您可以填写其他联系人。"),
    ),
    _blacklisted(
        "NETWORK_BLACKLISTED",
        Saying("internet connection", "网络连接"),
        Saying("WiFi access point and IP address", "WiFi 接入点与 IP 地址"),
        Saying("You may apply again from another connection.", "您可以使用其他网络重新申请。"),
    ),
)

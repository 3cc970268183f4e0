"""Too much in too short a time."""

from decisions.reasons.model import Family, Reason
from graph.language import Saying


def _crowded(code: str, source: str, thing: Saying, whose: Saying, window: str) -> Reason:
    """Many applicants with one identifier in a short time. `window`: the one that the analyst is told beside 1 d."""
    days = window.removesuffix("d")
    return Reason(
        code,
        Family.FRAUD,
        Saying(
            f"{{{source}_applicants_1d}} applicants by this {thing.en} within a day, {{{source}_applicants_{window}}} "
            f"within {days} days.",
            f"该{thing.zh}一天内有 {{{source}_applicants_1d}} 名申请人，{days} 天内有 "
            f"{{{source}_applicants_{window}}} 名。",
        ),
        Saying(
            f"{whose.en} was used in applications of more people in a short time than usually share one.",
            f"{whose.zh}在短时间内被用于多人的申请，超出正常共用的范围。",
        ),
        Saying(
            f"Data category: {thing.en}. Applicants with the same one were counted in windows of 1 hour to 30 days; "
            "known places and people who serve many were left out",
            f"数据类别：{thing.zh}。统计 1 小时至 30 天内使用同一{thing.zh}的申请人数；已知的公共场所与服务人员不计入",
        ),
    )


VELOCITY_REASONS = (
    _crowded("DEVICE_VELOCITY", "device", Saying("device", "设备"), Saying("Your device", "您使用的设备"), "7d"),
    _crowded("PHONE_VELOCITY", "phone", Saying("phone", "手机号"), Saying("Your phone number", "您的手机号"), "30d"),
    _crowded("CARD_VELOCITY", "card", Saying("bank card", "银行卡"), Saying("Your bank card", "您的银行卡"), "30d"),
    _crowded(
        "CONTACT_VELOCITY",
        "contact",
        Saying("contact phone", "联系人电话"),
        Saying("A contact phone number that you gave", "您填写的某个联系人电话"),
        "7d",
    ),
    Reason(
        "NETWORK_VELOCITY",
        Family.FRAUD,
        Saying(
            "{wifi_applicants_1d} applicants on this WiFi and {ip_applicants_1d} from this IP within a day, with links "
            "between them.",
            "一天内该 WiFi 有 {wifi_applicants_1d} 名申请人，该 IP 有 {ip_applicants_1d} 名，且相互关联。",
        ),
        Saying(
            "Your internet connection was used for many applications in a short time, and other details of your "
            "application agree with theirs as well.",
            "您使用的网络在短时间内提交了大量申请，且您申请中的其他信息也与之一致。",
        ),
        Saying(
            "Data category: WiFi access point and IP address. Applicants were counted within a day; counted only "
            "together with links by other data",
            "数据类别：WiFi 接入点与 IP 地址。统计一天内的申请人数；仅在另有其他数据关联时计入",
        ),
    ),
    Reason(
        "NEW_SHARED_DEVICE",
        Family.FRAUD,
        Saying(
            "The device became busy after the last run: {device_users} applicants so far.",
            "该设备在最近一次运行之后变得繁忙：至今已有 {device_users} 名申请人。",
        ),
        Saying(
            "The device that you used has lately been used for applications under other names.",
            "您使用的设备近期曾以其他姓名提交申请。",
        ),
        Saying(
            "Data category: fingerprint of the device. Applicants since the last nightly run were counted",
            "数据类别：设备指纹。统计最近一次夜间运行以来的申请人数",
        ),
    ),
    Reason(
        "FREQUENT_APPLICATIONS",
        Family.FRAUD,
        Saying(
            "The applicant made {applicant_applications_1d} applications within a day, {applicant_applications_7d} "
            "within 7 days.",
            "申请人一天内提交 {applicant_applications_1d} 次申请，7 天内 {applicant_applications_7d} 次。",
        ),
        Saying(
            "You made {applicant_applications_7d} applications within 7 days, {applicant_applications_1d} of them "
            "within the last day.",
            "您在 7 天内提交了 {applicant_applications_7d} 次申请，其中最近一天 {applicant_applications_1d} 次。",
        ),
        Saying(
            "Data category: the applicant's own applications. Counted within 1 and 7 days",
            "数据类别：申请人本人的申请。统计 1 天与 7 天内的次数",
        ),
    ),
    Reason(
        "FREQUENT_CHANGES",
        Family.DATA,
        Saying(
            "Within 30 days: {applicant_devices_30d} devices, {applicant_phones_30d} phones, {applicant_ids_30d} "
            "national ids, {applicant_cards_30d} cards of one applicant.",
            "30 天内同一申请人使用 {applicant_devices_30d} 台设备、{applicant_phones_30d} 个手机号、"
            "{applicant_ids_30d} 个身份证号、{applicant_cards_30d} 张银行卡。",
        ),
        Saying(
            "You changed your details often: {applicant_devices_30d:one device|# devices} and "
            "{applicant_phones_30d:one phone number|# phone numbers} within 30 days.",
            "您近期频繁更换信息：30 天内使用了 {applicant_devices_30d} 台设备和 {applicant_phones_30d} 个手机号。",
        ),
        Saying(
            "Data category: the applicant's own devices, phones, national ids and cards. Different ones within 30 "
            "days were counted",
            "数据类别：申请人本人的设备、手机号、身份证号与银行卡。统计 30 天内的不同数量",
        ),
    ),
)

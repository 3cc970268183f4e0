"""Data that disagrees, is not enough, or does not fit the purpose."""

from decisions.reasons.model import Family, Reason
from graph.language import Saying

DATA_REASONS = (
    Reason(
        "ID_OF_ANOTHER",
        Family.DATA,
        Saying(
            "{id_of_others:One other applicant has|# other applicants have} shown this national id.",
            "另有 {id_of_others} 名申请人出示过同一身份证号。",
        ),
        Saying(
            "The national id that you gave is on record with personal details that are not those of this application.",
            "您提供的身份证号在我们的记录中对应的个人信息与本次申请不符。",
        ),
        Saying(
            "Data category: token of the national id. Compared with the tokens of all other applicants",
            "数据类别：身份证号的标记。与其他全部申请人的标记比对",
        ),
    ),
    Reason(
        "PHONE_OF_ANOTHER",
        Family.DATA,
        Saying(
            "{phone_of_others:One other applicant has|# other applicants have} given this phone as their own.",
            "另有 {phone_of_others} 名申请人将该手机号填为本人号码。",
        ),
        Saying(
            "The phone number that you gave as your own is on record with other personal details.",
            "您填写的本人手机号在我们的记录中对应其他个人信息。",
        ),
        Saying(
            "Data category: phone number. Compared with the own numbers of other applicants; numbers given out anew "
            "are left out where they are known",
            "数据类别：手机号。与其他申请人的本人号码比对；已知重新放号的号码不计入",
        ),
    ),
    Reason(
        "ID_DIFFERS",
        Family.DATA,
        Saying(
            "The applicant showed another national id before ({applicant_ids_30d} within 30 days).",
            "申请人此前出示过不同的身份证号（30 天内共 {applicant_ids_30d} 个）。",
        ),
        Saying(
            "The national id that you gave is not the one that you gave in an earlier application.",
            "您提供的身份证号与您此前申请时提供的不一致。",
        ),
        Saying(
            "Data category: token of the national id. Compared with the applicant's own earlier applications",
            "数据类别：身份证号的标记。与申请人本人以往的申请比对",
        ),
    ),
    Reason(
        "NAME_DIFFERS",
        Family.DATA,
        Saying("The applicant had another name before.", "申请人此前使用过不同的姓名。"),
        Saying(
            "The name that you gave is not the one that you gave in an earlier application.",
            "您填写的姓名与您此前申请时填写的不一致。",
        ),
        Saying(
            "Data category: name. Compared with the applicant's own earlier applications",
            "数据类别：姓名。与申请人本人以往的申请比对",
        ),
    ),
    Reason(
        "DEVICE_DIFFERS",
        Family.DATA,
        Saying(
            "The same device was of another model or system before; its facts may be forged.",
            "同一设备此前的型号或系统不同；设备信息可能被篡改。",
        ),
        Saying(
            "What your device says of its model or system contradicts what it said before.",
            "您的设备上报的型号或系统与此前上报的相矛盾。",
        ),
        Saying(
            "Data category: model and system of the device. Compared with what the same fingerprint said before",
            "数据类别：设备型号与系统。与同一设备指纹此前上报的信息比对",
        ),
    ),
    Reason(
        "OWN_PHONE_LISTED",
        Family.DATA,
        Saying("The applicant's own phone is among the contacts.", "申请人本人的手机号出现在联系人中。"),
        Saying(
            "You named your own phone number as that of a contact.",
            "您将本人的手机号填写为联系人电话。",
        ),
        Saying(
            "Data category: contact phone numbers. Compared with the phone number of the same application",
            "数据类别：联系人电话。与同一申请中的本人手机号比对",
        ),
    ),
    Reason(
        "PURPOSE_CHANGED",
        Family.PURPOSE,
        Saying(
            "The applicant gave another purpose within 30 days; now it is {purpose}, for {amount:,.2f}.",
            "申请人 30 天内填写过不同的用途；本次为 {purpose}，金额 {amount:,.2f}。",
        ),
        Saying(
            "The purpose that you gave is not the one that you gave in another application within 30 days.",
            "您填写的借款用途与您 30 天内另一次申请中填写的不一致。",
        ),
        Saying(
            "Data category: purpose of the credit. Compared with the applicant's own applications within 30 days",
            "数据类别：借款用途。与申请人本人 30 天内的申请比对",
        ),
    ),
    Reason(
        "INSUFFICIENT_DATA",
        Family.DATA,
        Saying("Not enough could be found out; missing: {missing}.", "可查信息不足；缺少：{missing}。"),
        Saying(
            "Your application lacks details that we need to check it, such as the device, the phone number or the "
            "national id.",
            "您的申请缺少我们核验所需的信息，例如设备、手机号或身份证号。",
        ),
        Saying(
            "Data category: completeness of the application. The parts that were not given were counted",
            "数据类别：申请信息的完整性。统计未提供的部分",
        ),
    ),
)

"""Reasons of the system itself: no rule gives them, and nothing in them speaks against the applicant."""

from decisions.reasons.model import Family, Reason
from graph.language import Saying

GRAPH_UNAVAILABLE = "GRAPH_UNAVAILABLE"
STALE_RUN = "STALE_RUN"
RULE_FAILED = "RULE_FAILED"
APPEAL_OVERTURNED = "APPEAL_OVERTURNED"

_BY_HAND = Saying(
    "We could not complete the automatic check of your application; a person will look at it.",
    "我们未能完成对您申请的自动核验，将由人工处理。",
)

SYSTEM_REASONS = (
    Reason(
        GRAPH_UNAVAILABLE,
        Family.SYSTEM,
        Saying(
            "The graph did not answer in time; the safe default was followed. Missing: {missing}.",
            "图数据未能及时返回；已按安全默认值处理。缺少：{missing}。",
        ),
        _BY_HAND,
        Saying(
            "No data of the applicant was weighed: links could not be read within the time budget, and the configured "
            "safe default was followed",
            "未使用申请人的任何数据：在时限内无法读取关联信息，已按配置的安全默认值处理",
        ),
    ),
    Reason(
        STALE_RUN,
        Family.SYSTEM,
        Saying(
            "The last run is {run_age_hours:.0f} hours old, older than allowed.",
            "最近一次运行距今 {run_age_hours:.0f} 小时，超出允许范围。",
        ),
        _BY_HAND,
        Saying(
            "No data of the applicant was weighed: the last nightly run was older than allowed, and the configured "
            "safe default was followed",
            "未使用申请人的任何数据：最近一次夜间运行超出允许的时限，已按配置的安全默认值处理",
        ),
    ),
    Reason(
        RULE_FAILED,
        Family.SYSTEM,
        Saying("A rule could not be evaluated. Missing: {missing}.", "有规则无法执行。缺少：{missing}。"),
        _BY_HAND,
        Saying(
            "No data of the applicant was weighed: a rule could not be evaluated, and the configured safe default was "
            "followed",
            "未使用申请人的任何数据：有规则无法执行，已按配置的安全默认值处理",
        ),
    ),
    Reason(
        APPEAL_OVERTURNED,
        Family.SYSTEM,
        Saying(
            "A second reviewer overturned the decision on appeal.",
            "第二名审核人员在申诉中推翻了原决定。",
        ),
        Saying(
            "We looked at your appeal and changed our decision in your favour.",
            "我们审核了您的申诉，并作出了对您有利的更改。",
        ),
        Saying(
            "Data category: the appeal. A second reviewer, who did not take part in the decision, overturned it",
            "数据类别：申诉。由未参与原决定的第二名审核人员推翻",
        ),
    ),
)

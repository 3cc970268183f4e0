"""States, verdicts and what was done to a case, in words."""

from cases.model import How, Scope, State, Verdict
from graph.language import Saying

STATES = {
    State.OPEN: Saying("Open", "待处理"),
    State.IN_REVIEW: Saying("In review", "审核中"),
    State.DECIDED: Saying("Decided", "已结案"),
}
VERDICTS = {
    Verdict.FRAUD: Saying("Fraud", "欺诈"),
    Verdict.NOT_FRAUD: Saying("Not fraud", "非欺诈"),
    Verdict.HOUSEHOLD: Saying("One household", "同一家庭"),
    Verdict.WATCH: Saying("Watch", "观察"),
}
SCOPES = {
    Scope.RING: Saying("The whole ring", "整个团伙"),
    Scope.MEMBERS: Saying("Some members", "部分成员"),
    Scope.LINK: Saying("The link between two", "两人之间的关联"),
}
ACTIONS = {
    "open": Saying("Case opened", "立案"),
    "members": Saying("Members changed", "成员变动"),
    "follow": Saying("Followed the latest run", "随最新检测更新"),
    "assign": Saying("Assigned", "分派"),
    "lock": Saying("Held", "锁定"),
    "release": Saying("Released", "解除锁定"),
    "judge": Saying("Judged", "判定"),
    "confirm": Saying("Confirmed", "复核确认"),
    "undo": Saying("Judgement taken back", "撤回判定"),
    "note": Saying("Note", "备注"),
    "attach": Saying("File added", "添加附件"),
    "download": Saying("File taken out", "下载附件"),
    "report": Saying("Unmasked report", "导出明文报告"),
    "appeal": Saying("Appeal of a member decided", "成员申诉裁定"),
    "merged": Saying("Merged", "合并"),
    "split": Saying("Split", "拆分"),
    "regroup_undo": Saying("Merge or split taken back", "撤回合并或拆分"),
}
HOWS = {How.MERGED: Saying("merged", "合并"), How.SPLIT: Saying("split", "拆分")}

"""How cases, verdicts and what was done to them are told."""

from datetime import UTC, datetime

from app.explorer.frame.language import said
from app.plain_text import printable
from cases.desk import DAY
from cases.model import Case, Scope, State, Verdict
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
    "merged": Saying("Merged", "合并"),
    "split": Saying("Split", "拆分"),
    "regroup_undo": Saying("Merge or split taken back", "撤回合并或拆分"),
}
REASON = Saying("Reason", "理由")
MEMBERS = Saying("Members", "成员")

_LEFT = Saying("Day {day} of {days}", "第 {day} 天，限 {days} 天")
_OVERDUE = Saying("Overdue by {late:# day|# days}", "已超时 {late} 天")


def age(case: Case | None, now: int) -> str:
    """How old an undecided case is, against its time limit."""
    if case is None or case.state is State.DECIDED:
        return ""
    if case.overdue:
        return said(_OVERDUE, late=max(1, -(-(now - case.due_at) // DAY)))
    return said(_LEFT, day=(now - case.opened_at) // DAY + 1, days=-(-(case.due_at - case.opened_at) // DAY))


def action(name: str) -> str:
    """What a line of the log says was done."""
    return said(ACTIONS[name]) if name in ACTIONS else printable(name)


def minute(seconds: int) -> str:
    """A time to the minute, in UTC."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"

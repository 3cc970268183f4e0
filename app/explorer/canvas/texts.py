"""Every word of the canvas, in both languages. `[name]` stands for a value that the browser puts in."""

from app.explorer.names import NAMES
from graph.language import Language, Saying
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS

FAILED = Saying("The store did not answer. Try again.", "数据库没有响应，请重试。")
FORGOTTEN = Saying(
    "The server has forgotten this node. Load the page again, then expand it.",
    "服务器已不再保留此节点，请刷新页面后再展开。",
)

_TEXTS = {
    "picture": Saying("Picture", "关系图"),
    "stage": Saying("Picture of the ring", "团伙关系图"),
    "canvas": Saying(
        "Graph of applicants and what they share. Arrow keys go from node to node, question mark lists all keys.",
        "申请人及其共用信息的关系图。方向键在节点间移动，问号键列出全部快捷键。",
    ),
    "legend": Saying("Legend: press a kind to hide it", "图例：点击可隐藏该类"),
    "chosen": Saying("Selected", "已选"),
    "why": Saying("Why", "理由"),
    "hint": Saying(
        "Click a node to see what is known of it, or a reason to see what it rests on.",
        "点击节点查看已知信息，点击理由查看其依据。",
    ),
    "grouped": Saying(
        "This ring is large: members who share the same things are drawn as one node.",
        "团伙较大：共用相同信息的成员合并为一个节点显示。",
    ),
    "left_out": Saying("[number] less shared nodes are not drawn.", "另有 [number] 个共用较少的节点未画出。"),
    "too_large": Saying("[number] nodes are too many to draw one by one.", "共 [number] 个节点，过多，无法逐一画出。"),
    "whole": Saying("Draw all [number] nodes", "画出全部 [number] 个节点"),
    "groups": Saying("Draw groups", "按组显示"),
    "tied": Saying("Tied to [number]: [names]", "关联 [number] 个：[names]"),
    "more": Saying("and [number] more", "另有 [number] 个"),
    "several": Saying("[number] nodes", "[number] 个节点"),
    "undo": Saying("Undo", "撤销"),
    "redo": Saying("Redo", "重做"),
    "fit": Saying("Fit", "适合窗口"),
    "in": Saying("Zoom in", "放大"),
    "out": Saying("Zoom out", "缩小"),
    "clear": Saying("Clear selection", "取消选择"),
    "everything": Saying("Select all", "全选"),
    "restore": Saying("Bring back all", "全部恢复"),
    "hubs": Saying("Hide hubs", "隐藏枢纽"),
    "hubs_help": Saying("Hide what more than so many share", "隐藏共用人数超过此数的节点"),
    "find": Saying("Find", "查找"),
    "find_help": Saying("Find a node by any part of what is shown of it", "按所显示内容的任意部分查找节点"),
    "found": Saying("[number] found", "找到 [number] 个"),
    "png": Saying("PNG", "PNG"),
    "svg": Saying("SVG", "SVG"),
    "help": Saying("Keys", "快捷键"),
    "close": Saying("Close", "关闭"),
    "expand": Saying("Expand…", "展开…"),
    "collapse": Saying("Collapse", "收起"),
    "dismiss": Saying("Dismiss", "移除"),
    "others": Saying("Dismiss others", "移除其余"),
    "pin": Saying("Pin", "固定"),
    "unpin": Saying("Unpin", "取消固定"),
    "start": Saying("Start here", "设为起点"),
    "end": Saying("End here", "设为终点"),
    "group": Saying("Group as household", "合并为家庭"),
    "ungroup": Saying("Ungroup", "拆分家庭"),
    "menu": Saying("Menu", "菜单"),
    "move": Saying("From node to node", "在节点间移动"),
    "widen": Saying("Add the next node to the selection", "把下一个节点加入选择"),
    "box": Saying("Drag with Shift to select several", "按住 Shift 拖动可多选"),
    "household": Saying("Household of [number]", "家庭（[number] 人）"),
    "no_people": Saying("Select two applicants, or what they share.", "请选择两名申请人，或他们共用的信息。"),
    "path": Saying("Shortest way", "最短路径"),
    "no_path": Saying("Nothing in the picture joins these two.", "图中没有连接两者的路径。"),
    "choose_end": Saying("Start chosen. Now choose where it ends.", "起点已选，请选择终点。"),
    "counting": Saying("Counting…", "正在统计…"),
    "alone": Saying("Nothing else is known around it.", "周围没有其他已知信息。"),
    "cap": Saying("At most of each", "每类最多"),
    "order": Saying("Order", "顺序"),
    "recent": Saying("Most recent first", "最近的在前"),
    "earliest": Saying("Earliest first", "最早的在前"),
    "grow": Saying("Add to the picture", "加入图中"),
    "came_recent": Saying("[shown] most recent of [all]: [type]", "[type]：共 [all] 条，显示最近 [shown] 条"),
    "came_earliest": Saying("[shown] earliest of [all]: [type]", "[type]：共 [all] 条，显示最早 [shown] 条"),
    "until": Saying("Known until", "截至"),
    "always": Saying("all", "全部"),
    "play": Saying("Replay", "回放"),
    "pause": Saying("Pause", "暂停"),
}  # fmt: skip

_FACTS = {
    "score": Saying("Score", "评分"),
    "role": Saying("Role", "角色"),
    "members": Saying("Applicants", "人数"),
    "users": Saying("Shared by", "共用人数"),
}
"""What is told of a node beside its properties."""

_SHORT = {
    "Group": "申请人组", "Application": "申请", "NationalId": "证件", "Address": "住址", "Employer": "单位",
    "BlacklistEntry": "黑名单", "FROM_IP": "使用 IP", "HAS_PHONE": "本人手机号", "HAS_CARD": "绑定银行卡",
    "HAS_ID": "出示证件", "SUBMITTED": "提交申请", "kind": "类别", "id_hash": "证件标识", "address": "住址",
    "employer": "单位", "created_at": "开户日期", "submitted_at": "提交日期", "os": "系统", "ssid": "网络名",
    "bank": "银行",
}  # fmt: skip
"""Chinese names that a picture has shorter, or in another way, than pages do."""
_CODES = (
    *(kind.label for kind in NODE_KINDS),
    *(kind.type for kind in RELATIONSHIP_KINDS),
    *(item.name for kind in NODE_KINDS for item in kind.properties),
    "Group", "kind",
)  # fmt: skip


def texts(language: Language) -> dict[str, str]:
    """The words of the canvas by name."""
    return {name: saying.say(language) for name, saying in _TEXTS.items()}


def names(language: Language) -> dict[str, str]:
    """The names of kinds, types and facts by code."""
    told = {code: saying.say(language) for code, saying in (*((code, NAMES[code]) for code in _CODES), *_FACTS.items())}
    return told | _SHORT if language is Language.ZH else told

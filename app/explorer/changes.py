"""What became of a ring since the run before, in the language of the page."""

from app.explorer.frame.language import said
from graph.language import Saying
from graph.results import Change

_NAMES = {
    Change.NEW: Saying("New", "新增"),
    Change.SAME: Saying("Same", "不变"),
    Change.GROWN: Saying("Grown", "扩大"),
    Change.SHRUNK: Saying("Shrunk", "缩小"),
    Change.MERGED: Saying("Merged", "合并"),
    Change.SPLIT: Saying("Split", "拆分"),
    Change.GONE: Saying("Gone", "消失"),
}


def change_name(change: Change) -> str:
    """The change in a word."""
    return said(_NAMES[change])

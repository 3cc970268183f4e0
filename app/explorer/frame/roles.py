"""What the roles are called."""

from app.explorer.frame.language import said
from cases.people import Role
from graph.language import Saying

_NAMES = {
    Role.VIEWER: Saying("viewer", "查看者"),
    Role.ANALYST: Saying("analyst", "分析员"),
    Role.REVIEWER: Saying("reviewer", "复核员"),
    Role.ADMIN: Saying("administrator", "管理员"),
}


def role_name(role: Role) -> str:
    """The role in the language of the page."""
    return said(_NAMES[role])

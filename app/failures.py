"""Errors of the system that nobody nearer to them has explained, as errors that the user can act on."""

import errno

from graph.errors import AccessError, OutputError, RingfenceError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
_NO_RIGHT = {errno.EACCES, errno.EPERM}


def known(error: BaseException) -> RingfenceError | None:
    """The error as one that says what to do; None where only its stack trace can tell more."""
    if isinstance(error, RingfenceError):
        return error
    if not isinstance(error, OSError):
        return None
    what, where = error.strerror or type(error).__name__, str(error.filename or "")
    if error.errno in _NO_ROOM:
        return OutputError(what, where=where, do="Make room or choose another place, then run again.")
    if error.errno in _NO_RIGHT:
        return AccessError(what, where=where, do="Give this user the right to use it, then run again.")
    return None

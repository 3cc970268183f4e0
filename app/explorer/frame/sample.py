"""Before the first run: what to do, and for an administrator a sample lender at the press of one button."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.plain_text import printable
from cases.people import Role
from graph.errors import BusyError, RingfenceError
from graph.language import Saying
from graph.store.contract import Store

APPLICANTS = 3_000
_NO_RUN = Saying("No rings yet", "尚无团伙")
_STORE = Saying("Nothing has been published in the store {address} so far.", "数据库 {address} 尚未发布任何识别结果。")
_OWN = Saying("Your own data", "使用自己的数据")
_LOAD = Saying(
    "Load a folder with a lender's tables and look for rings:", "载入一个包含信贷机构数据表的文件夹并识别团伙："
)
_TRY = Saying("No data at hand?", "手头没有数据？")
_AGAIN = Saying("Look again", "刷新")
_NO_DATA = Saying(
    "A made-up lender of {n:,} applicants shows what the explorer does. It takes about a minute. Make it in a store to "
    "try things with: its people stay there.",
    "可以生成一个有 {n:,} 名申请人的虚构机构来了解本系统，约需一分钟。请仅用于试用的数据库：虚构人员会留在其中。",
)
_MAKE = Saying("Make a sample lender", "生成示例机构")
_MAKING = Saying("Making a sample lender", "正在生成示例机构")
_WRITING = Saying("Writing its tables", "正在写入数据表")
_FINDING = Saying("Loading them and looking for rings", "正在载入数据并识别团伙")
_SECONDS = Saying("{n:# second|# seconds} so far", "已用 {n} 秒")
_NOT_MADE = Saying("The sample lender was not made.", "未能生成示例机构。")
_LINES = 3
"""So many of the last lines of a command that failed are shown."""
_NOT_EMPTY = Saying(
    "There is data in the store, but no run: `ringfence detect` looks for rings.",
    "数据库中已有数据，但尚未运行识别：请执行 `ringfence detect`。",
)


def no_run(store: Store) -> None:
    """Nothing was published yet."""
    st.title(said(_NO_RUN), anchor=False)
    st.text(said(_STORE, address=store.address))
    if _holds_data(store):
        st.markdown(said(_NOT_EMPTY))
    else:
        st.subheader(said(_OWN), anchor=False)
        st.text(said(_LOAD))
        st.code("ringfence nightly FOLDER", language=None)
        if session.may(Role.ADMIN):
            st.subheader(said(_TRY), anchor=False)
            st.text(said(_NO_DATA, n=APPLICANTS))
            if st.button(said(_MAKE), key="sample", type="primary"):
                session.acting(Role.ADMIN)
                _try_to_make(store)
    st.button(said(_AGAIN))


def _holds_data(store: Store) -> bool:
    return any(store.graph.counts().values())


def _try_to_make(store: Store) -> None:
    try:
        _make(store)
    except RingfenceError as error:
        st.error(said(_NOT_MADE))
        st.text(str(error))
        return
    st.rerun()


def _make(store: Store) -> None:
    """Write a world and do its night, each in a process of its own so that other pages stay quick."""
    if _holds_data(store):
        raise BusyError("The store is not empty any more", do="Look again.")
    with _folder() as folder, st.status(said(_MAKING), expanded=True):
        world, log = folder / "world", folder / "log"
        _run(log, said(_WRITING), "world", str(world), "--applicants", str(APPLICANTS), "--seed", "1")
        _run(log, said(_FINDING), "nightly", str(world), "--reports", str(folder / "reports"))


@contextmanager
def _folder() -> Iterator[Path]:
    work = state.settings().work_dir
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work, prefix="sample-") as folder:
        yield Path(folder)


def _run(log: Path, step: str, *arguments: str) -> None:
    """Run a command of Ringfence on this explorer's store, and say how long it takes; `RingfenceError` if it fails."""
    st.text(step)
    shown, began = st.empty(), time.monotonic()
    command = [str(Path(sys.executable).with_name("ringfence")), *arguments]
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=written) as process:  # noqa: S603
        while process.poll() is None:
            shown.text(said(_SECONDS, n=int(time.monotonic() - began)))
            time.sleep(0.5)
    if process.returncode:
        told = log.read_text("utf-8", "replace").strip().splitlines()[-_LINES:]
        raise RingfenceError("A command failed", where=step, do=printable(" ".join(told)))

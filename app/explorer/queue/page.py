"""The queue: rings ranked by the money at stake, filtered, sorted and paged in the store."""

import streamlit as st

from app.explorer.frame import language, navigation
from app.explorer.frame.language import said
from app.explorer.queue import bulk, by_hand, views
from app.explorer.queue.filters import filters
from app.explorer.queue.order import PAGE, Lines, read, ring_after
from app.explorer.queue.table import OPENED, columns, frame
from app.explorer.wording import moment
from app.explorer.work.acting import tell
from app.telling import summary_in
from graph.language import Saying
from graph.results import Run
from graph.store.contract import Store

_TITLE = Saying("Fraud rings", "欺诈团伙")
_ABOUT = Saying(
    "{rings} rings among {applicants} applicants, by what was known on {as_of}. Run {run}, published {published}.",
    "{applicants} 名申请人中发现 {rings} 个团伙，依据截至 {as_of} 的数据。检测批次 {run}，发布于 {published}。",
)
_NONE_FITS = Saying("No ring fits this search and these filters.", "没有符合搜索和筛选条件的团伙。")
_NO_RINGS = Saying("This run found no rings.", "本次检测未发现团伙。")
_PLACE = Saying(
    "{first} to {last} of {found} rings. Click a ring to open it.",
    "第 {first} 至 {last} 个，共 {found} 个团伙。点击团伙编号打开。",
)
_OPEN = Saying("Open the ticked ring", "打开勾选的团伙")
_FIRST = Saying("Open the first ring", "打开首个团伙")


def show(store: Store, run: Run) -> None:
    """The queue of the published run."""
    st.title(said(_TITLE), anchor=False)
    st.text(
        said(
            _ABOUT, rings=run.rings, applicants=run.applicants, as_of=moment(run.as_of),
            run=run.run_id, published=moment(run.published_at),
        )
    )  # fmt: skip
    left, right = st.columns([5, 3], vertical_alignment="bottom")
    with right:
        views.show()
    query = filters(store, left)
    by_hand.show()
    tell(bulk.QUEUE)
    question = f"page {run.run_id} {hash(query):x}"  # each has its own page, which stays while a ring is looked at
    lines = read(store, run, query, (st.session_state.get(question, 1) - 1) * PAGE)
    if not lines.found:
        st.info(said(_NONE_FITS if query.narrowed else _NO_RINGS))
        return
    bar = st.container(horizontal=True, vertical_alignment="center")
    chosen = _table(lines)
    with bar:
        _start(store, run, chosen)
        bulk.show([(ring_id, lines.cases[ring_id].version if ring_id in lines.cases else None) for ring_id in chosen])
    _pages(lines, key=question)


def _start(store: Store, run: Run, chosen: list[str]) -> None:
    """The way into the queue: the first ring that is ticked, or the first of all. So the keyboard opens any."""
    if st.button(said(_OPEN if chosen else _FIRST), shortcut="n", key="first ring"):
        first = chosen[0] if chosen else ring_after(store, run, None)
        if first:
            navigation.open_ring(first)


def _table(lines: Lines) -> list[str]:
    """One line a ring. Its id is a button that opens it; gives the ids of the lines that are ticked.

    A click on a button comes back with the id that was clicked. A ticked line comes back as a number: the key holds the
    ids of the rings that are shown, so the number never counts other lines than the analyst saw. Cells cannot be
    chosen: a table that opens a ring as soon as a cell has the focus shuts the keyboard out.
    """
    ids = [ring.ring_id for ring in lines.rings]
    event = st.dataframe(
        frame([summary_in(ring, language.spoken()) for ring in lines.rings], lines.cases),
        hide_index=True,
        height="content",
        row_height=38,
        column_config=columns(),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"queue {hash(tuple(ids)):x} {bulk.turn()}",
    )
    clicked = st.session_state.get(OPENED)
    if clicked:
        navigation.open_ring(clicked["label"])
    return [ids[number] for number in event.selection.rows]


def _pages(lines: Lines, *, key: str) -> None:
    left, right = st.columns([2, 3], vertical_alignment="center")
    last = lines.offset + len(lines.rings)
    left.caption(said(_PLACE, first=lines.offset + 1, last=last, found=lines.found))
    with right:
        st.pagination(-(-lines.found // PAGE), key=key, persist_state="session")

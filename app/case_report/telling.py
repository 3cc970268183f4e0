"""The sections of a report: a line says what about, what, by whom and when. All of it is plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from app.case_report.gathering import CaseFile
from app.case_report.words import ACTIONS, HOWS, SCOPES, STATES, VERDICTS
from app.plain_text import printable
from app.telling import fact_words
from cases.model import Change, Judgement, Regrouping
from detectors.sentences import false_kills_text
from graph.language import Language, Saying


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section."""

    subject: str
    detail: str = ""
    who: str = ""
    when: str = ""


COLUMNS = (Saying("About", "事项"), Saying("What", "内容"), Saying("Who", "人员"), Saying("When (UTC)", "时间（UTC）"))
TITLE = Saying("Case {ring}", "案件 {ring}")
MASKED = Saying("Personal data is masked.", "个人信息已脱敏。")
UNMASKED = Saying(
    "With personal data, for this purpose: {purpose}. Whoever takes it out is in the log.",
    "含个人信息，用途：{purpose}。导出人已记录在日志中。",
)
_SUMMARY = Saying("Summary", "概要")
_REASONS = Saying("Why it is a ring", "判为团伙的理由")
_MEMBERS = Saying("Members", "成员")
_EVIDENCE = Saying("Evidence", "证据")
_JUDGEMENTS = Saying("Judgements", "判定")
_NOTES = Saying("Notes", "备注")
_FILES = Saying("Files", "附件")
_GROUPS = Saying("Merged and split", "合并与拆分")
_LOG = Saying("Log", "日志")
_FIGURES = {
    "state": Saying("State of the case", "案件状态"),
    "owner": Saying("Owner", "负责人"),
    "opened": Saying("Opened", "立案时间"),
    "due": Saying("To be decided by", "结案期限"),
    "run": Saying("Detection run", "检测批次"),
    "score": Saying("Score", "评分"),
    "loss": Saying("Expected loss", "预期损失"),
    "stake": Saying("Money at stake", "涉及金额"),
    "harm": Saying("Honest people", "误伤"),
}
_MEMBER = Saying("{name}; score {score}", "{name}；评分 {score}")
_WAITS = Saying("waits for a second person", "等待复核")
_CONFIRMED = Saying("confirmed by {name}", "由{name}复核确认")
_WITHDRAWN = Saying("taken back by {name}: {why}", "由{name}撤回：{why}")
_MENTIONS = Saying("about {what}", "涉及 {what}")


def sections(file: CaseFile, language: Language) -> list[tuple[str, list[Line]]]:
    """Title and lines of each section that has any."""
    told = [
        (_SUMMARY, _summary(file, language)),
        (_REASONS, _reasons(file)),
        (_MEMBERS, _members(file, language)),
        (_EVIDENCE, _evidence(file, language)),
        (_JUDGEMENTS, (_judgement(each, language) for each in file.judgements)),
        (_NOTES, _notes(file, language)),
        (
            _FILES,
            (
                _line(a.name, f"{a.media_type}, {a.size:,} B, SHA-256 {a.sha256}", a.author, a.at)
                for a in file.attachments
            ),
        ),
        (_GROUPS, (_regrouping(each, language) for each in file.regroupings)),
        (_LOG, (_logged(each, language) for each in file.changes)),
    ]
    return [(title.say(language), found) for title, lines in told if (found := list(lines))]


def minute(seconds: int | None) -> str:
    """A time to the minute, in UTC; empty where unknown."""
    return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def _line(subject: str, detail: str, who: str = "", at: int | None = None) -> Line:
    return Line(printable(subject), "\n".join(map(printable, detail.splitlines())), printable(who), minute(at))


def _summary(file: CaseFile, language: Language) -> Iterator[Line]:
    case, ring = file.case, file.ring
    figures = {
        "state": STATES[case.state].say(language),
        "owner": case.owner or "",
        "opened": minute(case.opened_at),
        "due": minute(case.due_at),
    }
    if ring is not None:
        figures |= {
            "run": ring.run_id, "score": f"{ring.score:.2f}", "loss": f"{ring.expected_loss / 100:,.2f}",
            "stake": f"{ring.exposure / 100:,.2f}", "harm": false_kills_text(ring, language),
        }  # fmt: skip
    for name, value in figures.items():
        if value:
            yield _line(_FIGURES[name].say(language), str(value))


def _reasons(file: CaseFile) -> Iterator[Line]:
    for number, reason in enumerate(file.ring.reasons if file.ring else (), start=1):
        yield _line(str(number), "\n".join(filter(None, (reason.text, reason.compared))))


def _members(file: CaseFile, language: Language) -> Iterator[Line]:
    scores = {one.applicant_id: one.score for one in file.ring.members} if file.ring else {}
    for who, name in sorted(file.names.items(), key=lambda one: (-scores.get(one[0], 0.0), one[0])):
        score = f"{scores[who]:.2f}" if who in scores else "—"
        yield _line(who, _MEMBER.say(language, name=name or "—", score=score))


def _evidence(file: CaseFile, language: Language) -> Iterator[Line]:
    facts = sorted(file.ring.evidence if file.ring else (), key=lambda one: (-one.weight, one.code, one.kind, one.key))
    for fact in facts:
        yield _line(f"{fact.kind} {file.key(fact.kind, fact.key)}", fact_words(fact, language), at=fact.first_seen)


def _judgement(said: Judgement, language: Language) -> Line:
    about = [f"{SCOPES[said.scope].say(language)}: {', '.join(said.members)}", said.reason]
    if said.withdrawn_by is not None:
        about.append(_WITHDRAWN.say(language, name=said.withdrawn_by, why=said.withdrawn_why or ""))
    elif said.counts_from is None:
        about.append(_WAITS.say(language))
    elif said.confirmed_by:
        about.append(_CONFIRMED.say(language, name=said.confirmed_by))
    return _line(VERDICTS[said.verdict].say(language), "\n".join(about), said.author, said.at)


def _notes(file: CaseFile, language: Language) -> Iterator[Line]:
    for note in file.notes:
        what = ", ".join(f"{each.kind} {file.key(each.kind, each.key)}" for each in note.evidence)
        text = f"{note.text}\n{_MENTIONS.say(language, what=what)}" if what else note.text
        yield _line(str(note.id), text, note.author, note.at)


def _regrouping(said: Regrouping, language: Language) -> Line:
    about = [f"{said.ring_id} -> {said.target}: {', '.join(said.members)}", said.reason]
    if said.undone_by is not None:
        about.append(_WITHDRAWN.say(language, name=said.undone_by, why=said.undone_why or ""))
    return _line(HOWS[said.how].say(language), "\n".join(about), said.author, said.at)


def _logged(change: Change, language: Language) -> Line:
    done = ACTIONS[change.action].say(language) if change.action in ACTIONS else change.action
    purpose = change.after.get("purpose", "") if isinstance(change.after, dict) else ""
    return _line(done, str(purpose), change.author, change.at)

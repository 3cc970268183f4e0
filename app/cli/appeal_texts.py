"""How appeals look in the terminal and to programs: keys masked, what people wrote made safe for a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from app.case_report.telling import minute
from app.cli.case_texts import plain_table
from app.cli.console import out
from app.masking import masked_key
from app.plain_text import printable, shortened
from app.sources import LABELS
from cases.appeal_model import Appeal, Entity, RuleFigures
from graph.language import Language


def appeal_table(appeals: Sequence[Appeal]) -> Table:
    """A line for each appeal."""
    lines = plain_table("no.", "state", "owner", "filed", "due", "outcome", "applicant", "rules", "version")
    for each in appeals:
        due = f"{minute(each.due_at)}{' (overdue)' if each.overdue else ''}"
        rules = ", ".join(hit.rule for hit in each.hits)
        texts = (each.owner or "", minute(each.at), due, each.outcome, each.applicant_id, rules)
        lines.add_row(str(each.id), each.state, *(shortened(text, 120) for text in texts), str(each.version))
    return lines


def figures_table(figures: Sequence[RuleFigures]) -> Table:
    """A line for each rule."""
    lines = plain_table("rule", "overturned", "upheld", "waiting", "decisions", "overturned of decisions")
    for each in figures:
        counts = (each.overturned, each.upheld, each.waiting)
        known = "" if each.decisions is None else f"{each.decisions:,}"
        share = f"{each.overturned / each.decisions:.2%}" if each.decisions else ""
        lines.add_row(printable(each.rule), *(f"{count:,}" for count in counts), known, share)
    return lines


def appeal_json(appeal: Appeal) -> dict[str, Any]:
    """Everything about an appeal, with the keys masked of what the application came with."""
    entities = tuple(each.model_copy(update={"key": _masked(each)}) for each in appeal.entities)
    masked = appeal.model_copy(update={"entities": entities})
    return masked.model_dump(mode="json") | {
        "state": appeal.state, "owner": appeal.owner, "version": appeal.version,
    }  # fmt: skip


def print_appeal(appeal: Appeal, language: Language) -> None:
    """The same for people."""
    out.print(appeal_table([appeal]))
    about = f"Decision {appeal.decision_id} on application {appeal.application_id}, {minute(appeal.decided_at)}"
    out.print(printable(about), soft_wrap=True)
    for hit in appeal.hits:
        out.print(
            f"{printable(hit.rule)} ({printable(hit.code)}): {printable(hit.told.get(language, ''))}", soft_wrap=True
        )
    for each in appeal.entities:
        shared = f"{each.hub}, with {', '.join(each.applicants) or 'others'}" if each.hub else "shared with nobody"
        out.print(f"{each.kind} {_masked(each)}: {shortened(printable(shared), 200)}", soft_wrap=True)
    for link in appeal.links:
        out.print(f"Linked to {printable(link.applicant_id)}{' (known fraud)' if link.fraud else ''}", soft_wrap=True)
    if appeal.first:
        out.print(f"First reviewed by {printable(', '.join(appeal.first))}", soft_wrap=True)
    out.print(f"The customer: {printable(appeal.text)}", soft_wrap=True)
    for step in appeal.steps:
        why = f": {printable(step.reason)}" if step.reason else ""
        out.print(f"{minute(step.at)} {step.state} by {printable(step.author)}{why}", soft_wrap=True)


def _masked(entity: Entity) -> str:
    return printable(masked_key(LABELS.get(entity.kind, entity.kind), entity.key))

"""What the demo shows: stages as they happen, the profile, the matches with their parts, the letter, the ledger."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli import console
from cli.client import TERMINAL, Client, Frame
from cli.errors import BadInput, StackError
from services.resumes.errors import Reason

PARTS = {
    "skills": "skills",
    "title": "title",
    "experience": "exper.",
    "work_type": "type",
    "location": "place",
    "salary": "pay",
}
_SHOWN_JOBS = 6
_UNREADABLE = frozenset(Reason)  # what can be wrong with a file, rather than with us


def heading(text: str) -> None:
    console.out.print(f"\n[bold cyan]{escape(text)}[/bold cyan]", soft_wrap=True)


def follow(client: Client, pipeline: str, run_id: str, *, blame_input: str = "") -> None:
    """Show a run until it ends: a live bar for it and each child on a terminal, and a line for each stage done.

    A run that fails is the caller's input to blame when `blame_input` names it, else ours.
    """
    bars = Progress(
        TextColumn("  "),
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=console.out,
        transient=True,
    )
    shown: dict[str, _Followed] = {}
    with bars:
        for frame in client.follow(run_id):
            if frame["run_id"] != run_id and not frame["pipeline"].startswith(f"{pipeline}_"):
                continue  # another run of the same account
            if frame["run_id"] not in shown:
                shown[frame["run_id"]] = _Followed(bars)
            shown[frame["run_id"]].take(frame)
    _say_how_it_ended(client.run(run_id), blame_input)


class _Followed:
    """One run on the screen. A stage is said when the next one begins: name, message and time."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = bars.add_task("queued", total=100)
        self._stage: str | None = None
        self._since = time.monotonic()

    def take(self, frame: Frame) -> None:
        label = f"{frame['pipeline']} {frame['stage'] or frame['status']}".replace("_", " ")
        self._bars.update(self._task, completed=frame["progress"], description=label)
        over = frame["status"] in TERMINAL
        if frame["stage"] == self._stage and not over:
            return
        if self._stage is not None and frame["status"] != "failed":
            console.good(self._stage, f"{frame['message']} ({time.monotonic() - self._since:.1f} s)".strip())
        self._stage, self._since = frame["stage"], time.monotonic()
        if over:
            self._bars.update(self._task, visible=False)


def _say_how_it_ended(run: Mapping[str, Any], blame_input: str) -> None:
    if run["status"] == "completed":
        return
    words = run["error_message"] or run["message"] or run["status"]
    if blame_input and run["error_code"] in _UNREADABLE:
        raise BadInput(f"{blame_input}: {words} [{run['error_code']}]")
    raise StackError(
        f"{run['pipeline']} {run['status']}: {words} [{run['error_code']}]", "the logs of the workers say more"
    )


def show_profile(result: Mapping[str, Any]) -> None:
    """What was not found is left out of the answer."""
    contact = " · ".join(escape(str(result[name])) for name in ("location", "email", "phone") if result.get(name))
    lines = [f"[bold]{escape(result.get('name') or 'Name not found')}[/bold]   {contact}"]
    lines.append(f"[dim]{result['total_work_years']:g} years of work, overlaps counted once[/dim]\n")
    lines += [_job(one) for one in result["experience"][:_SHOWN_JOBS]]
    lines += [f"[dim]… and {left} more[/dim]" for left in [len(result["experience"]) - _SHOWN_JOBS] if left > 0]
    lines += [_education(one) for one in result["education"]]
    lines += [
        "",
        *(
            f"[cyan]{escape(group)}[/cyan] {escape(', '.join(names))}"
            for group, names in result["skills"].items()
            if names
        ),
    ]
    console.out.print(Panel("\n".join(lines), title="Profile", title_align="left", border_style="cyan"))


def _job(one: Mapping[str, Any]) -> str:
    dates = " – ".join(str(one[name]) for name in ("start_date", "end_date") if one.get(name))
    return f"{dates:<20} {escape(', '.join(text for text in (one.get('role'), one.get('company')) if text))}"


def _education(one: Mapping[str, Any]) -> str:
    names = (one.get("degree"), one.get("institution"))
    return f"{one.get('year') or '':<20} {escape(', '.join(text for text in names if text))}"


def show_matches(matches: Sequence[Mapping[str, Any]]) -> None:
    if not matches:
        console.warn("matches", "no posting fits this résumé")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("score\n/100", justify="right", style="bold", no_wrap=True, width=6)
    table.add_column("posting", overflow="ellipsis", no_wrap=True, width=max(16, console.out.width - 54))
    weights = {name: part["weight"] for name, part in _parts(matches[0]).items()}
    for name, title in PARTS.items():
        heading = f"{title}\n/{weights.get(name, 0) * 100:.0f}"
        table.add_column(heading, justify="right", no_wrap=True, width=6)
    for match in matches:
        posting = " · ".join(text for text in (match["job_title"], match["job_company"]) if text)
        cells = (_points(_parts(match).get(name)) for name in PARTS)
        table.add_row(f"{match['score']:.1f}", escape(posting), *cells)
    console.out.print(table)
    console.out.print(" [dim]· half of the points, because there was nothing to go by. Why the first one:[/dim]")
    for name, part in _parts(matches[0]).items():
        console.note(name.replace("_", " "), part["reason"])


def _parts(match: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {part["name"]: part for part in match["reasoning"]["parts"]}


def _points(part: Mapping[str, Any] | None) -> str:
    if part is None:
        return ""
    return f"[dim]· {part['points']:.1f}[/dim]" if part["neutral"] else f"{part['points']:.1f}"


def show_letter(letter: Mapping[str, Any]) -> None:
    console.out.print(
        Panel(
            escape(letter["cover_letter"]),
            title=f"Written by: {escape(letter['model'])}",
            title_align="left",
            padding=(1, 2),
        )
    )
    for claim in letter.get("dropped_claims", ()):
        console.note("dropped", f"not supported by résumé or posting: {claim}")


def show_ledger(ledger: Mapping[str, Any], remark: str) -> None:
    table = Table(box=None)
    for name, side in (("movement", "left"), ("available", "right"), ("reserved", "right"), ("what for", "left")):
        table.add_column(name, justify="right" if side == "right" else "left")
    for entry in reversed(ledger["entries"]):
        table.add_row(
            entry["kind"], f"{entry['available_delta']:+d}", f"{entry['reserved_delta']:+d}", escape(entry["note"])
        )
    table.add_row(
        "[bold]balance[/bold]", f"[bold]{ledger['available']}[/bold]", f"[bold]{ledger['reserved']}[/bold]", ""
    )
    console.out.print(table)
    console.out.print(f" [dim]{escape(remark)}[/dim]", soft_wrap=True)

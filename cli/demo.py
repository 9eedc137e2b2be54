"""`offerline demo`: a stack of its own, and the whole way through it as a client would go."""

import json
import secrets
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli import console, leftovers, ports
from cli import demo_views as views
from cli.client import Client
from cli.demo_boards import serve_boards
from cli.errors import BadInput, StackError
from cli.folder import DataFolder
from cli.stack import Options, options_from_environment, running_stack, shown
from cli.up import introduce, stops_cleanly, wait_for_interrupt
from core.settings import get_settings

BUNDLED = Path(__file__).parent / "sample_resume.pdf"
SOURCES = ("remoteok", "weworkremotely")
SHOWN_MATCHES = 10
_ANALYSIS = "resume_analysis"
_MARKER = "made-by-demo"
# Outside the demo the local writer is free; here it has a price, so that the ledger has something to show.
_CREDITS = {"CREDITS_ENFORCED": "true", "SIGNUP_CREDITS": "100", "LOCAL_CREDITS_PER_1K_OUTPUT": "10"}


def demo(resume: Path | None, *, live: bool, keep: bool, data_dir: Path) -> None:
    began = time.monotonic()
    chosen = _chosen(resume)
    folder = DataFolder(data_dir.expanduser().absolute())
    with stops_cleanly(), _boards(live=live) as boards:
        _start_empty(folder)
        with running_stack(_options(folder, boards)) as stack:
            with Client(stack.api_url, stack.check) as client:
                _walk(client, chosen, live=live)
            console.out.print(f"\n Done in {time.monotonic() - began:.0f} s. Data and logs: {shown(folder.root)}\n")
            if keep:
                introduce(stack, folder)
                wait_for_interrupt(stack)


def _walk(client: Client, resume: Path, *, live: bool) -> None:
    """The steps of a person: register, harvest, upload, match, ask for a letter, look at the bill."""
    views.heading("A person registers")
    client.register(f"demo-{secrets.token_hex(4)}@example.com", secrets.token_urlsafe(16), "Demo Person")
    console.good("account", "registered; the first account of a new stack is its administrator")

    views.heading("Job boards are harvested" + ("" if live else ", from local copies that answer as the originals do"))
    views.follow(client, "harvest", client.start_run("harvest", {"sources": list(SOURCES)}))

    views.heading(f"{resume.name} is uploaded and read")
    views.show_profile(client.analysis(analyse(client, resume)))

    views.heading("The person is matched with the postings")
    views.follow(client, "matching", client.start_run("matching"))
    matches = client.matches(SHOWN_MATCHES)
    views.show_matches(matches)
    if not matches:
        return

    views.heading(f"A cover letter for the best match, {matches[0]['job_title']}")
    views.show_letter(client.cover_letter(matches[0]["id"]))

    views.heading("What it cost")
    views.show_ledger(client.ledger(), _price_remark())


def analyse(client: Client, resume: Path) -> str:
    """Have the résumé read, showing every stage. Answers the id of the analysis."""
    if resume.suffix.lower() != ".txt":
        job_id = client.start_analysis(client.upload(resume))
        views.follow(client, _ANALYSIS, job_id, blame_input=resume.name)
        return job_id
    before = client.newest_run(_ANALYSIS)
    with ThreadPoolExecutor(1) as pool:  # this upload answers only when the text is read: follow its run meanwhile
        sent = pool.submit(client.upload_cv, resume)
        job_id = _run_of(client, sent, before)
        views.follow(client, _ANALYSIS, job_id, blame_input=resume.name)
        sent.result()
    return job_id


def _run_of(client: Client, sent: Future[None], before: str | None) -> str:
    """The run that an upload under way has started. Raises what the upload raises when it is refused."""
    while True:
        over = sent.done()
        if (run_id := client.newest_run(_ANALYSIS)) not in (None, before):
            return str(run_id)
        if over:
            sent.result()
            raise StackError("the upload started no run")
        time.sleep(0.05)


def _price_remark() -> str:
    provider = get_settings().llm_provider
    if provider != "local":
        return f"Priced by the tokens that {provider} counted. One credit is one cent."
    return (
        f"The demo prices the local writer at {_CREDITS['LOCAL_CREDITS_PER_1K_OUTPUT']} credits per 1,000 tokens, to "
        "have something to show. Outside the demo it is free."
    )


def _chosen(resume: Path | None) -> Path:
    chosen = (resume or BUNDLED).expanduser()
    if not chosen.is_file():
        raise BadInput(f"there is no file {chosen}", "name a résumé: PDF, DOC, DOCX or TXT")
    try:
        chosen.open("rb").close()
    except OSError as error:
        raise BadInput(f"{chosen} cannot be read: {error.strerror}") from error
    return chosen


@contextmanager
def _boards(*, live: bool) -> Iterator[dict[str, str]]:
    """Where each board is: nothing for the real ones."""
    if live:
        yield {}
        return
    with serve_boards() as boards:
        yield dict(boards)


def _options(folder: DataFolder, boards: dict[str, str]) -> Options:
    """Servers of its own whatever the environment names, and free ports when the usual ones are taken."""
    usual = options_from_environment(folder)
    extra = dict(_CREDITS)
    if boards:
        extra["HARVEST_BASE_URLS"] = json.dumps(boards)
    return replace(
        usual,
        api_port=ports.first_free(usual.api_host, usual.api_port),
        flower_port=ports.first_free("127.0.0.1", usual.flower_port),
        database_url="",
        redis_url="",
        extra=extra,
    )


def _start_empty(folder: DataFolder) -> None:
    """Each demo begins anew. Only a folder that an earlier demo marked as its own is emptied."""
    if folder.in_use():
        with folder.locked():  # says who holds it
            return
    marker = folder.root / _MARKER
    if folder.root.exists() and any(folder.root.iterdir()):
        if not marker.exists():
            raise StackError(f"{folder.root} holds files that no demo made", "name a new folder with --data-dir")
        if (note := folder.read_note()) is not None:
            leftovers.stop(note.processes)
        shutil.rmtree(folder.root)
    with folder.locked():
        marker.write_text("`offerline demo` empties this folder each time it starts.\n", "utf-8")

"""A CUPS server of the tests' own: a real scheduler on a free port, its folders in one place, its printers made of files."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PPDS = Path("/usr/share/ppd/cupsfilters")
PPD = PPDS / "Generic-PDF_Printer-PDF.ppd"
WITH_TRAYS = PPDS / "Fuji_Xerox-DocuPrint_CM305_df-PDF.ppd"
FILTERS = ("filter", "daemon", "monitor", "notifier", "cgi-bin", "driver")
START_S = 10.0

FILES = """ServerRoot {root}/etc
ServerBin {root}/bin
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/run
ErrorLog {root}/log/error_log
AccessLog {root}/log/access_log
PageLog {root}/log/page_log
SystemGroup root
User {user}
Group {group}
FileDevice Yes
"""
SCHEDULER = """Listen 127.0.0.1:{port}
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType None
IdleExitTimeout 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
BACKENDS = {
    # Each reads its pages as a real one would, and then says what a real one says.
    "jams": 'cat > /dev/null; echo "ERROR: Paper jam in tray 2" >&2; exit 1',
    "empties": 'echo "ERROR: Load letter paper" >&2; exit 4',
    "dawdles": 'echo "INFO: Warming up" >&2; sleep 30',
    # Prints for a moment, as paper does.
    "rests": (
        'cd "$(dirname "$0")/../../papers"; umask 022; echo "INFO: Printing" >&2;'
        ' cat > "$PRINTER-$1.new"; sleep 1; mv "$PRINTER-$1.new" "$PRINTER-$1.pdf"; echo "$1|$4|$3|$5" >> "$PRINTER.jobs"'
    ),
    # Keeps the pages of each job, and one line for each with its number, copies, title and options.
    "keeps": ('cd "$(dirname "$0")/../../papers"; umask 022; cat > "$PRINTER-$1.pdf"; echo "$1|$4|$3|$5" >> "$PRINTER.jobs"'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintServer:
    """A running scheduler; ``papers`` is where its file printers print to."""

    address: str
    papers: Path

    def add(self, name: str, *, description: str = "", backend: str = "", policy: str = "retry-job", ppd: Path = PPD) -> Path:
        """Add a printer and return the file it prints to; with a backend it is one that works or fails in that backend's way."""
        paper = self.papers / f"{name}.pdf"
        device = f"{backend}:/" if backend else f"file:{paper}"
        self.tell(
            "lpadmin", "-p", name, "-E", "-v", device, "-P", str(ppd), "-D", description or name, "-o", f"printer-error-policy={policy}"
        )
        return paper

    def kept(self, name: str) -> list[Path]:
        """Return what came out of a printer with the backend ``keeps``, one file for each job, in the order of the jobs."""
        return sorted(self.papers.glob(f"{name}-*.pdf"), key=lambda path: int(path.stem.rpartition("-")[2]))

    def jobs(self, name: str) -> list[list[str]]:
        """Return job number, copies, title and options of each job that came out of a printer with the backend ``keeps``."""
        lines = (self.papers / f"{name}.jobs").read_text(encoding="utf-8").splitlines()
        return [line.split("|", 3) for line in lines]

    def tell(self, *command: str) -> None:
        """Run one of the administrator's commands on this server."""
        program = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        assert program is not None
        subprocess.run(
            [program, *command[1:]], check=True, capture_output=True, env={**os.environ, "CUPS_SERVER": self.address}, timeout=20
        )


def cupsd() -> str | None:
    """Return where the scheduler is, None when this system has none."""
    return shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


@contextlib.contextmanager
def running() -> Iterator[PrintServer]:
    """Start a scheduler of its own, and stop it and take its folders away at the end."""
    program = cupsd()
    assert program is not None
    root = Path(tempfile.mkdtemp(prefix="print-server-"))
    port = _free_port()
    _lay_out(root, port)
    process = subprocess.Popen(
        [program, "-f", "-c", str(root / "etc/cupsd.conf"), "-s", str(root / "etc/cups-files.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield PrintServer(address=f"127.0.0.1:{port}", papers=root / "papers")
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(root, ignore_errors=True)


def _lay_out(root: Path, port: int) -> None:
    for name in ("etc/ppd", "spool/tmp", "cache", "run/certs", "log", "papers", "bin/backend"):
        (root / name).mkdir(parents=True)
    # A scheduler started by root works as another account, and refuses programs that anyone could have put there.
    user, group = ("lp", "lp") if os.geteuid() == 0 else (getpass.getuser(), _own_group())
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        folder.chmod(0o755 if "bin" in folder.relative_to(root).parts or folder == root else 0o777)
    for name in FILTERS:
        (root / "bin" / name).symlink_to(Path("/usr/lib/cups") / name)
    for name, behaviour in BACKENDS.items():
        program = root / "bin/backend" / name
        program.write_text(f"#!/bin/sh\n[ $# = 0 ] && exit 0\n{behaviour}\n", encoding="ascii")
        program.chmod(0o755)
    (root / "etc/cups-files.conf").write_text(FILES.format(root=root, user=user, group=group), encoding="ascii")
    (root / "etc/cupsd.conf").write_text(SCHEDULER.format(port=port), encoding="ascii")


def _own_group() -> str:
    return subprocess.run(["/usr/bin/id", "-gn"], check=True, capture_output=True, text=True).stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, "the scheduler ended at once"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the scheduler does not answer")

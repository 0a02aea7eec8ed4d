"""What ``retention`` is given on the command line."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction


def add_retention_steps(parser: ArgumentParser) -> None:
    """Add what can be done: each is a word of its own after ``retention``."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    listed = steps.add_parser("list", help="what may go, what was proposed and what was removed")
    listed.add_argument("--find", metavar="TEXT", help="instead, of everyone who fits a name or number, until when the record stays")
    _of_record(steps, "propose", "propose that a record goes")
    export = _of_record(steps, "export", "write the copy of a record that was proposed to go, a PDF and a JSON file")
    export.add_argument("-o", "--output", required=True, metavar="FOLDER", help="a folder that is there")
    _of_record(steps, "consent", "consent to a removal; two different people have to")
    _of_record(steps, "withdraw", "take a proposal back")
    _of_record(steps, "remove", "take a record away for good")
    hold = _of_record(steps, "hold", "have a record kept whatever its age")
    hold.add_argument("--reason", required=True, metavar="TEXT", help="why")
    hold.add_argument("--end", action="store_true", help="end it instead")


def _of_record(steps: _SubParsersAction[ArgumentParser], name: str, text: str) -> ArgumentParser:
    parser = steps.add_parser(name, help=text)
    parser.add_argument("record", metavar="RECORD", help="the record number, such as RD-000012-3")
    return parser

"""The command line: help without work, and one way out for every fault."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from eurohpc_kg import __version__, cli
from eurohpc_kg.cli import main, parser_for
from eurohpc_kg.cli.commands import all_commands, module_of
from eurohpc_kg.errors import (
    EurohpcKgError,
    RefusedError,
    StoreError,
    UnknownNameError,
    UsageError,
)
from imports import imported_by


def give(monkeypatch: pytest.MonkeyPatch, work: Callable[[], int]) -> None:
    """Make ``trial`` a command that does ``work``."""
    module = ModuleType(module_of("trial"))
    module.SUMMARY = "Try"  # type: ignore[attr-defined]
    module.add_arguments = lambda _: None  # type: ignore[attr-defined]
    module.run = lambda _: work()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module_of("trial"), module)
    monkeypatch.setattr(cli, "all_commands", lambda: {"trial": "Try", "build": "Build"})


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize("command", sorted(all_commands()))
def test_every_command_of_the_table_has_its_module(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module(module_of(command))
    assert all_commands()[command] == module.SUMMARY
    assert isinstance(parser_for(command), argparse.ArgumentParser)
    assert main([command, "--help"]) == 0
    assert f"usage: eurohpc-kg {command}" in capsys.readouterr().out


def test_every_module_of_a_command_is_in_the_table_or_a_part_of_one_that_is() -> None:
    folder = Path(cli.__file__).parent
    found = {path.stem for path in folder.glob("*.py") if "\ndef run(" in path.read_text()}
    commands = {module_of(command).rsplit(".", 1)[1] for command in all_commands()}
    stray = {name for name in found - commands if not name.startswith(tuple(commands))}
    assert stray == set()


def test_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, summary in all_commands().items():
        assert f"  {name} " in out
        assert summary in out
    assert "3 could not do it" in out


@pytest.mark.parametrize("words", [["help", "fmt"], ["fmt", "-h"]])
def test_help_on_a_command_can_be_asked_both_ways(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    assert "usage: eurohpc-kg fmt" in capsys.readouterr().out


def test_help_imports_no_command_and_no_engine() -> None:
    imported, _ = imported_by("from eurohpc_kg.cli import main; main(['--help'])", after="pass")
    assert not imported & {"dataclasses", "pathlib", "pyoxigraph", "rdflib", "eurohpc_kg.cli.fmt"}
    assert "eurohpc_kg.cli" in imported


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"eurohpc-kg {__version__}\n"


def test_no_words_is_a_usage_error_with_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "cure"), [("buidl", "Did you mean build?"), ("zzz", "lists the commands")]
)
def test_an_unknown_command_gets_the_nearest(
    word: str, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word]) == 2
    captured = capsys.readouterr()
    assert (captured.out, f"there is no command '{word}'" in captured.err) == ("", True)
    assert cure in captured.err


def test_an_unknown_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (EurohpcKgError("broken", place="x:1", remedy="Mend it."), 3, "x:1: broken\n  Mend it."),
        (UsageError("odd words"), 2, "odd words"),
        (UnknownNameError("no lumy", candidates=["id:lumi"]), 2, "Did you mean id:lumi?"),
        (StoreError("damaged"), 3, "damaged"),
        (RefusedError("faulty"), 1, "faulty"),
        (
            FileNotFoundError(2, "No such file or directory", "x"),
            3,
            "x: No such file or directory\n  Look whether it is",
        ),
        (OSError("odd"), 3, "odd"),
        (MemoryError(), 3, "not enough memory"),
        (RecursionError("too deep"), 3, "internal error: RecursionError: too deep"),
        (ZeroDivisionError("x"), 3, "EUROHPC_KG_DEBUG=1"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_fault_is_a_message_and_an_exit_code(
    error: BaseException,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    give(monkeypatch, raising(error))
    assert main(["trial"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_a_traceback_is_there_for_who_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EUROHPC_KG_DEBUG", "1")
    give(monkeypatch, raising(ZeroDivisionError("x")))
    assert main(["trial"]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "serve --seconds nan", "serve --seconds 0", "serve --rows 0", "serve --queries -1",
        "serve --megabytes x", "serve --address nonsense", "serve --allow-service nonsense",
        "site -o OUT --jobs -1", "site -o OUT --oxigraph OUT/nowhere",
        "load http://127.0.0.1:1/ --timeout nan", "load http://127.0.0.1:1/ --timeout inf",
        "doctor http://127.0.0.1:1/ --timeout -3", "ask calls-open-on --timeout soon",
        "import facts nowhere.csv --sources nowhere.csv", "import top500 nowhere.xlsx",
        "sources --check nowhere.html", "fmt nowhere.ttl", "check nowhere", "diff nowhere.nq",
        "new thing Bad --kind City --label x --source https://a.example/",
        "new thing good --kind City --label x --source nonsense",
        "new source --address https://a.example/ --title t --publisher p --date 2025-13-01",
        "export nq -o OUT --site nonsense", "build --as-of never", "stale --on never",
    ],
)  # fmt: skip
def test_a_word_that_is_off_is_a_fault_of_usage(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(words.replace("OUT", str(out)).split()) == 2
    printed, said = capsys.readouterr()
    assert (printed, said[:12], out.exists()) == ("", "eurohpc-kg: ", False)


def test_the_exit_code_is_the_command_s(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, lambda: 1)
    assert main(["trial"]) == 1


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "eurohpc_kg", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_output_is_utf_8_whatever_the_terminal_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eurohpc_kg", "žádný"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 2
    assert "žádný" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["zzz"], 2), ([], 2)])
def test_the_process_ends_with_the_exit_code_and_all_that_was_said(
    words: list[str], code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eurohpc_kg", *words], capture_output=True, text=True
    )
    assert done.returncode == code
    assert (done.stdout + done.stderr).endswith("\n")


def test_a_closed_output_is_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m eurohpc_kg --help >&-", shell=True, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr

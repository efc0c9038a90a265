"""The store: built once for the same inputs, whole or not at all, and never from a faulty graph."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from eurohpc_kg.errors import RefusedError, StoreError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store import build, building, inputs, open_folder, open_store
from eurohpc_kg.store.memory import recall
from small_repository import THING, examiner, make_repository

BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from small_repository import examiner
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store import build, building
building.EXAMINER = examiner(pause={pause})
print(build(Repository(Path({root!r})), say=lambda text: print(text, file=sys.stderr, flush=True)))
print(sys.modules["examiner"].calls)
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    yield make_repository(tmp_path / "content")
    sys.modules.pop("examiner")


def calls() -> int:
    return int(sys.modules["examiner"].calls)


def things(repository: Repository) -> Path:
    return repository.register / "things.ttl"


def label(store: Store) -> str:
    solutions = store.query("SELECT ?l { ?s <urn:label> ?l }", use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return " ".join(str(row[0].value) for row in solutions)


def folders() -> list[str]:
    return sorted(path.name for path in (cache_directory() / "stores").iterdir())


def process(repository: Repository, pause: float) -> subprocess.Popen[str]:
    code = BUILD.format(tests=str(Path(__file__).parent), root=str(repository.root), pause=pause)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_same_inputs_are_built_once(repository: Repository) -> None:
    first = build(repository)
    assert build(repository) == first
    assert label(open_store(repository)) == "A"
    assert calls() == 1


def test_opening_builds_where_needed_and_says_so(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert label(open_store(repository)) == "A"
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("building the store")


def test_an_open_store_can_not_be_written(repository: Repository) -> None:
    store = open_store(repository, say=str)
    with pytest.raises(RuntimeError, match="read-write"):
        store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_a_change_of_a_file_makes_another_store_and_taking_it_back_the_first(
    repository: Repository,
) -> None:
    first = build(repository)
    things(repository).write_text(THING.replace('"A"', '"B"'))
    second = build(repository)
    assert label(open_store(repository)) == "B"
    things(repository).write_text(THING)
    assert build(repository) == first != second
    assert calls() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda r: (r.register / "more.ttl").write_text("<urn:x> <urn:label> 1 ."),
        lambda r: (r.root / "queries" / "x.rq").write_text("ASK {}"),
        lambda r: things(r).rename(things(r).with_name("other.ttl")),
        lambda r: things(r).unlink(),
    ],
    ids=["a new file", "a new query", "a new name", "a file gone"],
)
def test_what_is_added_renamed_or_gone_counts_as_a_change(
    repository: Repository, change: Callable[[Repository], object]
) -> None:
    first = build(repository)
    change(repository)
    assert recall(repository) is None
    assert build(repository) != first


def test_a_change_of_the_same_length_and_time_is_seen(repository: Repository) -> None:
    first = build(repository)
    stat = things(repository).stat()
    things(repository).write_text(THING.replace('"A"', '"B"'))
    os.utime(things(repository), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert build(repository) != first


def test_touching_a_file_costs_a_look_but_no_build(repository: Repository) -> None:
    first = build(repository)
    os.utime(things(repository))
    assert recall(repository) is None
    assert build(repository) == first == recall(repository)
    assert calls() == 1


def test_a_copy_elsewhere_has_the_same_store(repository: Repository, tmp_path: Path) -> None:
    shutil.copytree(repository.root, tmp_path / "copy")
    assert build(Repository(tmp_path / "copy")) == build(repository)
    assert calls() == 1


def test_another_version_of_the_engine_makes_another_store(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(repository)
    monkeypatch.setattr(inputs, "__version__", "99")
    assert build(repository) != first


def test_no_store_is_built_from_a_graph_with_errors(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_good = build(repository)
    things(repository).write_text(THING.replace('"A"', '"B"'))
    faults = [
        Finding("data/register/things.ttl", 3, "figure-undated", "No date.", "Give it one."),
        Finding("", 0, "odd", "Odd.", severity=Severity.WARNING),
    ]
    monkeypatch.setattr(building, "EXAMINER", examiner(Report(faults)))
    with pytest.raises(RefusedError, match="1 error, 1 warning") as caught:
        build(repository)
    assert caught.value.exit_code == 1
    assert caught.value.details.startswith("data/register/things.ttl:3  error  figure-undated")
    assert "odd" not in caught.value.details
    assert folders() == [last_good.name]


def test_warnings_do_not_stop_a_build(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = Finding("x", 1, "odd", "Odd.", severity=Severity.WARNING)
    monkeypatch.setattr(building, "EXAMINER", examiner(Report([warning])))
    assert label(open_store(repository, say=str)) == "A"


@pytest.mark.parametrize("damage", ["truncated", "a file gone", "empty"])
def test_a_damaged_store_is_named_with_the_cure_and_the_cure_works(
    repository: Repository, damage: str
) -> None:
    path = build(repository)
    table = max(path.glob("*.sst"), key=lambda file: file.stat().st_size)
    if damage == "truncated":
        os.truncate(table, 100)
    elif damage == "a file gone":
        table.unlink()
    else:
        for file in path.iterdir():
            file.unlink()
    with pytest.raises(StoreError, match="damaged") as caught:
        open_store(repository)
    assert caught.value.place == str(path)
    assert "build --force" in caught.value.remedy
    build(repository, force=True)
    assert label(open_store(repository)) == "A"


def test_a_note_that_is_damaged_is_not_believed(repository: Repository) -> None:
    build(repository)
    (note,) = (cache_directory() / "inputs").iterdir()
    note.write_bytes(b"\xff\xfe")
    assert recall(repository) is None
    assert label(open_store(repository)) == "A"
    assert calls() == 1


def test_a_cache_that_is_no_folder_is_named_with_the_cure(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "file"
    place.write_text("")
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(place))
    with pytest.raises(StoreError, match="can't be written") as caught:
        open_store(repository)
    assert caught.value.place == str(place)
    assert "EUROHPC_KG_CACHE" in caught.value.remedy


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("IO\nx")])
def test_a_full_disk_leaves_nothing_half_written(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    last_good = build(repository)
    things(repository).write_text(THING.replace('"A"', '"B"'))

    def fail(folder: Path, _: object) -> None:
        folder.mkdir()
        raise error

    monkeypatch.setattr(building, "_write", fail)
    with pytest.raises(StoreError, match="can't be written"):
        build(repository)
    assert folders() == [last_good.name]


def test_a_file_that_changes_during_the_build_makes_it_build_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = building._write
    said: list[str] = []

    def change_once(folder: Path, examined: building.Examined) -> None:
        write(folder, examined)
        things(repository).write_text(THING.replace('"A"', '"B"'))
        monkeypatch.setattr(building, "_write", write)

    monkeypatch.setattr(building, "_write", change_once)
    path = build(repository, say=said.append)
    assert label(open_folder(path)) == "B"
    assert "a file changed while the store was built; once more" in said
    assert folders() == [path.name]


def test_files_that_never_rest_are_an_error(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = building._write

    def change(folder: Path, examined: building.Examined) -> None:
        write(folder, examined)
        things(repository).write_text(f"{things(repository).read_text()}\n")

    monkeypatch.setattr(building, "_write", change)
    with pytest.raises(StoreError, match="changed 3 times"):
        build(repository)
    assert folders() == []


def test_a_build_that_is_killed_leaves_the_last_good_store_and_the_next_sweeps(
    repository: Repository,
) -> None:
    last_good = build(repository)
    things(repository).write_text(THING.replace('"A"', '"B"'))
    killed = process(repository, pause=30)
    assert killed.stderr is not None
    assert killed.stderr.readline().startswith("building")
    left = last_good.with_name(f".{'0' * 32}.{killed.pid}")
    left.mkdir()  # as a kill while writing would leave it
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert label(open_folder(last_good)) == "A"
    path = build(repository)
    assert label(open_store(repository)) == "B"
    assert folders() == sorted([last_good.name, path.name])


def test_two_processes_that_build_at_once_do_the_work_once(repository: Repository) -> None:
    both = [process(repository, pause=1.5) for _ in range(2)]
    results = [one.communicate(timeout=60) for one in both]
    paths, worked = zip(*(out.split() for out, _ in results), strict=True)
    assert len(set(paths)) == 1
    assert sorted(worked) == ["0", "1"]
    assert any("waiting for another process" in err for _, err in results)
    assert label(open_folder(Path(paths[0]))) == "A"


def test_without_file_locks_two_builds_are_still_safe(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    path = build(repository)
    other = path.with_name(".unfinished")
    other.mkdir()
    build(repository, force=True)
    assert other.is_dir()
    assert label(open_folder(path)) == "A"


def test_stores_that_nobody_used_for_long_are_removed_when_another_is_built(
    repository: Repository,
) -> None:
    paths = []
    for n in range(building.KEPT + 2):
        things(repository).write_text(THING.replace('"A"', f'"{n}"'))
        paths.append(build(repository))
    assert len(folders()) == len(paths)  # too young to go
    long_ago = time.time() - building.UNUSED - 10
    for n, path in enumerate(paths):
        os.utime(path, (long_ago + n, long_ago + n))
    open_folder(paths[0])  # just used
    things(repository).write_text(THING)
    newest = build(repository)
    assert folders() == sorted(path.name for path in (newest, paths[0], *paths[-2:]))

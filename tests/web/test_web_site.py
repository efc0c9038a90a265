"""The site: whole, the same every time, and written anew only where something changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eurohpc_kg.errors import InputError
from eurohpc_kg.repository import Repository
from eurohpc_kg.web import site as site_module
from eurohpc_kg.web.site import MANIFEST, Written, write_site

Content = tuple[Repository, Path]


def nobody(_text: str) -> None:
    """Hear nothing."""


def few(build: object) -> list[str]:
    """Return some pages of each kind."""
    found = paths_of_all(build)  # type: ignore[arg-type]
    many = ("id/", "source/", "ontology/", "vocabulary/", "edition/")
    return [path for i, path in enumerate(found) if not path.startswith(many) or i % 40 == 0]


paths_of_all = site_module.paths


@pytest.fixture(scope="module")
def written(content: Content, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_module, "paths", few)
        target = tmp_path_factory.mktemp("site") / "public"
        return target, write_site(*content, target, nobody, jobs=2)


def names(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_pages_stand_with_their_data_beside_them(written: tuple[Path, Written]) -> None:
    found = names(written[0])
    pages = [name for name in found if name.startswith("id/") and name.endswith(".html")]
    assert pages
    for name in pages:
        assert {name.replace(".html", suffix) for suffix in (".ttl", ".nq", ".jsonld", ".csv")} <= {
            *found
        }
    assert {"index.html", "404.html", "-/static/house.css", "-/europe.svg", "logo.svg",
            "-/search-index.json", ".well-known/void", ".nojekyll"} <= {*found}  # fmt: skip
    assert b"PREFIX" in found["question/factories-targeting-sector.rq"]
    assert found["question/factories-targeting-sector.csv"].startswith(b"factory,")


def test_the_data_are_those_that_the_server_sends(
    written: tuple[Path, Written], publisher: object
) -> None:
    from eurohpc_kg.web.publish import Publisher

    assert isinstance(publisher, Publisher)
    for name, body in names(written[0]).items():
        if re.match(r"(?:id|vocabulary)/.*\.(?:ttl|nq|csv)$", name):
            assert publisher.reply(name, {}, "").body == body, name


def test_the_broken_links_are_only_those_to_pages_left_out(
    content: Content, written: tuple[Path, Written]
) -> None:
    from eurohpc_kg.web.build import Build

    left_out = {f"{path}.html" for path in paths_of_all(Build(*content))}
    for finding in written[1].report.findings:
        link = re.search(r"links to (\S+),", finding.message)
        assert link is not None
        assert re.sub(r"\.(?:ttl|csv|nq|jsonld|json|rq)$", ".html", link[1]) in left_out


def test_no_link_leaves_the_folder(written: tuple[Path, Written]) -> None:
    for name, body in names(written[0]).items():
        if name.endswith(".html"):
            assert not re.search(rb'(?:href|src|action)="/', body), name
            assert b"Content-Security-Policy" in body


def test_a_second_run_does_nothing_and_another_folder_is_the_same(
    content: Content, written: tuple[Path, Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "paths", few)
    again = write_site(*content, written[0], nobody)
    assert (again.changed, again.removed) == (0, 0)
    other = tmp_path / "other"
    write_site(*content, other, nobody, jobs=1)
    assert names(other) == names(written[0])


def test_only_what_changed_is_written_and_what_is_gone_is_removed(
    content: Content, written: tuple[Path, Written], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "paths", few)
    folder = written[0]
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / "id").mkdir(exist_ok=True)
    (folder / "id" / "gone.html").write_text("old")
    (folder / "index.html").write_text("damaged")
    manifest |= {"stamp": "another", "files": [*manifest["files"], "id/gone.html"]}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    again = write_site(*content, folder, nobody)
    assert (again.changed, again.removed) == (1, 1)
    assert not (folder / "id" / "gone.html").exists()


def test_a_folder_with_anything_else_in_it_is_left_alone(content: Content, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="no site of ours"):
        write_site(*content, tmp_path, nobody)


def test_an_engine_that_is_none_is_refused(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "paths", lambda _: ["index"])
    with pytest.raises(InputError, match=r"web\.js"):
        write_site(*content, tmp_path / "s", nobody, engine=tmp_path)

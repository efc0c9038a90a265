"""What holds on any page: by keyboard, on paper, and for whoever sees few colours."""

from __future__ import annotations

import re

import pytest
from kinds import PAGES
from reading import Manner, Reader

from conftest import Opens

FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const pin = one.querySelector(".pin");
  const box = one.getBoundingClientRect();
  return {
    name: one.innerText || one.getAttribute("aria-label") || one.id,
    tag: one.tagName.toLowerCase(),
    outline: pin ? parseFloat(getComputedStyle(pin).strokeWidth)
      : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tab(reader: Reader, times: int = 1) -> dict[str, object]:
    """Press the tabulator; return where that leads."""
    for _ in range(times):
        reader.page.keyboard.press("Tab")
    found: dict[str, object] = reader.page.evaluate(FOCUSED)
    return found


def tab_to(reader: Reader, name: str, most: int = 80) -> None:
    """Press the tabulator until it leads to what has this name."""
    for _ in range(most):
        if str(tab(reader)["name"]).strip() == name:
            return
    raise AssertionError(f"the keyboard doesn't lead to {name!r}")


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(opens: Opens) -> None:
    reader = opens()
    reader.open("index.html")
    first = tab(reader)
    assert first["name"] == "Skip to the content"
    assert first["seen"]
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"
    assert tab(reader)["name"] == "big-q"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_stop_of_the_keyboard_is_seen(opens: Opens, scheme: str) -> None:
    reader = opens(Manner("dark" if scheme == "dark" else "light"))
    reader.page.emulate_media(reduced_motion="reduce")  # so that scrolling takes no time
    reader.open(PAGES["question"])
    for _ in range(25):
        found = tab(reader)
        assert found["seen"], found
        assert found["outline"] >= 2, found  # type: ignore[operator]


def test_a_question_is_asked_and_its_answer_read_by_keyboard_alone(opens: Opens) -> None:
    reader = opens()
    reader.open("question.html")
    tab_to(reader, "Which AI Factories target a sector?")
    with reader.page.expect_navigation(wait_until="domcontentloaded"):
        reader.page.keyboard.press("Enter")
    tab_to(reader, "p-sector")
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.type("energy")
    with reader.page.expect_navigation(wait_until="domcontentloaded"):
        reader.page.keyboard.press("Enter")
    assert "JUPITER AI Factory" in reader.column("Factory")

    tab_to(reader, "Country")  # the heading sorts
    reader.page.keyboard.press("Enter")
    up = reader.column("Country")
    reader.page.keyboard.press("Enter")
    assert up == sorted(up)
    assert reader.column("Country") == up[::-1] or {*up} == {*reader.column("Country")}
    assert reader.page.locator("th[aria-sort=descending]").inner_text().startswith("Country")

    tab_to(reader, "JUPITER AI Factory")
    with reader.page.expect_navigation(wait_until="domcontentloaded"):
        reader.page.keyboard.press("Enter")
    assert reader.heading() == "JUPITER AI Factory"


def test_sparql_is_completed_and_asked_by_keyboard_alone(opens: Opens) -> None:
    reader = opens()
    reader.open("sparql.html")
    tab_to(reader, "query")
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.type("SELECT DISTINCT ?f WHERE { ?f a ehpc:AIFac")
    reader.page.locator("#choices li").first.wait_for()
    assert reader.page.locator("#choices li[aria-selected=true]").inner_text().startswith(
        "ehpc:AIFactory"
    )  # fmt: skip
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.type(" }")
    reader.page.keyboard.press("Control+Enter")
    rows = reader.page.locator("#answer tbody tr")
    rows.first.wait_for()
    assert rows.count() == 19
    assert "19 rows" in reader.text("#timing")
    assert tab(reader)["name"] != "query"  # the field lets the keyboard go


def test_rows_are_filtered_and_sorted(opens: Opens) -> None:
    reader = opens()
    reader.open("question/factories-by-country.html")
    reader.page.get_by_label("Only rows with").fill("espana ")
    assert reader.column("Country") == []
    reader.page.get_by_label("Only rows with").fill("SPÁIN")
    assert {*reader.column("Country")} == {"Spain"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_prints_in_black_with_the_addresses_of_its_sources(
    opens: Opens, scheme: str
) -> None:
    reader = opens(Manner("dark" if scheme == "dark" else "light"))
    reader.open("id/lumi.html")
    reader.page.emulate_media(media="print")
    style = "getComputedStyle(document.body)"
    assert reader.page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    assert reader.page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    for gone in ("nav", "form.search", ".forms", ".follows"):
        assert not reader.page.locator(gone).first.is_visible(), gone
    content = reader.page.evaluate(
        """getComputedStyle(document.querySelector(".sources .outside"), "::after").content"""
    )
    assert re.search("https?://", content)
    assert reader.page.locator("h1").is_visible()
    assert reader.page.pdf().startswith(b"%PDF")


def test_marks_stay_to_be_seen_where_the_reader_sets_the_colours(opens: Opens) -> None:
    reader = opens()
    reader.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    reader.open("id/lumi.html")
    stroke = """getComputedStyle(document.querySelector(".plot .line")).stroke"""
    canvas = """(() => { const one = document.createElement("i"); one.style.color = "CanvasText";
      document.body.append(one); return getComputedStyle(one).color })()"""
    assert reader.page.evaluate(stroke) == reader.page.evaluate(canvas)
    assert reader.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == (
        "auto"
    )


@pytest.mark.parametrize(("width", "size"), [(640, 200), (320, 100)])
def test_letters_may_be_twice_as_large_and_windows_very_narrow(
    opens: Opens, width: int, size: int
) -> None:
    reader = opens(Manner("light", width))
    for path in ("index.html", "id/lumi.html", PAGES["question"], "sparql.html", PAGES["compare"]):
        reader.open(path)
        reader.page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        assert reader.overflow() <= 0, path


def test_every_kind_of_page_asks_no_other_host_and_runs_no_script_of_its_own(
    opens: Opens,
) -> None:
    reader = opens()
    for path in PAGES.values():
        reply = reader.open(path)
        assert reply.headers["content-security-policy"].startswith("default-src 'none'"), path
        assert "unsafe-inline" not in reply.headers["content-security-policy"]
        assert not re.search(r"<script(?! src)|<style| style=| on\w+=", reply.text()), path
    # The watch itself is awake: another host is noticed, and a script in the page is stopped.
    reader.page.evaluate("""() => {
      fetch("https://other.example/").catch(() => null);
      const one = document.createElement("script");
      one.textContent = "window.ran = true";
      document.body.append(one);
    }""")
    reader.page.wait_for_timeout(200)
    assert reader.page.evaluate("window.ran") is None
    assert [fault.partition(":")[0] for fault in reader.faults].count("console") >= 2
    reader.faults.clear()

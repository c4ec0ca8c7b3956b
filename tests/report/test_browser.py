"""The page in a real browser: it draws, answers mouse and keys, is accessible, and runs nothing of what it shows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import trialparse
from tests.conftest import SHARED
from tests.report.browser import PHONE, WIDE, Browser, chromium
from tests.report.pages import EMPTY, FAILURE, HEPATIC, PATIENT, RENAL, hostile, read
from trialparse.report.page import Read, write_report

pytestmark = pytest.mark.browser
MANY = 500


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages that most tests look at."""
    folder = tmp_path_factory.mktemp("pages")
    write_report(folder / "two.html", [read(HEPATIC), read(RENAL)])
    write_report(folder / "patient.html", [read(HEPATIC), read(RENAL)], PATIENT)
    write_report(folder / "hostile.html", [hostile(), FAILURE, read(EMPTY)], PATIENT)
    write_report(folder / "nothing.html", [FAILURE])
    return folder


def current(browser: Browser) -> str:
    """The text that is shown as chosen on the left."""
    return "".join(browser.texts(".text .current"))


def test_it_opens_and_holds_the_whole_text(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    assert browser.complaints() == []
    assert browser.texts("#summary") == ["2 trials · 14 criteria"]
    runs = browser.run("return [...document.querySelectorAll('.run')].map((each) => each.textContent)")
    assert "".join(runs) == HEPATIC
    assert browser.texts(".card-id") == ["I1", "I2", "I2.1", "I2.2", "I2.3", "I3", "I4", "E1", "E2", "E3"]
    assert browser.texts(".m-numeral:not(.coverage *):not(.key *)") == ["6"]


def test_a_click_on_either_side_finds_the_other(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    browser.find('[data-id="I2.1"] [data-path="0.1"]').click()
    assert current(browser) == "≥ 50 × 10^9/L"
    browser.find('[data-id="I2.2"] .card-text').click()
    assert current(browser) == "ALT and AST ≤ 3 × ULN"
    browser.find(".text .m-condition").click()
    assert browser.texts(".cards .leaf.current") == ["the spleen is enlarged"]
    assert browser.run("return document.querySelector('.card.current').dataset.id") == "I2.1"
    assert browser.run("return location.hash") == "#0/I2.1/0.0"
    seen = browser.run(
        """const box = document.querySelectorAll(".pane")[1].getBoundingClientRect();
        const leaf = document.querySelector(".leaf.current").getBoundingClientRect();
        return leaf.top >= box.top && leaf.bottom <= box.bottom"""
    )
    assert seen, "its card is scrolled into view"


def test_a_condition_of_several_parts_finds_its_frame_and_is_found_by_it(browser: Browser, tmp_path: Path) -> None:
    condition = "hemoglobin < 9 g/dL or stroke within 6 months"
    page = f"Inclusion Criteria:\n\n* INR ≤ 1.5 unless {condition}\n"
    write_report(tmp_path / "one.html", [read(page)])
    browser.open(tmp_path / "one.html")
    browser.find(".text .m-condition:not(.m-threshold, .m-event)").click()
    frames = "return [...document.querySelectorAll('.cards .group.current')].map((each) => each.dataset.path)"
    assert browser.run(frames) == ["0.0"]
    browser.open(tmp_path / "one.html")
    assert current(browser) == ""
    browser.find(".group.not > .operator").click()
    assert browser.run(frames) == ["0.0"]
    assert current(browser) == condition


def test_marks_within_marks_are_reached_one_after_another(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    window = browser.find(".text .m-event.m-window")
    window.click()
    assert browser.texts(".cards .leaf.window.current") == ["within 14 d before the first dose"]
    window.click()
    assert browser.texts(".cards .leaf.current") == ["Adequate organ function within 14 days before the first dose:"]


def test_an_address_opens_a_trial_at_a_limit(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html", "#1/E1/0")
    assert current(browser) == "Platelets < 30,000/mm3"
    assert browser.texts(".trial-head h2") == ["Warm socks for cold feet"]
    browser.find("#trial-list a").click()
    assert browser.texts(".trial-head h2") == ["Sunflower oil in people with long fatigue"]
    browser.open(pages / "two.html", "#99/nothing")
    assert browser.complaints() == []


def test_logic_is_seen_at_a_glance(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    words = {
        name: browser.texts(f'[data-id="{name}"] > .own .operator') for name in ("I2.1", "I2.2", "I2.3", "I3", "E2")
    }
    assert words == {
        "I2.1": ["if", "then", "otherwise"],
        "I2.2": ["all of"],
        "I2.3": ["any of"],
        "I3": ["at least 2 of"],
        "E2": ["not", "any of"],
    }
    assert browser.texts(".children > .operator") == ["all of these"]


def test_keys_do_what_the_mouse_does(browser: Browser, pages: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(pages / "two.html")
    browser.run("document.querySelector('.text [tabindex=\"0\"]').focus()")

    def press(*keys: str) -> None:
        for key in keys:
            browser.driver.switch_to.active_element.send_keys(key)

    press(Keys.ARROW_RIGHT, Keys.ENTER)
    assert browser.texts(".cards .leaf.current") == ["18 ≤ age ≤ 75 a"]
    browser.run('document.querySelector(\'[data-id="I2.1"] [data-path="0.0"]\').focus()')
    press(Keys.ENTER)
    assert current(browser).strip() == "the spleen is enlarged"
    browser.open(pages / "two.html")
    reached = set()
    for _ in range(60):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(
            browser.run(
                "return document.activeElement.className || document.activeElement.id || "
                "document.activeElement.name || document.activeElement.tagName"
            )
        )
    assert {"skip", "show-trials", "show-ranges", "measure", "pane", "card-id", "leaf threshold"} <= reached


def test_filters(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    for name, value, cards, trials in (
        ("section", "exclusion", ["E1", "E2", "E3"], 2),
        ("measure", "platelets", ["I2", "I2.1"], 2),
        ("role", "condition", [], 0),
        ("remark", "unknown_layout", [], 2),
        ("text", "tablets UNABLE", ["E3"], 1),
        ("text", "hemoglobin > 9", ["I2", "I2.3"], 1),
    ):
        browser.choose(name, value)
        assert browser.texts(".card-id") == cards, (name, value)
        assert len(browser.texts("#trial-list li")) == trials, (name, value)
        browser.find("#filters [type=reset]").click()
        browser.wait()
    browser.choose("measure", "platelets")
    assert browser.texts("#filter-count") == ["3 criteria in 2 trials"]
    browser.find("#filters [type=reset]").click()
    browser.wait()
    assert len(browser.texts(".card-id")) == 10
    assert browser.texts("#filter-count") == [""]


def test_where_the_filters_leave_nothing_of_the_open_trial_the_way_on_is_shown(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    browser.choose("text", "socks clearance")
    assert browser.texts(".criteria h3") == []
    assert browser.texts(".cards .notice") == ["No criterion of this trial fits the filters. Go to NCT99000702"]
    browser.find(".cards .notice button").click()
    assert browser.texts(".card-id") == ["I1"]
    assert browser.texts(".cards .notice") == []
    browser.choose("text", "no such words")
    assert browser.texts(".cards .notice") == ["No criterion of this trial fits the filters."]
    assert browser.complaints() == []


def test_line_ends_that_are_escapes_break_lines(browser: Browser, tmp_path: Path) -> None:
    record = {"id": "NCT99000705", "criteria": "Inclusion Criteria:\n* Age ≥ 18 years\n* ECOG 0-1"}
    text = json.dumps(record, ensure_ascii=False)
    write_report(tmp_path / "json.html", [read(text)])
    browser.open(tmp_path / "json.html")
    assert set(browser.texts(".text .escape")) == {"\\n"}
    lines = (
        "return document.querySelector('.text > .run').innerText.split('\\n').filter((each) => each.startsWith('* '))"
    )
    assert browser.run(lines) == ["* Age ≥ 18 years\\n", "* ECOG 0-1"]


def test_the_line_of_numbers_is_divided_where_ends_are_far_apart(browser: Browser, tmp_path: Path) -> None:
    page = "Inclusion Criteria:\n* Age ≥ 1 month\n* Age ≤ 75 years\n"
    write_report(tmp_path / "ages.html", [read(page)])
    browser.open(tmp_path / "ages.html")
    browser.find("#show-ranges").click()
    assert browser.texts(".axis text") == ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"]


def test_ranges_are_sorted_and_lead_to_their_cards(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    browser.find("#show-ranges").click()
    assert browser.texts(".picture h3") == ["platelets in 10*9/L: 4 limits"]
    assert browser.texts(".bars .bar-formula") == [
        "platelets < 30000 /mm3", "platelets ≥ 50 10*9/L", "platelets ≥ 75 10*9/L", "platelets > 100 10*9/L",
    ]  # fmt: skip
    kinds = "return [...document.querySelectorAll('.bars circle')].map((each) => each.getAttribute('class'))"
    assert browser.run(kinds) == ["open", "closed", "closed", "open"]
    places = "return [...document.querySelectorAll('.bars circle')].map((each) => parseFloat(each.getAttribute('cx')))"
    found = browser.run(places)
    assert found == sorted(found)
    assert browser.texts(".bars .exclusion .bar-name") == ["NCT99000702 E1"]
    browser.find(".bars .exclusion").click()
    assert current(browser) == "Platelets < 30,000/mm3"
    assert browser.complaints() == []


def test_a_patient_s_verdicts_stand_with_their_reasons(browser: Browser, pages: Path) -> None:
    browser.open(pages / "patient.html")
    assert "hemoglobin 7 g/dL" in browser.texts(".patient li")
    badges = {name: browser.texts(f'[data-id="{name}"] > .own .outcome')[0] for name in ("I1", "I2.1", "E1", "E3")}
    assert badges == {"I1": "met", "I2.1": "unknown", "E1": "met, excludes", "E3": "unknown"}
    assert browser.texts('[data-id="I1"] .fact') == [" ✓ true: age in years 60"]
    assert browser.texts('[data-id="E3"] .reasons li') == ["needs to know whether this is so"]
    assert "chemotherapy: 2025-07-25" in browser.texts(".verdict")[0]
    browser.choose("outcome", "met")
    assert "I1" in browser.texts(".card-id")
    assert "E3" not in browser.texts(".card-id")


def test_hostile_text_is_shown_and_does_not_run(browser: Browser, pages: Path) -> None:
    browser.open(pages / "hostile.html")
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    (title,) = browser.texts(".trial-head h2")
    assert title.startswith('</script><script>window.hostile = 1</script><img src=x onerror="window.hostile = 2">')
    assert "‹U+202E›evil" in title
    for each in browser.driver.find_elements("css selector", ".card-id, .leaf, .text [data-marks]"):
        browser.run("arguments[0].click()", each)
    browser.find("#show-ranges").click()
    browser.choose("text", "<script>")
    assert browser.run("return window.hostile === undefined")
    assert browser.run("return document.querySelectorAll('img, iframe, object, .trial a, script[src]').length") == 0
    assert browser.run("return document.scripts.length") == browser.run(
        "return document.querySelectorAll('body > script').length"
    )
    assert browser.texts(".failures li") == [f"{FAILURE.where} {FAILURE.reason}"]
    assert browser.complaints() == []


def test_a_record_without_criteria_and_a_page_without_trials(browser: Browser, pages: Path) -> None:
    browser.open(pages / "hostile.html", "#1")
    assert browser.texts(".trial > .notice") == ["No criteria were read in this record."]
    browser.find(".trial-remarks summary").click()
    assert any(each.startswith("no_criteria ") for each in browser.texts(".trial-remarks .remarks li"))
    browser.open(pages / "nothing.html")
    assert browser.texts("#main .notice") == ["There is no trial in this report."]
    assert len(browser.texts(".failures li")) == 1
    browser.find("#show-ranges").click()
    assert browser.complaints() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(browser: Browser, pages: Path, size: tuple[int, int], dark: bool) -> None:
    browser.open(pages / "patient.html", "#0/I2.1/0.1")
    browser.look(size, dark=dark)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.axe() == []
    browser.run("document.getElementById('show-ranges').click()")
    assert browser.axe() == []
    browser.open(pages / "hostile.html", "#1")
    browser.look(size, dark=dark)
    assert browser.axe() == []


def test_a_phone_shows_both_sides_and_nothing_is_too_wide(browser: Browser, pages: Path) -> None:
    for name in ("patient.html", "hostile.html"):
        browser.open(pages / name)
        browser.look(PHONE)
        browser.driver.refresh()
        assert browser.run("return document.documentElement.scrollWidth") <= PHONE[0]
        assert browser.texts("#trial-list li") == []
    browser.open(pages / "patient.html")
    browser.look(PHONE)
    browser.find('[data-id="E2"] .card-id').click()
    box = browser.run(
        "const box = document.querySelector('.text .current').getBoundingClientRect(); return [box.top, box.bottom]"
    )
    assert 0 <= box[0] < box[1] <= PHONE[1] / 2, "the text stays above, at the criterion"


def test_on_paper_all_trials_are_whole(browser: Browser, pages: Path) -> None:
    browser.open(pages / "two.html")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    browser.look(media="print")
    assert browser.texts(".trial-head h2") == ["Sunflower oil in people with long fatigue", "Warm socks for cold feet"]
    assert browser.texts("#filters") == []
    clipped = """const panes = [...document.querySelectorAll(".pane")];
        return panes.filter((each) => each.scrollHeight > each.clientHeight + 1).length"""
    assert browser.run(clipped) == 0
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert len(browser.texts(".trial-head h2")) == 1


def test_all_that_the_filters_leave_is_printed_in_the_order_of_the_list(browser: Browser, tmp_path: Path) -> None:
    write_report(tmp_path / "many.html", [read(text) for text in (HEPATIC, RENAL) * 12])
    browser.open(tmp_path / "many.html", "#3")
    titles = "return [...document.querySelectorAll('.trial-head h2')].map((each) => each.textContent)"
    socks, oil = "Warm socks for cold feet", "Sunflower oil in people with long fatigue"
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run(titles) == [oil, socks] * 12
    browser.run("dispatchEvent(new Event('afterprint'))")
    browser.choose("text", "tablets unable")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run(titles) == [oil] * 2 + [socks] + [oil] * 10


def test_five_hundred_trials_stay_usable(browser: Browser, tmp_path: Path) -> None:
    one, other = read(HEPATIC), read(RENAL)
    numbered = [
        Read(each.trial.model_copy(update={"trial_id": f"NCT{99100000 + number}"}), each.source)
        for number in range(MANY // 2)
        for each in (one, other)
    ]
    write_report(tmp_path / "many.html", numbered)
    started = time.monotonic()
    browser.open(tmp_path / "many.html")
    assert len(browser.texts("#trial-list li")) == MANY
    assert browser.run("return document.querySelectorAll('.trial').length") == 1, "the others are not drawn yet"
    assert browser.run("return document.querySelectorAll('*').length") < 14 * MANY
    browser.choose("text", "tablets NCT99100002")
    assert browser.texts("#filter-count") == ["1 criterion in 1 trial"]
    browser.find("#show-ranges").click()
    assert len(browser.texts(".bars li")) == 100
    browser.find(".more").click()
    assert len(browser.texts(".bars li")) == 200
    assert time.monotonic() - started < 15
    assert browser.complaints() == []


# -- the seeds ---------------------------------------------------------------------------------------------------------


@pytest.mark.shared
def test_every_limit_of_the_seeds_is_highlighted_at_its_place(browser: Browser, tmp_path: Path) -> None:
    gold = json.loads((SHARED / "seeds" / "expected.json").read_text(encoding="utf-8"))
    texts = [(SHARED / "seeds" / each["file"]).read_text(encoding="utf-8") for each in gold]
    write_report(tmp_path / "seeds.html", map(read, texts))
    for number, (wanted, text) in enumerate(zip(gold, texts, strict=True)):
        browser.open(tmp_path / "seeds.html", f"#{number}")
        flat = trialparse.parse(text).thresholds()
        for name, measure, *_ in wanted["thresholds"]:
            found = [each for each in flat if (each.criterion.id, each.threshold.measure.name) == (name, measure)]
            assert found, (name, measure)
            for each in found:
                browser.run(
                    "document.querySelector(arguments[0]).click()",
                    f'[data-id="{name}"] > .own [data-path="{each.path}"]',
                )
                span = each.threshold.span
                assert current(browser) == text[span.start : span.end], (name, measure)
                dressed = """const chosen = [...document.querySelectorAll(".text .current")];
                    return chosen.every((each) => each.classList.contains("m-threshold"))"""
                assert browser.run(dressed)
        assert browser.complaints() == []

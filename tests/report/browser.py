"""A headless Chromium for the tests of the report page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --force-prefers-reduced-motion
""".split()
WIDE, PHONE = (1400, 900), (390, 844)


def absent() -> str | None:
    """Why there is no browser to test in; None: there is one."""
    if _browser() is None or shutil.which("chromedriver") is None:
        return "no Chromium with its driver is installed (Debian: chromium, chromium-driver)"
    if find_spec("selenium") is None or find_spec("axe_core_python") is None:
        return "the extra `browser` is not installed"
    return None


def _browser() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


class Browser:
    """What the tests do with a page."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path, address: str = "") -> None:
        """Open a file afresh, in the light, on a wide screen."""
        self.look()
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get(page.as_uri() + address)

    def look(self, size: tuple[int, int] = WIDE, *, dark: bool = False, media: str = "") -> None:
        """Change the screen: its size, its colours, or to paper."""
        width, height = size
        mobile = size == PHONE
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [scheme]})

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        """The first element."""
        return self.driver.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that are shown."""
        script = """return [...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility())
            .map((each) => each.textContent)"""
        return list(self.run(script, selector))

    def choose(self, name: str, value: str) -> None:
        """Set one of the filters, and wait until it is done."""
        self.run(
            """const field = document.getElementById("filters").elements[arguments[0]];
            field.value = arguments[1]; field.dispatchEvent(new Event("input", { bubbles: true }));""",
            name,
            value,
        )
        self.wait()

    def wait(self) -> None:
        """Until the filters are through."""
        self.driver.execute_async_script(
            """const done = arguments[0], list = document.getElementById("trial-list");
            const look = () => list.getAttribute("aria-busy") === "true" ? setTimeout(look, 20) : done();
            setTimeout(look, 20);"""
        )

    def complaints(self) -> list[str]:
        """What the console holds since the page was opened."""
        return [each["message"] for each in self.driver.get_log("browser")]

    def axe(self) -> list[str]:
        """What axe finds that is serious or critical, and where."""
        import axe_core_python

        (folder,) = axe_core_python.__path__
        self.run((Path(folder) / "axe.min.js").read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "axe.run().then(arguments[0], (e) => arguments[0]({error: String(e)}))"
        )
        assert "violations" in found, found
        return [
            f"{each['id']}: {json.dumps([node['html'][:120] for node in each['nodes'][:3]])}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
        ]


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = _browser() or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()

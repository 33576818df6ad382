"""The example that draws with a package from npm."""


def test_a_package_from_npm_draws_what_python_counts(open_app):
    page = open_app("examples/npm-package/")
    drawing = page.get_by_role("img", name="Cups of tea by day")
    slider = page.get_by_role("slider", name="Mon")
    assert drawing.locator("g").count() == 8  # a bar a day, and the ground
    first = drawing.locator("g path").nth(1)
    before = first.get_attribute("d")

    slider.fill("7")

    assert page.locator("figcaption b").inner_text() == "26"
    assert first.get_attribute("d") != before
    slider.fill("0")
    assert drawing.locator("g").count() == 7
    page.get_by_role("radio", name="solid").check()
    assert drawing.locator("g path").first.get_attribute("stroke") == "none"


def test_a_web_component_from_npm_takes_its_attribute_from_a_signal(open_app):
    page = open_app("examples/npm-package/")
    when = page.locator("relative-time")

    page.wait_for_function(
        "() => document.querySelector('relative-time').shadowRoot?.textContent.trim() === 'now'"
    )

    assert when.get_attribute("datetime").startswith("20")

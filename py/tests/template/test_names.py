"""Names, addresses and styles from values: S5 to S10 of the reliability bar, and its rule 4."""

import re

import pytest
from gossamer.errors import GossamerError, NestingError, TemplateError, UnsafeNameError
from gossamer.template import names, spec
from gossamer.template.names import (
    IMAGE_URL,
    IMAGE_URLS,
    PLAIN,
    RESOURCE_URL,
    URL,
    check_attribute_name,
    check_style_property,
    check_tag_name,
    check_url,
    is_style_property,
    is_style_value,
    refusal,
    sink_of,
)
from hypothesis import assume, example, given
from hypothesis import strategies as st

from .reading import KINDS, read, read_hole

SINKS = (URL, RESOURCE_URL, IMAGE_URL, IMAGE_URLS)

SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\0\x01\x1f javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "\tj\ta\tv\tascript\t:alert(1)",
    "javascript\n:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "vbscript:MsgBox(1)",
    "livescript:x",
    "data:text/html,<script>alert(1)</script>",
    " DATA:text/html;base64,PHNjcmlwdD4=",
    "data:,x",
    "data:application/xhtml+xml,<x/>",
    "d\nata:text/html,x",
    "view-source:javascript:1",
    "filesystem:https://example.com/x",
    "file:///etc/passwd",
    "x-unknown:1",
    "intent://x",
]
HARMLESS = [
    "",
    "#top",
    "?q=javascript:1",
    "/javascript:1",
    "./javascript:1",
    "//example.com/javascript:",
    "https://example.com/?u=javascript:alert(1)",
    "HTTP://example.com",
    " https://example.com",
    "page.html",
    "a b:c",
    "1javascript:alert(1)",
    "java%73cript/x",
    ":javascript:1",
    "!javascript:1",
    "javascript",
    "\u00a0javascript:1",
    "\uff4aavascript:1",
    "blob:https://example.com/1",
]


@pytest.mark.parametrize("url", SCRIPTS)
@pytest.mark.parametrize("sink", [URL, RESOURCE_URL, IMAGE_URL])
def test_an_address_that_could_run_a_script_is_refused(url: str, sink: int) -> None:
    assert not check_url(url, sink)


@pytest.mark.parametrize("url", SCRIPTS)
@pytest.mark.parametrize("around", ["{}", "/a.png, {} 2x", "/a.png 1x,{}", ",,{},", " \n{} 1x, /b"])
def test_no_address_of_a_srcset_may_run_a_script(url: str, around: str) -> None:
    whole = re.sub("[\t\n\r ]", "", url)  # white space ends an address here

    assert not check_url(around.format(whole), IMAGE_URLS)


@pytest.mark.parametrize("url", HARMLESS)
@pytest.mark.parametrize("sink", SINKS)
def test_an_address_that_only_looks_like_a_script_is_fine(url: str, sink: int) -> None:
    assert check_url(url, sink)


@pytest.mark.parametrize(
    ("url", "fine_in"),
    [
        ("mailto:a@example.com", {URL, IMAGE_URL, IMAGE_URLS}),
        ("tel:+49", {URL, IMAGE_URL, IMAGE_URLS}),
        ("sms:+49", {URL, IMAGE_URL, IMAGE_URLS}),
        ("geo:1,2", {URL, IMAGE_URL, IMAGE_URLS}),
        ("ftp://example.com", {URL, IMAGE_URL, IMAGE_URLS}),
        ("webcal://example.com", {URL, IMAGE_URL, IMAGE_URLS}),
        ("about:blank", {RESOURCE_URL}),
        ("data:image/png;base64,AAAA", {IMAGE_URL, IMAGE_URLS}),
        ("data:IMAGE/svg+xml,<svg/>", {IMAGE_URL, IMAGE_URLS}),
        ("da\nta:audio/ogg;base64,AAAA", {IMAGE_URL, IMAGE_URLS}),
        ("data:image", set()),
        ("data:image/x, javascript:1 2x", {IMAGE_URL}),
        ("a.png, javascript:1 2x", {URL, RESOURCE_URL, IMAGE_URL}),
        ("a.png 1x,b.png 2x", set(SINKS)),
        ("a.png 1x,javascript:1 2x", {URL, RESOURCE_URL, IMAGE_URL}),
        ("a.png,javascript:1", set(SINKS)),
        (",", set(SINKS)),
        ("java\nscript:1", {IMAGE_URLS}),
        (",, a.png 1x,\n data:text/html,x 2x,", {URL, RESOURCE_URL, IMAGE_URL}),
        ("data:image/png;base64,A,B 1x, /b.png 2x,", {IMAGE_URL, IMAGE_URLS}),
    ],
)
def test_some_addresses_are_fine_in_some_places(url: str, fine_in: set[int]) -> None:
    assert {sink for sink in SINKS if check_url(url, sink)} == fine_in


@given(
    st.text(st.sampled_from([chr(code) for code in range(33)])),
    st.sampled_from(["javascript", "VBScript", "data", "livescript"]),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from("\t\n\r"))),
    st.text(),
)
def test_white_space_never_hides_a_scheme(
    before: str, scheme: str, inside: list[tuple[int, str]], after: str
) -> None:
    for position, space in inside:
        scheme = scheme[:position] + space + scheme[position:]
    assume(not re.sub("[\t\n\r]", "", after).startswith(("image/", "audio/", "video/", "font/")))

    url = f"{before}{scheme}:{after}"

    assert not check_url(url, URL)
    assert not check_url(url, RESOURCE_URL)


@given(st.text(), st.text())
def test_what_follows_a_safe_beginning_does_not_matter(scheme: str, rest: str) -> None:
    for beginning in ("/", "./", "#", "?", "https://example.com/"):
        assert check_url(f"{beginning}{scheme}:{rest}", URL)


SINK_OF = {
    URL: "a.href A.HREF area.href x-a.href a.xlink:href a.ping area.ping form.action x-a.action input.formaction "
    "button.formaction html.manifest script.src x-a.src",
    RESOURCE_URL: "base.href link.href use.href use.xlink:href mpath.href textPath.href linearGradient.href "
    "radialGradient.xlink:href pattern.href filter.href font-face-uri.href cursor.href tref.href iframe.src embed.src "
    "frame.src object.data object.codebase applet.codebase object.classid applet.archive",
    IMAGE_URL: "image.href image.xlink:href feImage.href img.src IMG.Src video.src audio.src source.src track.src "
    "input.src video.poster blockquote.cite q.cite body.background td.background img.longdesc",
    IMAGE_URLS: "img.srcset source.srcset link.imagesrcset",
    PLAIN: "p.data p.title a.data-href a.hreflang img.alt form.method x-a.sources",
}


@pytest.mark.parametrize(
    ("tag", "name", "sink"),
    [(*each.split(".", 1), sink) for sink, each_of in SINK_OF.items() for each in each_of.split()],
)
def test_a_sink_is_known_by_attribute_and_tag(tag: str, name: str, sink: int) -> None:
    assert sink_of(tag, name) == sink
    assert refusal(tag, name) or check_attribute_name(tag, name) == sink


@pytest.mark.parametrize(
    ("tag", "name", "reason"),
    [
        ("p", "onclick", "JavaScript"),
        ("p", "ONCLICK", "JavaScript"),
        ("p", "on", "JavaScript"),
        ("p", "on:click", "JavaScript"),
        ("p", "innerHTML", "HTML"),
        ("p", "outerHTML", "HTML"),
        ("p", "inner_html", "HTML"),
        ("iframe", "srcdoc", "HTML"),
        ("p", "dangerouslySetInnerHTML", "HTML"),
        ("p", "setHTMLUnsafe", "HTML"),
        ("p", "__proto__", "object"),
        ("p", "__class__", "object"),
        ("p", "constructor", "object"),
        ("p", "Prototype", "object"),
        ("script", "src", "JavaScript"),
        ("SCRIPT", "Type", "JavaScript"),
        ("animate", "to", "animation"),
        ("set", "attributeName", "animation"),
        ("animateTransform", "values", "animation"),
        ("meta", "http-equiv", "leave"),
        ("template", "shadowrootmode", "shadow"),
        ("input", "prop:value", "property"),
    ],
)
def test_a_name_that_could_run_its_value_is_refused(tag: str, name: str, reason: str) -> None:
    with pytest.raises(UnsafeNameError) as caught:
        check_attribute_name(tag, name)

    assert caught.value.what == f"<{tag}> may not get the attribute {name!r} from a value."
    assert reason in caught.value.why


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a=b", "a>", "a/", "<", '"', "'", "x\0", "x\n", "a\udfff", "é", "1a", "-a",
     ".innerHTML", "@click", "?x", None, 3, b"a", ("a",)],
)  # fmt: skip
def test_what_is_no_name_of_an_attribute_is_refused(name: object) -> None:
    with pytest.raises(UnsafeNameError, match="is no name for an attribute of <p>"):
        check_attribute_name("p", name)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("onclick", "Write on:click={handler}."),
        ("on:input", "Write on:input={handler}."),
        ("on", "Leave it out, or write it out."),
        ("srcdoc", "Leave it out, or write it out."),
        ("outerHTML", "Leave it out, or write it out."),
    ],
)
def test_a_refused_name_comes_with_the_way_out(name: str, fix: str) -> None:
    with pytest.raises(UnsafeNameError) as caught:
        check_attribute_name("p", name)

    assert caught.value.fix == fix


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("p", "to"),
        ("p", "values"),
        ("p", "type"),
        ("meta", "content"),
        ("meta", "property"),
        ("svg:a", "data-x.y"),
        ("p", "_x"),
        ("p", ":x"),
        ("p", "aria-label"),
        ("p", "xlink:title"),
    ],
)
def test_other_names_are_fine(tag: str, name: str) -> None:
    assert check_attribute_name(tag, name) == PLAIN
    assert refusal(tag, name) == ""


def test_lit_s_prefixes_do_not_hide_a_name() -> None:
    assert refusal("p", ".innerHTML")
    assert refusal("p", "@onclick")
    assert refusal("p", "?onclick")


@pytest.mark.parametrize(
    "tag", ["", "1a", "a b", "a>", "a/", "<", "a\n", "é", "-", "a\0", None, 3, ["p"]]
)
def test_what_is_no_tag_name_is_refused(tag: object) -> None:
    with pytest.raises(UnsafeNameError, match="is no tag name"):
        check_tag_name(tag)


@pytest.mark.parametrize("name", ["p", "H1", "x-card", "x.y", "x_y", "linearGradient", "font-face"])
def test_a_tag_name_is_fine(name: str) -> None:
    check_tag_name(name)


@pytest.mark.parametrize(
    "value",
    [
        "red; position: fixed",
        "red}",
        "{",
        "url(x",
        "url(x))",
        "(]",
        ")",
        "[",
        '"open',
        "'a\"",
        '"a\nb"',
        '"a\\"',
        "a\\3b b",
        "red/* ",
        "*/ /*",
        "red !important",
        "</style>",
        "a\0b",
        "[;]}",
    ],
)
def test_a_style_that_would_leave_its_declaration_is_refused(value: str) -> None:
    assert not is_style_value(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "red",
        "1px solid #fff",
        "calc((1px + 2%) * 3)",
        "url(data:image/png;base64,AAAA)",
        '"a;b{}<!"',
        "'\"' [a] (b)",
        "var(--x, [y])",
    ],
)
def test_a_style_of_one_declaration_is_fine(value: str) -> None:
    assert is_style_value(value)


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a:b", "a;", "--", "-", "1a", "font_size", "é", "a\n", "<", None, 3]
)
def test_what_is_no_css_property_is_refused(name: object) -> None:
    with pytest.raises(UnsafeNameError, match="is no CSS property"):
        check_style_property(name)


@pytest.mark.parametrize("name", ["color", "-webkit-x", "--gap", "--x_Y1", "background-color"])
def test_a_css_property_is_fine(name: str) -> None:
    check_style_property(name)

    assert is_style_property(name)


NAMES = st.one_of(
    st.text(),
    st.text("abcdefghijklmnoprst:._-ONH", max_size=8),
    st.sampled_from([*names._SINKS, *names._HTML_SINKS, *names._REFUSED_IN, "onclick", "title"]),
).flatmap(lambda name: st.sampled_from([name, name.upper(), name.title()]))
TAGS = st.sampled_from(["p", "a", "x-a", "iframe", "form", "input", "script", "link", "meta"])
PREFIXES = ("attr", "bind", "class", "on", "prop", "style", "use")


@given(TAGS, NAMES)
@example("script", "TYPE")
@example("p", "a\x0b")
@example("p", "\udfff")
def test_a_template_and_a_spread_agree_about_each_name(tag: str, name: str) -> None:
    assume(name.partition(":")[0].lower() not in PREFIXES)
    assume(name.lower() not in ("class", "style", "ref", "inner_html"))
    end = "" if tag in spec.VOID else f"</{tag}>"
    try:
        sink = check_attribute_name(tag, name)
    except UnsafeNameError:
        sink = -1

    try:
        holes = read(f"<{tag} {name}={{}}>{end}").holes
    except TemplateError:
        holes = ()

    written = [hole.sink for hole in holes if KINDS[hole.kind] == "ATTRIBUTE"]
    if sink >= 0:
        assert written == [sink]
        assert holes[0].name == name.lower()
    elif written:
        # A template may spell names that a value may not, but none that is dangerous.
        assert not refusal(tag, holes[0].name)
        assert not re.fullmatch(r"[A-Za-z_:][A-Za-z0-9_.:-]*", name)


@given(st.one_of(st.text(), st.text("abzAZ19-_.<>/ =\"'", max_size=6)))
def test_an_accepted_tag_name_is_one_tag_of_that_name(name: str) -> None:
    try:
        check_tag_name(name)
    except UnsafeNameError:
        return

    end = "" if name.lower() in spec.VOID else f"</{name}>"
    try:
        markup = read(f"<{name} id=a>{end}").markup
    except NestingError:
        return  # <html> and its like

    assert re.match(rf"<{re.escape(name)} id=\"a\">", markup, re.IGNORECASE)


@given(st.text("a-1:;\"'()[]{}\\/*!< \n"), st.text("a-1:;\"'()[]{}\\/*!< \n"))
def test_an_accepted_style_is_one_declaration_of_that_property(name: str, value: str) -> None:
    if not is_style_property(name) or not is_style_value(value):
        return

    text = f"{name}: {value}; z: "
    quote = "'" if '"' in text else '"'
    assume(quote not in text)

    (hole,) = read(f"<p style={quote}{text}{{}}{quote}></p>").holes
    assert hole.payload == (("z", 0, None),)


def test_every_refusal_is_an_error_with_three_parts() -> None:
    for check, bad in ((check_tag_name, 1), (check_style_property, 1)):
        with pytest.raises(GossamerError) as caught:
            check(bad)
        assert caught.value.what.endswith(".")
        assert caught.value.why.endswith(".")
        assert caught.value.fix.endswith(".")


def test_a_hole_asks_for_the_sink_of_its_own_tag() -> None:
    assert read_hole("<img src={}>").sink == IMAGE_URL
    assert read_hole("<iframe src={}></iframe>").sink == RESOURCE_URL

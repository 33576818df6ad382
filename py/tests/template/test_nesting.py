"""Nesting: T4, whatever a browser would close, move or drop is an error at its place."""

import pytest
from gossamer.errors import HolePlacementError, NestingError

from .reading import read, refuse


@pytest.mark.parametrize(
    ("source", "message"),
    [
        # A block ends the paragraph before it, through anything but a button or a cell.
        ("<p>^<div></div></p>", "<div> may not stand in <p>"),
        ("<p><span>^<p></p></span></p>", "<p> may not stand in <p>"),
        ("<p>a<b>\n^<h1></h1></b></p>", "<h1> may not stand in <p>"),
        ("<p><object><p>^<ul></ul></p></object></p>", "<ul> may not stand in <p>"),
        ("<p>^<table></table></p>", "<table> may not stand in <p>"),
        ("<p>^<hr></p>", "<hr> may not stand in <p>"),
        ("<p>^<li></li></p>", "<li> may not stand in <p>"),
        ("<p>^<dd></dd></p>", "<dd> may not stand in <p>"),
        ("<p>^<dt></dt></p>", "<dt> may not stand in <p>"),
        ("<p>^<form></form></p>", "<form> may not stand in <p>"),
        ("<p>^<xmp></xmp></p>", "<xmp> may not stand in <p>"),
        # One that ends another of its kind.
        ("<h1>^<h2></h2></h1>", "<h2> may not stand in <h1>"),
        ("<li>^<li></li></li>", "<li> may not stand in <li>"),
        ("<li><div><b>^<li></li></b></div></li>", "<li> may not stand in <li>"),
        ("<li><search>^<li></li></search></li>", "<li> may not stand in <li>"),
        ("<dd>^<dt></dt></dd>", "<dt> may not stand in <dd>"),
        ("<dt>^<dd></dd></dt>", "<dd> may not stand in <dt>"),
        ("<dd>^<dd></dd></dd>", "<dd> may not stand in <dd>"),
        ("<dt><div>^<dt></dt></div></dt>", "<dt> may not stand in <dt>"),
        ("<a href=x><b>^<a></a></b></a>", "<a> may not stand in <a>"),
        ("<a><svg><desc>^<a></a></desc></svg></a>", "<a> may not stand in <a>"),
        ("<button><i>^<button></button></i></button>", "<button> may not stand in <button>"),
        ("<nobr><b>^<nobr></nobr></b></nobr>", "<nobr> may not stand in <nobr>"),
        ("<form><div>^<form></form></div></form>", "<form> may not stand in <form>"),
        ("<form><table><tbody><tr><td>^<form></form></td></tr></tbody></table></form>",
         "<form> may not stand in <form>"),
        ("<option>^<option></option></option>", "<option> may not stand in <option>"),
        ("<option>^<optgroup></optgroup></option>", "<optgroup> may not stand in <option>"),
        # In a <select>, and in <ruby>.
        ("<select><b>^<select></select></b></select>", "<select> may not stand in <select>"),
        ("<select>^<input></select>", "<input> may not stand in <select>"),
        ("<select><optgroup>^<optgroup></optgroup></optgroup></select>",
         "<optgroup> may not stand in <optgroup> here"),
        ("<select><optgroup>^<hr></optgroup></select>", "<hr> may not stand in <optgroup> here"),
        ("<select><p>^<option></option></p></select>", "<option> may not stand in <p> here"),
        ("<ruby><rt>^<rb></rb></rt></ruby>", "<rb> may not stand in <rt> here"),
        ("<ruby><rp>^<rt></rt></rp></ruby>", "<rt> may not stand in <rp> here"),
        ("<ruby><rt>^<rp></rp></rt></ruby>", "<rp> may not stand in <rt> here"),
        ("<ruby><rb>^<rtc></rtc></rb></ruby>", "<rtc> may not stand in <rb> here"),
        # Parts of tables.
        ("<table>^<tr></tr></table>", "<tr> may not stand directly in <table>"),
        ("<table>^<col></table>", "<col> may not stand directly in <table>"),
        ("<table>^<td></td></table>", "<td> may not stand directly in <table>"),
        ("<table><tbody>^<td></td></tbody></table>", "<td> may not stand directly in <tbody>"),
        ("<table><tbody>^<tbody></tbody></tbody></table>", "<tbody> may not stand directly in"),
        ("<table><tbody><tr>^<tr></tr></tr></tbody></table>", "<tr> may not stand directly in <tr>"),
        ("<table>^<p></p></table>", "<p> may not stand directly in <table>"),
        ("<table><tbody>^<form></form></tbody></table>", "<form> may not stand directly in <tbody>"),
        ("<table>^<input></table>", "<input> may not stand directly in <table>"),
        ("<table>^<input type=text></table>", "<input> may not stand directly in <table>"),
        ("<table><colgroup>^<input type=hidden></colgroup></table>", "<input> may not stand"),
        ("<table><colgroup>^<p></p></colgroup></table>", "<p> may not stand directly in <colgroup>"),
        ("<table><colgroup>^<tr></tr></colgroup></table>", "<tr> may not stand directly in"),
        ("<div>^<tr></tr></div>", "<tr> may not stand in <div>"),
        ("<div>^<caption></caption></div>", "<caption> may not stand in <div>"),
        ("<table><tbody><tr><td>^<tr></tr></td></tr></tbody></table>", "<tr> may not stand in <td>"),
        ("<table><caption>^<col></caption></table>", "<col> may not stand in <caption>"),
        ("<p></p>^<tr></tr>", "<tr> may not stand beside what the template begins with"),
        ("<tr></tr>^<td></td>", "<td> may not stand beside what the template begins with"),
        ("<td></td>^<tr></tr>", "<tr> may not stand beside what the template begins with"),
        ("<col>^<p></p>", "<col> may not stand beside what the template begins with"),
        ("<tr></tr>^<table></table>", "<table> may not stand in a template that begins with"),
        ("<td></td>^<form></form>", "<form> may not stand in a template that begins with"),
        ("<template><p></p>^<tr></tr></template>", "<tr> may not stand beside what"),
        ("<template><div>^<tr></tr></div></template>", "<tr> may not stand in <div>"),
        # Text in parts of tables.
        ("<table>^a</table>", "Text may not stand directly in <table>"),
        ("<table>{}^a</table>", "Text may not stand directly in <table>"),
        ("<table> <tbody>^ a</tbody></table>", "Text may not stand directly in <tbody>"),
        ("<table><tbody><tr>^&nbsp;</tr></tbody></table>", "Text may not stand directly in <tr>"),
        ("<table><colgroup>^a</colgroup></table>", "Text may not stand directly in <colgroup>"),
        ("<col>^a", "Text may not stand directly in a template of columns"),
        # Of which a page has one.
        ("^<html></html>", "<html> may not stand in a template"),
        ("<div>^<HEAD></HEAD></div>", "<head> may not stand in a template"),
        ("^<body></body>", "<body> may not stand in a template"),
        ("^<frameset></frameset>", "<frameset> may not stand in a template"),
        ("^<frame>", "<frame> may not stand in a template"),
        ("^<plaintext>", "<plaintext> may not stand in a template"),
        ("^<image>", "<image> may not stand in a template"),
        # HTML in SVG and MathML.
        ("<svg>^<div></div></svg>", "<div> may not stand in <svg>"),
        ("<svg><g>^<p></p></g></svg>", "<p> may not stand in <svg>"),
        ("<svg>^<font color=red></font></svg>", "<font> may not stand in <svg>"),
        ("<math>^<b></b></math>", "<b> may not stand in <math>"),
        ("<math><annotation-xml>^<span></span></annotation-xml></math>", "<span> may not stand in"),
        ("<math><annotation-xml encoding=x>^<p></p></annotation-xml></math>", "<p> may not stand"),
        ("<math><annotation-xml ^encoding={}></annotation-xml></math>",
         "The encoding of <annotation-xml> may not come from a value"),
        ("<circle/>^<p></p>", "<p> may not stand in <svg>"),
    ],
)  # fmt: skip
def test_what_a_browser_would_rearrange_is_refused(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is NestingError
    assert error.what.startswith(message)
    assert error.why.endswith(".")
    assert error.fix.endswith(".")


@pytest.mark.parametrize(
    "source",
    [
        "<p><button><p></p></button></p>",
        "<p><object><div></div></object></p>",
        "<p><svg><desc><p></p></desc></svg></p>",
        "<p><math><mi><p></p></mi></math></p>",
        "<p><template><p></p></template></p>",
        "<p>{}</p>",
        "<p><{}><div></div></{}></p>",
        "<h1><span>a</span></h1>",
        "<h1><div><h2></h2></div></h1>",
        "<li><ul><li></li></ul></li>",
        "<li><search><ul><li></li></ul></search></li>",
        "<dd><dl><dt></dt></dl></dd>",
        "<a><object><a></a></object></a>",
        "<a><table><tbody><tr><td><a></a></td></tr></tbody></table></a>",
        "<a><button></button></a>",
        "<button><object><button></button></object></button>",
        "<form><template><form></form></template></form>",
        "<option><b>x</b></option>",
        "<optgroup><option></option></optgroup>",
        "<select><button><selectedcontent></selectedcontent></button><option>a</option></select>",
        "<select><hr><optgroup><option></option><option></option></optgroup></select>",
        "<ruby>a<rb>b</rb><rp>(</rp><rt>c</rt><rtc><rt>d</rt></rtc></ruby>",
        "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><th>a</th></tr></thead></table>",
        "<table><tbody><tr><td><table><tbody></tbody></table></td></tr></tbody></table>",
        "<table> <input type=HIDDEN><script></script><style></style><template></template> {}</table>",
        "<table><{} /><tbody>{}<tr>{}<td>{}</td></tr></tbody></table>",
        "<table><colgroup> <col><template></template> {}</colgroup></table>",
        "<tr></tr> <tr></tr>",
        "<td></td><th></th>",
        "<thead></thead><tbody></tbody><caption></caption><colgroup></colgroup>",
        "<col><col> <template></template>",
        "<template></template><script></script><tr></tr>",
        "<template><tr></tr></template>",
        "<tr><td><table></table><form></form></td></tr>",
        "<tr><th><table></table></th></tr>",
        "<caption><table></table></caption>",
        "<li></li><option></option><dt></dt><p></p>",
        "<{}><tr></tr></{}><p></p>",
        "<table><{}><tr></tr></{}></table>",
        "<svg><foreignObject><div></div></foreignObject><title><p></p></title></svg>",
        "<svg><font></font><a></a><script></script><style></style></svg>",
        "<svg><foreignobject><svg><g /></svg></foreignobject></svg>",
        "<math><mi><b></b></mi><mtext><mglyph /><malignmark /></mtext></math>",
        "<math><mi>{}</mi><mo><{}><b></b></{}></mo></math>",
        "<math><annotation-xml encoding=TEXT/html><p></p></annotation-xml></math>",
        "<math><annotation-xml x=y ENCODING='application/xhtml+xml'><p></p></annotation-xml></math>",
        "<math><annotation-xml><svg><g/></svg></annotation-xml></math>",
        "<math><annotation-xml><svg><foreignObject><p></p></foreignObject></svg></annotation-xml></math>",
        "<circle/><text>{}</text>",
        "<g><foreignObject><p></p></foreignObject></g>",
        "<mi>x</mi><mo>=</mo>",
        "<svg><{}><circle/></{}></svg>",
    ],
)
def test_what_a_browser_leaves_alone_is_fine(source: str) -> None:
    assert read(source).strings


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<noscript>^{}</noscript>", "A value may not stand in <noscript> here"),
        ("<noscript>^<b title={}></b></noscript>", "A value may not stand in <noscript> here"),
        ("<noscript>^<{} /></noscript>", "A value may not stand in <noscript> here"),
        ("<noscript><p>a ^{}</p></noscript>", "A value may not stand in <p> here"),
        ("<noscript><title>^{}</title></noscript>", "A value may not stand in <title> here"),
        ("<svg><style>^{}</style></svg>", "A value may not stand in <style> here"),
        ("<svg><script>a ^{}</script></svg>", "A value may not stand in <script> here"),
        ("<button><selectedcontent>^{}</selectedcontent></button>",
         "A value may not stand in <selectedcontent> here"),
    ],
)  # fmt: skip
def test_where_no_rule_keeps_a_value_safe_there_is_no_hole(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is HolePlacementError
    assert error.what.startswith(message)


def test_text_and_holes_of_svg_style_read_as_markup() -> None:
    assert read("<svg><style>a &lt; b</style></svg>").markup == "<svg><style>a &lt; b</style></svg>"


@pytest.mark.parametrize(
    ("source", "namespace"),
    [
        ("<p></p>", "html"),
        ("<svg></svg>", "html"),
        ("<math></math>", "html"),
        ("{}", "html"),
        ("<a></a>", "html"),
        ("<title></title>", "html"),
        ("<circle/>", "svg"),
        ("{} <!-- x --> <lineargradient/>", "svg"),
        ("a<g></g>", "svg"),
        ("<foreignObject><p></p></foreignObject>", "svg"),
        ("<mi></mi>", "math"),
        ("<mrow><mi/></mrow>", "math"),
    ],
)
def test_the_first_element_says_the_language_of_a_template(source: str, namespace: str) -> None:
    assert read(source).namespace == namespace

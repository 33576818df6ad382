"""Attributes: markup for the fixed ones, one hole by one rule for the others (C74 to C83)."""

import pytest
from gossamer.errors import HolePlacementError
from gossamer.template.attributes import MODIFIERS, escape_attribute
from gossamer.template.names import IMAGE_URL, IMAGE_URLS, PLAIN, RESOURCE_URL, URL

from .reading import KINDS, kinds, read, read_hole, refuse


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<p ^srcdoc={}></p>", "srcdoc of <p> may not come from a value"),
        ("<iframe ^SrcDoc='{}'></iframe>", "SrcDoc of <iframe> may not"),
        ("<p ^innerHTML='a{}'></p>", "innerHTML of <p> may not"),
        ("<p ^outerhtml={}></p>", "outerhtml of <p> may not"),
        ("<p ^.innerHTML={}></p>", ".innerHTML of <p> may not"),
        ("<p ^__proto__={}></p>", "__proto__ of <p> may not"),
        ("<p ^prop:innerHTML={}></p>", "prop:innerHTML of <p> may not"),
        ("<p ^prop:__class__={}></p>", "prop:__class__ of <p> may not"),
        ("<p ^prop:onclick={}></p>", "prop:onclick of <p> may not"),
        ("<script ^src={}></script>", "src of <script> may not"),
        ("<script ^TYPE='{}'></script>", "TYPE of <script> may not"),
        ("<svg><script ^href={}></script></svg>", "href of <script> may not"),
        ("<svg><script ^xlink:href={}></script></svg>", "xlink:href of <script> may not"),
        ("<script ^prop:text={}></script>", "A property of <script> may not"),
        ("<svg><animate ^to={} /></svg>", "to of <animate> may not"),
        ("<svg><set ^attributeName='{}' /></svg>", "attributeName of <set> may not"),
        ("<svg><animateMotion ^values={} /></svg>", "values of <animateMotion> may not"),
        ("<template ^shadowrootmode={}></template>", "shadowrootmode of <template> may not"),
        ("<meta ^http-equiv={}>", "http-equiv of <meta> may not"),
        ("^<meta http-equiv=refresh content={}>", "A <meta http-equiv> may hold no value"),
        ("<script ^{}></script>", "A dict may not be spread on <script>"),
        ("<meta ^{}>", "A dict may not be spread on <meta>"),
        ("<svg><animateColor ^{} /></svg>", "A dict may not be spread on <animateColor>"),
        ("<a ^onclick='go({})'></a>", "A value may not be part of onclick"),
        ("<a ^ONCLICK='{}{}'></a>", "A value may not be part of ONCLICK"),
        ("<a ^on={}></a>", "A value may not be part of on"),
        ("<p ^style='{}; color: red'></p>", "A value in style= may only be the value of a"),
        ("<p ^style='color: red;{}'></p>", "A value in style= may only be the value of a"),
        ("<p ^style='{}: red'></p>", "A value in style= may only be the value of a"),
        ("<p ^style='colo{}: {}'></p>", "A value in style= may only be the value of a"),
        ("<p ^style='color: {} !important'></p>", "The style color has a value and !important"),
        ("<p ^style='a b: {}'></p>", "'a b' is no CSS property"),
        ("<p ^style:font_size={}></p>", "'font_size' is no CSS property"),
        ("<p ^style:--={}></p>", "'--' is no CSS property"),
    ],
)
def test_a_value_that_could_run_code_is_refused(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is HolePlacementError
    assert error.what.startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<p ^on:click.later={}></p>", "on:click has no modifier 'later'"),
        ("<p ^on:click.={}></p>", "on:click has no modifier ''"),
        ("<p ^on:.stop={}></p>", "on:.stop of <p> names no event"),
        ("<p ^on:click='f{}'></p>", "on:click of <p> needs exactly one value"),
        ("<p ^on:click='f()'></p>", "on:click of <p> needs exactly one value"),
        ("<p ^on:click></p>", "on:click of <p> needs exactly one value"),
        ("<p ^On:Click></p>", "On:Click of <p> needs exactly one value"),
        ("<p ^on:={}></p>", "on: of <p> names nothing"),
        ("<p ^class:={}></p>", "class: of <p> names nothing"),
        ("<p ^prop:></p>", "prop: of <p> names nothing"),
        ("<p attr:^{}></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p attr:^{}={}></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p ^class:on='{}{}'></p>", "class:on of <p> needs exactly one value"),
        ("<p ^style:color=red></p>", "style:color of <p> needs exactly one value"),
        ("<p ^prop:title='{}!'></p>", "prop:title of <p> needs exactly one value"),
        ("<p ^use:tip></p>", "use:tip of <p> needs exactly one value"),
        ("<p ^ref='{} '></p>", "ref of <p> needs exactly one value"),
        ("<p ^bind:value={}></p>", "<p> has no bind:value"),
        ("<input ^bind:files={}>", "<input> has no bind:files"),
        ("<select ^bind:checked={}></select>", "<select> has no bind:checked"),
        ("<svg><input ^bind:Value={} /></svg>", "<input> has no bind:Value"),
        ("<p ^inner_html='<b>{}</b>'></p>", "inner_html of <p> may not come from this value"),
        ("<p ^inner_html='<b>x</b>'></p>", "inner_html of <p> may not come from this value"),
        ("<p ^inner_html></p>", "inner_html of <p> may not come from this value"),
        ("<br ^inner_html={}>", "inner_html of <br> may not come from this value"),
        ("<style ^inner_html={}></style>", "inner_html of <style> may not come from this"),
        ("<title ^inner_html={}></title>", "inner_html of <title> may not come from this"),
        ("<svg><style ^inner_html={}></style></svg>", "inner_html of <style> may not come"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is HolePlacementError
    assert error.what.startswith(message)


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("<p title='a'></p>", '<p title="a"></p>'),
        ("<p TITLE=a Hidden></p>", '<p title="a" hidden=""></p>'),
        ("<p title='\"&amp;<>'></p>", '<p title="&quot;&amp;<>"></p>'),
        ("<p title='&quot;&#13;\n'></p>", '<p title="&quot;&#13;\n"></p>'),
        ("<p onclick='go()'></p>", '<p onclick="go()"></p>'),
        ("<p class='a b' style='a: b'></p>", '<p class="a b" style="a: b"></p>'),
        ("<p ref=x></p>", '<p ref="x"></p>'),
        ("<p attr:title=x></p>", '<p title="x"></p>'),
        ("<p @click=x :y=z v.w.u></p>", '<p @click="x" :y="z" v.w.u=""></p>'),
        ("<svg VIEWBOX='0 0 1 1'/>", '<svg viewBox="0 0 1 1"></svg>'),
        ("<math><mi DefinitionURL=x /></math>", '<math><mi definitionURL="x"></mi></math>'),
        ("<p VIEWBOX=x></p>", '<p viewbox="x"></p>'),
    ],
)
def test_what_is_fixed_is_markup(source: str, markup: str) -> None:
    shape = read(source)

    assert shape.markup == markup
    assert shape.holes == ()


@pytest.mark.parametrize(
    ("source", "tag", "name", "parts"),
    [
        ("<p title={}></p>", "p", "title", None),
        ("<p title='{}'></p>", "p", "title", None),
        ('<p title="{}"></p>', "p", "title", None),
        ("<p TITLE={}></p>", "p", "title", None),
        ("<p attr:title={}></p>", "p", "title", None),
        ("<p title='a {} &amp; {}'></p>", "p", "title", ("a ", " & ", "")),
        ("<p title=a{}b></p>", "p", "title", ("a", "b")),
        ("<p data-é={}></p>", "p", "data-é", None),
        ("<svg viewbox={}></svg>", "svg", "viewBox", None),
        ("<svg><linearGradient GradientUnits={} /></svg>", "linearGradient", "gradientUnits", None),
        ("<math><mi definitionurl={} /></math>", "mi", "definitionURL", None),
        ("<x-a someProp={}></x-a>", "x-a", "someprop", None),
    ],
)
def test_a_plain_attribute_has_one_hole(
    source: str, tag: str, name: str, parts: tuple[str, ...] | None
) -> None:
    hole = read_hole(source)

    assert KINDS[hole.kind] == "ATTRIBUTE"
    assert (hole.tag, hole.name, hole.parts, hole.first) == (tag, name, parts, 0)
    assert hole.payload is None


@pytest.mark.parametrize(
    ("source", "sink"),
    [
        ("<p title={}></p>", PLAIN),
        ("<a href={}></a>", URL),
        ("<form action='/{}'></form>", URL),
        ("<button formaction={}></button>", URL),
        ("<svg><a xlink:href={}></a></svg>", URL),
        ("<math><mi href={}></mi></math>", URL),
        ("<math><mi xlink:href={}></mi></math>", URL),
        ("<iframe src={}></iframe>", RESOURCE_URL),
        ("<svg><use href={}></use></svg>", RESOURCE_URL),
        ("<img src={}>", IMAGE_URL),
        ("<img srcset='{} 2x'>", IMAGE_URLS),
        ("<a prop:href={}></a>", URL),
        ("<form prop:action={}></form>", URL),
        ("<p prop:title={}></p>", PLAIN),
    ],
)
def test_a_hole_knows_what_its_value_is_for(source: str, sink: int) -> None:
    assert read_hole(source).sink == sink


def test_an_attribute_of_svg_may_have_a_namespace() -> None:
    inside = read_hole("<svg><use xlink:href={}></use></svg>")
    outside = read_hole("<p xlink:href={}></p>")

    assert inside.payload == "http://www.w3.org/1999/xlink"
    assert outside.payload is None


@pytest.mark.parametrize(
    ("source", "name", "modifiers"),
    [
        ("<p on:click={}></p>", "click", ()),
        ("<p ON:click={}></p>", "click", ()),
        ("<p onclick={}></p>", "click", ()),
        ("<p onClick={}></p>", "click", ()),
        ("<p onclick.stop={}></p>", "click", ("stop",)),
        ("<p on:myEvent={}></p>", "myEvent", ()),
        ("<p on:my-event='{}'></p>", "my-event", ()),
        ("<p on:a:b={}></p>", "a:b", ()),
        ("<p on:submit.prevent={}></p>", "submit", ("prevent",)),
        ("<p on:submit.prevent.stop.prevent={}></p>", "submit", ("prevent", "stop")),
        (f"<p on:x.{'.'.join(sorted(MODIFIERS))}={{}}></p>", "x", tuple(MODIFIERS)),
    ],
)
def test_an_event_has_a_name_and_modifiers(
    source: str, name: str, modifiers: tuple[str, ...]
) -> None:
    hole = read_hole(source)

    assert KINDS[hole.kind] == "EVENT"
    assert (hole.name, hole.modifiers) == (name, frozenset(modifiers))


@pytest.mark.parametrize(
    ("source", "markup", "entries"),
    [
        ("<p class={}></p>", "<p></p>", ((None, 0, None),)),
        ("<p CLASS='{}'></p>", "<p></p>", ((None, 0, None),)),
        ("<p class='a {} b'></p>", "<p></p>", ((None, 0, ("a ", " b")),)),
        ("<p class:on={}></p>", "<p></p>", (("on", 0, None),)),
        ("<p Class:md:w-1={}></p>", "<p></p>", (("md:w-1", 0, None),)),
        ("<p class=a class:b={}></p>", '<p class="a"></p>', (("b", 0, None),)),
        (
            "<p class:a={} class='b {}' class:c={}></p>",
            "<p></p>",
            (("a", 0, None), (None, 1, ("b ", "")), ("c", 2, None)),
        ),
    ],
)
def test_all_that_is_said_about_the_class_is_one_hole(
    source: str, markup: str, entries: object
) -> None:
    shape = read(source)

    assert shape.markup == markup
    assert [KINDS[hole.kind] for hole in shape.holes] == ["CLASS"]
    assert shape.holes[0].payload == entries
    assert shape.holes[0].first == 0


@pytest.mark.parametrize(
    ("source", "markup", "entries"),
    [
        ("<p style={}></p>", "<p></p>", ((None, 0, None),)),
        ("<p style='{}'></p>", "<p></p>", ((None, 0, None),)),
        ("<p style:color={}></p>", "<p></p>", (("color", 0, None),)),
        ("<p style:--gap={}></p>", "<p></p>", (("--gap", 0, None),)),
        ("<p style='color: {}'></p>", "<p></p>", (("color", 0, None),)),
        ("<p style='width: {}px;'></p>", "<p></p>", (("width", 0, ("", "px")),)),
        (
            "<p style='a: b; width: calc({}px + {}%); ; c: d'></p>",
            '<p style="a: b; c: d"></p>',
            (("width", 0, ("calc(", "px + ", "%)")),),
        ),
        (
            "<p style='background: url(\"a;b\") {}; x: {}' style:y={}></p>",
            "<p></p>",
            (("background", 0, ('url("a;b") ', "")), ("x", 1, None), ("y", 2, None)),
        ),
        (
            "<p style='--a: {c; d: 1}; --b: {e; f: {}}; --c: [;{}]'></p>",
            '<p style="--a: {c; d: 1}"></p>',
            (("--b", 0, ("{e; f: ", "}")), ("--c", 1, ("[;", "]"))),
        ),
        ("<p style=\"a: ';'; b: {}\"></p>", "<p style=\"a: ';'\"></p>", (("b", 0, None),)),
        ("<p style='a: ); b: {}'></p>", '<p style="a: )"></p>', (("b", 0, None),)),
    ],
)
def test_all_that_is_said_about_the_style_is_one_hole(
    source: str, markup: str, entries: object
) -> None:
    shape = read(source)

    assert shape.markup == markup
    assert [KINDS[hole.kind] for hole in shape.holes] == ["STYLE"]
    assert shape.holes[0].payload == entries
    assert shape.holes[0].first == 0


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("<input prop:value={}>", "PROPERTY", "value"),
        ("<p Prop:textContent={}></p>", "PROPERTY", "textContent"),
        ("<input bind:value={}>", "BIND", "value"),
        ("<textarea bind:value={}></textarea>", "BIND", "value"),
        ("<select bind:value={}></select>", "BIND", "value"),
        ("<input bind:checked={}>", "BIND", "checked"),
        ("<input bind:group={}>", "BIND", "group"),
        ("<p use:tool-tip={}></p>", "DIRECTIVE", "tool-tip"),
        ("<p ref={}></p>", "REF", ""),
        ("<p REF='{}'></p>", "REF", ""),
        ("<p inner_html={}></p>", "INNER_HTML", ""),
        ("<svg><g inner_html={}></g></svg>", "INNER_HTML", ""),
        ("<p {}></p>", "SPREAD", ""),
        ("<p id=a {} title=b></p>", "SPREAD", ""),
    ],
)
def test_what_works_on_the_value_itself_takes_all_of_it(source: str, kind: str, name: str) -> None:
    hole = read_hole(source)

    assert (KINDS[hole.kind], hole.name, hole.parts) == (kind, name, None)


def test_holes_of_one_tag_share_its_node_and_count_their_values() -> None:
    shape = read("<p>{}<input id='{}-{}' on:input={} class:a={} {} ref={}></p>")

    assert [(KINDS[hole.kind], hole.node, hole.first) for hole in shape.holes] == [
        ("CHILD", 1, 0),
        ("ATTRIBUTE", 2, 1),
        ("EVENT", 2, 3),
        ("CLASS", 2, 4),
        ("SPREAD", 2, 5),
        ("REF", 2, 6),
    ]


def test_several_listeners_of_one_event_may_stand_in_one_tag() -> None:
    assert kinds("<p on:click={} on:click.capture={} onclick={}></p>") == ["EVENT"] * 3


@pytest.mark.parametrize(
    ("source", "props", "spreads"),
    [
        ("<{} />", (), ()),
        ("<{} a=1 b='' c />", (("a", "1"), ("b", ""), ("c", True)), ()),
        ("<{} data-x='&lt;' />", (("data_x", "<"),), ()),
        ("<{} n={} />", (("n", ("hole", 1, None)),), ()),
        ("<{} n={}/>", (("n", ("hole", 1, None)),), ()),
        ("<{} t='a {} b' />", (("t", ("hole", 1, ("a ", " b"))),), ()),
        ("<{} {} n={} {} />", (("n", ("hole", 2, None)),), (1, 3)),
        ("<{} camelCase=1 class=x />", (("camelCase", "1"), ("class", "x")), ()),
        ("<{} inner_html=x onclick=x style='a' />",
         (("inner_html", "x"), ("onclick", "x"), ("style", "a")), ()),
        ("<{} on:my-event={} />", (("on:my-event", ("hole", 1, None)),), ()),
        ("<{} attr:data-x=1 />", (("attr:data-x", "1"),), ()),
    ],
)  # fmt: skip
def test_the_attributes_of_a_component_are_props(
    source: str, props: object, spreads: object
) -> None:
    hole = read_hole(source)

    assert KINDS[hole.kind] == "COMPONENT"
    assert hole.payload == (props, spreads, None, -1)


def test_a_value_between_quotes_is_escaped_for_them() -> None:
    assert escape_attribute("\"<&'\r\n") == "&quot;<&amp;'&#13;\n"

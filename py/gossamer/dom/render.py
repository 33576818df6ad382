"""The tables of the browser renderer: what it can build, and what it can bind."""

from string.templatelib import Template
from types import GeneratorType

from gossamer.dom.animated import build_animated
from gossamer.dom.calls import CALL, set_answers
from gossamer.dom.child import (
    bind_child,
    bind_component,
    build_component,
    build_component_function,
    build_element,
    build_list,
    build_other,
    build_partial,
)
from gossamer.dom.classes import bind_classes, bind_toggles
from gossamer.dom.controls import bind_control
from gossamer.dom.elements import bind_directive, bind_ref
from gossamer.dom.instance import build_template, set_root_binder
from gossamer.dom.kept import build_kept, build_suspense
from gossamer.dom.keyed import build_keyed
from gossamer.dom.plan import BINDERS, set_binders
from gossamer.dom.portal import build_portal
from gossamer.dom.slot import set_builders
from gossamer.dom.spread import bind_spread, spread_on_roots
from gossamer.dom.styles import bind_styles
from gossamer.dom.values import call_lent
from gossamer.dom.writers import bind_attribute, bind_markup, bind_property, bind_text
from gossamer.reactive.debug import follow_debug
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CHILD,
    CLASS,
    COMPONENT,
    DIRECTIVE,
    INNER_HTML,
    PROPERTY,
    REF,
    SPREAD,
    STYLE,
    TEXT,
)
from gossamer.view.component import Component, ComponentView
from gossamer.view.element import Element
from gossamer.view.kinds import (
    AnimatedView,
    KeptView,
    KeyedList,
    Partial,
    PortalView,
    SuspenseView,
)


def prepare() -> None:
    """Fill the tables, once."""
    if BINDERS:
        return
    set_builders(
        {
            Template: build_template,
            ComponentView: build_component,
            Component: build_component_function,
            Element: build_element,
            Partial: build_partial,
            KeyedList: build_keyed,
            AnimatedView: build_animated,
            KeptView: build_kept,
            SuspenseView: build_suspense,
            PortalView: build_portal,
            list: build_list,
            tuple: build_list,
            GeneratorType: build_list,
        },
        build_other,
    )
    set_binders(
        {
            CHILD: bind_child,
            COMPONENT: bind_component,
            TEXT: bind_text,
            ATTRIBUTE: bind_attribute,
            PROPERTY: bind_property,
            CLASS: bind_classes,
            STYLE: bind_styles,
            BIND: bind_control,
            REF: bind_ref,
            DIRECTIVE: bind_directive,
            SPREAD: bind_spread,
            INNER_HTML: bind_markup,
        },
        {CLASS: bind_toggles},
    )
    set_root_binder(spread_on_roots)
    set_answers({CALL: call_lent})
    follow_debug(_switch_debug)


def _switch_debug(on: bool) -> None:  # noqa: FBT001 - as `follow_debug` calls it
    from gossamer.dom.debug import switch  # noqa: PLC0415 - no page loads it otherwise

    switch(on)

"""Writes the pages of docs/reference/ from the docstrings: `python docs/reference.py`.

The tests compare the pages with what this would write, so that no page can go stale.
"""

import ast
import importlib
import inspect
import re
import sys
from annotationlib import Format
from itertools import batched, pairwise
from pathlib import Path
from typing import TypeAliasType, get_overloads

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
WIDTH = 100
sys.path.insert(0, str(ROOT / "py"))  # this tree's package, whatever is installed


class Page:
    """A page: its title, what it is about, and its names with the members that are for users."""

    def __init__(self, file: str, title: str, about: str, module: str, names: str) -> None:
        self.file = file
        self.title = title
        self.about = about
        self.module = importlib.import_module(module)
        self.names: dict[str, list[str]] = {}
        for line in names.split("\n"):
            name, *members = line.split()
            self.names[name] = members


READ = "__call__ peek track stream dispose is_disposed"
WRITE = "set update maybe_update mutate notify set_quietly"
PAGES = [
    Page(
        "signals.md",
        "Signals",
        "Values that change, and values that are computed from them.\n"
        "[Chapter 2](../book/02-signals.md) introduces them.",
        "gossamer.reactive",
        f"""signal
Signal () {READ} {WRITE} read_only write_only split
ReadSignal {READ}
WriteSignal __call__ {WRITE}
memo
Memo {READ}
Trigger () track notify
selector
Selector __call__ of
KeySource __call__ peek
lens
Lens __call__ peek set update
slice_
as_signal
as_setter""",
    ),
    Page(
        "stores.md",
        "Stores",
        "Plain data with a signal at each leaf.\n"
        "[Chapter 7](../book/07-stores.md) introduces them.",
        "gossamer.reactive",
        """store
Store __call__ peek set update patch""",
    ),
    Page(
        "effects.md",
        "Effects",
        "Work that answers a change, and when it happens.\n"
        "[Chapter 2](../book/02-signals.md#effect) introduces them.",
        "gossamer.reactive",
        """effect
Effect dispose stop pause resume on_cleanup
watch
batch
untrack
tick
spawn
follow_loop
after
stream
from_async_iter
render_effect
immediate_effect
set_debug
ReactiveWarning""",
    ),
    Page(
        "async.md",
        "Resources and boundaries",
        "Values that come later, and what is shown until then.\n"
        "[Chapter 11](../book/11-async.md) introduces them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer",
        """resource
Resource __call__ peek latest track set update optimistic refetch dispose is_disposed
local_resource
async_memo
invalidate
ResourceCache () invalidate
Suspense
Transition
Await
action
Action __call__ clear cancel
Submission cancel
multi_action
MultiAction __call__ dispatch_sync clear cancel""",
    ),
    Page(
        "owners-and-contexts.md",
        "Owners and contexts",
        "Who ends what was made, and what is handed down.\n"
        "[Chapter 5](../book/05-components.md#contexts) introduces them.",
        "gossamer.reactive",
        """on_cleanup
Owner () run on_cleanup dispose reset pause resume handle_error is_disposed
current_owner
Context ()
provide_context
use_context
expect_context
take_context
update_context""",
    ),
    Page(
        "components.md",
        "Components and control flow",
        "Functions that give a view, and those that come along.\n"
        "[Chapter 4](../book/04-control-flow.md) and [chapter 5](../book/05-components.md)"
        " introduce them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer",
        """component
Show
For
Switch
Match
ErrorBoundary
AnimatedShow
Portal
Provider
lazy""",
    ),
    Page(
        "server-functions.md",
        "Server functions",
        "Functions that a page calls and the server runs.\n"
        "[Chapter 23](../book/23-server-functions.md) introduces them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer.server",
        """server
ServerAction () errors
ServerMultiAction ()
ActionForm
MultiActionForm
use_action_form
UploadFile read chunks rewind
openapi
set_roundtrip
ServerFunctions ()
ServerSockets ()""",
    ),
    Page(
        "templates.md",
        "Templates and the page",
        "Views, and how they enter a page.\n"
        "[Chapter 3](../book/03-templates.md) introduces them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer",
        """view
Html
mount
hydrate
island
hydrate_islands
Islands unmount
Mounted unmount
NodeRef () __call__ peek on_load
directive""",
    ),
    Page(
        "custom-elements.md",
        "Custom elements",
        "Components as tags of any HTML page.\n"
        "[Chapter 10](../book/10-custom-elements.md) introduces them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer",
        """define_element
CustomElement element emit""",
    ),
    Page(
        "router.md",
        "Router",
        "Addresses to views, and forms: `gossamer.router`.\n"
        "[Chapter 12](../book/12-routing.md) and [chapter 13](../book/13-forms.md)"
        " introduce them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer.router",
        """Router
Routes
Route
ProtectedRoute
Outlet
A
Redirect
Progress
use_location
Location query
use_params
use_query
query_signal
use_data
use_navigate
url_for
use_pending
use_blocker
Blocker visit proceed stay
Visit path search hash params query state address
add_converter
Form
use_form
FormState message field id_of cancel
FieldError
FieldErrors""",
    ),
    Page(
        "meta.md",
        "The head",
        "What stands around the views: `gossamer.meta`.\n"
        "[Chapter 14](../book/14-head.md) introduces it.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer.meta",
        """Title
Meta
Link
Style
Script
Html
Body""",
    ),
    Page(
        "javascript.md",
        "JavaScript",
        "Modules of JavaScript in Python.\n"
        "[Chapter 18](../book/18-javascript.md) introduces them.\n"
        "`page` in the examples is the [test page](../book/09-testing.md).",
        "gossamer",
        """js_module
JsObject""",
    ),
    Page(
        "elements.md",
        "The builder",
        "Views without markup: `gossamer.elements` has a function for each element.\n"
        "[Chapter 3](../book/03-templates.md#the-builder) introduces it.",
        "gossamer.elements",
        """Tag () __call__
element""",
    ),
    Page(
        "workers.md",
        "Workers",
        "Functions called in another Python, so that the page goes on.\n"
        "[Chapter 19](../book/19-workers.md) introduces them.",
        "gossamer.workers",
        """run_in_worker
Pool () run close""",
    ),
    Page(
        "testing.md",
        "Testing",
        "Views without a browser, and what a user does with them.\n"
        "[Chapter 9](../book/09-testing.md) introduces it.",
        "gossamer.testing",
        """render
Screen () mount get_by_role get_by_text get_by_label get_by_placeholder get_by_alt_text \
get_by_title get_by_test_id keyboard focused visits reports wait_for close
Locator element elements count all first last nth filter click dblclick hover focus blur fill \
clear press press_sequentially check uncheck set_checked select_option set_input_files \
dispatch_event inner_text text_content inner_html input_value get_attribute all_inner_texts \
is_visible is_hidden is_enabled is_disabled is_checked is_focused wait_for
wait_for
connect_page""",
    ),
    Page(
        "hosts.md",
        "For hosts and renderers",
        "What drives the reactive core from outside: a GUI, a server, another renderer.\n"
        "An app needs none of it.",
        "gossamer.reactive",
        """set_scheduler
at_once
flush
run_batched
live_effect
set_error_reporter
report
report_caught
path_of
note_path
Source
Sink () read execute release
LazyOwner () run reset dispose handle_error
section_owner
source_of
are_sources""",
    ),
    Page(
        "http.md",
        "Requests and answers",
        "What is asked of a server, and what the app says of the answer: `gossamer.http`.\n"
        "[Chapter 22](../book/22-servers.md) introduces them.",
        "gossamer.http",
        """request
response
redirect
Request path address url cookies page_url body stream
Response () status headers set_cookie delete_cookie
Headers () get get_all add set remove items
Reply () text
HttpError
answering
check_origin
check_host""",
    ),
    Page(
        "asgi.md",
        "ASGI",
        "A view as an application for servers: `gossamer.asgi`; `gossamer.wsgi` has another.\n"
        "[Chapter 22](../book/22-servers.md) introduces it.",
        "gossamer.asgi",
        """App""",
    ),
    Page(
        "errors.md",
        "Errors",
        "All errors of `gossamer.errors`, each with its page.",
        "gossamer.errors",
        "GossamerError",
    ),
    Page(
        "ssr.md",
        "On a server",
        "Views as text.\n[Chapter 20](../book/20-on-a-server.md) introduces them.",
        "gossamer.ssr",
        """render_to_string
render_to_stream
Document ()
Shell () before between end
HeadText () attributes news __str__
Reply () redirect fail add_header ask_for""",
    ),
]


def names_of(module: str) -> list[str]:
    """The public names of a face: what it gives that is no module."""
    found = vars(importlib.import_module(module))
    return [n for n, value in found.items() if n[0] != "_" and not inspect.ismodule(value)]


def document_of(found: object) -> str:
    """The docstring of a thing; of a type alias, the text that stands below it."""
    if not isinstance(found, TypeAliasType):
        return inspect.cleandoc(inspect.unwrap(found).__doc__ or "")
    module = importlib.import_module(found.__module__)
    body = ast.parse(inspect.getsource(module)).body
    for alias, text in pairwise(body):
        if isinstance(alias, ast.TypeAlias) and alias.name.id == found.__name__:
            return inspect.cleandoc(text.value.value)
    raise AssertionError(f"{found} says nothing")


def parts_of(document: str) -> tuple[str, str, list[str]]:
    """The first paragraph of a docstring, its example, and the other paragraphs."""
    paragraphs = document.split("\n\n")
    examples = [text for text in paragraphs if text.startswith(">>>")]
    others = [text for text in paragraphs[1:] if not text.startswith(">>>")]
    others.sort(key=lambda text: text.startswith(("Args:", "Raises:")))
    return paragraphs[0], "\n".join(examples), others


def prose(paragraph: str) -> str:
    """A paragraph with one sentence a line; what it raises or takes as a list."""
    heading, _, rest = paragraph.partition("\n")
    if heading in ("Args:", "Raises:"):
        entries = re.findall(r"^ {4}(\w+): (.*(?:\n {6,}.*)*)", rest, re.MULTILINE)
        lines = [f"- `{name}`: {quoted(' '.join(text.split()))}" for name, text in entries]
        return "\n".join([heading.replace("Args", "Arguments"), "", *lines])
    return re.sub(r"(?<=[.!?]) (?=[A-Z`])", "\n", quoted(" ".join(paragraph.split())))


def quoted(text: str) -> str:
    """A text in which no tag is taken for markup."""
    pieces = text.split("`")  # every second one is code already
    pieces[::2] = [re.sub(r"<\w+>", r"`\g<0>`", piece) for piece in pieces[::2]]
    return "`".join(pieces)


def signatures_of(found: object, name: str) -> str:
    """How a thing is called, one line for each way."""
    ways = get_overloads(found) if inspect.isfunction(found) else []
    lines = []
    for way in ways or [found]:
        signature = inspect.signature(way, annotation_format=Format.STRING)
        text = signature.format(max_width=WIDTH - len(name), quote_annotation_strings=False)
        if isinstance(found, type):
            text = text.removesuffix(" -> None").replace("Owner | _Current | None", "Owner | None")
        lines.append(name + text)
    return "\n".join(lines)


def member_row(kind: type, name: str) -> str:
    """One member of a class as a row of a table."""
    found = inspect.getattr_static(kind, name)
    shown = f"`.{name}`"
    if inspect.isfunction(found):
        signature = inspect.signature(found, annotation_format=Format.STRING)
        _, *taken = (each.replace(annotation=each.empty) for each in signature.parameters.values())
        call = str(inspect.Signature(taken))
        shown = f"`.{name}{call}`" if name != "__call__" else f"calling it with `{call[1:-1]}`"
        shown = shown.replace(" with ``", "")
    sentence = parts_of(document_of(found.fget if isinstance(found, property) else found))[0]
    return f"| {shown} | {quoted(' '.join(sentence.split())).removesuffix('.')} |"


def entry(page: Page, name: str) -> str:
    """What the reference says about one name."""
    found = getattr(page.module, name)
    summary, example, others = parts_of(document_of(found))
    members = list(page.names[name])
    face = "gossamer" if name in names_of("gossamer") else page.module.__name__
    use = f"from {face} import {name}\n"
    if "()" in members or not isinstance(found, (type, TypeAliasType)):
        use += f"\n{signatures_of(found, name)}\n"
    pieces = [f"## {name}", prose(summary), f"```text\n{use}```"]
    if example:
        pieces.append(f"```python\n{example}\n```")
    pieces += map(prose, others)
    rows = [member_row(found, member) for member in members if member != "()"]
    if rows:
        pieces.append("\n".join(["| member | does |", "| --- | --- |", *rows]))
    return "\n\n".join(pieces)


def list_elements() -> str:
    """The functions of the builder."""
    module = importlib.import_module("gossamer.elements")
    names = [name for name, value in vars(module).items() if isinstance(value, module.Tag)]
    return "## The elements\n\n" + ",\n".join(
        ", ".join(f"`{name}`" for name in row) for row in batched(names, 12, strict=False)
    )


def list_errors() -> str:
    """The errors with their pages."""
    module = importlib.import_module("gossamer.errors")
    rows = ["| code | class | says |", "| --- | --- | --- |"]
    for name in names_of("gossamer.errors"):
        kind = getattr(module, name)
        if (
            isinstance(kind, type)
            and issubclass(kind, module.GossamerError)
            and name != "GossamerError"
        ):
            says = document_of(kind).partition("\n")[0].removesuffix(".")
            rows.append(f"| [`{kind.code}`](../errors/{kind.code}.md) | `{name}` | {says} |")
    return "## The codes\n\n" + "\n".join(rows)


def anchors_of(page: Page) -> dict[str, str]:
    """What links to each name; a heading that comes again, but for its case, gets a number."""
    anchors: dict[str, str] = {}
    for name in page.names:
        count = [other.lower() for other in anchors].count(name.lower())
        anchors[name] = f"{name.lower()}-{count}" if count else name.lower()
    return anchors


MORE = {"elements.md": list_elements, "errors.md": list_errors}


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    written = {}
    index = [
        "# Reference",
        "",
        "These pages are written from the docstrings by `docs/reference.py`.",
        "",
    ]
    for page in PAGES:
        pieces = [f"# {page.title}", page.about, *(entry(page, name) for name in page.names)]
        if page.file in MORE:
            pieces.append(MORE[page.file]())
        written[page.file] = "\n\n".join(pieces) + "\n"
        links = [f"[{name}]({page.file}#{anchor})" for name, anchor in anchors_of(page).items()]
        index.append(f"- [{page.title}]({page.file}): {', '.join(links)}")
    written["README.md"] = "\n".join(index) + "\n"
    return written


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

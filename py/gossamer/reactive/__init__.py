"""Values that change and the work that answers.

It knows no HTML, no browser and no server: it drives a Tk window as well as a page.
"""

import os

from gossamer.reactive.actions import Action as Action
from gossamer.reactive.actions import MultiAction as MultiAction
from gossamer.reactive.actions import Submission as Submission
from gossamer.reactive.actions import action as action
from gossamer.reactive.actions import multi_action as multi_action
from gossamer.reactive.batches import batch as batch
from gossamer.reactive.caches import ResourceCache as ResourceCache
from gossamer.reactive.contexts import Context as Context
from gossamer.reactive.contexts import expect_context as expect_context
from gossamer.reactive.contexts import provide_context as provide_context
from gossamer.reactive.contexts import take_context as take_context
from gossamer.reactive.contexts import update_context as update_context
from gossamer.reactive.contexts import use_context as use_context
from gossamer.reactive.debug import ReactiveWarning as ReactiveWarning
from gossamer.reactive.debug import set_debug as set_debug
from gossamer.reactive.derived import KeySource as KeySource
from gossamer.reactive.derived import Lens as Lens
from gossamer.reactive.derived import Selector as Selector
from gossamer.reactive.derived import as_setter as as_setter
from gossamer.reactive.derived import as_signal as as_signal
from gossamer.reactive.derived import lens as lens
from gossamer.reactive.derived import selector as selector
from gossamer.reactive.derived import slice_ as slice_
from gossamer.reactive.effects import Effect as Effect
from gossamer.reactive.effects import effect as effect
from gossamer.reactive.effects import immediate_effect as immediate_effect
from gossamer.reactive.effects import live_effect as live_effect
from gossamer.reactive.effects import render_effect as render_effect
from gossamer.reactive.effects import watch as watch
from gossamer.reactive.faces import Store as Store
from gossamer.reactive.fetched import async_memo as async_memo
from gossamer.reactive.fetched import invalidate as invalidate
from gossamer.reactive.fetched import local_resource as local_resource
from gossamer.reactive.fetched import resource as resource
from gossamer.reactive.flushing import at_once as at_once
from gossamer.reactive.flushing import flush as flush
from gossamer.reactive.flushing import set_scheduler as set_scheduler
from gossamer.reactive.flushing import tick as tick
from gossamer.reactive.graph import Source as Source
from gossamer.reactive.memos import Memo as Memo
from gossamer.reactive.memos import memo as memo
from gossamer.reactive.owners import Owner as Owner
from gossamer.reactive.owners import current_owner as current_owner
from gossamer.reactive.owners import on_cleanup as on_cleanup
from gossamer.reactive.owners import run_batched as run_batched
from gossamer.reactive.owners import untrack as untrack
from gossamer.reactive.reports import note_path as note_path
from gossamer.reactive.reports import path_of as path_of
from gossamer.reactive.reports import report as report
from gossamer.reactive.reports import report_caught as report_caught
from gossamer.reactive.reports import set_error_reporter as set_error_reporter
from gossamer.reactive.resources import Resource as Resource
from gossamer.reactive.signals import ReadSignal as ReadSignal
from gossamer.reactive.signals import Signal as Signal
from gossamer.reactive.signals import Trigger as Trigger
from gossamer.reactive.signals import WriteSignal as WriteSignal
from gossamer.reactive.signals import signal as signal
from gossamer.reactive.sinks import LazyOwner as LazyOwner
from gossamer.reactive.sinks import Sink as Sink
from gossamer.reactive.sinks import are_sources as are_sources
from gossamer.reactive.sinks import section_owner as section_owner
from gossamer.reactive.sinks import source_of as source_of
from gossamer.reactive.stores import store as store
from gossamer.reactive.tasks import after as after
from gossamer.reactive.tasks import follow_loop as follow_loop
from gossamer.reactive.tasks import from_async_iter as from_async_iter
from gossamer.reactive.tasks import spawn as spawn
from gossamer.reactive.tasks import stream as stream

if os.environ.get("GOSSAMER_DEBUG"):
    set_debug(on=True)

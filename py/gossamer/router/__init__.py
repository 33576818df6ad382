"""Addresses to views, on native links and forms; imports no renderer."""

from gossamer.router.blocking import Blocker as Blocker
from gossamer.router.blocking import use_blocker as use_blocker
from gossamer.router.hooks import query_signal as query_signal
from gossamer.router.hooks import use_data as use_data
from gossamer.router.hooks import use_location as use_location
from gossamer.router.hooks import use_navigate as use_navigate
from gossamer.router.hooks import use_params as use_params
from gossamer.router.hooks import use_pending as use_pending
from gossamer.router.hooks import use_query as use_query
from gossamer.router.lazy import lazy as lazy
from gossamer.router.location import Location as Location
from gossamer.router.outlets import Outlet as Outlet
from gossamer.router.outlets import Redirect as Redirect
from gossamer.router.patterns import add_converter as add_converter
from gossamer.router.routes import ProtectedRoute as ProtectedRoute
from gossamer.router.routes import Route as Route
from gossamer.router.urls import url_for as url_for
from gossamer.router.views import A as A
from gossamer.router.views import Progress as Progress
from gossamer.router.views import Router as Router
from gossamer.router.views import Routes as Routes
from gossamer.router.visits import Visit as Visit

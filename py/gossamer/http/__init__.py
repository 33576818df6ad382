"""Requests and answers, as plain values: no server, no views."""

from gossamer.http.current import Redirected as Redirected
from gossamer.http.current import answering as answering
from gossamer.http.current import begin_answer as begin_answer
from gossamer.http.current import is_answering as is_answering
from gossamer.http.current import redirect as redirect
from gossamer.http.current import request as request
from gossamer.http.current import response as response
from gossamer.http.handlers import Handler as Handler
from gossamer.http.handlers import Socket as Socket
from gossamer.http.handlers import SocketClosed as SocketClosed
from gossamer.http.handlers import SocketHandler as SocketHandler
from gossamer.http.headers import Headers as Headers
from gossamer.http.origins import check_host as check_host
from gossamer.http.origins import check_origin as check_origin
from gossamer.http.request import Request as Request
from gossamer.http.response import Reply as Reply
from gossamer.http.response import Response as Response
from gossamer.http.status import HttpError as HttpError
from gossamer.http.urls import own_address as own_address

"""What the tests of an app meet."""

from gossamer.errors.gossamer_error import GossamerError


class QueryError(GossamerError, AssertionError):
    """A test asks for one element, and there is none or more than one."""

    code = "query"


class InteractionError(GossamerError, AssertionError):
    """A test does what a user could not do."""

    code = "interaction"


class WaitError(GossamerError, AssertionError):
    """A test waited for something that did not come."""

    code = "wait"


class ReportedError(GossamerError, AssertionError):
    """A page reported an error that the test did not expect."""

    code = "reported"

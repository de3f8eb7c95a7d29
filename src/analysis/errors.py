"""The errors a user sees: one sentence that names the file or place and what to do."""


class AnalysisError(Exception):
    """Root of the project's own errors; `exit_code` is what the command line ends with."""

    exit_code = 1


class InputError(AnalysisError):
    """Wrong usage or input: the user can mend it."""

    exit_code = 2

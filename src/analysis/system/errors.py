"""The errors a user sees: one sentence that names the file or place and what to do."""


class AnalysisError(Exception):
    """Root of the project's own errors; `exit_code` is what the command line ends with."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """One line instead of a traceback where IPython shows the error."""
        return [f"{type(self).__name__}: {self}"]


class InputError(AnalysisError):
    """Wrong usage or input: the user can mend it."""

    exit_code = 2


def one_line(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    line = " ".join(str(error).split())
    return line if isinstance(error, AnalysisError) else f"{type(error).__name__}: {line}"

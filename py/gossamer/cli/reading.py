"""The files of an app, read; what cannot be read is refused by its name."""

from pathlib import Path

from gossamer.errors import CommandError


def content_of(file: Path) -> bytes:
    """What is in a file."""
    try:
        return file.read_bytes()
    except OSError as error:
        leads = f" It leads to {file.readlink()}." if file.is_symlink() else ""
        raise CommandError(
            f"{file.name} cannot be read.",
            why=f"The system says: {error.strerror or error}.{leads}",
            fix=f"Mend or remove {file}.",
        ) from error


def text_of(file: Path) -> str:
    """The text in a file, which is UTF-8 or nothing that a page can be made of."""
    content = content_of(file)
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CommandError(
            f"{file.name}, line {line}: the text is not UTF-8.",
            why=f"It has the byte {content[error.start]:#04x}, which begins no character there.",
            fix="Save it as UTF-8; editors call that the encoding.",
        ) from error

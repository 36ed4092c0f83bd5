"""Making text from outside safe to store: what no database can hold is replaced."""


def clean_text(text: str) -> str:
    """`text` without NUL and lone surrogate halves, each replaced by U+FFFD.

    Halves that belong together, as when a gateway cut an emoji in two, are joined.
    """
    if text.isascii() and "\x00" not in text:
        return text
    halves = text.replace("\x00", "\ufffd").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace")

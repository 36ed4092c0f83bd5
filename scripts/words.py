"""Gathers all that people read into the catalogues, and compiles them: `make words`.

A sentence that is new stands in each catalogue with nothing beside it, to be
translated; one that is gone is gone there too. A test fails until both are done.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "translations"
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "_l": None, "lazy_gettext": None}
WIDTH = 88


def extracted() -> Catalog:
    """All that people read, as it stands in Python and in templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(project="Parley", charset="utf-8")
    for name, _line, words, comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS
    ):
        found.add(words, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def catalogue(language: str) -> Catalog:
    """What is translated into `language`; of an unknown one, nothing."""
    path = file_of(language)
    if not path.exists():
        return Catalog(language, project="Parley", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="messages")


def updated(language: str) -> Catalog:
    known, wanted = catalogue(language), extracted()
    wanted.creation_date = known.creation_date
    known.update(wanted, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    return known


def compiled(known: Catalog) -> bytes:
    made = BytesIO()
    write_mo(made, known)
    return made.getvalue()


def file_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def write(language: str) -> None:
    known, path = updated(language), file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, width=WIDTH, sort_by_file=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(catalogue(language)))
    missing = [each.id for each in known if each.id and not each.string]
    print(f"{language}: {len(known)} sentences, {len(missing)} to translate")


if __name__ == "__main__":
    for language in sys.argv[1:] or [each.name for each in CATALOGUES.iterdir()]:
        write(language)

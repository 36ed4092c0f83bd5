"""Simple letters for typographic ones, which look alike and make a text cost double.

Only what nobody misses is replaced: curly quotes, dashes, spaces of odd widths, and
marks that show nothing. Letters of a language and emoji are left alone.
`static/js/plain.js` has the same table; tests/texting/plain_vectors.json holds both.
"""

PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`‹›", "'"),  # noqa: RUF001
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
        **dict.fromkeys("•·", "-"),
        "…": "...",
        **dict.fromkeys(
            "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
            "\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
        **dict.fromkeys("\u2028\u2029", "\n"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    }
)


def plain(text: str) -> str:
    """`text` with simple letters wherever they say the same."""
    return text.translate(PLAIN)

"""Parley: a business and its customers text each other.

Data flows one way through this package:

    web  hooks  api  worker  cli      doors: they translate, call one verb, commit once
        desk                          what agents see and do
        texting                       what happens to texts
        models                        the nouns
        kaleyra                       the provider: its words, and the way to it

`config` and `db` lie under everything; `live` carries a change to an open browser.
`tests/test_imports.py` proves that imports follow this picture.
"""

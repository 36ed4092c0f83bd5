"""How every cost grows with the history: ten thousand messages, a million, ten.

`python -m bench.growth` makes a database of each size in bulk (`loading`, `past`),
measures the same things on all of them (`measuring`), and prints a table and a picture
of the curves (`curves`, `plot`). docs/scale.md says what they mean.
"""

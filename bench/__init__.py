"""How fast Parley is, measured beside what this machine could do at best.

`python -m bench` runs everything and prints Markdown. `measures` say what is measured,
`load` plays the world outside in processes of its own (Kaleyra, customers, browsers),
and `floors` do the same work bare: a driver in a loop, a WSGI app of a few lines.
"""

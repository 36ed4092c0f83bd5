"""Faults: everything that can go wrong is done to a running Parley, and counted.

__main__   `make faults`: runs them and prints the table
soak       `make soak`: a steady load for minutes, and what it does to memory
fault      what a fault is: a function that does it, and what it may explain
scene      where it happens: a database, Kaleyra, Parley's processes
load       customers and programs who are promised things, and remember
judge      compares what was promised with what was done
holds      keeping calls, locks and connections waiting, so that a kill hits its step
matrix/    the faults themselves, by what they hit
"""

"""Workbench turns a pile of news articles into gold-standard data.

The code has five floors, and imports only go down::

    cli, app            the command line; where Flask, database and settings meet
    web                 one blueprint a thread: parse, one service call, answer
    jobs                what runs outside a request
    services            the verbs: load, check, decide, keep, report
    store formats nlp   siblings that do not see each other: rows, files, suggesters
    core                frozen values in, frozen values out: no clock, no I/O, no framework

A thread (people, projects, articles, actors, suggestions, review, releases) has the same file
name on every floor where it appears, so ``git ls-files | grep review`` shows the whole feature.
"""

__version__ = "0.1.0"

COLLECTING = (50_000, 20, 100)
"""When to look for cycles: rows by the thousand are no reason to do so each time."""

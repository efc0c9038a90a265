"""Importing: what comes from outside becomes files of ``data/``.

`facts` reads fact sheets, `top500` the spreadsheets of ranking lists. Neither knows the other;
`csv_files` serves both.
"""

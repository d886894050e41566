"""Separate processes of `make up`, started by command line: they import nothing else of Switchboard."""

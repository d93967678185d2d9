"""The public REST API v1: docs/reference/api.md says how it speaks; `routes.py` is its list.

A call comes in by `door.py` (who, how often, may they, is it JSON, was it made before), is answered by one function in
`rooms/`, and leaves as JSON. What goes in and out is declared in `shapes/`, and `/openapi.json` is written from there.
"""

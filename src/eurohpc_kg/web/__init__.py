"""The graph on the web: `serve` answers from the built store, `site` writes the same as files.

Layers, each knowing only those above it:

- `addresses`, `negotiate`: where a thing lies, in which forms. `build`: one built store, opened,
  with what every page needs. `rdf`: what is sent as data, in each form.
- `pages`: **pure** functions ``(build, path, values) -> Page``, and Jinja2 templates that make HTML
  of a `Page`. No page knows whether it will be served or written to a folder: links are relative
  and end in ``.html``, plots and maps are SVG inside the page, scripts only add comfort.
- `publish`: ``(build, path, values, accept) -> Reply``, with status, headers and bytes.
- `server`, `workers`, `endpoint`: the ASGI application, and SPARQL in processes of its own.

To add a page: a module in ``pages/`` with one function, a template of the same name, and a line in
``pages/routes.py`` (and one in ``pages/listing.py``, if a static site should have it).
"""

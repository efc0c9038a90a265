"""One module a format; `registry` finds them."""

#!/usr/bin/env bash
# Virtuoso 7, from Debian; only its programs: the tests start it with data of their own.
. "$(dirname "$0")/common.sh"
need virtuoso-t virtuoso-opensource-7-bin

"""Measurements side by side with peers: medians of whole processes, and ratios of one session."""

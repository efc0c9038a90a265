"""The open knowledge graph of the European HPC and AI ecosystem."""

__version__ = "0.1.0"

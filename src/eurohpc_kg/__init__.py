"""The open knowledge graph of the European HPC and AI ecosystem."""

"""Parts of benchmarks.ask."""

"""The benchmarks in their short form: that they run, and measure what they say."""

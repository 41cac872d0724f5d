"""Where the work runs: in this process, or in a pool of processes. The results are the same and in the same order."""

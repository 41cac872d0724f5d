"""Controls and their findings, photographs, cases with seizure lines, exhibits, custody, clocks and disposal."""
